"""Which lines of a page are its abstract, and what of them is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from absift.readers.page_furniture import trim_tail
from absift.readers.page_kinds import BODY
from absift.readers.page_lines import Line, sentences_in, shape
from absift.readers.page_words import Words, key_of

# Words of an abstract behind which an "Introduction" opens the paper itself.
_ENOUGH = 40
_SHORTEST = 8
# Words from which a run of sentences before a citation may be a whole abstract.
_A_RECORD = 30
# Words of a line between sentences that may be a section's head nobody has listed.
_HEAD = 5
_ENDED = re.compile(r"[.!?][\"')\]”’]*$")
_PREFIX = re.compile(r"^(?:abstract|summary)\s*[:.\-–—|]\s*", re.IGNORECASE)
_RUN_IN = re.compile(r"^(?:ABSTRACT|Abstract)\s*(?=[A-Z][a-z]+[A-Z ]|[A-Z]{4,}|[A-Z])")


@dataclass(slots=True)
class Segment:
    """Lines in a row that may be an abstract.

    Attributes:
        lines: The lines.
        headed: Whether an "Abstract" heading stands right before them.
        tail: Whether they stand behind a heading such as "Similar articles".
        full_text: Whether they stand behind the heading that opens the full text.
        other_record: Whether another paper's citation or authors stand before them.
    """

    lines: list[Line] = field(default_factory=list)
    headed: bool = False
    tail: bool = False
    full_text: bool = False
    other_record: bool = False

    @property
    def words(self) -> int:
        """Number of words of its sentences."""
        return sum(len(line.text.split()) for line in self.lines if line.kind != "section")

    @property
    def sectioned(self) -> bool:
        """Whether it has heads of sections."""
        return any(line.kind == "section" for line in self.lines)

    def score(self) -> float:
        """Say how much it looks like the abstract: its length, weighed by where it stands."""
        text = " ".join(line.text for line in self.lines)
        weight = 3.0 if self.headed else 1.0
        weight *= 0.25 if self.tail else 1.0
        weight *= 0.1 if self.full_text else 1.0
        weight *= 0.3 if self.other_record else 1.0
        weight *= 1.3 if self.sectioned else 1.0
        weight *= 1.3 if re.search(r"\d", text) else 1.0
        return self.words * weight


def segments_of(lines: Sequence[Line], words: Words) -> list[Segment]:
    """Cut a classified page into the runs of lines that may be its abstract."""
    found: list[Segment] = []
    now = Segment()
    full_text = interrupted = new_record = False
    for index, line in enumerate(lines):
        if line.kind in ("abstract", "after"):
            full_text = False
        if line.kind == "section" and _opens_full_text(line, now, words):
            full_text = True
            now = _close(now, found)
        if line.kind in BODY or _belongs(lines, index, now):
            if not now.lines:
                now.headed = now.headed or _headed(lines, index)
                now.tail, now.full_text = line.tail, full_text
                now.other_record = new_record and not now.headed
            now.lines.append(line)
            continue
        if line.kind == "other" and now.lines and _goes_on(lines, index):
            if now.sectioned and len(line.text.split()) <= _HEAD:
                now.lines.append(line)
            continue
        if line.kind in ("citation", "authors") and _had_abstract(found, now):
            new_record = True
        interrupted = line.kind == "furniture" and _interrupts(lines, index, now, words)
        if not interrupted:
            now = _close(now, found)
    _close(now, found)
    return found


def _had_abstract(found: Sequence[Segment], now: Segment) -> bool:
    """Tell whether what may be a whole abstract stands before, so that a new record begins."""
    return any(one.words >= _A_RECORD for one in (*found, now))


def _close(now: Segment, found: list[Segment]) -> Segment:
    while now.lines and now.lines[-1].kind == "section":
        now.lines.pop()
    if now.lines:
        found.append(now)
    return Segment()


def _opens_full_text(line: Line, now: Segment, words: Words) -> bool:
    key = re.sub(r"^\d{1,2}\.?\s+", "", key_of(line.text))
    return key in words.opens_full_text and now.words >= _ENOUGH


def _headed(lines: Sequence[Line], index: int) -> bool:
    """Tell whether an "Abstract" heading stands before a line, buttons between them aside."""
    for line in reversed(lines[:index]):
        if line.kind == "abstract":
            return True
        if line.kind not in ("furniture", "other") or len(line.text.split()) > 6:
            return False
    return False


def _belongs(lines: Sequence[Line], index: int, now: Segment) -> bool:
    """Tell whether a line that is no sentence is part of an abstract by where it stands."""
    line = lines[index]
    if line.kind == "registry":
        return bool(now.lines)
    if line.kind not in ("other", "authors", "affiliation", "value"):
        return False
    before = lines[index - 1] if index else None
    under_head = before is not None and before.kind == "section" and before in now.lines
    count, lower, _ = shape(line.text)
    sentence = count >= 3 and lower >= 0.5 and line.text.endswith((".", ")"))
    if line.kind == "other" and before is not None and before.kind == "abstract":
        return len(line.text.split()) >= _SHORTEST
    if line.kind in ("authors", "affiliation", "value"):
        return False
    goes_on = bool(now.lines) and line.text[:1].islower() and not _ENDED.search(now.lines[-1].text)
    return under_head or goes_on or (bool(now.lines) and sentence)


def _goes_on(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the abstract goes on right behind a line."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.tail != lines[index].tail:
        return False
    return following.kind in BODY or (
        following.kind == "other" and shape(following.text)[1] >= 0.5 and following.text[-1] == "."
    )


def _interrupts(lines: Sequence[Line], index: int, now: Segment, words: Words) -> bool:
    """Tell whether furniture only breaks an abstract that goes on behind it."""
    if not now.lines:
        return False
    rest = iter(lines[index:])
    following = next((line for line in rest if line.kind != "furniture"), None)
    if following is None or following.kind not in BODY or following.tail != lines[index].tail:
        return False
    headed = following.kind == "section" or _section_head(following)
    if headed and (now.sectioned or any(map(_section_head, now.lines))):
        return True
    return key_of(lines[index].text) in words.interruptions


def _section_head(line: Line) -> bool:
    return re.match(r"[A-Z][A-Za-z ,/&]{2,60}:\s", line.text) is not None


def best_segment(segments: Sequence[Segment]) -> Segment | None:
    """Give the segment that looks most like the abstract; ``None`` if none does."""
    fit = [one for one in segments if one.words >= (3 if one.headed else _SHORTEST)]
    return max(fit, key=Segment.score, default=None)


def opens_with_title(segment: Segment) -> bool:
    """Tell whether a segment's first sentence is the title that stands right above the abstract.

    It is if it is one sentence by itself, nothing says "Abstract" before it, and what follows
    is much longer.
    """
    first = segment.lines[0]
    if len(segment.lines) < 2 or segment.headed or first.kind != "prose":
        return False
    count, _, _ = shape(first.text)
    if count > 40 or sentences_in(first.text) > 1 or re.match(r"[A-Z][\w /]{2,40}:\s", first.text):
        return first.heading
    return segment.words - count >= max(40, 2 * count)


def body_text(segment: Segment, title: str | None, words: Words) -> str:
    """Give an abstract's text: paragraphs joined by line breaks, what runs into them cut off."""
    paragraphs: list[str] = []
    for line in segment.lines:
        text = line.text
        if len(text.split()) >= _SHORTEST and (text in paragraphs or _refers(text, title)):
            continue
        paragraphs.append(text)
    if paragraphs:
        first = _PREFIX.sub("", paragraphs[0])
        paragraphs[0] = _RUN_IN.sub("", first) if len(first) > 40 else first
        paragraphs[-1] = _cut(paragraphs[-1], words)
    return "\n".join(filter(None, paragraphs))


def _refers(text: str, title: str | None) -> bool:
    """Tell whether a paragraph is a reference to the paper itself: title, year, little else."""
    if title is None or len(text) > len(title) + 250 or not re.search(r"(?:19|20)\d\d", text):
        return False
    return len(title.split()) > 3 and title.rstrip(".").casefold() in text.casefold()


def _cut(text: str, words: Words) -> str:
    """Cut off what stands behind an abstract's last sentence on its own line."""
    before = ""
    while text != before:
        before = text
        text = words.run_in.sub("", words.closing.sub("", text)).rstrip(" \t")
        text = trim_tail(text, words)
    return text
