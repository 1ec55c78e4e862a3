"""An abstract laid out for matching: one character a token, one line a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from absift.rules.vocabulary import BOUNDARY, Vocabulary
from absift.text.numbers import Number, NumberWords, find_numbers
from absift.text.sections import SectionFinder, Sentence
from absift.text.tokens import DASHES, Tokens, tokenize


class Sheet:
    """The items of an abstract: words, numbers, spans already found, ends of sentences.

    Attributes:
        text: The abstract.
        sentences: Its sentences in order.
        signs: A character an item; :data:`BOUNDARY` before, between and after sentences.
        starts: Offset of each item's first character in ``text``.
        ends: Offset behind each item's last character.
        numbers: Index of an item to the number that it is.
        ranges: First item of each sentence and the one behind the boundary that ends it.
    """

    __slots__ = (
        "_where",
        "ends",
        "numbers",
        "ranges",
        "sentence_starts",
        "sentences",
        "signs",
        "starts",
        "text",
    )

    def __init__(
        self,
        text: str,
        sentences: Sequence[Sentence],
        signs: str,
        starts: list[int],
        ends: list[int],
        numbers: dict[int, Number],
    ) -> None:
        self.text = text
        self.sentences = sentences
        self.sentence_starts = [sentence.start for sentence in sentences]
        self.signs = signs
        self.starts = starts
        self.ends = ends
        self.numbers = numbers
        self.ranges = _ranges(signs)
        self._where: dict[str, int] | None = None

    @property
    def where(self) -> dict[str, int]:
        """Signature to the places in ``ranges`` of the sentences that hold it, as bits."""
        if self._where is None:
            where: dict[str, int] = {}
            bit = 1
            for begin, end in self.ranges:
                for sign in set(self.signs[begin : end - 1]):
                    where[sign] = where.get(sign, 0) | bit
                bit <<= 1
            self._where = where
        return self._where

    def _where_after(self, changed: Sheet) -> dict[str, int] | None:
        """Give ``where`` of a sheet in which some sentences of this one were collapsed."""
        if self._where is None or len(self.ranges) != len(changed.ranges):
            return None
        where = self._where.copy()
        bit = 1
        for (begin, end), (new_begin, new_end) in zip(self.ranges, changed.ranges, strict=True):
            if end - begin != new_end - new_begin or (
                self.signs[begin:end] != changed.signs[new_begin:new_end]
            ):
                before = set(self.signs[begin : end - 1])
                after = set(changed.signs[new_begin : new_end - 1])
                for sign in before - after:
                    where[sign] &= ~bit
                for sign in after - before:
                    where[sign] = where.get(sign, 0) | bit
            bit <<= 1
        return where

    def section(self, item: int) -> str:
        """Give the section in which an item stands."""
        place = bisect_right(self.sentence_starts, self.starts[item]) - 1
        return self.sentences[max(place, 0)].section

    def sentence(self, item: int) -> tuple[int, int]:
        """Give the items of the sentence of an item, half open."""
        first = self.signs.rfind(BOUNDARY, 0, item) + 1
        return first, self.signs.find(BOUNDARY, item)

    def item_at(self, offset: int) -> int:
        """Give the item that holds the character at an offset, or the next one behind it."""
        item = bisect_right(self.starts, offset) - 1
        while item >= 0 and self.signs[item] == BOUNDARY:
            item -= 1
        return item if item >= 0 and self.ends[item] > offset else bisect_left(self.starts, offset)

    def words(self, first: int, last: int) -> str:
        """Give the text from item ``first`` to item ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]

    def collapse(self, ranges: Iterable[tuple[int, int, str]]) -> Sheet:
        """Give a sheet in which spans are single items.

        Args:
            ranges: Offsets of each span and its signature; where two overlap, the first wins.
        """
        starts, ends = self.starts, self.ends
        signs: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        spans: set[int] = set()
        done = 0
        for begin, end, sign in sorted(ranges, key=lambda item: (item[0], -item[1])):
            first = self.item_at(begin)
            last = bisect_left(starts, end, first)
            while last > first and self.signs[last - 1] == BOUNDARY:
                last -= 1
            if first < done or last <= first or starts[first] != begin or ends[last - 1] != end:
                continue
            signs += (self.signs[done:first], sign)
            new_starts += starts[done:first]
            new_ends += ends[done:first]
            spans.add(len(new_starts))
            new_starts.append(begin)
            new_ends.append(end)
            done = last
        signs.append(self.signs[done:])
        new_starts += starts[done:]
        new_ends += ends[done:]
        made = Sheet(self.text, self.sentences, "".join(signs), new_starts, new_ends, {})
        made._where = self._where_after(made)
        for item, number in self.numbers.items():
            place = made.item_at(starts[item])
            if place not in spans:
                made.numbers[place] = number
        return made


def _ranges(signs: str) -> list[tuple[int, int]]:
    """Give the sentences as items, each with the boundary behind it."""
    ranges = []
    begin = signs.find(BOUNDARY) + 1
    while begin < len(signs):
        end = signs.find(BOUNDARY, begin) + 1
        if end > begin + 1:
            ranges.append((begin, end))
        begin = end
    return ranges


class SheetMaker:
    """Makes sheets; holds what the language's texts are read with.

    Args:
        vocabulary: Gives the signatures.
        number_words: The language's number words.
        sections: Finds sentences and sections.
    """

    def __init__(
        self, vocabulary: Vocabulary, number_words: NumberWords, sections: SectionFinder
    ) -> None:
        self.vocabulary = vocabulary
        self.number_words = number_words
        self.sections = sections
        spelled = {*number_words.cardinals, *number_words.ordinals, *number_words.multipliers}
        self._starters = spelled | {word.capitalize() for word in spelled}
        self._starters |= {word.upper() for word in spelled}

    def make(
        self, text: str, *, has_title: bool | None = None, tokens: Tokens | None = None
    ) -> Sheet:
        """Lay out an abstract.

        Args:
            text: The abstract.
            has_title: Whether its first line is a title; ``None`` to tell by its look.
            tokens: Its tokens, where they are known already.
        """
        tokens = tokens or tokenize(text)
        sentences = self.sections.split(text, has_title=has_title)
        starters = self._starters
        at = [i for i, word in enumerate(tokens.words) if word in starters or word[0] in _FIGURES]
        numbers = find_numbers(text, tokens, self.number_words, at)
        return self._lay_out(text, tokens, sentences, numbers)

    def _lay_out(
        self,
        text: str,
        tokens: Tokens,
        sentences: Sequence[Sentence],
        numbers: Sequence[Number],
    ) -> Sheet:
        words = tokens.words
        marks = self.vocabulary.of_words(words)
        for place in _signs(text, tokens):
            marks[place] = self.vocabulary.of_sign(words[place])
        # Sentences and numbers cut the tokens; between the cuts whole slices are copied.
        cuts: list[tuple[int, int, Number | None]] = [
            (bisect_left(tokens.starts, sentence.start), 0, None) for sentence in sentences
        ]
        cuts += [(number.first, 1, number) for number in numbers]
        cuts.sort(key=lambda cut: cut[:2])
        signs: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        placed: dict[int, Number] = {}
        done = 0
        for place, _, number in cuts:
            if place < done:
                continue
            signs += marks[done:place]
            starts += tokens.starts[done:place]
            ends += tokens.ends[done:place]
            done = place
            if number is None:
                edge = tokens.starts[place] if place < len(words) else len(text)
                signs.append(BOUNDARY)
                starts.append(edge)
                ends.append(edge)
                continue
            begin, end = tokens.starts[place], tokens.ends[number.last - 1]
            placed[len(signs)] = number
            signs.append(self.vocabulary.of_number(number, text[begin:end]))
            starts.append(begin)
            ends.append(end)
            done = number.last
        signs += [*marks[done:], BOUNDARY]
        starts += [*tokens.starts[done:], len(text)]
        ends += [*tokens.ends[done:], len(text)]
        return Sheet(text, sentences, "".join(signs), starts, ends, placed)


_SIGNS = DASHES | {"+"}
_FIGURES = frozenset("0123456789.·∙⋅")


def _signs(text: str, tokens: Tokens) -> list[int]:
    """Find the dashes and pluses that begin a figure: a digit behind, no word or figure before."""
    found = []
    for place, word in enumerate(tokens.words):
        if word in _SIGNS:
            end, start = tokens.ends[place], tokens.starts[place]
            behind = text[end : end + 1]
            before = text[start - 1] if start else " "
            if behind.isdigit() and not (before.isalnum() or before in "%)]"):
                found.append(place)
    return found
