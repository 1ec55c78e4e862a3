from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from absift.weighing.rates import RateWeigher
from absift.weighing.table import Table
from absift.weighing.weigher import Fact

ATOMS: Mapping[str, frozenset[str]] = {
    "a": frozenset({"and", "JOINER"}),
    "b": frozenset({"but", "JOINER"}),
    "c": frozenset(),
}
ROWS = {
    ("always", "always"): (0.5,),
    ("before", "and"): (1.0,),
    ("before", "JOINER"): (0.25,),
    ("on_left", "JOINER"): (-2.0,),
    ("on_left", "but"): (-0.125,),
    ("side", "left"): (0.3,),
    ("rule", "left"): (3.0,),
}
Bags = list[tuple[str, str]]


def held(sign: str) -> Iterable[str]:
    return ATOMS[sign]


@pytest.fixture
def weigher() -> RateWeigher:
    return RateWeigher(Table("rates", ("right",), ROWS), held)


@pytest.mark.parametrize(
    ("beside", "between", "facts", "expected"),
    [
        ([], ("on_left", ""), [], 500),
        # Each item beside counts, and each atom between once.
        ([("before", "aa")], ("on_left", ""), [], 500 + 2 * 1250),
        ([("before", "abc")], ("on_left", ""), [], 500 + 1250 + 250),
        ([], ("on_left", "aabb"), [], 500 - 2000 - 125),
        # What has no weight where it stands says nothing.
        ([("after", "ab")], ("on_right", "ab"), [("side", "right")], 500),
        ([], ("on_left", ""), [("side", "left"), ("rule", "left")], 500 + 3300),
    ],
)
def test_what_stands_beside_and_between_adds_up(
    weigher: RateWeigher, beside: Bags, between: tuple[str, str], facts: list[Fact], expected: int
) -> None:
    assert weigher.weigh(beside, between, facts) == expected
    # Nothing that was weighed before changes it.
    assert weigher.weigh(beside, between, facts) == expected
    weighed = weigher.facts(beside, between, facts)
    assert round(1000 * (0.5 + sum(ROWS.get(fact, (0.0,))[0] for fact in weighed))) == expected


def test_words_are_told_from_other_names(weigher: RateWeigher) -> None:
    assert weigher.atoms == {"and", "but", "JOINER"}
    assert weigher.places == {"always", "before", "on_left", "side", "rule"}
