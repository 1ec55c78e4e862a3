"""Patterns over signatures by themselves, outside of rules: ready to look for in a sheet.

They are used as those of :mod:`re` are, whether the compiled machine runs them or :mod:`re` does.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from typing import Protocol

from absift.compiled_parts import compiled


class Found(Protocol):
    """A match: where it begins and ends, and where its groups do, -1 for one not in it."""

    def start(self, group: str | int = 0, /) -> int:
        """Give the first item of a group, of all of the match by default."""

    def end(self, group: str | int = 0, /) -> int:
        """Give the item behind a group."""

    def span(self, group: str | int = 0, /) -> tuple[int, int]:
        """Give both."""


class Pattern(Protocol):
    """A pattern; its methods do what those of ``re.Pattern`` do."""

    @property
    def groupindex(self) -> Mapping[str, int]:
        """The names of its groups."""

    def search(self, signs: str, begin: int = 0, end: int = sys.maxsize, /) -> Found | None:
        """Find the first match."""

    def match(self, signs: str, begin: int = 0, end: int = sys.maxsize, /) -> Found | None:
        """Match at ``begin``."""

    def fullmatch(self, signs: str, begin: int = 0, end: int = sys.maxsize, /) -> Found | None:
        """Match all from ``begin`` to ``end``."""

    def finditer(self, signs: str, begin: int = 0, end: int = sys.maxsize, /) -> Iterator[Found]:
        """Find all matches that don't overlap."""


def over_signs(source: str) -> Pattern:
    """Make a pattern ready to look for.

    Args:
        source: An expression over signatures as :func:`absift.rules.compile.expression` writes
            them.
    """
    made = compiled("absift.rules._pattern")
    if made is None:
        return re.compile(source)
    pattern: Pattern = made.Pattern(source)
    return pattern
