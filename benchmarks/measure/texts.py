"""Abstracts to measure with, as many as are asked for, and none of them twice.

A cache that has seen a text, or all its words and figures, makes any second look cheap. So after
the first round over the input, figures and rare words are changed: what a new abstract brings is
new figures and a few new names among words that are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import orjson

from absift.readers import read
from absift.records import Abstract

_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_WORD = re.compile(r"[^\W\d_]{5,}")
# The figures of a hundred per cent and more stay: 734% would be read in another way.
_FIGURE = re.compile(r"\d+(?!\d*\s?%)|(?<!\d)\d{1,2}(?=\s?%)")
_CENTURIES = ("19", "20")
_CHANGED_LETTERS = 3


class Variation:
    """Changes figures and words of texts, always to the same for the same seed.

    A text stays as long as it was, its punctuation and its common words stay, so that it is laid
    out and matched as before. The same figure becomes the same figure all over a text.

    Args:
        texts: The input; what stands in one of its texts alone is a rare word.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        spread = Counter(word for text in texts for word in set(_WORD.findall(text)))
        self._known = frozenset(spread)
        self._rare = frozenset(word for word, count in spread.items() if count == 1)

    def vary(self, text: str, seed: str) -> str:
        """Give the text with other figures and other rare words.

        Args:
            text: Any text.
            seed: What the changes are drawn from.

        Returns:
            A text of the same length. It differs from the one given if that has a word of five
            letters of the English alphabet.
        """
        random = Random(seed)
        words = set(_WORD.findall(text))
        changed = sorted(words & self._rare) or sorted(words, key=lambda w: (-len(w), w))[:1]
        new = {word: self._word(word, random) for word in changed}
        figures: dict[str, str] = {}
        text = _WORD.sub(lambda match: new.get(match[0], match[0]), text)
        return _FIGURE.sub(lambda match: _figure(match[0], figures, random), text)

    def _word(self, word: str, random: Random) -> str:
        """Give a word that no text of the input has, spelt as it might be."""
        places = [place for place, letter in enumerate(word) if letter.isascii()]
        while places:
            letters = list(word)
            for place in random.sample(places, min(_CHANGED_LETTERS, len(places))):
                letters[place] = _letter(letters[place], random)
            made = "".join(letters)
            if made not in self._known:
                return made
        return word


def _letter(letter: str, random: Random) -> str:
    choice = _VOWELS if letter.lower() in _VOWELS else _CONSONANTS
    made = random.choice(choice)
    return made.upper() if letter.isupper() else made


def _figure(was: str, made: dict[str, str], random: Random) -> str:
    if was not in made:
        kept = 2 if len(was) == 4 and was.startswith(_CENTURIES) else int(was.startswith("0"))
        digits = [random.choice("123456789") for _ in was[kept:]]
        made[was] = was[:kept] + "".join(digits)
    return made[was]


def stream(abstracts: Sequence[Abstract], count: int) -> Iterator[Abstract]:
    """Give so many abstracts: the input as it is, then changed anew in each further round.

    Args:
        abstracts: The input; at least one.
        count: How many to give.
    """
    variation = Variation(one.text for one in abstracts)
    for number in range(count):
        turn, place = divmod(number, len(abstracts))
        was = abstracts[place]
        if turn == 0:
            yield was
            continue
        text = variation.vary(was.text, f"{turn}:{place}")
        # No text changes its length, so the title ends where it did.
        title = text[: len(was.title)] if was.title else None
        yield Abstract(f"{was.id}-{turn}", text, title)


def load(sources: Sequence[Path]) -> list[Abstract]:
    """Read the input, whatever its format, without what is no abstract.

    Raises:
        InputError: A file is missing, of an unknown format, or holds no abstract.
    """
    return list(read(sources, on_reject=lambda error: None))


def write(abstracts: Iterable[Abstract], path: Path) -> None:
    """Write abstracts as the JSON lines that ``absift extract`` reads."""
    with path.open("wb") as lines:
        for one in abstracts:
            data = {"id": one.id, "title": one.title, "text": one.text}
            lines.write(orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE))
