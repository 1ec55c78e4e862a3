"""Which line of a page is the paper's title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from absift.readers.page_body import Segment
from absift.readers.page_lines import Line, sentences_in, shape
from absift.readers.page_words import Words, key_of

_LONGEST = 45
#: A line must gather this much evidence to be a title.
_LEAST = 2.0
# Lines that may stand between a title and its authors.
_PASSED = ("furniture", "type", "registry")


def strip_site(text: str, words: Words) -> str:
    """Take a site's name off a title ("Title - PubMed", "Title | Site | Publisher")."""
    text = words.site.sub("", text).strip()
    if " | " in text:
        text = max(text.split(" | "), key=lambda part: (len(part.split()), len(part)))
    return text.strip()


def find_title(
    lines: Sequence[Line], body: Segment | None, journal: str | None, words: Words
) -> tuple[str | None, float]:
    """Choose the line with most evidence of being the title.

    Args:
        lines: The classified page.
        body: Its abstract, whose lines are left out.
        journal: Its journal, whose name is no title.
        words: The word lists.

    Returns:
        The title, or ``None`` if no line has enough evidence, and the evidence.
    """
    taken = {id(line) for line in body.lines} if body else set()
    start = next((at for at, line in enumerate(lines) if id(line) in taken), len(lines))
    texts = Counter(key_of(strip_site(line.text, words)) for line in lines)
    best: tuple[float, int] | None = None
    for at, line in enumerate(lines):
        if id(line) in taken or line.kind not in ("other", "prose", "affiliation", "authors"):
            continue
        points = _evidence(lines, at, start, words)
        key = key_of(strip_site(line.text, words))
        points += 1.5 if texts[key] > 1 else 0.0
        points -= 6.0 if journal and key == key_of(journal) else 0.0
        if points >= _LEAST and (best is None or points > best[0]):
            best = (points, at)
    if best is None:
        return None, 0.0
    return strip_site(lines[best[1]].text, words), best[0]


def _evidence(lines: Sequence[Line], at: int, start: int, words: Words) -> float:
    line = lines[at]
    count, lower, _ = shape(line.text)
    if count > _LONGEST or sentences_in(line.text) > 2 or re.search(r"@|https?:|www\.", line.text):
        return -9.0
    if line.kind in ("affiliation", "authors") and not line.heading:
        return -9.0
    points = 2.0 if count >= 5 else 1.0 if count == 4 else -0.5 if count == 3 else -2.0
    points += 3.0 if line.heading else 0.0
    points += _before_authors(lines, at)
    if at and lines[at - 1].kind in ("citation", "type"):
        points += 1.5
    if at + 1 < len(lines) and lines[at + 1].kind in ("abstract", "citation"):
        points += 1.0
    points -= 3.0 if line.text.endswith((":", ",", ";")) else 0.0
    points -= 3.0 if line.tail else 0.0
    points -= 4.0 if at > start else 0.0
    points -= 1.5 if line.bullet else 0.0
    points += 0.5 if lower > 0.3 else 0.0
    return points


def _before_authors(lines: Sequence[Line], at: int) -> float:
    """Give the evidence of authors that follow a line."""
    for line in lines[at + 1 : at + 6]:
        if line.kind == "authors" or (line.kind == "label" and "uthor" in line.text):
            return 2.0
        if line.kind not in _PASSED:
            break
    return 0.0
