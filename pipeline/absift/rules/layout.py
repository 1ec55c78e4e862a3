"""Lay an abstract out for matching: its tokens, numbers and sentences as a sheet."""

from __future__ import annotations

from absift.compiled_parts import compiled
from absift.rules import arrange
from absift.rules.marks import MOST_FORMS, Figures, Marks, begins_figure
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import Number, NumberWords, number_at
from absift.text.parts import PartGuesser, Parts
from absift.text.sections import SectionFinder, Sentence
from absift.text.tokens import Tokens, tokenize

_ARRANGE = compiled("absift.rules._arrange") or arrange


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
        return self._lay_out(text, tokens, marks, sentences)

    def _lay_out(
        self, text: str, tokens: Tokens, marks: list[str], sentences: list[Sentence]
    ) -> Sheet:
        """Find the numbers and make the sheet; ``marks`` is changed."""
        words, vocabulary, number_words = tokens.words, self.vocabulary, self.number_words

        def sign_at(place: int) -> str:
            begins = begins_figure(text, tokens, place)
            return (vocabulary.of_sign if begins else vocabulary.of_word)(words[place])

        def counted(place: int) -> tuple[Number | None, str]:
            number = number_at(text, tokens, number_words, place)
            if number is None:
                return None, vocabulary.of_word(words[place])
            # One of several tokens is an item of its own, which gets its signature there.
            alone = number.last == place + 1
            return number, vocabulary.of_number(number, words[place]) if alone else marks[place]

        numbers = _ARRANGE.count(words, marks, self._figures, sign_at, counted)
        items = _ARRANGE.lay_out(text, tokens, marks, sentences, numbers, vocabulary.of_number)
        placed = {tokens.starts[number.first]: number for number in numbers}
        parts = Parts(self.parter, text, sentences, tokens) if self.parter else None
        return Sheet(text, sentences, items, placed, parts=parts)
