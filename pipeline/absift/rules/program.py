"""Expressions over signatures as programs for the compiled matcher.

:mod:`absift.rules.compile` writes patterns as regular expressions in a small part of Python's
notation: sets, groups, bounded repeats, looks ahead, the edges of a sentence. This module reads
that part and gives the steps by which a backtracking machine matches it, so that the machine
and :mod:`re` start from the same text and must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

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


class Code(IntEnum):
    """What a step does with its numbers x, y and z; places of steps are relative to its own."""

    ACCEPT = 0  # what was to match did
    SET = 1  # takes one item of set x
    GAP = 2  # takes y to z items of set x, as many as can be first
    LAZY_GAP = 3  # the same, as few as can be first
    SPLIT = 4  # goes on at x; where that fails, at y; z as with LOOK, of what x begins with
    JUMP = 5  # goes on at x
    SAVE = 6  # keeps the place in register x
    START = 7  # wants a boundary before
    END = 8  # wants the end of what is searched
    # Wants the steps up to x to match here (y = 1) or not to (y = 0); goes on at x. Set z - 1 holds
    # what they begin with, so that most are told without them; 0 where that can't be told.
    LOOK = 9
    ENTER = 10  # begins to count in register x
    LOOP = 11  # does the steps up to x between y and z times, as often as can be first
    LAZY_LOOP = 12  # the same, as seldom as can be first
    AGAIN = 13  # counts in register x; from y times on, keeps the place in the next


class Step(NamedTuple):
    """One step of a program."""

    code: Code
    x: int = 0
    y: int = 0
    z: int = 0


#: The ranges of characters of a set, and whether it holds all others instead.
Signs = tuple[tuple[tuple[int, int], ...], bool]


class Program(NamedTuple):
    """An expression as steps.

    Attributes:
        steps: The steps, begun with the first.
        sets: The sets that steps name by their place.
        groups: Name of a group to its first register; the next one holds its end.
        registers: How many registers the steps use.
        first: The sets of which each match begins with a member; none if that can't be told.
    """

    steps: Sequence[Step]
    sets: Sequence[Signs]
    groups: dict[str, int]
    registers: int
    first: Sequence[int]


def program(source: str) -> Program:
    r"""Give the program of an expression.

    Args:
        source: An expression as :func:`absift.rules.compile.expression` writes them, with
            looks ahead and ``\Z`` around it.

    Raises:
        ValueError: It holds what such expressions don't.
    """
    reader = _Reader(source)
    steps = [*reader.choice(), Step(Code.ACCEPT)]
    if reader.piece is not None:
        raise ValueError(f"a bracket too many in {source!r}")
    steps = _foretold(steps, reader.sets)
    return Program(steps, tuple(reader.sets), reader.groups, reader.registers, _first(steps, 0))


class _Reader:
    """Reads an expression from left to right; ``piece`` is what stands next."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._end = 0
        self.sets: dict[Signs, int] = {}
        self.groups: dict[str, int] = {}
        self.registers = 0
        self.piece: re.Match[str] | None = None
        self._advance()

    def _advance(self) -> None:
        if self._end == len(self._source):
            self.piece = None
            return
        self.piece = _PIECE.match(self._source, self._end)
        if self.piece is None:
            raise ValueError(f"{self._source!r} can't be read at {self._end}")
        self._end = self.piece.end()

    def _takes(self, kind: str) -> bool:
        """Go past a piece if it is of some kind."""
        found = self.piece is not None and self.piece[kind] is not None
        if found:
            self._advance()
        return found

    def _registered(self) -> int:
        """Give the first of two registers."""
        self.registers += 2
        return self.registers - 2

    def choice(self) -> list[Step]:
        """Read alternatives up to a closing bracket or the end."""
        rows = [self._row()]
        while self._takes("bar"):
            rows.append(self._row())
        made: list[Step] = []
        behind = sum(len(row) + 2 for row in rows) - 2
        for row in rows[:-1]:
            behind -= len(row) + 2
            made += [Step(Code.SPLIT, 1, len(row) + 2), *row, Step(Code.JUMP, behind + 1)]
        return made + rows[-1]

    def _row(self) -> list[Step]:
        made: list[Step] = []
        while (piece := self.piece) is not None and piece["bar"] is None and not piece["close"]:
            self._advance()
            inner = self._element(piece)
            repeat = self.piece
            made += self._repeated(inner, repeat) if repeat and self._takes("repeat") else inner
        return made

    def _element(self, piece: re.Match[str]) -> list[Step]:
        if piece["start"] or piece["end"]:
            return [Step(Code.START if piece["start"] else Code.END)]
        if piece["open"]:
            return self._bracket(piece["name"], piece["look"])
        if piece["repeat"]:
            raise ValueError(f"nothing to repeat in {self._source!r} at {piece.start()}")
        signs = _signs(piece["set"] or piece["sign"], bool(piece["negated"]))
        return [Step(Code.SET, self.sets.setdefault(signs, len(self.sets)))]

    def _bracket(self, name: str | None, look: str | None) -> list[Step]:
        register = self._registered() if name else 0
        if name:
            # In the order in which they open, as re has them.
            self.groups[name] = register
        inner = self.choice()
        if not self._takes("close"):
            raise ValueError(f"no closing bracket in {self._source!r}")
        if look:
            return [Step(Code.LOOK, len(inner) + 2, look == "="), *inner, Step(Code.ACCEPT)]
        if name:
            return [Step(Code.SAVE, register), *inner, Step(Code.SAVE, register + 1)]
        return inner

    def _repeated(self, inner: list[Step], repeat: re.Match[str]) -> list[Step]:
        least, most = int(repeat["least"] or 0), int(repeat["most"] or 1)
        lazy, behind = bool(repeat["lazy"]), len(inner) + 1
        if len(inner) == 1 and inner[0].code is Code.SET:
            return [Step(Code.LAZY_GAP if lazy else Code.GAP, inner[0].x, least, most)]
        if (least, most) == (0, 1):
            return [Step(Code.SPLIT, *((behind, 1) if lazy else (1, behind))), *inner]
        count = self._registered()
        loop = Step(Code.LAZY_LOOP if lazy else Code.LOOP, behind + 2, least, most)
        back = Step(Code.JUMP, -behind - 1)
        return [Step(Code.ENTER, count), loop, Step(Code.AGAIN, count, least), *inner, back]


@lru_cache(4096)
def _signs(inside: str, negated: bool) -> Signs:
    """Read a set; rules have most of theirs in common."""
    ranges = tuple((ord(one[1]), ord(one[2] or one[1])) for one in _RANGE.finditer(inside))
    return ranges, negated


def _foretold(steps: Sequence[Step], sets: dict[Signs, int]) -> list[Step]:
    """Say of each choice and look ahead with what it begins; adds to the sets."""
    made = list(steps)
    for place, (code, x, y, _) in enumerate(steps):
        if code in (Code.SPLIT, Code.LOOK):
            firsts = _first(steps, place + (x if code is Code.SPLIT else 1))
            made[place] = Step(code, x, y, _union(firsts, sets) + 1)
    return made


def _union(firsts: Sequence[int], sets: dict[Signs, int]) -> int:
    """Give the set of all that some sets hold, -1 for none."""
    if len(firsts) < 2:
        return firsts[0] if firsts else -1
    known = list(sets)
    if any(known[which][1] for which in firsts):
        return -1
    ranges = sorted({each for which in firsts for each in known[which][0]})
    return sets.setdefault((tuple(ranges), False), len(sets))


def _first(steps: Sequence[Step], start: int) -> Sequence[int]:
    """Give the sets one of which holds the next item of every match; none if that's unknown.

    Args:
        steps: A program.
        start: The step from which on it is to match.
    """
    found: set[int] = set()
    seen: set[int] = set()
    pending = [start]
    while pending:
        place = pending.pop()
        if place in seen:
            continue
        seen.add(place)
        code, x, y, _ = steps[place]
        if code is Code.ACCEPT:
            return ()
        if code is Code.LOOK and y and steps[place + 1].code is Code.SET:
            # What stands here whatever follows.
            found.add(steps[place + 1].x)
        elif code in (Code.SET, Code.GAP, Code.LAZY_GAP):
            found.add(x)
            if code is not Code.SET and y == 0:
                pending.append(place + 1)
        else:
            pending += _onward(steps, place)
    return sorted(found)


def _onward(steps: Sequence[Step], place: int) -> Iterator[int]:
    """Give where it may go on from a step that takes no item."""
    code, x, y, _ = steps[place]
    if code is Code.JUMP and x < 0:
        # A loop was done once, with no item taken: it may end.
        yield place + x + steps[place + x].x
    elif code in (Code.JUMP, Code.LOOK):
        yield place + x
    elif code is Code.SPLIT:
        yield from (place + x, place + y)
    else:
        yield place + 1
        if code in (Code.LOOP, Code.LAZY_LOOP) and y == 0:
            yield place + x
