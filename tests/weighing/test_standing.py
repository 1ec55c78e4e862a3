from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.rules.engine import Finding
from absift.weighing.standing import (
    NEXT,
    NONE,
    ORDINAL,
    PREVIOUS,
    SAME,
    SHARE,
    SIZE,
    STANDING,
    UNIT,
    standing,
)
from absift.weighing.weigher import Fact


def finding(**attributes: object) -> Finding:
    return Finding(0, 1, "SIZE", "size.people", attributes)


def told(place: str, *found: Finding, of: tuple[str, ...] = ("scope",)) -> list[list[str]]:
    return [[name for where, name in facts if where == place] for facts in standing(found, of)]


@pytest.mark.parametrize(
    ("place", "values", "names"),
    [
        (SIZE, [-4, 0, 1, 2.5, 3, 29, 30, 50_000], "below 0 1 1 3 10 30 10000"),
        # Beside the largest: alike, nearly, half, a third, little.
        (SHARE, [100, 90, 50, 30, 11, 5], "1.0 0.85 0.44 0.28 0.1 0"),
        (SHARE, [7], "1.0"),
        (ORDINAL, [1, 2], "1/2 2/2"),
        (ORDINAL, [1] * 8, "1/6 2/6 3/6 4/6 5/6 5/6 5/6 5/6"),
    ],
)
def test_a_value_is_compared(place: str, values: list[float], names: str) -> None:
    found = [finding(value=value) for value in values]
    assert told(place, *found) == [[name] for name in names.split()]


def test_values_are_compared_within_a_unit() -> None:
    found = [finding(value=2, unit="week"), finding(value=14, unit="day"), finding(value=7)]
    assert told(SHARE, *found) == [["1.0"], ["1.0"], ["1.0"]]
    assert told(UNIT, *found) == [["week"], ["day"], [NONE]]


def test_of_a_range_the_upper_end_counts() -> None:
    assert told(SIZE, finding(low=2, high=40)) == [["30"]]


def test_what_has_no_value_has_no_size() -> None:
    found = [finding(value=12), finding(scope="arm")]
    assert {place for place, _ in standing(found, ["scope"])[1]} == {ORDINAL, UNIT, PREVIOUS, NEXT}


def test_nothing_is_no_share_of_nothing() -> None:
    assert told(SHARE, finding(value=0), finding(value=-1)) == [[], []]


@pytest.mark.parametrize(
    ("place", "names"),
    [
        (PREVIOUS, [[NONE], ["total"], ["arm"]]),
        (NEXT, [["arm"], [NONE], [NONE]]),
    ],
)
def test_neighbours_tell_what_they_are(place: str, names: list[list[str]]) -> None:
    found = [finding(value=12, scope="total"), finding(value=6, scope="arm"), finding(value=5)]
    assert told(place, *found) == names


def test_each_attribute_is_compared() -> None:
    found = [finding(scope="arm", stage="enrolled"), finding(scope="total", stage="analysed")]
    assert told(NEXT, *found, of=("scope", "stage"))[0] == ["total", "analysed"]


@pytest.mark.parametrize(
    ("scopes", "same"),
    [
        (["arm"], [NONE]),
        (["arm", "total"], ["total", "arm"]),
        (["arm", "total", "total", "total"], ["total", "total", "total", "total"]),
        # Of two that are as frequent, the first by name.
        (["total", "arm", "subgroup"], ["arm", "subgroup", "arm"]),
    ],
)
def test_what_has_the_same_value_tells_what_it_is(scopes: list[str], same: list[str]) -> None:
    found = [finding(value=12, scope=scope) for scope in scopes]
    others = [finding(value=13, scope="other"), finding(value=12, unit="day", scope="other")]
    assert told(SAME, *found, *others)[: len(scopes)] == [[name] for name in same]


attributes = st.fixed_dictionaries(
    {},
    optional={
        "value": st.floats(-10, 1e6) | st.integers(0, 1000),
        "high": st.integers(0, 9),
        "unit": st.sampled_from(["day", "week"]),
        "scope": st.sampled_from(["arm", "total"]),
    },
)


@given(st.lists(attributes, max_size=8))
def test_each_span_has_facts_of_known_places(held: list[dict[str, object]]) -> None:
    made: list[tuple[Fact, ...]] = standing([finding(**each) for each in held], ["scope"])
    assert len(made) == len(held)
    for facts in made:
        assert {place for place, _ in facts} <= STANDING
        assert len({place for place, _ in facts}) == len(facts)
