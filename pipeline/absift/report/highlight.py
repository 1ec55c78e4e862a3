"""Spans of a text as properly nested pieces, for the page and the terminal alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from absift.records import ADVERSE_EVENT, DURATION, LABELS, PERCENTAGE, SAMPLE_SIZE, Record

WARNING = "warning"
HEADING = "heading"

#: What a person is shown for each label: a mark for plain text, one and many.
NAMES = {
    SAMPLE_SIZE: ("N", "sample size", "sample sizes"),
    PERCENTAGE: ("%", "percentage", "percentages"),
    DURATION: ("T", "duration", "durations"),
    ADVERSE_EVENT: ("AE", "adverse event", "adverse events"),
}

# The head of a section of a structured abstract, written in capitals at the head of a line.
_HEADING = re.compile(r"^[^\W\d_a-z][^\na-z:]{1,58}:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be set off.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        kind: A label, :data:`WARNING` or :data:`HEADING`.
        number: Its place among the record's spans or warnings, from 0.
        part: Its place among the figures of a warning, from 0.
    """

    start: int
    end: int
    kind: str
    number: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Open:
    """A mark begins, or goes on (``first`` false) where another mark's end had cut it."""

    mark: Mark
    first: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The mark opened last ends, or is cut (``last`` false) and goes on at once."""

    mark: Mark
    last: bool


def label_names(label: str) -> tuple[str, str, str]:
    """Give a label's mark for plain text, its name and its plural."""
    name = label.replace("_", " ").lower()
    return NAMES.get(label, (name, name, name))


def label_order(labels: Iterable[str]) -> list[str]:
    """Sort labels: absift's own in their order, then the user's by name."""
    return sorted(
        set(labels), key=lambda it: (LABELS.index(it) if it in LABELS else len(LABELS), it)
    )


def title_length(record: Record) -> int:
    """Give the characters of the title where it is the text's first line, else 0."""
    title = record.title or ""
    return len(title) if title and f"{record.text}\n".startswith(f"{title}\n") else 0


def marks_of(record: Record) -> list[Mark]:
    """Give all that is set off in a record: section heads, figures warned of, and spans.

    Offsets that lie outside the text are cut to it, and what is then empty is left out.
    """
    text = record.text
    marks = [Mark(it.start(), it.end(), HEADING) for it in _HEADING.finditer(text)]
    for number, warning in enumerate(record.warnings):
        for part, (start, end) in enumerate(warning.spans):
            marks.append(Mark(max(0, start), min(end, len(text)), WARNING, number, part))
    for number, span in enumerate(record.spans):
        marks.append(Mark(max(0, span.start), min(span.end, len(text)), span.label, number))
    return [mark for mark in marks if mark.start < mark.end]


def nested(
    text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None
) -> Iterator[str | Open | Close]:
    """Give a stretch of text as a stream of strings and marks that open and close like brackets.

    Of two marks that cross, the later one is cut where the earlier ends. The strings put
    together are ``text[start:end]`` to the character.

    Args:
        text: The whole text.
        marks: Marks in any order; a mark that reaches over ``start`` or ``end`` is cut there.
        start: Offset to begin at.
        end: Offset to stop at; the text's length by default.

    Yields:
        A string, or the opening or closing of a mark; never an empty string.
    """
    stop = len(text) if end is None else end
    waiting = sorted(
        (mark for mark in marks if mark.start < stop and mark.end > start),
        key=lambda mark: (mark.start, -mark.end),
    )
    bounds = {start, stop}
    for mark in waiting:
        bounds.update((max(mark.start, start), min(mark.end, stop)))
    waiting.reverse()
    stack: list[Mark] = []
    before = start
    for place in sorted(bounds):
        if place > before:
            yield text[before:place]
            before = place
        again: list[Mark] = []
        while any(mark.end <= place or place == stop for mark in stack):
            mark = stack.pop()
            yield Close(mark, last=mark.end <= place)
            if mark.end > place:
                again.append(mark)
        while place < stop and waiting and waiting[-1].start <= place:
            again.append(waiting.pop())
        # The one that reaches furthest goes outside, so that as few as can be are cut.
        for mark in sorted(again, key=lambda mark: -mark.end) if place < stop else ():
            yield Open(mark, first=mark.start == place)
            stack.append(mark)
