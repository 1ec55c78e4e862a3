"""Links of percentages and rates of events, each right only as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from absift.evaluation.links import arm_key, score_links, score_rates
from absift.evaluation.sources import Pair
from absift.records import Record, Span

TEXT = "19 of 27 (70%) and 5 (19%) had nausea"
SEVENTY, NINETEEN, NAUSEA = TEXT.index("70%"), TEXT.index("19%"), TEXT.index("nausea")


def percentage(start: int, **attributes: object) -> Span:
    return Span(start, start + 3, TEXT[start : start + 3], "PERCENTAGE", attributes)


def event(*rates: dict[str, Any], start: int = NAUSEA) -> Span:
    return Span(start, len(TEXT), TEXT[start:], "ADVERSE_EVENT", {"rates": list(rates)})


def pair(gold: list[Span], predicted: list[Span]) -> list[Pair]:
    return [Pair(Record("1", TEXT, spans=tuple(gold)), Record("1", TEXT, spans=tuple(predicted)))]


def test_links_by_hand() -> None:
    gold = [percentage(SEVENTY, numerator=19, denominator=27), percentage(NINETEEN, numerator=5)]
    predicted = [
        percentage(SEVENTY, numerator=19.0, denominator=28),
        percentage(NINETEEN, numerator=5, denominator=27),
    ]
    scores = score_links(pair(gold, predicted))
    assert (scores["numerator"].precision, scores["numerator"].recall) == (1.0, 1.0)
    assert (scores["denominator"].precision, scores["denominator"].recall) == (0.0, 0.0)
    assert (scores["both"].precision, scores["both"].recall) == (2 / 4, 2 / 3)


def test_a_link_needs_the_offsets_of_its_percentage() -> None:
    gold = [percentage(SEVENTY, numerator=19)]
    predicted = [Span(SEVENTY, SEVENTY + 2, "70", "PERCENTAGE", {"numerator": 19})]
    assert score_links(pair(gold, predicted))["numerator"].f1 == 0.0


def test_no_links_is_not_measured() -> None:
    scores = score_links(pair([percentage(SEVENTY)], [percentage(SEVENTY)]))
    assert {name: item.f1 for name, item in scores.items()} == {
        "numerator": None,
        "denominator": None,
        "both": None,
    }


@pytest.mark.parametrize(
    ("predicted", "with_arm", "without_arm"),
    [
        ({"numerator": 5, "denominator": 27, "percent": 19, "arm": "drug A"}, 1.0, 1.0),
        ({"numerator": 5, "denominator": 27, "percent": 19.0, "arm": "Drug  a"}, 1.0, 1.0),
        ({"numerator": 5, "denominator": 27, "percent": 19, "arm": "placebo"}, 0.0, 1.0),
        ({"numerator": 5, "denominator": 27, "percent": 19}, 0.0, 1.0),
        ({"numerator": 5, "denominator": 27, "arm": "drug A"}, 0.0, 0.0),
        ({"numerator": 6, "denominator": 27, "percent": 19, "arm": "drug A"}, 0.0, 0.0),
    ],
)
def test_rates(predicted: dict[str, Any], with_arm: float, without_arm: float) -> None:
    gold = event({"numerator": 5, "denominator": 27, "percent": 19, "arm": "drug A"})
    scores = score_rates(pair([gold], [event(predicted)]))
    assert (scores["with_arm"].f1, scores["without_arm"].f1) == (with_arm, without_arm)


def test_each_rate_of_an_event_counts() -> None:
    gold = event({"numerator": 5, "arm": "drug"}, {"numerator": 2, "arm": "placebo"})
    predicted = event({"numerator": 2, "arm": "placebo"})
    item = score_rates(pair([gold], [predicted]))["with_arm"]
    assert (item.precision, item.recall, item.support) == (1.0, 0.5, 2)


def test_rates_of_a_document_without_prediction_are_missed() -> None:
    gold = Record("1", TEXT, spans=(event({"numerator": 5}),))
    item = score_rates([Pair(gold, None)])["without_arm"]
    assert (item.precision, item.recall, item.f1) == (None, 0.0, 0.0)


def test_equal_rates_of_two_documents_do_not_match_each_other() -> None:
    rated, bare = event({"numerator": 5}), event()
    pairs = [
        Pair(Record("1", TEXT, spans=(rated,)), Record("1", TEXT, spans=(bare,))),
        Pair(Record("2", TEXT, spans=(bare,)), Record("2", TEXT, spans=(rated,))),
    ]
    assert score_rates(pairs)["without_arm"].f1 == 0.0


@pytest.mark.parametrize(
    ("arm", "expected"), [(None, None), ("", None), (" Low  Dose ", "low dose"), ("ẞ", "ss")]
)
def test_arm_key(arm: str | None, expected: str | None) -> None:
    assert arm_key(arm) == expected
