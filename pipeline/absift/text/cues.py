"""Cues that tell parts of abstracts, and the words of a sentence that hold them.

:func:`tell` is done by :mod:`absift.text._cues` where that was compiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, count, pairwise
from typing import NamedTuple

# Letters and the signs of figures: what stands between, digits too, cues pass over.
_WORD = re.compile(r"[^\W\d_]+|[%=<>±^$]")
# What a sentence begins with, and the last one ends with, in cues.
EDGE, END = "^", "$"
# Stands for each word that is in no cue, so that what is known of most tokens is the same.
_OTHER = ""
# Tokens that are remembered.
_MOST_TOKENS = 60_000


class Begun(NamedTuple):
    """The cues that a word begins.

    Attributes:
        number: That of the cue which it is by itself.
        alone: The parts for which that speaks, with their weights.
        longer: The second word of longer ones to the number of each, its words from the third on,
            its part and its weight.
    """

    number: int
    alone: list[tuple[int, int]]
    longer: dict[str, list[tuple[int, list[str], int, int]]]


class Cues:
    """Cues by the words that they begin with.

    Args:
        cues: For each part, weight to cues; a cue is a row of words.

    Attributes:
        parts: The number of parts.
        by_word: Cues of one word to the parts that they speak for, with their weights.
        by_pair: Longer ones by their first two words: few pairs of a sentence begin one.
        firsts: The first words of these.
        begun: The same once more by the first word, each cue with a number.
        size: How many numbers there are.
        words: All words of cues.
    """

    def __init__(self, cues: Sequence[Mapping[int, Sequence[str]]]) -> None:
        self.parts = len(cues)
        self.by_word: dict[str, list[tuple[int, int]]] = {}
        self.by_pair: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for part, weights in enumerate(cues):
            for weight, listed in weights.items():
                for cue in listed:
                    words = words_of(cue)
                    if len(words) == 1:
                        self.by_word.setdefault(words[0], []).append((part, weight))
                    elif words:
                        held = self.by_pair.setdefault((words[0], words[1]), [])
                        held.append((f" {' '.join(words)} ", part, weight))
        self.firsts = frozenset(first for first, _ in self.by_pair)
        number = count()
        self.begun = {
            word: Begun(next(number), self.by_word.get(word, []), {})
            for word in sorted(self.by_word.keys() | self.firsts)
        }
        for (first, second), cues_there in self.by_pair.items():
            self.begun[first].longer[second] = [
                (next(number), phrase.split()[2:], part, weight)
                for phrase, part, weight in cues_there
            ]
        self.size = next(number)
        phrases = chain.from_iterable(self.by_pair.values())
        self.words = self.begun.keys() | {word for held in phrases for word in held[0].split()}


def words_of(text: str) -> list[str]:
    """Give the words of a text as cues are compared."""
    return _WORD.findall(text.lower())


class Inside(dict[str, tuple[list[str], list[Begun | None] | None]]):
    """Token to its words, told when first asked for, and the cues that each of them begins.

    ``None`` in place of these for most tokens, of which no word begins any.

    Args:
        cues: The cues.
    """

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._cues = cues
        self._others: dict[int, tuple[list[str], None]] = {}

    def __missing__(self, token: str) -> tuple[list[str], list[Begun | None] | None]:
        cues, plain = self._cues, token.isascii() and token.isalpha()
        words = [token.lower()] if plain else words_of(token)
        made: tuple[list[str], list[Begun | None] | None]
        if cues.words.isdisjoint(words):
            made = self._others.setdefault(len(words), ([_OTHER] * len(words), None))
        else:
            begun = list(map(cues.begun.get, words))
            words = [word if word in cues.words else _OTHER for word in words]
            made = words, begun if any(begun) else None
        self[token] = made
        return made

    def bound(self) -> None:
        """Forget all if there are very many, so that memory stays bounded."""
        if len(self) > _MOST_TOKENS:
            self.clear()


def tell(cues: Cues, inside: Inside, tokens: Sequence[str], last: bool) -> list[int]:
    """Give how much the cues that a sentence holds tell for each part, each cue once.

    Args:
        cues: The cues.
        inside: The words of tokens.
        tokens: The tokens of the sentence.
        last: Whether it is the last one.
    """
    within = chain.from_iterable(inside[token][0] for token in tokens)
    words = [EDGE, *within, END] if last else [EDGE, *within]
    sums = [0] * cues.parts
    for word in cues.by_word.keys() & words:
        for part, weight in cues.by_word[word]:
            sums[part] += weight
    line = ""
    pairs = [pair for pair in pairwise(words) if pair[0] in cues.firsts]
    for pair in cues.by_pair.keys() & pairs:
        line = line or f" {' '.join(words)} "
        for phrase, part, weight in cues.by_pair[pair]:
            if phrase in line:
                sums[part] += weight
    return sums
