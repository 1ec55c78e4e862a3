"""Lay an abstract out for matching: its tokens, numbers and sentences as a sheet."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from absift.rules.marks import MAY_SIGN, MOST_FORMS, UNSURE, Figures, Marks, begins_figure
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary
from absift.text.numbers import Number, NumberWords, number_at
from absift.text.parts import PartGuesser
from absift.text.sections import SectionFinder, Sentence
from absift.text.tokens import Tokens, tokenize


class SheetMaker:
    """Makes sheets; holds what the language's texts are read with.

    Args:
        vocabulary: Gives the signatures.
        number_words: The language's number words.
        sections: Finds sentences and sections.
        parter: Guesses the parts of text under no head.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        number_words: NumberWords,
        sections: SectionFinder,
        parter: PartGuesser | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.number_words = number_words
        self.sections = sections
        self.parter = parter
        spelled = {*number_words.cardinals, *number_words.ordinals, *number_words.multipliers}
        self._starters = spelled | {word.capitalize() for word in spelled}
        self._starters |= {word.upper() for word in spelled}
        self._marks = Marks(vocabulary, self._starters)
        self._figures = Figures(vocabulary, number_words)

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
        known = max(len(self._marks), len(self._figures))
        if self._marks.settled != self.vocabulary.settled or known > MOST_FORMS:
            self._marks = Marks(self.vocabulary, self._starters)
            self._figures = Figures(self.vocabulary, self.number_words)
        marks = list(map(self._marks.__getitem__, tokens.words))
        numbers = self._count(text, tokens, marks)
        return self._lay_out(text, tokens, marks, sentences, numbers)

    def _count(self, text: str, tokens: Tokens, marks: list[str]) -> list[Number]:
        """Find the numbers and set the marks of those of one token; ``marks`` is changed."""
        words, vocabulary, figures = tokens.words, self.vocabulary, self._figures
        last = len(words) - 1
        found: list[Number] = []
        free = 0
        for match in UNSURE.finditer("".join(marks)):
            place = match.start()
            word = words[place]
            if match[0] == MAY_SIGN:
                made = vocabulary.of_sign if begins_figure(text, tokens, place) else None
                marks[place] = (made or vocabulary.of_word)(word)
                continue
            if place < free:
                continue
            if not word[0].isalpha():
                alone = figures[word]
                if alone and (place == last or not figures.may_go_on(words[place + 1])):
                    value, year, marks[place] = alone
                    found.append(Number(place, place + 1, value, "digits", year))
                    continue
            number = number_at(text, tokens, self.number_words, place)
            if number is None:
                marks[place] = vocabulary.of_word(word)
                continue
            found.append(number)
            free = number.last
            if free == place + 1:
                marks[place] = vocabulary.of_number(number, word)
        return found

    def _lay_out(
        self,
        text: str,
        tokens: Tokens,
        marks: list[str],
        sentences: Sequence[Sentence],
        numbers: Sequence[Number],
    ) -> Sheet:
        words, begins, stops = tokens
        # Sentences and long numbers cut the tokens; between the cuts whole slices are copied.
        cuts: list[tuple[int, Number | None]] = [
            (bisect_left(begins, sentence.start), None) for sentence in sentences
        ]
        long = [(number.first, number) for number in numbers if number.last > number.first + 1]
        if long:
            cuts = sorted([*cuts, *long], key=lambda cut: (cut[0], cut[1] is not None))
        signs: list[str] = []
        items: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        done = 0
        for place, number in cuts:
            if place < done:
                continue
            signs += marks[done:place]
            items += words[done:place]
            starts += begins[done:place]
            ends += stops[done:place]
            done = place
            if number is None:
                edge = begins[place] if place < len(words) else len(text)
                signs.append(BOUNDARY)
                items.append("")
                starts.append(edge)
                ends.append(edge)
                continue
            begin, end = begins[place], stops[number.last - 1]
            items.append(text[begin:end])
            signs.append(self.vocabulary.of_number(number, items[-1]))
            starts.append(begin)
            ends.append(end)
            done = number.last
        signs += [*marks[done:], BOUNDARY]
        items += [*words[done:], ""]
        starts += [*begins[done:], len(text)]
        ends += [*stops[done:], len(text)]
        placed = {begins[number.first]: number for number in numbers}
        return Sheet(
            text,
            sentences,
            signs,
            starts,
            ends,
            placed,
            items=items,
            parter=self.parter,
            tokens=tokens,
        )
