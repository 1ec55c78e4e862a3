"""Shapes of words: regular expressions over one token, told quickly.

Most shapes are endings ("anything with -ectomy or -plasty behind it"). These stand in a table by
ending, and a new word is looked up by its last letters instead of matched with each shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from absift.rules.regexes import folded, initials
from absift.rules.samples import samples

_ENDINGS = re.compile(
    r"""(?P<fold>\(\?i:)?(?P<head>\.|\[a-z\]|\[A-Za-z\])(?:\+|\{(?P<least>\d+),\})
    (?P<open>\((?:\?:)?)?(?P<ends>[A-Za-z-]+(?:\|[A-Za-z-]+)*)(?(open)\))(?(fold)\))""",
    re.VERBOSE,
)
# A word that only shapes match that nearly every word has.
_PLAIN = "zzzzzz"
_STEMS = ("", _PLAIN)
# Words that are no names of anything: of capitals, of letters and figures, of figures alone.
_SAMPLES = (
    "",
    "q",
    "qq",
    "qqqqqqqq",
    "qq7",
    "q7q",
    "7",
    "77",
    "777",
    "1230",
    "1930",
    "77777",
    "7.5",
    "7q",
    "é",
)


class _Ending(NamedTuple):
    """Of a word that ends so: its class, how much must stand before, and whether in letters."""

    name: str
    least: int
    letters: bool


class Shapes:
    """The shapes of classes.

    Args:
        shapes: Pairs of a class and a shape, which a word must match in full.
    """

    def __init__(self, shapes: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        self._all = list(dict.fromkeys(shapes))
        self._folded: dict[str, list[_Ending]] = {}
        self._exact: dict[str, list[_Ending]] = {}
        self._others: list[tuple[str, re.Pattern[str]]] = []
        for name, shape in self._all:
            if not self._add_endings(name, shape.pattern):
                self._others.append((name, shape))
        self._by_initial = _by_initial(self._others)
        self._folded_tails = _Tails(self._folded)
        self._exact_tails = _Tails(self._exact)

    def _add_endings(self, name: str, pattern: str) -> bool:
        match = _ENDINGS.fullmatch(pattern)
        if match is None or (match["head"] == "[a-z]" and not match["fold"]):
            return False
        least = int(match["least"] or 1)
        letters = match["head"] != "."
        table = self._folded if match["fold"] else self._exact
        for ending in match["ends"].split("|"):
            key = ending.lower() if match["fold"] else ending
            table.setdefault(key, []).append(_Ending(name, least, letters))
        return True

    def samples(self) -> Iterator[str]:
        """Give words of many shapes, so that what is asked of words can be told beforehand."""
        shapes = dict.fromkeys(shape.pattern for _, shape in self._others)
        endings = (stem + ending for ending in (*self._folded, *self._exact) for stem in _STEMS)
        for word in (*(word for shape in shapes for word in samples(shape)), *endings, *_SAMPLES):
            yield from {word, word.capitalize(), word.upper(), word.lower()}

    def of(self, word: str) -> list[str]:
        """Give the classes that have a shape of a word."""
        if not word.isascii():
            # Some letters beyond ASCII count as their neighbours where case doesn't count.
            return [name for name, shape in self._all if shape.fullmatch(word)]
        found: list[str] = []
        lower = word.lower()
        plain, folded = self._by_initial.get(word[:1], _NONE)
        for matches, names in plain:
            if matches(word):
                found += names
        for matches, names in folded:
            if matches(lower):
                found += names
        self._exact_tails.add(found, word)
        self._folded_tails.add(found, lower)
        return found


# Shapes with their classes: those that the word itself must match, and its lower case.
_Named = list[tuple[Callable[[str], "re.Match[str] | None"], list[str]]]
_NONE: tuple[_Named, _Named] = ([], [])


def _by_initial(
    shapes: Iterable[tuple[str, re.Pattern[str]]],
) -> dict[str, tuple[_Named, _Named]]:
    """Give the shapes that words can have by their first character; none of no word."""
    named: dict[str, list[str]] = {}
    for name, shape in shapes:
        named.setdefault(shape.pattern, []).append(name)
    made: dict[str, tuple[_Named, _Named]] = {}
    for pattern, names in named.items():
        lower = folded(pattern)
        held = ((lower or re.compile(pattern)).fullmatch, names)
        for initial in initials(pattern):
            made.setdefault(initial, ([], []))[lower is not None].append(held)
    return made


class _Tails:
    """Endings by the last letters that all of them have at least, so that one look finds few."""

    def __init__(self, endings: Mapping[str, Iterable[_Ending]]) -> None:
        self._size = min(map(len, endings), default=1)
        self._by_tail: dict[str, list[tuple[str, _Ending]]] = {}
        for ending, held in endings.items():
            tail = self._by_tail.setdefault(ending[-self._size :], [])
            tail += [(ending, one) for one in held]

    def add(self, found: list[str], word: str) -> None:
        """Add the classes of the endings that a word has."""
        for ending, (name, least, letters) in self._by_tail.get(word[-self._size :], ()):
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if len(stem) >= least and (not letters or stem.isalpha()):
                    found.append(name)
