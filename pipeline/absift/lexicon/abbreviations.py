"""Whether a short form in brackets stands for the words before it, as scispaCy decides it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_LONGEST = 8
# Pairs that are remembered: an abstract asks for the same one at each mention.
_REMEMBERED = 20_000


def stands_for(short: str, words: Sequence[str]) -> bool:
    """Tell whether a short form abbreviates words: ``FN``, ``febrile neutropenia``.

    This is the algorithm of Schwartz and Hearst (2003), "A simple algorithm for identifying
    abbreviation definitions in biomedical text", in scispaCy's implementation; the whole of
    the words has to be the long form, from the first one on.

    A short form has two to eight characters, two of them capitals: other words in brackets
    ("rash (mild)") are remarks.

    Args:
        short: The short form without its brackets.
        words: The words that stand before the bracket.
    """
    if not 2 <= len(short) <= _LONGEST or sum(map(str.isupper, short)) < 2:
        return False
    return _stands_for(short, tuple(words))


@lru_cache(maxsize=_REMEMBERED)
def _stands_for(short: str, words: tuple[str, ...]) -> bool:
    plain = _plainly(short, words)
    if plain is not None:
        return plain
    # Imported here: what scispaCy brings along takes a second to import, and few texts ask.
    from scispacy.abbreviation import find_abbreviation
    from spacy.tokens import Doc

    doc = Doc(_vocab(), words=[*words, short])
    _, found = find_abbreviation(doc[: len(words)], doc[len(words) :])
    return found is not None and found.start == 0


def _plainly(short: str, words: Sequence[str]) -> bool | None:
    """Tell what the algorithm would find where there is nothing to choose; ``None`` elsewhere.

    The letters must stand in the words in order, the first of them where a word begins. If no
    later word begins with it, then either the whole of the words is the long form or nothing is.
    """
    text, letters = " ".join(words).lower(), short.lower()
    if not (short.isalnum() and words and words[0].isalnum() and text.isascii()):
        return None
    left = iter(text)
    if text[0] != letters[0] or not all(letter in left for letter in letters):
        return False
    begins_later = any(two == text[0] and not one.isalnum() for one, two in pairwise(text))
    return None if begins_later else True


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    """Give a vocabulary for all pairs: to make one takes longer than to judge a pair.

    Its words are those of the lexicon's terms, and short forms, so that it stays small.
    """
    from spacy.vocab import Vocab

    return Vocab()
