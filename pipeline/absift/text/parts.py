"""Guess the parts of an abstract that has no heads: aims, methods, results and so on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from absift.text.sections import BODY, Sentence
from absift.text.tokens import Tokens, tokenize

#: Stands between the section of text under no head and the part guessed: ``body.methods``.
OF = "."

# Letters and the signs of figures: what stands between, digits too, cues pass over.
_WORD = re.compile(r"[^\W\d_]+|[%=<>±^$]")
# What a sentence begins with, in cues.
_EDGE = "^"
# What the last sentence ends with.
_END = ("$",)
# Tokens that are remembered; the memory is emptied beyond that, so that it stays bounded.
_MOST_TOKENS = 20_000


class PartGuesser:
    """Shares sentences under no head out among parts; made once from ``configs/sections.yaml``.

    The parts come in one order, and any may be missing. Each cue that a sentence holds adds its
    weight, once, to the part that it speaks for. The parting with the greatest sum is the
    guess, found by dynamic programming over the sentences.

    Args:
        cues: Part to weight to cues, the parts in their order; a cue is a row of words.
    """

    def __init__(self, cues: Mapping[str, Mapping[int, Sequence[str]]]) -> None:
        self.parts = tuple(f"{BODY}{OF}{part}" for part in cues)
        # Cues of one word, and longer ones by their first two: few pairs of a sentence begin one.
        self._words: dict[str, list[tuple[int, int]]] = {}
        self._phrases: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
        for place, weights in enumerate(cues.values()):
            for weight, listed in weights.items():
                for cue in listed:
                    words = _words(cue)
                    if len(words) == 1:
                        self._words.setdefault(words[0], []).append((place, weight))
                    elif words:
                        held = self._phrases.setdefault((words[0], words[1]), [])
                        held.append((f" {' '.join(words)} ", place, weight))

        self._firsts = frozenset(first for first, _ in self._phrases)
        self._in_token = _InToken()

    def guess(
        self, text: str, sentences: Sequence[Sentence], tokens: Tokens | None = None
    ) -> list[str]:
        """Give the section of each sentence, with the part guessed where it is under no head.

        Args:
            text: An abstract.
            sentences: Its sentences.
            tokens: Its tokens, where they are known already.

        Returns:
            A section for each, such as ``title``, ``methods`` or ``body.methods``; plain
            ``body`` where no cue at all was met, or where only one sentence is under no head.
        """
        found = [sentence.section for sentence in sentences]
        body = [place for place, section in enumerate(found) if section == BODY]
        # A single sentence has no order to tell by.
        if len(body) < 2:
            return found
        if len(self._in_token) > _MOST_TOKENS:
            self._in_token.clear()
        tokens = tokens or tokenize(text)
        told = [self._tell(tokens, sentences[place], place == body[-1]) for place in body]
        if any(map(any, told)):
            for place, part in zip(body, _parting(told), strict=True):
                found[place] = self.parts[part]
        return found

    def _tell(self, tokens: Tokens, sentence: Sentence, last: bool) -> list[int]:
        """Give how much a sentence's cues tell for each part."""
        first = bisect_left(tokens.starts, sentence.start)
        held = tokens.words[first : bisect_left(tokens.starts, sentence.end, first)]
        inside = chain.from_iterable(map(self._in_token.__getitem__, held))
        words = [_EDGE, *inside, *(_END if last else ())]
        sums = [0] * len(self.parts)
        for word in self._words.keys() & words:
            for part, weight in self._words[word]:
                sums[part] += weight
        line = ""
        pairs = [pair for pair in pairwise(words) if pair[0] in self._firsts]
        for pair in self._phrases.keys() & pairs:
            line = line or f" {' '.join(words)} "
            for phrase, part, weight in self._phrases[pair]:
                if phrase in line:
                    sums[part] += weight
        return sums


class _InToken(dict[str, list[str]]):
    """Token to its words, told when first asked for."""

    def __missing__(self, token: str) -> list[str]:
        made = self[token] = _words(token)
        return made


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _parting(told: Sequence[Sequence[int]]) -> list[int]:
    """Give the part of each row, never falling, with the greatest sum of what was told."""
    # For each row and part: the best sum up to there, and the part of the row before.
    sums = list(told[0])
    came: list[list[int]] = []
    for row in told[1:]:
        best, back = sums[0], 0
        new: list[int] = []
        froms: list[int] = []
        for part, weight in enumerate(row):
            if sums[part] >= best:
                best, back = sums[part], part
            new.append(best + weight)
            froms.append(back)
        sums = new
        came.append(froms)
    part = sums.index(max(sums))
    found = [part]
    for froms in reversed(came):
        part = froms[part]
        found.append(part)
    found.reverse()
    return found
