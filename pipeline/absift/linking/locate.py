"""Find where in a text a number stands, for warnings that point at figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from absift.records import Span
from absift.text.numbers import NumberWords, find_numbers
from absift.text.tokens import tokenize

_BREAK = re.compile(r"[.?!][)\]]?\s+(?=[A-Z0-9\[(])|\n")

Offsets = tuple[int, int]
# No sentence is longer; what stands farther away is not looked at.
_LONGEST = 2000


def sentence_around(text: str, start: int, end: int) -> Offsets:
    """Give the offsets of the sentence that holds ``text[start:end]``, roughly cut."""
    first = max(0, start - _LONGEST)
    for match in _BREAK.finditer(text, first, start):
        first = match.end()
    reach = min(len(text), end + _LONGEST)
    behind = _BREAK.search(text, end, reach)
    return first, behind.start() + 1 if behind else reach


class SpanIndex:
    """Spans by their place, so that those of a sentence are found without going through all.

    Args:
        spans: Spans in text order.
    """

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(spans)
        self._starts = [span.start for span in self.spans]

    def between(self, first: int, last: int) -> Sequence[Span]:
        """Give the spans that begin from offset ``first`` to ``last`` (exclusive)."""
        return self.spans[bisect_left(self._starts, first) : bisect_left(self._starts, last)]


def find_number(text: str, sizes: SpanIndex, value: int, near: Offsets) -> Offsets | None:
    """Give the offsets of a number in the sentence of a span, the nearest before it first.

    Args:
        text: The abstract.
        sizes: Its sample sizes.
        value: The number, written in digits or in words.
        near: The span that the number belongs to.
    """
    first, last = sentence_around(text, *near)
    places = [
        (span.start, span.end)
        for span in sizes.between(first, last)
        if span.attributes.get("value") == value
    ]
    places += _numbers(text, first, last, value)
    places = [place for place in places if place[1] <= near[0] or place[0] >= near[1]]
    return min(places, key=lambda place: _distance(place, near), default=None)


def _numbers(text: str, first: int, last: int, value: int) -> list[Offsets]:
    piece = text[first:last]
    tokens = tokenize(piece)
    return [
        (first + tokens.starts[number.first], first + tokens.ends[number.last - 1])
        for number in find_numbers(piece, tokens, _words())
        if number.value == value and number.kind != "ordinal"
    ]


def _distance(place: Offsets, near: Offsets) -> tuple[int, int]:
    behind = place[0] >= near[1]
    return (place[0] - near[1] if behind else near[0] - place[1], behind)


@lru_cache(maxsize=1)
def _words() -> NumberWords:
    """Read the number words once, on the first warning."""
    from absift.rules.model import plain, read_yaml
    from absift.rules.word_files import number_words
    from absift.settings import config_path

    return number_words(plain(read_yaml(config_path("numbers.yaml"))))


def in_order(places: Sequence[Offsets | None]) -> tuple[Offsets, ...]:
    """Give offsets in text order, each once, without those that weren't found."""
    return tuple(sorted({place for place in places if place is not None}))
