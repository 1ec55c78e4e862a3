"""Guess the parts of an abstract that has no heads: aims, methods, results and so on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import partial

from absift.compiled_parts import compiled
from absift.text import cues as _pure
from absift.text.cues import Cues, Inside
from absift.text.sections import BODY, Sentence
from absift.text.tokens import Tokens, tokenize

_CUES = compiled("absift.text._cues") or _pure
#: Stands between the section of text under no head and the part guessed: ``body.methods``.
OF = "."


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
        self._cues = Cues(list(cues.values()))
        self._inside = Inside(self._cues)

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
        words, starts, _ = tokens or tokenize(text)
        self._inside.bound()
        told: list[list[int]] = []
        for place in body:
            first = bisect_left(starts, sentences[place].start)
            last = bisect_left(starts, sentences[place].end, first)
            told.append(_CUES.tell(self._cues, self._inside, words[first:last], place == body[-1]))
        if any(map(any, told)):
            for place, part in zip(body, _parting(told), strict=True):
                found[place] = self.parts[part]
        return found


class Parts:
    """The parts of one abstract, guessed when they are first asked for.

    Args:
        guesser: Guesses them.
        text: The abstract.
        sentences: Its sentences.
        tokens: Its tokens.
    """

    __slots__ = ("_found", "_guess")

    def __init__(
        self, guesser: PartGuesser, text: str, sentences: Sequence[Sentence], tokens: Tokens
    ) -> None:
        self._guess = partial(guesser.guess, text, sentences, tokens)
        self._found: list[str] | None = None

    def __getitem__(self, sentence: int) -> str:
        """Give the section of a sentence, or the part guessed."""
        if self._found is None:
            self._found = self._guess()
        return self._found[sentence]


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
