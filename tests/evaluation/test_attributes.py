"""Attributes on strictly matched spans."""

from __future__ import annotations

from typing import Any

import pytest

from absift.evaluation.attributes import (
    ABSENT,
    attribute_key,
    measured_attributes,
    score_attributes,
    score_by_value,
    wrong_attributes,
)
from absift.evaluation.matching import match_spans
from absift.records import Record, Span


def event(start: int = 0, **attributes: object) -> Span:
    return Span(start, start + 6, "nausea", "ADVERSE_EVENT", attributes)


@pytest.mark.parametrize(
    ("label", "name", "attributes", "expected"),
    [
        ("PERCENTAGE", "value", {"value": 80}, "80"),
        ("PERCENTAGE", "value", {"value": 80.0}, "80"),
        ("PERCENTAGE", "value", {"value": 7.25}, "7.25"),
        ("PERCENTAGE", "value", {"low": 1, "high": 2}, ABSENT),
        ("ADVERSE_EVENT", "generic", {}, "false"),
        ("ADVERSE_EVENT", "generic", {"generic": False}, "false"),
        ("ADVERSE_EVENT", "serious", {"serious": True}, "true"),
        ("ADVERSE_EVENT", "grade", {}, "none"),
        ("ADVERSE_EVENT", "grade", {"grade": "3-4"}, "3-4"),
        ("ADVERSE_EVENT", "assertion", {}, ABSENT),
        ("OTHER", "list", {"list": [1, "a"]}, '[1,"a"]'),
    ],
)
def test_attribute_key(label: str, name: str, attributes: dict[str, Any], expected: str) -> None:
    assert attribute_key(Span(0, 1, "x", label, attributes), name) == expected


def test_accuracy_and_confusion_by_hand() -> None:
    gold = [
        event(0, assertion="present", serious=True),
        event(10, assertion="present"),
        event(20, assertion="absent", grade="3"),
        event(30, assertion="absent"),
    ]
    predicted = [
        event(0, assertion="present"),
        event(10, assertion="possible", grade="3"),
        event(20, assertion="absent", grade="3"),
        Span(30, 35, "nause", "ADVERSE_EVENT", {"assertion": "absent"}),  # not strictly matched
    ]
    names = ("assertion", "serious", "grade")
    scores = score_attributes(match_spans(gold, predicted), {"ADVERSE_EVENT": names})
    item = scores["ADVERSE_EVENT"]
    assert (item["assertion"].correct, item["assertion"].support) == (2, 3)
    assert item["assertion"].confusion == {
        "absent": {"absent": 1},
        "present": {"possible": 1, "present": 1},
    }
    assert item["serious"].confusion == {"false": {"false": 2}, "true": {"false": 1}}
    assert item["grade"].accuracy == pytest.approx(2 / 3)


def test_an_attribute_that_nobody_gives_has_no_accuracy() -> None:
    spans = [Span(0, 3, "70%", "PERCENTAGE", {"value": 70})]
    scores = score_attributes(match_spans(spans, spans), {"PERCENTAGE": ("value", "numerator")})
    assert scores["PERCENTAGE"]["value"].accuracy == 1.0
    assert scores["PERCENTAGE"]["numerator"].accuracy is None


def test_an_invented_attribute_is_wrong() -> None:
    gold = [Span(0, 3, "70%", "PERCENTAGE", {})]
    predicted = [Span(0, 3, "70%", "PERCENTAGE", {"numerator": 7})]
    scores = score_attributes(match_spans(gold, predicted), {"PERCENTAGE": ("numerator",)})
    assert scores["PERCENTAGE"]["numerator"].confusion == {ABSENT: {"7": 1}}


def test_measured_attributes_are_those_the_gold_gives() -> None:
    text = "nausea x 70% x"
    spans = (
        event(0, assertion="present", rates=[{"numerator": 1}]),
        Span(9, 12, "70%", "PERCENTAGE", {"kind": "change", "value": 70, "own": 1}),
        Span(13, 14, "x", "BARE"),
    )
    assert measured_attributes([Record("1", text, spans=spans)]) == {
        "ADVERSE_EVENT": ("generic", "assertion", "grade", "serious"),
        "PERCENTAGE": ("value", "kind", "own"),
        "BARE": (),
    }


def test_an_event_gold_without_any_attribute_is_not_taken_for_defaults() -> None:
    record = Record("1", "nausea", spans=(event(),))
    assert measured_attributes([record]) == {"ADVERSE_EVENT": ()}


def test_wrong_attributes() -> None:
    one, other = event(grade="3", assertion="present"), event(assertion="present")
    assert wrong_attributes(one, other, ("assertion", "grade", "generic")) == ["grade"]


def test_score_by_value_by_hand() -> None:
    scores = score_by_value({"present": {"present": 3, "absent": 1}, "absent": {"present": 2}})
    assert (scores["present"].precision, scores["present"].recall) == (3 / 5, 3 / 4)
    assert (scores["absent"].precision, scores["absent"].recall) == (0.0, 0.0)
    assert scores["absent"].support == 2
