"""Split an abstract into tokens small enough that every tagged span ends on one.

``n=120``, ``12±3.4``, ``10–15``, ``24h`` and ``5%`` come apart; ``1,204``, ``0.5``, ``3·4``
and ``HbA1c`` stay whole. White space is never part of a token.
"""

from __future__ import annotations

import re
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from absift.compiled_parts import compiled

# A token with the blanks before it: one match a token instead of two halves the time.
_PIECE = re.compile(
    r"""
    \s*(?:
        [A-Za-z]+(?=[\s,.;:)])                                           # most words
      | q(?=\d{1,2}(?:[a-z]{1,3}|\s[a-z]{1,6})\b)                        # q3w  q21 days
      # HbA1c, patient's, but not OR95 of OR95% and not AUC0 of AUC0-12
      | [^\W\d_]+(?:['’][^\W\d_]+|(?!0[-–—−]\d)\d+(?!\d{0,9}[.,·]?\d{0,9}\s?%)[^\W\d_]*)*
      | \d{1,4}(?:\.\d{1,2}\.|/\d{1,2}/)\d{2,4}(?![\w%])               # a calendar date
      | \d{1,3}(?:,\d{3})+(?!\d)(?:[.·∙⋅]\d+)?                         # 1,204  1,204.5
      | \d+(?:[.·∙⋅,]\d+(?!\d|[.]\d))?                                    # 7  0.5  3·4  5,3
      | (?<![\w.])[.·∙⋅]\d+                                             # .05
      | \+/[-−–] | [<>]= | =[<>]
      | [^\w\s] | _
    ) | \s+
    """,
    re.VERBOSE,
)

_COMPILED = compiled("absift.text._split")

#: Characters that stand for a hyphen, a dash or a minus sign.
DASHES = frozenset("-‐‑‒–—―−﹣－")

_FOLD = {ord(dash): "-" for dash in DASHES} | {ord("’"): "'", ord("′"): "'", ord("％"): "%"}


class Tokens(NamedTuple):
    """The tokens of a text as three lists of one length.

    Attributes:
        words: The tokens themselves.
        starts: Offset of each one's first character.
        ends: Offset behind each one's last character.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str) -> Tokens:
    """Give the tokens of a text in order, without its white space.

    Args:
        text: Any text; nothing of it is changed.

    Returns:
        Tokens that don't overlap and together hold every character that is not white space.
    """
    if _COMPILED is not None:
        return Tokens(*_COMPILED.split(text, _PIECE.match))
    pieces = _PIECE.findall(text)
    words = list(map(str.lstrip, pieces))
    ends = list(accumulate(map(len, pieces)))
    if words and not words[-1]:
        del words[-1], ends[-1]
    return Tokens(words, list(map(sub, ends, map(len, words))), ends)


def fold(word: str) -> str:
    """Give the form of a token that rules compare: lower case, one dash, one apostrophe."""
    lower = word.lower()
    return lower if lower.isascii() else lower.translate(_FOLD)
