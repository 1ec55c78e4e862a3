"""An abstract laid out for matching: one character a token, one line a sentence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from absift.rules.index import RuleIndex
from absift.rules.marks import MAY_COUNT, MOST_FORMS, UNSURE, Marks, begins_figure
from absift.rules.vocabulary import BOUNDARY, Vocabulary
from absift.text.numbers import Number, NumberWords, find_numbers
from absift.text.sections import SectionFinder, Sentence
from absift.text.tokens import Tokens, tokenize


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
        "_numbers",
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
        signs: str,
        starts: list[int],
        ends: list[int],
        figures: dict[int, Number],
        spans: AbstractSet[int] = frozenset(),
    ) -> None:
        self.text = text
        self.sentences = sentences
        self._figures = figures
        self._spans = spans
        self.signs = signs
        self.starts = starts
        self.ends = ends
        self.ranges = _ranges(signs)
        self._sentence_starts: list[int] | None = None
        self._numbers: dict[int, Number] | None = None
        self._sections: list[str] | None = None
        self._possible: list[int] | None = None
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
            items = {start: item for item, start in enumerate(self.starts)}
            # Where an edge of a sentence stands at the same offset, the item behind it counts.
            self._numbers = {
                items[start]: number
                for start, number in self._figures.items()
                if start in items and start not in self._spans
            }
        return self._numbers

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
            self._sections = [self.section(begin) for begin, _ in self.ranges]
        return self._sections

    def possible(self, index: RuleIndex) -> list[int]:
        """Give the rules that each of the sentences in ``ranges`` can match at all.

        The answer is kept, so ask with one index only: that of the vocabulary.
        """
        if self._possible is None:
            whole, self._whole = self._whole, None
            signs, possible = self.signs, index.possible
            if whole is None or whole._possible is None or len(whole.ranges) != len(self.ranges):
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
        starts, ends, old = self.starts, self.ends, self.signs
        signs: list[str] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        spans: set[int] = set(self._spans)
        done = 0
        for begin, end, sign in sorted(ranges, key=lambda item: (item[0], -item[1])):
            first = bisect_right(starts, begin, done) - 1
            if first < done or starts[first] != begin or old[first] == BOUNDARY:
                continue
            last = bisect_left(starts, end, first)
            while last > first and old[last - 1] == BOUNDARY:
                last -= 1
            if last <= first or ends[last - 1] != end:
                continue
            signs += (old[done:first], sign)
            new_starts += starts[done : first + 1]
            new_ends += ends[done:first]
            new_ends.append(end)
            spans.add(begin)
            done = last
        signs.append(old[done:])
        new_starts += starts[done:]
        new_ends += ends[done:]
        made = Sheet(
            self.text, self.sentences, "".join(signs), new_starts, new_ends, self._figures, spans
        )
        made._whole = self
        if len(made.ranges) == len(self.ranges):
            made._sections = self._sections
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
        self._marks = Marks(vocabulary, self._starters)

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
        if self._marks.settled != self.vocabulary.settled or len(self._marks) > MOST_FORMS:
            self._marks = Marks(self.vocabulary, self._starters)
        words = tokens.words
        marks = list(map(self._marks.__getitem__, words))
        at: list[int] = []
        for match in UNSURE.finditer("".join(marks)):
            place = match.start()
            if match[0] == MAY_COUNT:
                at.append(place)
                marks[place] = self.vocabulary.of_word(words[place])
            elif begins_figure(text, tokens, place):
                marks[place] = self.vocabulary.of_sign(words[place])
            else:
                marks[place] = self.vocabulary.of_word(words[place])
        numbers = find_numbers(text, tokens, self.number_words, at)
        return self._lay_out(text, tokens, marks, sentences, numbers)

    def _lay_out(
        self,
        text: str,
        tokens: Tokens,
        marks: list[str],
        sentences: Sequence[Sentence],
        numbers: Sequence[Number],
    ) -> Sheet:
        words = tokens.words
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
            placed[begin] = number
            signs.append(self.vocabulary.of_number(number, text[begin:end]))
            starts.append(begin)
            ends.append(end)
            done = number.last
        signs += [*marks[done:], BOUNDARY]
        starts += [*tokens.starts[done:], len(text)]
        ends += [*tokens.ends[done:], len(text)]
        return Sheet(text, sentences, "".join(signs), starts, ends, placed)
