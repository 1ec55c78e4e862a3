from __future__ import annotations

import pytest

from absift.rules.ruleset import RuleSet
from absift.weighing.spans import SpanWeigher
from absift.weighing.table import Table
from absift.weighing.weigher import Fact, Weigher

ALWAYS = ("always", "always")


def found(rules: RuleSet, rows: dict[Fact, tuple[float, ...]], text: str) -> list[tuple[str, str]]:
    weigher = Weigher([Table("size", ("span",), rows)], rules.vocabulary.held)
    finder = SpanWeigher(rules.engines["SIZE"], "INTEGER", weigher)
    sheet = rules.maker.make(text, has_title=False)
    return [(text[one.start : one.end], one.rule) for one in finder.find(sheet)]


WARDS: dict[Fact, tuple[float, ...]] = {ALWAYS: (-1.0,), ("1", "wards"): (2.0,)}


@pytest.mark.parametrize(
    ("rows", "text", "spans"),
    [
        (WARDS, "We saw 12 wards.", [("12", "size.weighed")]),
        (WARDS, "We saw twelve wards.", [("twelve", "size.weighed")]),
        (WARDS, "We saw 12 beds.", []),
        (WARDS, "We saw 1.5 wards.", []),
        # What rules find stays, whatever the words say, as long as no weight is given to the rule.
        (WARDS, "We saw 12 people.", [("12", "size.people")]),
        (WARDS, "We saw 12 people and 3 wards.", [("12", "size.people"), ("3", "size.weighed")]),
        ({**WARDS, ("rule", "size.people"): (0.5,)}, "We saw 12 people.", []),
        (
            {**WARDS, ("rule", "size.people"): (0.5,), ("rule", "any"): (0.6,)},
            "We saw 12 people.",
            [("12", "size.people")],
        ),
        # A block holds unless a weight is given to it.
        (WARDS, "See page 12 wards.", []),
        (
            {**WARDS, ("block", "size.not.page"): (-0.5,)},
            "See page 12 wards.",
            [("12", "size.weighed")],
        ),
        ({**WARDS, ("block", "size.not.page"): (-1.5,)}, "See page 12 wards.", []),
        ({**WARDS, ("block", "any"): (-0.5,)}, "See page 12 wards.", []),
        # Nothing is no more than nothing.
        ({}, "We saw 12 wards.", []),
    ],
)
def test_rules_and_words_find_together(
    rules: RuleSet, rows: dict[Fact, tuple[float, ...]], text: str, spans: list[tuple[str, str]]
) -> None:
    assert found(rules, rows, text) == spans


def test_a_weighed_span_has_the_value_of_its_number(rules: RuleSet) -> None:
    weigher = Weigher([Table("size", ("span",), {ALWAYS: (1.0,)})], rules.vocabulary.held)
    finder = SpanWeigher(rules.engines["SIZE"], "INTEGER", weigher)
    (one,) = finder.find(rules.maker.make("We saw 1,204 wards.", has_title=False))
    assert (one.label, one.attributes) == ("SIZE", {"value": 1204})


def test_overruled_spans_and_reasons_are_told(rules: RuleSet) -> None:
    rows: dict[Fact, tuple[float, ...]] = {
        ("rule", "size.people"): (0.5,),
        ("1", "people"): (-2.0,),
        ("-1", "beside"): (1.0,),
    }
    weigher = Weigher([Table("size", ("span",), rows)], rules.vocabulary.held)
    finder = SpanWeigher(rules.engines["SIZE"], "INTEGER", weigher)
    sheet = rules.maker.make("He stood beside 12 people.", has_title=False)
    (one,) = finder.overruled(sheet)
    assert one.rule == "size.people"
    assert finder.reasons(sheet, one) == [(("1", "people"), -2.0), (("-1", "beside"), 1.0)]
    assert finder.find(sheet) == []
