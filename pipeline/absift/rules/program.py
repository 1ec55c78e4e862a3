"""Expressions over signatures as programs for the compiled matcher.

:mod:`absift.rules.compile` writes patterns as regular expressions in a small part of Python's
notation: sets, groups, bounded repeats, looks ahead, the edges of a sentence. This module reads
that part and gives the steps by which a backtracking machine matches it, so that the machine
and :mod:`re` start from the same text and must agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from absift.rules.expressions import complete
from absift.rules.steps import Code, Set, Signs, first

_new = tuple.__new__


class Step(NamedTuple):
    """One step of a program."""

    code: Code
    x: int = 0
    y: int = 0
    z: int = 0


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
    part = complete(source)
    sets: dict[Signs, int] = {}
    places: dict[int | Set, int] = {}
    for which in (1, 3):
        for held in (step[which] for step in part.steps):
            if type(held) is Set and held not in places:
                places[held] = sets.setdefault(held.signs, len(sets))
    told = {held: place + 1 for held, place in places.items()}
    steps = [
        # As a named tuple makes itself, without going through Python for each.
        _new(Step, (code, places.get(x, x), y, told.get(z, z)))
        for code, x, y, z in part.steps
    ]
    firsts = sorted({places[held] for held in first(part.steps, 0) or ()})
    return Program(steps, tuple(sets), part.groups, part.registers, firsts)


__all__ = ["Code", "Program", "Signs", "Step", "program"]
