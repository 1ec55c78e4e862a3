"""Lines that a program broke at a column, put together again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

# Widths at which programs break lines; a longer line shows that nothing was broken.
_NARROWEST, _WIDEST = 40, 140

_HYPHEN = re.compile(r"\w[-\u2010]$")
_SENTENCE_END = re.compile(r"[.!?:;][\"')\]\u201d\u2019]*$")


def join(first: str, second: str, after_hyphen: frozenset[str] = frozenset()) -> str:
    """Put two parts of a broken line together.

    A blank goes between them, except behind a hyphen that the break fell on.

    Args:
        first: The first part.
        second: What follows.
        after_hyphen: Words such as "and", before which a hyphen hangs ("pre- and post-").
    """
    first, second = first.rstrip(), second.lstrip()
    word = second.split(maxsplit=1)[0].casefold() if second else ""
    if _HYPHEN.search(first) and word[:1].isalnum() and word not in after_hyphen:
        return first + second
    return f"{first} {second}" if first and second else first or second


def _first_part(line: str) -> str:
    """Give what of a line's first word a program would have moved up: a word, or up to a hyphen."""
    return re.split(r"(?<=\w-)", line.split(maxsplit=1)[0])[0] if line.strip() else ""


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as sentences do."""
    return _SENTENCE_END.search(line) is not None


def is_open(line: str, following: str) -> bool:
    """Tell whether a sentence plainly goes on in the next line, whatever the width.

    It does in lower case; behind a long line that is mostly lower case, in figures too.
    """
    if len(line) < _NARROWEST or _SENTENCE_END.search(line) is not None:
        return False
    if following[:1].islower():
        return True
    starts = [word[0] for word in line.split() if word[0].isalpha()]
    lower = sum(map(str.islower, starts))
    return following[:1] in "0123456789(" and lower >= 6 and lower * 2 > len(starts)


def _full(line: str, following: str, width: int) -> bool:
    """Tell whether a line is as long as the width allows: the next word would have passed it."""
    return len(line) <= width < len(line) + 1 + len(_first_part(following))


# A page's width is that of its longest broken line; a line elsewhere may be longer still.
_SLACK = 3


def broken_runs(lines: Sequence[str], width: int | None = None) -> list[tuple[int, int]]:
    """Find the runs of lines that were one paragraph, broken at a column.

    A program breaks a line where the next word would have passed the width; a line whose next
    word would still have fitted was ended on purpose. The width is that of the run's own longest
    line, which says something only where three lines or more agree on it; two lines are a run
    where the width is known from elsewhere.

    Args:
        lines: Lines without outer blanks.
        width: The width found elsewhere on the page.

    Returns:
        Pairs of the first and last index of each run.
    """
    runs: list[tuple[int, int]] = []
    first = 0
    while first < len(lines) - 1:
        last = _run_from(lines, first)
        if last - first < 2 and width is not None:
            last = first
            while last + 1 < len(lines) and any(
                _full(lines[last], lines[last + 1], width + slack) for slack in range(_SLACK)
            ):
                last += 1
        elif last - first < 2:
            last = first
        if last > first:
            runs.append((first, last))
        first = max(last, first + 1)
    return runs


def _run_from(lines: Sequence[str], first: int) -> int:
    """Give the last line of the longest run that begins at a line and agrees on its width."""
    best = first
    width = 0
    for last in range(first + 1, len(lines)):
        width = max(width, len(lines[last - 1]))
        if not _NARROWEST <= width <= _WIDEST or len(lines[last - 1]) < width * 0.6:
            break
        if len(lines[last]) <= width and all(
            _full(lines[at], lines[at + 1], width) for at in range(first, last)
        ):
            best = last
    goes_on = any(_SENTENCE_END.search(lines[at]) is None for at in range(first, best))
    return best if goes_on else first


def page_width(blocks: Sequence[Sequence[str]]) -> int | None:
    """Give the column at which a page's paragraphs were broken; ``None`` if they weren't."""
    widths: Counter[int] = Counter()
    for lines in blocks:
        for first, last in broken_runs(lines):
            widths[max(map(len, lines[first:last]))] += last - first
    if not widths:
        return None
    # The width that most lines agree on, give or take a short word.
    return max(widths, key=lambda width: (sum(widths[width - n] for n in range(8)), width))


def unwrap(lines: Sequence[str], after_hyphen: frozenset[str] = frozenset()) -> list[str]:
    """Join the lines of a text that were broken at a column; leave the others."""
    broken = [False] * len(lines)
    for first, last in broken_runs(lines):
        broken[first + 1 : last + 1] = [True] * (last - first)
    joined: list[str] = []
    for at, line in enumerate(lines):
        if joined and (broken[at] or is_open(lines[at - 1], line)):
            joined[-1] = join(joined[-1], line, after_hyphen)
        else:
            joined.append(line)
    return joined
