"""Both ways of adding up: in Python and compiled."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.rules.vocabulary import BOUNDARY
from absift.weighing import sums
from absift.weighing.sums import AFTER, BEFORE, FAR, ITSELF, LEFT, PLACES, RIGHT

WAYS = [sums, compiled("absift.weighing._sums")]
ATOMS = {"\u0100": ("a",), "\u0101": ("a", "b"), "\u0102": (), "\u3000": ("EDGE", "c")}
Rows = Mapping[str, Mapping[str, tuple[int, ...]]]


def held(sign: str) -> tuple[str, ...]:
    return ATOMS[sign]


@pytest.fixture(params=WAYS, ids=["python", "compiled"])
def way(request: pytest.FixtureRequest) -> ModuleType:
    if request.param is None:
        pytest.skip("the compiled parts aren't there")
    made: ModuleType = request.param
    return made


@pytest.mark.parametrize(
    ("rows", "total"),
    [
        ({}, [0, 0]),
        ({"-1": {"a": (1, 2)}}, [1, 2]),
        ({"-1": {"b": (1, 2)}, "1": {"b": (3, -4)}}, [3, -4]),
        ({"-2": {"EDGE": (5, 0)}, "-8": {"EDGE": (0, 7)}, "2": {"EDGE": (1, 1)}}, [6, 8]),
        ({LEFT: {"a": (1, 0), "EDGE": (0, 1)}}, [1, 7]),
        ({RIGHT: {"a": (1, 0)}}, [1, 0]),
        ({BEFORE: {"a": (1, 0)}, AFTER: {"a": (0, 1)}}, [1, 1]),
        # What an item is made of stands between boundaries; an item may be called as the edge is.
        ({ITSELF: {"c": (1, 0), "EDGE": (0, 2)}}, [1, 6]),
    ],
)
def test_each_place_counts(way: ModuleType, rows: Rows, total: list[int]) -> None:
    signs = f"{BOUNDARY}\u0100\u3000\u0101{BOUNDARY}\u0101{BOUNDARY}"
    within = f"{BOUNDARY}\u3000{BOUNDARY}"
    assert way.Sums(rows, 2, held).of(signs, 1, 2, 4, within) == total


def test_more_is_added(way: ModuleType) -> None:
    signs = f"{BOUNDARY}\u0101{BOUNDARY}"
    made = way.Sums({ITSELF: {"b": (1, 0)}}, 2, held)
    assert made.of(signs, 1, 1, 2, signs, [[1, 2], [-5, 3]]) == [-3, 5]


def test_facts_are_added_as_often_as_they_are_given(way: ModuleType) -> None:
    signs = f"{BOUNDARY}\u0101{BOUNDARY}"
    made = way.Sums({"size": {"10": (1, 2)}, ITSELF: {"b": (100, 0)}}, 2, held)
    facts = [("size", "10"), ("size", "20"), ("unit", "10"), ("size", "10")]
    assert made.of(signs, 1, 1, 2, signs, [[7, 0]], facts) == [109, 4]


def test_a_sentence_counts_so_far(way: ModuleType) -> None:
    signs = BOUNDARY + "\u0101" * 1000 + BOUNDARY
    rows = {BEFORE: {"b": (1, 0)}, AFTER: {"b": (0, 1)}}
    made = way.Sums(rows, 2, held)
    within = f"{BOUNDARY}\u0101{BOUNDARY}"
    assert made.of(signs, 1, 500, 1001, within) == [FAR, FAR]
    assert made.of(signs, 1, 11, 1001, within) == [10, FAR]
    assert made.of(signs, 1, 998, 1001, within) == [FAR, 2]


_WEIGHTS = st.tuples(*[st.integers(-9_000, 9_000)] * 3)
_ROWS = st.dictionaries(
    st.sampled_from([*PLACES, LEFT, RIGHT, BEFORE, AFTER, ITSELF]),
    st.dictionaries(st.sampled_from(["a", "b", "c", "EDGE"]), _WEIGHTS),
)
_SENTENCE = st.text("".join(ATOMS), max_size=30)


@given(_ROWS, _SENTENCE, st.sampled_from(list(ATOMS)), _SENTENCE, _SENTENCE)
def test_both_ways_add_up_alike(rows: Rows, left: str, item: str, right: str, other: str) -> None:
    other_way = WAYS[1]
    if other_way is None:
        pytest.skip("the compiled parts aren't there")
    signs = f"{BOUNDARY}{other}{BOUNDARY}{left}{item}{right}{BOUNDARY}{other}{BOUNDARY}"
    first = len(other) + 2
    place, last = first + len(left), first + len(left) + 1 + len(right)
    within = f"{BOUNDARY}{item}{BOUNDARY}"
    made = [
        each.Sums(rows, 3, held).of(signs, first, place, last, within) for each in (sums, other_way)
    ]
    assert made[0] == made[1]
