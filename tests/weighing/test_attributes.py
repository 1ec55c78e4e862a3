from __future__ import annotations

import pytest

from absift.rules.engine import Finding, collapsed
from absift.rules.ruleset import RuleSet
from absift.weighing.attributes import AttributeWeigher, Tell
from absift.weighing.table import Table
from absift.weighing.weigher import Fact, Weigher

Rows = dict[Fact, tuple[float, ...]]
KNOWN: Rows = {("rule", "size.people"): (0, 0, 0), ("rule", "size.each"): (0, 0, 0)}


def settled(rules: RuleSet, rows: Rows, text: str, tell: Tell | None = None) -> list[Finding]:
    engine = rules.engines["SIZE"]
    base = rules.maker.make(text, has_title=False)
    found = engine.find(base)
    sheet = collapsed(base, rules.vocabulary, found)
    engine.describe(sheet, found)
    table = Table("size.scope", ("total", "arm", "subgroup"), KNOWN | rows)
    weigher = Weigher([table], rules.vocabulary.held)
    AttributeWeigher(["scope"], weigher).settle(sheet, found, tell)
    return found


@pytest.mark.parametrize(
    ("rows", "text", "scope", "why"),
    [
        ({}, "12 people", "total", None),
        ({("1", "people"): (0, 0, 1)}, "12 people", "subgroup", "size.scope.weighed"),
        ({("1", "people"): (0, 1, 2)}, "12 people", "subgroup", "size.scope.weighed"),
        # What the rules say has its weight.
        ({("1", "people"): (0, 0, 1), ("scope", "total"): (2, 0, 0)}, "12 people", "total", None),
        ({("scope", "arm"): (2, 0, 0)}, "each of 12 men", "total", "size.scope.weighed"),
        # And so has which rule found the span.
        ({("rule", "size.people"): (0, 1, 0)}, "12 people", "arm", "size.scope.weighed"),
        # As much as another isn't more.
        ({("1", "people"): (1, 1, 1)}, "12 people", "total", None),
        ({("1", "people"): (1, 1, 1)}, "each of 12 people", "arm", None),
    ],
)
def test_the_weightiest_value_is_taken(
    rules: RuleSet, rows: Rows, text: str, scope: str, why: str | None
) -> None:
    one = settled(rules, rows, text)[0]
    assert (one.attributes["scope"], one.why.get("scope")) == (scope, why)


def test_what_spoke_is_told_of_what_was_changed(rules: RuleSet) -> None:
    rows: Rows = {("1", "people"): (0, 0, 2), ("rule", "size.people"): (0.5, 0.25, -0.125)}
    told: list[tuple[str, str, list[tuple[Fact, float]]]] = []
    settled(
        rules,
        rows,
        "12 people, each of 6 men",
        lambda one, name, reasons: told.append((one.rule, name, list(reasons))),
    )
    spoke = [(("1", "people"), 2.0), (("rule", "size.people"), -0.125)]
    assert told == [("size.people", "scope", spoke)]


@pytest.mark.parametrize(("rule", "scope"), [("size.people", "arm"), ("size.mine", "total")])
def test_spans_of_a_rule_without_a_row_are_left_alone(
    rules: RuleSet, rule: str, scope: str
) -> None:
    sheet = rules.maker.make("12 people", has_title=False)
    one = Finding(0, 2, "SIZE", rule, {"scope": "total"})
    table = Table("size.scope", ("total", "arm", "subgroup"), KNOWN | {("1", "people"): (0, 5, 0)})
    AttributeWeigher(["scope"], Weigher([table], rules.vocabulary.held)).settle(sheet, [one])
    assert one.attributes == {"scope": scope}


@pytest.mark.parametrize(
    ("second", "scope"), [(6, "arm"), (12, "total")], ids=["smaller", "as large"]
)
def test_a_span_is_compared_with_the_others(rules: RuleSet, second: int, scope: str) -> None:
    sheet = rules.maker.make("12 people, 6 people", has_title=False)
    found = [
        Finding(at, at + 1, "SIZE", "size.people", {"value": value, "scope": "total"})
        for at, value in ((11, second), (0, 12))
    ]
    table = Table(
        "size.scope", ("total", "arm", "subgroup"), KNOWN | {("share", "0.44"): (0, 5, 0)}
    )
    AttributeWeigher(["scope"], Weigher([table], rules.vocabulary.held)).settle(sheet, found)
    assert [one.attributes["scope"] for one in found] == [scope, "total"]


def test_an_attribute_that_a_span_has_not_is_left_alone(rules: RuleSet) -> None:
    sheet = rules.maker.make("12 people", has_title=False)
    one = Finding(0, 2, "SIZE", "size.people", {"value": 12})
    table = Table("size.scope", ("total", "arm"), {("1", "people"): (0, 5)})
    AttributeWeigher(["scope"], Weigher([table], rules.vocabulary.held)).settle(sheet, [one])
    assert one.attributes == {"value": 12}


def test_attributes_are_settled_each_by_its_own_table(rules: RuleSet) -> None:
    sheet = rules.maker.make("12 people", has_title=False)
    one = Finding(0, 2, "SIZE", "size.people", {"scope": "total", "unit": "beds"})
    row: Rows = {("rule", "size.people"): (0, 0)}
    tables = [
        Table("size.scope", ("total", "arm"), {("scope", "total"): (0, 1), **row}),
        Table("size.unit", ("people", "beds", "wards"), {("unit", "beds"): (3, 2, 1)}),
    ]
    weigher = AttributeWeigher(["scope", "unit"], Weigher(tables, rules.vocabulary.held))
    weigher.settle(sheet, [one])
    assert one.attributes == {"scope": "arm", "unit": "people"}
