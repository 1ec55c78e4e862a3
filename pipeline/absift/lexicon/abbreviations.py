"""Whether a short form in brackets stands for the words before it, as scispaCy decides it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_LONGEST = 8
# Pairs that are remembered: an abstract asks for the same one at each mention.
_REMEMBERED = 20_000


def stands_for(short: str, words: Sequence[str]) -> bool:
    """Tell whether a short form abbreviates words: ``FN``, ``febrile neutropenia``.

    This is the algorithm of Schwartz and Hearst (2003), "A simple algorithm for identifying
    abbreviation definitions in biomedical text", with the answers of scispaCy's
    implementation; the whole of the words has to be the long form, from the first one on.

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
    # Imported here: what scispaCy brings along takes a second to import.
    from scispacy.abbreviation import find_abbreviation
    from spacy.tokens import Doc

    doc = Doc(_vocab(), words=[*words, short])
    _, found = find_abbreviation(doc[: len(words)], doc[len(words) :])
    return found is not None and found.start == 0


def _plainly(short: str, words: Sequence[str]) -> bool | None:
    """Tell what the algorithm finds; ``None`` where a lower-case letter isn't one character.

    Each letter stands as late in the words as it can before those behind it, the first one where
    a word begins; that must be in the first word.
    """
    text = " ".join(words)
    lower, letters = text.lower(), short.lower()
    if len(lower) != len(text) or len(letters) != len(short) or not short[0].isalnum():
        return None
    place = len(text)
    for letter in filter(str.isalnum, reversed(letters[1:])):
        place = lower.rfind(letter, 0, place)
        if place < 0:
            return False
    place = lower.rfind(letters[0], 0, place)
    while place > 0 and text[place - 1].isalnum():
        place = lower.rfind(letters[0], 0, place)
    return 0 <= place < len(words[0])


@lru_cache(maxsize=1)
def _vocab() -> Vocab:
    """Give a vocabulary for all pairs: to make one takes longer than to judge a pair.

    Its words are those of the lexicon's terms, and short forms, so that it stays small.
    """
    from spacy.vocab import Vocab

    return Vocab()
