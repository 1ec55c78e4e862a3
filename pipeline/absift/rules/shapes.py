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
    """Of a word that ends so: how much must stand before, and whether in letters."""

    text: str
    least: int
    letters: bool


#: An ending with the classes that have it.
_Endings = dict[_Ending, list[str]]


class Shapes:
    """The shapes of classes.

    Args:
        shapes: Pairs of a class and a shape, which a word must match in full.
    """

    def __init__(self, shapes: Iterable[tuple[str, re.Pattern[str]]]) -> None:
        self._all = list(dict.fromkeys(shapes))
        self._folded: _Endings = {}
        self._exact: _Endings = {}
        self._others: list[tuple[str, re.Pattern[str]]] = []
        for name, shape in self._all:
            if not self._add_endings(name, shape.pattern):
                self._others.append((name, shape))
        self._plain, self._lower = _by_initial(self._others)
        self._folded_tails = _Tails(self._folded)
        self._exact_tails = _Tails(self._exact)
        # The last word in lower case and what was found of it: forms of a word come in a row.
        self._last: tuple[str, list[str]] = ("", self._of_lower(""))

    def _add_endings(self, name: str, pattern: str) -> bool:
        match = _ENDINGS.fullmatch(pattern)
        if match is None or (match["head"] == "[a-z]" and not match["fold"]):
            return False
        least = int(match["least"] or 1)
        letters = match["head"] != "."
        table = self._folded if match["fold"] else self._exact
        for ending in match["ends"].split("|"):
            key = ending.lower() if match["fold"] else ending
            table.setdefault(_Ending(key, least, letters), []).append(name)
        return True

    def samples(self) -> Iterator[str]:
        """Give words of many shapes, so that what is asked of words can be told beforehand."""
        shapes = dict.fromkeys(shape.pattern for _, shape in self._others)
        tails = dict.fromkeys(ending.text for ending in (*self._folded, *self._exact))
        endings = (stem + tail for tail in tails for stem in _STEMS)
        for word in (*(word for shape in shapes for word in samples(shape)), *endings, *_SAMPLES):
            yield from {word, word.capitalize(), word.upper(), word.lower()}

    def of(self, word: str) -> list[str]:
        """Give the classes that have a shape of a word."""
        if not word.isascii():
            # Some letters beyond ASCII count as their neighbours where case doesn't count.
            return [name for name, shape in self._all if shape.fullmatch(word)]
        lower = word.lower()
        last, found = self._last
        if last != lower:
            found = self._of_lower(lower)
            self._last = lower, found
        found = found.copy()
        for matches, names in self._plain.get(word[:1], ()):
            if matches(word):
                found += names
        self._exact_tails.add(found, word)
        return found

    def _of_lower(self, lower: str) -> list[str]:
        """Give the classes with shapes that are told by the lower case of a word."""
        found: list[str] = []
        for matches, names in self._lower.get(lower[:1], ()):
            if matches(lower):
                found += names
        self._folded_tails.add(found, lower)
        return found


# Shapes with their classes, by the first character of words that can have them.
_Named = dict[str, list[tuple[Callable[[str], "re.Match[str] | None"], list[str]]]]


def _by_initial(shapes: Iterable[tuple[str, re.Pattern[str]]]) -> tuple[_Named, _Named]:
    """Give the shapes that words must match themselves, and those that their lower case must."""
    named: dict[str, list[str]] = {}
    for name, shape in shapes:
        named.setdefault(shape.pattern, []).append(name)
    plain: _Named = {}
    lower: _Named = {}
    for pattern, names in named.items():
        without = folded(pattern)
        held = ((without or re.compile(pattern)).fullmatch, names)
        table = plain if without is None else lower
        firsts = initials(pattern)
        for initial in firsts if without is None else {first.lower() for first in firsts}:
            table.setdefault(initial, []).append(held)
    return plain, lower


class _Tails:
    """Endings by the last letters that all of them have at least, so that one look finds few."""

    def __init__(self, endings: Mapping[_Ending, list[str]]) -> None:
        self._size = min((len(one.text) for one in endings), default=1)
        self._by_tail: dict[str, list[tuple[str, int, bool, list[str]]]] = {}
        for ending, names in endings.items():
            self._by_tail.setdefault(ending.text[-self._size :], []).append((*ending, names))

    def add(self, found: list[str], word: str) -> None:
        """Add the classes of the endings that a word has."""
        for ending, least, letters, names in self._by_tail.get(word[-self._size :], ()):
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if len(stem) >= least and (not letters or stem.isalpha()):
                    found += names
