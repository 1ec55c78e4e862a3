"""The signatures of the tokens of a text, but for those that only the text around them tells."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import (
    GROUP_BLANKS,
    Number,
    NumberWords,
    Value,
    may_be_year,
    parse_digits,
)
from absift.text.tokens import DASHES, Tokens

_SIGNS = DASHES | {"+"}
_FIGURES = frozenset("0123456789.·∙⋅")
# In place of the signature of what only the text around it tells: may it begin a number, is it
# the sign of one?
MAY_COUNT, MAY_SIGN = "\x01", "\x02"
# Word forms that are remembered.
MOST_FORMS = 60_000


class Marks(dict[str, str]):
    """Word to its signature, worked out when first asked for."""

    def __init__(self, vocabulary: Vocabulary, starters: AbstractSet[str]) -> None:
        super().__init__()
        self.settled = vocabulary.settled
        self._of_word = vocabulary.of_new_word
        self._starters = starters

    def __missing__(self, word: str) -> str:
        # Full stops are as frequent as sentences, and none begins a number by itself.
        if word in self._starters or (word[0] in _FIGURES and parse_digits(word) is not None):
            made = MAY_COUNT
        else:
            made = MAY_SIGN if word in _SIGNS else self._of_word(word)
        self[word] = made
        return made


def begins_figure(text: str, tokens: Tokens, place: int) -> bool:
    """Tell whether a dash or plus begins a figure: a digit behind, no word or figure before.

    Typesetters part a sign from its figure by a blank that doesn't break; then no figure may
    stand before the sign, with or without a blank.
    """
    end, start = tokens.ends[place], tokens.starts[place]
    behind = text[end : end + 1]
    if not behind.isdigit() and behind not in GROUP_BLANKS:
        return False
    before = text[start - 1] if start else " "
    if behind in GROUP_BLANKS and text[end + 1 : end + 2].isdigit():
        before = tokens.words[place - 1][-1] if place else " "
        return not (before.isdigit() or before in "%)]±") and not text[start - 1 : start].isalnum()
    return behind.isdigit() and not (before.isalnum() or before in "%)]")


class Alone(NamedTuple):
    """A number of one token.

    Attributes:
        value: Its value.
        kind: Its kind; see :class:`absift.text.numbers.Number`.
        year: Whether it may be a year.
        sign: Its signature.
        goes_on: The token behind it to whether that may belong to the number; ``None`` where none
            does.
    """

    value: Value
    kind: str
    year: bool
    sign: str
    goes_on: Mapping[str, bool] | None


class Figures(dict[str, Alone | None]):
    """A token that may begin a number to what it says as one that nothing follows.

    ``None`` if it is no number by itself.

    Args:
        vocabulary: Gives the signatures.
        words: The language's number words.
    """

    def __init__(self, vocabulary: Vocabulary, words: NumberWords) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self._words = words
        self._behind_digits = _GoesOn({*words.ordinal_endings, *words.multipliers}, grouped=True)
        self._behind_words = _GoesOn(
            {*words.cardinals, *words.multipliers, *words.joiners, *DASHES}, grouped=False
        )

    def __missing__(self, word: str) -> Alone | None:
        made = self[word] = self._spelled(word) if word[0].isalpha() else self._written(word)
        return made

    def _written(self, word: str) -> Alone | None:
        value = parse_digits(word)
        if value is None:
            return None
        year = may_be_year(word, value)
        sign = self._vocabulary.of_number(Number(0, 1, value, "digits", year), word)
        return Alone(value, "digits", year, sign, self._behind_digits)

    def _spelled(self, word: str) -> Alone | None:
        lower, words = word.lower(), self._words
        if lower in words.ordinals:
            value, kind = words.ordinals[lower], "ordinal"
        elif lower in words.cardinals:
            value, kind = words.cardinals[lower], "words"
        else:
            return None
        sign = self._vocabulary.of_number(Number(0, 1, value, kind), word)
        return Alone(value, kind, False, sign, self._behind_words if kind == "words" else None)


class _GoesOn(dict[str, bool]):
    """Token to whether it may belong to the number before it.

    Args:
        words: The words that may.
        grouped: Whether three digits may, too.
    """

    def __init__(self, words: AbstractSet[str], *, grouped: bool) -> None:
        super().__init__()
        self._words = words
        self._grouped = grouped

    def __missing__(self, token: str) -> bool:
        group = self._grouped and len(token) == 3 and token.isdigit()
        made = self[token] = group or token.lower() in self._words
        return made
