"""Add up the weights of the items around a place; `_sums.pyx` does the same, compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import getitem
from types import MappingProxyType

from absift.rules.vocabulary import BOUNDARY

#: How many items on each side have places of their own.
NEAR = 8
#: The places of these, and of all of them on either side.
LEFT, RIGHT = "left", "right"
PLACES = tuple(str(place) for place in (*range(-NEAR, 0), *range(1, NEAR + 1)))
#: How many items on each side count for the sentence: a text may be one sentence from end to end,
#: and the time must grow with its length and not with the square of it.
FAR = 200
#: The places of all those items on either side, and of the items that it is made of.
BEFORE, AFTER, ITSELF = "before", "after", "itself"
#: What stands in places beyond the edges of a sentence.
EDGE = "EDGE"

#: For each place, a weight an outcome for each thing that can stand there.
Rows = Mapping[str, Mapping[str, Sequence[int]]]

_NOTHING: Mapping[str, Sequence[int]] = MappingProxyType({})
# The weights of all outcomes are added up at once, each in bits of its own of one whole number.
_BITS = 32
_HALF, _MASK = 1 << (_BITS - 1), (1 << _BITS) - 1


class Memory(dict[str, int]):
    """A signature to the sum of the weights of what holds for it in one place."""

    def __init__(self, rows: Mapping[str, int], held: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self._rows = rows
        self._held = held

    def __missing__(self, sign: str) -> int:
        atoms = (EDGE,) if sign == BOUNDARY else self._held(sign)
        made = self[sign] = sum(self._rows.get(atom, 0) for atom in atoms)
        return made


class Sums:
    """Sums of whole weights.

    Args:
        rows: The weights.
        outcomes: How many weights each thing has.
        held: Gives the atoms that hold for a signature.
    """

    def __init__(self, rows: Rows, outcomes: int, held: Callable[[str], Iterable[str]]) -> None:
        self._outcomes = outcomes
        self._rows = rows
        packed = {
            place: {atom: _packed(weights) for atom, weights in held_there.items()}
            for place, held_there in rows.items()
        }
        # What holds for all near items is part of the memory of each of their places.
        self._near = tuple(
            Memory(_joined(packed.get(place, {}), packed.get(side(place), {})), held)
            for place in PLACES
        )
        # Whether anything has a weight wherever it stands in the sentence.
        self._looks_far = bool(rows.get(BEFORE) or rows.get(AFTER))
        self._before, self._after, self._itself = (
            Memory(packed.get(place, {}), held).__getitem__ for place in (BEFORE, AFTER, ITSELF)
        )

    def of(
        self,
        signs: str,
        first: int,
        item: int,
        last: int,
        within: str,
        more: Iterable[Sequence[int]] = (),
        facts: Iterable[tuple[str, str]] = (),
    ) -> list[int]:
        """Give the sum for each outcome.

        Args:
            signs: The items of an abstract.
            first: The first item of the sentence.
            item: The item that is asked about.
            last: The item behind the sentence.
            within: The items that it is made of.
            more: What else is to be added, a weight an outcome.
            facts: Places that are none of items, and what is known there.
        """
        left = signs[max(first, item - NEAR) : item].rjust(NEAR, BOUNDARY)
        right = signs[item + 1 : min(last, item + 1 + NEAR)].ljust(NEAR, BOUNDARY)
        total = sum(map(getitem, self._near, left + right))
        if self._looks_far:
            total += sum(map(self._before, signs[max(first, item - FAR) : item]))
            total += sum(map(self._after, signs[item + 1 : min(last, item + 1 + FAR)]))
        total += sum(map(self._itself, within))
        told = (self._rows.get(place, _NOTHING).get(name) for place, name in facts)
        beside = (*more, *(weights for weights in told if weights is not None))
        return [sum(held) for held in zip(_unpacked(total, self._outcomes), *beside, strict=True)]


def side(place: str) -> str:
    """Give the place of all near items on the side of one of them."""
    return LEFT if place.startswith("-") else RIGHT


def _joined(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {atom: one.get(atom, 0) + other.get(atom, 0) for atom in {*one, *other}}


def _packed(weights: Sequence[int]) -> int:
    return sum(weight << (_BITS * place) for place, weight in enumerate(weights))


def _unpacked(total: int, outcomes: int) -> list[int]:
    made = []
    for _ in range(outcomes):
        low = ((total + _HALF) & _MASK) - _HALF
        made.append(low)
        total = (total - low) >> _BITS
    return made
