"""An abstract laid out for matching: one character a token, one line a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from absift.compiled_parts import compiled
from absift.rules import arrange
from absift.rules.arrange import Items
from absift.rules.index import RuleIndex
from absift.rules.vocabulary import BOUNDARY
from absift.text.numbers import Number
from absift.text.parts import Parts
from absift.text.sections import Sentence

_ARRANGE = compiled("absift.rules._arrange") or arrange
_NONE: Mapping[int, str] = MappingProxyType({})


class Sheet:
    """The items of an abstract: words, numbers, spans already found, ends of sentences.

    Attributes:
        text: The abstract.
        sentences: Its sentences in order.
        signs: A character an item; :data:`BOUNDARY` before, between and after sentences.
        starts: Offset of each item's first character in ``text``.
        ends: Offset behind each item's last character.
        ranges: First item of each sentence and the one behind the boundary that ends it.
    """

    __slots__ = (
        "_figures",
        "_firsts",
        "_index",
        "_items",
        "_numbers",
        "_parts",
        "_possible",
        "_sections",
        "_sentence_starts",
        "_spans",
        "_whole",
        "ends",
        "ranges",
        "sentences",
        "signs",
        "starts",
        "text",
    )

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        items: Items,
        figures: dict[int, Number],
        spans: Mapping[int, str] = _NONE,
        *,
        parts: Parts | None = None,
    ) -> None:
        self.text = text
        self.sentences = sentences
        self._figures = figures
        # Where spans that are single items begin, and the items that each was before.
        self._spans = spans
        self.signs, self.starts, self.ends, self._items, self.ranges = items
        self._sentence_starts: list[int] | None = None
        self._numbers: dict[int, Number] | None = None
        self._firsts: list[int] | None = None
        self._sections: list[str] | None = None
        self._parts = parts
        # What was answered by an index, and by which.
        self._possible: list[int] | None = None
        self._index: RuleIndex | None = None
        # The sheet that this one was made of, until what is known of it was taken over.
        self._whole: Sheet | None = None

    @property
    def sentence_starts(self) -> list[int]:
        """Offset of each sentence's first character."""
        if self._sentence_starts is None:
            self._sentence_starts = [sentence.start for sentence in self.sentences]
        return self._sentence_starts

    @property
    def numbers(self) -> dict[int, Number]:
        """Index of an item to the number that it is."""
        if self._numbers is None:
            starts, signs = self.starts, self.signs
            self._numbers = {}
            for start, number in self._figures.items():
                # Where an edge of a sentence stands at the same offset, the item behind it counts.
                item = bisect_right(starts, start) - 1
                found = item >= 0 and starts[item] == start and signs[item] != BOUNDARY
                if found and start not in self._spans:
                    self._numbers[item] = number
        return self._numbers

    @property
    def items(self) -> list[str]:
        """The text of each item; empty for a boundary."""
        if self._items is None:
            self._items = list(map(self.text.__getitem__, map(slice, self.starts, self.ends)))
        return self._items

    def number(self, item: int) -> Number | None:
        """Give the number that an item is, if it is one."""
        start = self.starts[item]
        if start in self._spans or self.signs[item] == BOUNDARY:
            return None
        return self._figures.get(start)

    @property
    def sections(self) -> list[str]:
        """The section of each of the sentences in ``ranges``."""
        if self._sections is None:
            begins, starts, sentences = self.sentence_starts, self.starts, self.sentences
            made: list[str] = []
            place, last = 0, len(sentences) - 1
            for first, _ in self.ranges:
                while place < last and begins[place + 1] <= starts[first]:
                    place += 1
                made.append(sentences[place].section)
            self._sections = made
        return self._sections

    def possible(self, index: RuleIndex) -> list[int]:
        """Give the rules that each of the sentences in ``ranges`` can match at all."""
        if self._possible is None or self._index is not index:
            whole, self._whole, self._index = self._whole, None, index
            signs, possible = self.signs, index.possible
            if (
                whole is None
                or whole._possible is None
                or whole._index is not index
                or len(whole.ranges) != len(self.ranges)
            ):
                self._possible = [possible(set(signs[begin:end])) for begin, end in self.ranges]
                return self._possible
            # Only the sentences in which something was collapsed are to be looked at anew.
            known, others = whole._possible.copy(), whole.signs
            for place, (begin, end) in enumerate(self.ranges):
                held = signs[begin:end]
                old, stop = whole.ranges[place]
                if held != others[old:stop]:
                    known[place] = possible(set(held))
            self._possible = known
        return self._possible

    def section(self, item: int) -> str:
        """Give the section in which an item stands."""
        return self.sentences[self._sentence_of(item)].section

    def part(self, item: int) -> str:
        """Give the section in which an item stands; where it has no head, the part guessed.

        That is ``body.methods`` or the like; plain ``body`` where nothing can be guessed.
        """
        place = self._sentence_of(item)
        return self._parts[place] if self._parts else self.sentences[place].section

    def _sentence_of(self, item: int) -> int:
        return max(bisect_right(self.sentence_starts, self.starts[item]) - 1, 0)

    def sentence(self, item: int) -> tuple[int, int]:
        """Give the items of the sentence of an item, half open."""
        first = self.signs.rfind(BOUNDARY, 0, item) + 1
        return first, self.signs.find(BOUNDARY, item)

    def sentence_and_section(self, item: int) -> tuple[int, int, str]:
        """Give the items of the sentence of an item, half open, and the section it stands in."""
        if self._firsts is None:
            self._firsts = [first for first, _ in self.ranges]
        place = bisect_right(self._firsts, item) - 1
        first, end = self.ranges[place]
        return first, end - 1, self.sections[place]

    def item_at(self, offset: int) -> int:
        """Give the item that holds the character at an offset, or the next one behind it."""
        item = bisect_right(self.starts, offset) - 1
        while item >= 0 and self.signs[item] == BOUNDARY:
            item -= 1
        return item if item >= 0 and self.ends[item] > offset else bisect_left(self.starts, offset)

    def within(self, item: int) -> str:
        """Give the items that a span was before it became a single one, between boundaries.

        Of an item that is no such span, itself.
        """
        held = self._spans.get(self.starts[item], self.signs[item])
        return f"{BOUNDARY}{held}{BOUNDARY}"

    def words(self, first: int, last: int) -> str:
        """Give the text from item ``first`` to item ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def collapse(self, ranges: Iterable[tuple[int, int, str]]) -> Sheet:
        """Give a sheet in which spans are single items.

        Args:
            ranges: Offsets of each span and its signature; where two overlap, the first wins.
        """
        spans = dict(self._spans)
        items = Items(self.signs, self.starts, self.ends, None, self.ranges)
        ordered = sorted(ranges, key=lambda item: (item[0], -item[1]))
        made = Sheet(
            self.text,
            self.sentences,
            _ARRANGE.collapse(items, ordered, spans),
            self._figures,
            spans,
            parts=self._parts,
        )
        made._whole = self
        if len(made.ranges) == len(self.ranges):
            made._sections = self._sections
        return made
