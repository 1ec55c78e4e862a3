from __future__ import annotations

import pytest

from absift.records import DURATION, SAMPLE_SIZE, Record, Span
from absift.report.study import length_text, study_facts, total_text
from absift.summary import duration


@pytest.mark.parametrize(
    ("attributes", "text"),
    [
        ({"value": 1, "unit": "year"}, "1 year"),
        ({"value": 12, "unit": "week"}, "12 weeks"),
        ({"value": 1.5, "unit": "day"}, "1.5 days"),
        ({"low": 1, "high": 2, "unit": "hour"}, "1-2 hours"),
        ({"unit": "hour"}, ""),
    ],
)
def test_length_text(attributes: dict[str, object], text: str) -> None:
    assert length_text(duration(Span(0, 1, "x", DURATION, attributes))) == text


def sizes(*scopes: str) -> Record:
    found = tuple(
        Span(i, i + 1, "x", SAMPLE_SIZE, {"value": 1000 + i, "scope": scope, "stage": "enrolled"})
        for i, scope in enumerate(scopes)
    )
    return Record("r", "xxx", spans=found)


@pytest.mark.parametrize(
    ("scopes", "text"),
    [((), ""), (("total",), "1,000 enrolled"), (("arm", "arm"), "2,001 enrolled (sum of arms)")],
)
def test_total_text(scopes: tuple[str, ...], text: str) -> None:
    assert total_text(sizes(*scopes)) == text


def test_facts_that_are_not_stated_are_left_out() -> None:
    assert study_facts(Record("r", "text")) == []
    assert study_facts(sizes("total", "arm")) == [
        ("Participants", ("1,000 enrolled",)),
        ("Arms", ("1,001",)),
    ]
