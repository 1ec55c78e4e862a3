from __future__ import annotations

from collections.abc import Callable

import pytest

from absift.rules.check import Failure, check, unmark
from absift.rules.ruleset import RuleSet

Maker = Callable[..., RuleSet]


@pytest.mark.parametrize(
    ("example", "text", "marks"),
    [
        ("it cost [5 euro].", "it cost 5 euro.", [(8, 14)]),
        ("[5] of [6]", "5 of 6", [(0, 1), (5, 6)]),
        ("none", "none", []),
        ("[]", "[]", []),
        ("[é\u00a0😀]x", "é\u00a0😀x", [(0, 3)]),
        ("", "", []),
    ],
)
def test_unmark(example: str, text: str, marks: list[tuple[int, int]]) -> None:
    assert unmark(example) == (text, marks)


def rule(examples: str, keys: str = "pattern: 'NUMBER euro'") -> str:
    return f"label: COST\nrules:\n  - id: a\n    {keys}\n    {examples}\n"


@pytest.mark.parametrize(
    ("examples", "reasons"),
    [
        ("match: ['it cost [5 euro]', '[5 euro] or [6 euro]']", []),
        ("no_match: ['5 dollars', '']", []),
        ("match: ['it cost [5] euro']", ["found ['5 euro']"]),
        ("match: ['[5 euro] or 6 euro']", ["found ['5 euro', '6 euro']"]),
        ("match: ['[5 euro] or [6] yen']", ["found ['5 euro']"]),
        ("match: ['[5 yen]']", ["found nothing"]),
        ("match: ['5 euro']", ["the example marks no span with [ ]"]),
        ("no_match: ['it cost 5 euro']", ["found ['5 euro']"]),
        ("match: ['[5 yen]', '[5 euro]', '[6 yen]']", ["found nothing", "found nothing"]),
    ],
)
def test_rules_that_find_spans(make: Maker, examples: str, reasons: list[str]) -> None:
    assert [failure.reason for failure in check(make(rule(examples)))] == reasons


def test_a_failure_says_where_and_what(make: Maker) -> None:
    rules = make(rule("match: ['[5 yen]']"))
    (failure,) = check(rules)
    (wanted,) = rules.rules()
    assert failure == Failure(wanted, "[5 yen]", "found nothing")
    assert str(failure) == f"{wanted.source}: rule a: found nothing: '[5 yen]'"


def test_each_rule_is_tried_by_itself(make: Maker) -> None:
    text = """
label: COST
rules:
  - {id: a, pattern: NUMBER, match: ["[5] euro"]}
  - {id: b, pattern: NUMBER euro, priority: 5, match: ["[5 euro]"]}
  - {id: c, pattern: NUMBER euro, block: true, priority: 9, match: ["[5 euro]"], no_match: ["5"]}
"""
    assert check(make(text)) == []


def test_sections_that_rules_ask_for_do_not_matter(make: Maker) -> None:
    assert check(make(rule("match: ['[5]']", "pattern: NUMBER\n    section: results"))) == []


def test_spans_of_labels_found_before_are_items(make: Maker) -> None:
    first = "label: DURATION\nrules:\n  - {id: d, pattern: NUMBER days}\n"
    second = """
label: COST
rules:
  - {id: a, pattern: NUMBER, match: ["[5] in 6 days"]}
  - {id: b, pattern: DURATION, match: ["5 in [6 days]"]}
"""
    assert check(make(first, second)) == []


ATTRIBUTE = """
label: COST
rules:
  - {id: a, pattern: NUMBER euro}
attributes:
  - id: b
    pattern: SPAN per UNIT
    set: {kind: mean}
"""


@pytest.mark.parametrize(
    ("examples", "reasons"),
    [
        ("match: ['[5 euro] per patient']", []),
        ("match: ['[5 yen] per patient']", []),  # whatever the mark covers is the span
        ("match: ['6 euro for [5 euro] per patient']", []),
        ("no_match: ['[5 euro] a patient']", []),
        ("no_match: ['[5 euro] or 6 euro per patient']", []),
        ("match: ['[5 euro] a patient']", ["found nothing"]),
        ("match: ['[5 euro] and [6 euro] per patient']", ["found ['6 euro']"]),
        ("no_match: ['[5 euro] per patient']", ["found ['5 euro']"]),
        ("no_match: ['5 euro a patient']", ["the example marks no span with [ ]"]),
    ],
)
def test_rules_about_attributes(make: Maker, examples: str, reasons: list[str]) -> None:
    rules = make(ATTRIBUTE + f"    {examples}\n")
    assert [failure.reason for failure in check(rules)] == reasons


@pytest.mark.parametrize(
    ("examples", "reasons"),
    [
        ("match: ['[5 euro] per patient']", []),
        ("match: ['[5 yen] per patient']", ["found nothing"]),
        ("no_match: ['[5 yen] per patient']", []),
        ("no_match: ['[5 euro] per patient']", ["found ['5 euro']"]),
    ],
)
def test_rules_that_look_within_the_span(make: Maker, examples: str, reasons: list[str]) -> None:
    rules = make(ATTRIBUTE + f"    within: euro $\n    {examples}\n")
    assert [failure.reason for failure in check(rules)] == reasons


def test_rules_of_evidence_see_terms_and_generic_mentions(make: Maker) -> None:
    text = """
label: COST
rules:
  - {id: a, pattern: costs}
evidence:
  - id: b
    pattern: SPAN and|or GENERIC
    weight: 1
    match: ["[rent] and costs"]
    no_match: ["[rent] and food", "[rent] and"]
  - id: c
    pattern: SPAN COST
    weight: 1
    no_match: ["[rent] costs"]
"""
    assert check(make(text)) == []
