"""Cues that tell parts of abstracts, and the words of a sentence that hold them.

:func:`tell` is done by :mod:`absift.text._cues` where that was compiled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

# Letters and the signs of figures: what stands between, digits too, cues pass over.
_WORD = re.compile(r"[^\W\d_]+|[%=<>±^$]")
# What a sentence begins with, and the last one ends with, in cues.
EDGE, END = "^", "$"
# Tokens that are remembered.
_MOST_TOKENS = 20_000


class Cues:
    """Cues by the words that they begin with.

    Args:
        cues: For each part, weight to cues; a cue is a row of words.

    Attributes:
        parts: The number of parts.
        by_word: Cues of one word to the parts that they speak for, with their weights.
        by_pair: Longer ones by their first two words: few pairs of a sentence begin one.
        firsts: The first words of these.
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


def words_of(text: str) -> list[str]:
    """Give the words of a text as cues are compared."""
    return _WORD.findall(text.lower())


class Inside(dict[str, tuple[list[str], bool]]):
    """Token to its words, told when first asked for, and whether one of them begins a cue.

    Args:
        cues: The cues.
    """

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._begins = cues.by_word.keys() | cues.firsts

    def __missing__(self, token: str) -> tuple[list[str], bool]:
        words = words_of(token)
        made = self[token] = words, not self._begins.isdisjoint(words)
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
