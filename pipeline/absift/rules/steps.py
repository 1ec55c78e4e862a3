"""Steps by which expressions over signatures are matched, and what they begin with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

#: In a choice or a look ahead: it isn't told yet with what it begins.
UNTOLD = -1
#: The ranges of characters of a set, and whether it holds all others instead.
Signs = tuple[tuple[tuple[int, int], ...], bool]


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


# Their values, which an enumeration takes long to give.
_ACCEPT, _SET, _GAP, _LAZY_GAP, _SPLIT, _JUMP = list(Code)[:6]
_LOOK, _, _LOOP, _LAZY_LOOP = list(Code)[9:13]


class Set:
    """A set of signatures; two of the same text are one."""

    __slots__ = ("signs",)

    def __init__(self, signs: Signs) -> None:
        self.signs = signs


#: As a step of a program, but with the sets themselves, and with registers counted from 0.
Raw = tuple[Code, int | Set, int, int | Set]


def foretold(steps: Sequence[Raw]) -> Sequence[Raw]:
    """Say of each choice and look ahead with what it begins.

    Where that depends on what follows the steps, it stays untold.
    """
    made = list(steps)
    for place, (code, x, y, z) in enumerate(steps):
        if z == UNTOLD:
            start = x if code is _SPLIT and isinstance(x, int) else 1
            firsts = first(steps, place + start)
            if firsts is not None:
                made[place] = (code, x, y, _union(frozenset(firsts)) or 0)
    return made


@lru_cache(4096)
def _union(firsts: frozenset[Set]) -> Set | None:
    """Give the set of all that some sets hold, ``None`` for none and for too many."""
    if len(firsts) < 2:
        return next(iter(firsts), None)
    if any(negated for _, negated in (each.signs for each in firsts)):
        return None
    return Set((tuple(sorted({one for each in firsts for one in each.signs[0]})), False))


def first(steps: Sequence[Raw], start: int) -> Iterable[Set] | None:
    """Give the sets one of which holds the next item of every match; none if that's unknown.

    Args:
        steps: The steps of a part, or of all of an expression with ``ACCEPT`` behind them.
        start: The step from which on it is to match.

    Returns:
        The sets; ``None`` where it depends on what follows the steps.
    """
    found: dict[Set, None] = {}
    seen: set[int] = set()
    pending = [start]
    while pending:
        place = pending.pop()
        if place in seen:
            continue
        if place == len(steps):
            return None
        seen.add(place)
        code, x, y, _ = steps[place]
        if code is _ACCEPT:
            return ()
        if code is _LOOK and y and steps[place + 1][0] is _SET:
            # What stands here whatever follows.
            x = steps[place + 1][1]
        if isinstance(x, Set):
            found[x] = None
            if code is _GAP or code is _LAZY_GAP:
                pending += [place + 1] * (y == 0)
        else:
            pending += _onward(steps, place, x)
    return found


def _onward(steps: Sequence[Raw], place: int, x: int) -> Iterator[int]:
    """Give where it may go on from a step that takes no item."""
    code, _, y, _ = steps[place]
    if code is _JUMP and x < 0:
        # A loop was done once, with no item taken: it may end.
        behind = steps[place + x][1]
        assert isinstance(behind, int)
        yield place + x + behind
    elif code is _JUMP or code is _LOOK:
        yield place + x
    elif code is _SPLIT:
        yield from (place + x, place + y)
    else:
        yield place + 1
        if (code is _LOOP or code is _LAZY_LOOP) and y == 0:
            yield place + x
