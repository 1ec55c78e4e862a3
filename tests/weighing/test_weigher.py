from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.rules.ruleset import RuleSet
from absift.weighing.table import Table
from absift.weighing.weigher import Fact, Weigher

TEXT = "The clinic hired people. Each of 12 children came to wards 3 and 4."
Rows = Mapping[Fact, tuple[float, ...]]


def weighed(rules: RuleSet, rows: Rows, number: str, more: tuple[Fact, ...] = ()) -> list[int]:
    sheet = rules.maker.make(TEXT, has_title=False)
    outcomes = len(next(iter(rows.values())))
    table = Table("a", tuple("abcdef"[:outcomes]), rows)
    item = sheet.item_at(TEXT.index(number))
    return Weigher([table], rules.vocabulary.held).weigh(sheet, item, more)


@pytest.mark.parametrize(
    ("fact", "number", "weight"),
    [
        (("-1", "of"), "12", 1500),
        (("-2", "each"), "12", 1500),
        (("1", "children"), "12", 1500),
        (("-1", "children"), "12", 0),
        (("1", "people"), "12", 0),
        # On this side, however far off within reach, and once for each time.
        (("left", "of"), "12", 1500),
        (("right", "INTEGER"), "12", 3000),
        (("left", "INTEGER"), "4", 3000),
        (("before", "each"), "4", 1500),
        (("after", "INTEGER"), "12", 3000),
        # A sentence ends where it ends.
        (("left", "hired"), "12", 0),
        (("before", "people"), "12", 0),
        (("-3", "EDGE"), "12", 1500),
        (("-8", "EDGE"), "12", 1500),
        (("-2", "EDGE"), "12", 0),
        (("itself", "INTEGER"), "12", 1500),
        (("itself", "of"), "12", 0),
        (("section", "body"), "12", 1500),
        (("fifth", "3"), "12", 1500),
        (("fifth", "1"), "12", 0),
        (("always", "always"), "12", 1500),
    ],
)
def test_a_weight_counts_where_its_fact_holds(
    rules: RuleSet, fact: Fact, number: str, weight: int
) -> None:
    assert weighed(rules, {fact: (1.5,)}, number) == [weight]


def test_what_is_known_beside_counts_too(rules: RuleSet) -> None:
    rows = {("rule", "size.people"): (0.25,), ("-1", "of"): (1.0,)}
    assert weighed(rules, rows, "12", (("rule", "size.people"),)) == [1250]
    assert weighed(rules, rows, "12", (("rule", "size.other"),)) == [1000]


def test_tables_weigh_side_by_side(rules: RuleSet) -> None:
    sheet = rules.maker.make(TEXT, has_title=False)
    tables = [
        Table("a", ("x", "y"), {("-1", "of"): (1.0, -2.0)}),
        Table("b", ("x",), {("-1", "of"): (-3.0,), ("1", "children"): (0.001,)}),
    ]
    weigher = Weigher(tables, rules.vocabulary.held)
    assert weigher.outcomes == ("x", "y", "x")
    assert weigher.weigh(sheet, sheet.item_at(TEXT.index("12"))) == [1000, -2000, -2999]


_WEIGHTS = st.lists(st.integers(-8_000, 8_000), min_size=3, max_size=3)
_FACTS = [
    ("-1", "of"),
    ("-2", "each"),
    ("1", "children"),
    ("right", "INTEGER"),
    ("itself", "INTEGER"),
]


@given(st.lists(_WEIGHTS, min_size=5, max_size=5))
def test_sums_are_those_of_the_facts(rules: RuleSet, weights: list[list[int]]) -> None:
    rows = {
        fact: tuple(weight / 1000 for weight in held)
        for fact, held in zip(_FACTS, weights, strict=True)
    }
    sheet = rules.maker.make(TEXT, has_title=False)
    item = sheet.item_at(TEXT.index("12"))
    weigher = Weigher([Table("a", ("a", "b", "c"), rows)], rules.vocabulary.held)
    facts = [fact for fact in weigher.facts(sheet, item) if fact in rows]
    known = dict(zip(_FACTS, weights, strict=True))
    assert weigher.weigh(sheet, item) == [sum(known[f][k] for f in facts) for k in range(3)]
    for outcome in range(3):
        told = weigher.reasons(sheet, item, outcome)
        assert (
            round(1000 * sum(weight for _, weight in told)) == weigher.weigh(sheet, item)[outcome]
        )
        assert told == sorted(told, key=lambda each: -abs(each[1]))


def test_what_is_weighed_can_be_heard(rules: RuleSet) -> None:
    sheet = rules.maker.make(TEXT, has_title=False)
    weigher = Weigher([Table("a", ("x",), {})], rules.vocabulary.held)
    weigher.heard = []
    weigher.weigh(sheet, sheet.item_at(TEXT.index("12")), (("rule", "r"),))
    ((start, end, facts),) = weigher.heard
    assert TEXT[start:end] == "12"
    assert ("-1", "of") in facts
    assert facts[-1] == ("rule", "r")


def test_only_facts_with_weights_are_known(rules: RuleSet) -> None:
    weigher = Weigher([Table("a", ("x",), {("rule", "r"): (0.0,)})], rules.vocabulary.held)
    assert weigher.knows(("rule", "r"))
    assert not weigher.knows(("rule", "s"))
    assert not weigher.knows(("block", "r"))
