"""Reads expressions over signatures.

Rules have most of their parts in common, the words and phrases of classes above all: what stands
in a bracket is read once, however many expressions hold it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from absift.rules.steps import UNTOLD, Code, Raw, Set, foretold

_PIECE = re.compile(
    r"""
      \[(?P<negated>\^?)(?P<set>[^\]]+)\]
    | (?P<open>\(\?(?:P<(?P<name>\w+)>|:|(?P<look>[=!])))
    | (?P<start>\(\?<=\n\)) | (?P<end>\\Z) | (?P<close>\)) | (?P<bar>\|)
    | (?P<repeat>(?:\?|\{(?P<least>\d+),(?P<most>\d+)\})(?P<lazy>\??))
    | (?P<sign>[^\\()\[\]{}?*+.^$])
    """,
    re.VERBOSE,
)
_RANGE = re.compile(r"(.)(?:-(.))?", re.DOTALL)
# Parts that are remembered; the memory is emptied beyond that, so that it stays bounded.
_MOST_PARTS = 1_000
_BRACKET = re.compile(r"[()]")

# Their values, which an enumeration takes long to give.
_ACCEPT, _SET, _GAP, _LAZY_GAP, _SPLIT, _JUMP, _SAVE, _START, _END = list(Code)[:9]
_LOOK, _ENTER, _LOOP, _LAZY_LOOP, _AGAIN = list(Code)[9:]


class Part(NamedTuple):
    """A part of an expression.

    Attributes:
        steps: Its steps.
        groups: Name of a group to its first register.
        registers: How many registers the steps use.
    """

    steps: Sequence[Raw]
    groups: dict[str, int]
    registers: int


def complete(source: str) -> Part:
    """Read all of an expression; its last step is ``ACCEPT``.

    Raises:
        ValueError: It holds what expressions over signatures don't.
    """
    reader = _Reader(source, _closing(source), 0, len(source))
    steps = [*reader.all(), (_ACCEPT, 0, 0, 0)]
    return Part(foretold(steps), reader.groups, reader.registers)


@lru_cache(maxsize=1)
def _known() -> dict[str, Part]:
    """Give the parts that were read, by their text."""
    return {}


class _Reader:
    """Reads an expression from left to right; ``piece`` is what stands next, of some ``kind``.

    Args:
        source: The expression.
        closing: The place of each bracket to that of the one that closes it.
        begin: Where to begin.
        end: Where to end.
    """

    def __init__(self, source: str, closing: Mapping[int, int], begin: int, end: int) -> None:
        self._source = source
        self._closing = closing
        self._place, self._end = begin, end
        self.groups: dict[str, int] = {}
        self.registers = 0
        self.kind: str | None = None
        self.piece: re.Match[str] | None = None
        self._advance()

    def _advance(self) -> None:
        if self._place == self._end:
            self.piece = self.kind = None
            return
        self.piece = _PIECE.match(self._source, self._place, self._end)
        if self.piece is None:
            raise ValueError(f"{self._source!r} can't be read at {self._place}")
        self._place = self.piece.end()
        self.kind = self.piece.lastgroup

    def all(self) -> Sequence[Raw]:
        """Read the whole source."""
        made = self._choice()
        if self.piece is not None:
            raise ValueError(f"a bracket too many in {self._source!r}")
        return made

    def _choice(self) -> Sequence[Raw]:
        """Read alternatives up to a closing bracket or the end."""
        rows = [self._row()]
        while self.kind == "bar":
            self._advance()
            rows.append(self._row())
        made: list[Raw] = []
        behind = sum(len(row) + 2 for row in rows) - 2
        for row in rows[:-1]:
            behind -= len(row) + 2
            made.append((_SPLIT, 1, len(row) + 2, UNTOLD))
            made += row
            made.append((_JUMP, behind + 1, 0, 0))
        made += rows[-1]
        return made

    def _row(self) -> Sequence[Raw]:
        made: list[Raw] = []
        while (piece := self.piece) is not None and self.kind not in ("bar", "close"):
            inner = self._element(piece)
            if (repeat := self.piece) is not None and self.kind in _REPEATS:
                self._advance()
                inner = self._repeated(inner, repeat)
            made += inner
        return made

    def _element(self, piece: re.Match[str]) -> Sequence[Raw]:
        kind = self.kind
        if kind == "open":
            return self._bracket(piece)
        self._advance()
        if kind == "set":
            return [(_SET, _set(piece["set"], bool(piece["negated"])), 0, 0)]
        if kind == "sign":
            return [(_SET, _set(piece["sign"], False), 0, 0)]
        if kind in _REPEATS:
            raise ValueError(f"nothing to repeat in {self._source!r} at {piece.start()}")
        return [(_START if kind == "start" else _END, 0, 0, 0)]

    def _bracket(self, piece: re.Match[str]) -> Sequence[Raw]:
        close = self._closing.get(piece.start())
        if close is None:
            raise ValueError(f"no closing bracket in {self._source!r}")
        name, look, register = piece["name"], piece["look"], self.registers
        if name:
            # In the order in which they open, as re has them.
            self.groups[name] = register
            self.registers += 2
        inner = self._taken(self._bracketed(piece.end(), close))
        self._place = close + 1
        self._advance()
        if look:
            begin: Raw = (_LOOK, len(inner) + 2, look == "=", UNTOLD)
            return [begin, *inner, (_ACCEPT, 0, 0, 0)]
        if name:
            return [(_SAVE, register, 0, 0), *inner, (_SAVE, register + 1, 0, 0)]
        return inner

    def _bracketed(self, begin: int, end: int) -> Part:
        """Give what stands in a bracket."""
        known, inside = _known(), self._source[begin:end]
        made = known.get(inside)
        if made is None:
            if len(known) >= _MOST_PARTS:
                known.clear()
            reader = _Reader(self._source, self._closing, begin, end)
            made = Part(foretold(reader.all()), reader.groups, reader.registers)
            known[inside] = made
        return made

    def _taken(self, part: Part) -> Sequence[Raw]:
        """Give the steps of a part with registers of their own."""
        first = self.registers
        self.registers += part.registers
        for name, register in part.groups.items():
            self.groups[name] = first + register
        if not first or not part.registers:
            return part.steps
        return [
            (step[0], first + step[1], *step[2:])
            if isinstance(step[1], int) and step[0] in (_SAVE, _ENTER, _AGAIN)
            else step
            for step in part.steps
        ]

    def _repeated(self, inner: Sequence[Raw], repeat: re.Match[str]) -> Sequence[Raw]:
        least, most = int(repeat["least"] or 0), int(repeat["most"] or 1)
        lazy, behind = bool(repeat["lazy"]), len(inner) + 1
        if len(inner) == 1 and inner[0][0] is _SET:
            return [(_LAZY_GAP if lazy else _GAP, inner[0][1], least, most)]
        if (least, most) == (0, 1):
            return [(_SPLIT, *((behind, 1) if lazy else (1, behind)), UNTOLD), *inner]
        count = self.registers
        self.registers += 2
        loop: Raw = (_LAZY_LOOP if lazy else _LOOP, behind + 2, least, most)
        back: Raw = (_JUMP, -behind - 1, 0, 0)
        return [(_ENTER, count, 0, 0), loop, (_AGAIN, count, least, 0), *inner, back]


# What a match of a repeat ends with, by whether it is lazy.
_REPEATS = ("repeat", "lazy")


def _closing(source: str) -> dict[int, int]:
    """Give the place of each bracket to that of the one that closes it."""
    made: dict[int, int] = {}
    opened: list[int] = []
    for bracket in _BRACKET.finditer(source):
        if bracket[0] == "(":
            opened.append(bracket.start())
        elif opened:
            made[opened.pop()] = bracket.start()
    return made


@lru_cache(4096)
def _set(inside: str, negated: bool) -> Set:
    """Read a set."""
    ranges = tuple((ord(one[1]), ord(one[2] or one[1])) for one in _RANGE.finditer(inside))
    return Set((ranges, negated))
