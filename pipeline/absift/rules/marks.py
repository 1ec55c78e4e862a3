"""The signatures of the tokens of a text, but for those that only the text around them tells."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

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
        if word in self._starters or word[0] in _FIGURES:
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
    before = text[start - 1] if start else " "
    if text[end : end + 1] in GROUP_BLANKS and text[end + 1 : end + 2].isdigit():
        before = tokens.words[place - 1][-1] if place else " "
        return not (before.isdigit() or before in "%)]±") and not text[start - 1 : start].isalnum()
    return text[end : end + 1].isdigit() and not (before.isalnum() or before in "%)]")


class Figures(dict[str, tuple[Value, bool, str] | None]):
    """A token that begins with a digit to what it says as a number that nothing follows.

    That is its value, whether it may be a year, and its signature; ``None`` if it is no number.

    Args:
        vocabulary: Gives the signatures.
        words: The language's number words.
    """

    def __init__(self, vocabulary: Vocabulary, words: NumberWords) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        #: Whether the token behind a figure may belong to its number.
        self.going_on = _GoingOn({*words.ordinal_endings, *words.multipliers})

    def __missing__(self, word: str) -> tuple[Value, bool, str] | None:
        value = parse_digits(word)
        made = None
        if value is not None:
            year = may_be_year(word, value)
            sign = self._vocabulary.of_number(Number(0, 1, value, "digits", year), word)
            made = value, year, sign
        self[word] = made
        return made


class _GoingOn(dict[str, bool]):
    """Token to whether it may belong to the number of a figure before it."""

    def __init__(self, words: AbstractSet[str]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, token: str) -> bool:
        made = (len(token) == 3 and token.isdigit()) or token.lower() in self._words
        self[token] = made
        return made
