"""The signatures of the tokens of a text, but for those that only the text around them tells."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from absift.rules.vocabulary import Vocabulary
from absift.text.tokens import DASHES, Tokens

_SIGNS = DASHES | {"+"}
_FIGURES = frozenset("0123456789.·∙⋅")
# In place of the signature of what only the text around it tells: may it begin a number, is it
# the sign of one?
MAY_COUNT, MAY_SIGN = "\x01", "\x02"
UNSURE = re.compile(f"[{MAY_COUNT}{MAY_SIGN}]")
# Word forms that are remembered.
MOST_FORMS = 400_000


class Marks(dict[str, str]):
    """Word to its signature, worked out when first asked for."""

    def __init__(self, vocabulary: Vocabulary, starters: AbstractSet[str]) -> None:
        super().__init__()
        self.settled = vocabulary.settled
        self._of_word = vocabulary.of_word
        self._starters = starters

    def __missing__(self, word: str) -> str:
        if word in self._starters or word[0] in _FIGURES:
            made = MAY_COUNT
        else:
            made = MAY_SIGN if word in _SIGNS else self._of_word(word)
        self[word] = made
        return made


def begins_figure(text: str, tokens: Tokens, place: int) -> bool:
    """Tell whether a dash or plus begins a figure: a digit behind, no word or figure before."""
    end, start = tokens.ends[place], tokens.starts[place]
    before = text[start - 1] if start else " "
    return text[end : end + 1].isdigit() and not (before.isalnum() or before in "%)]")
