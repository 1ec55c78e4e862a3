"""Scores against sums done by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from absift.evaluation.matching import match_spans
from absift.evaluation.scores import (
    Counts,
    Score,
    count_items,
    count_outcomes,
    f_score,
    macro_score,
    number_of,
    score,
    total,
    value_key,
)
from absift.records import Span


def test_partial_counts_half() -> None:
    # COR 2, INC 1, PAR 2, MIS 1, SPU 3: POS 6, ACT 8, credit 2 + 2/2 = 3.
    item = score(Counts(2, 1, 2, 1, 2, 1, 2, 3))
    assert (item.precision, item.recall) == (3 / 8, 3 / 6)
    assert item.f1 == pytest.approx(2 * 3 / (8 + 6))
    assert (item.support, item.predicted) == (6, 8)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (Counts(), (None, None, None)),
        (Counts(missed=3), (None, 0.0, 0.0)),
        (Counts(spurious=3), (0.0, None, 0.0)),
        (Counts(missed=1, spurious=1), (0.0, 0.0, 0.0)),
        (Counts(correct=2, predicted_correct=2), (1.0, 1.0, 1.0)),
    ],
)
def test_nothing_to_measure_is_none(
    counts: Counts, expected: tuple[float | None, float | None, float | None]
) -> None:
    item = score(counts)
    assert (item.precision, item.recall, item.f1) == expected


def test_a_pair_of_two_labels_counts_against_both() -> None:
    gold, predicted = [Span(0, 4, "five", "A")], [Span(0, 4, "five", "B")]
    counts = count_outcomes(match_spans(gold, predicted, "strict"))
    assert counts == {"A": Counts(incorrect=1), "B": Counts(predicted_incorrect=1)}
    micro = score(total(counts.values()))
    assert (micro.precision, micro.recall, micro.f1) == (0.0, 0.0, 0.0)


def test_exact_credits_the_gold_label_with_recall_and_the_other_with_precision() -> None:
    gold, predicted = [Span(0, 4, "five", "A")], [Span(0, 4, "five", "B")]
    counts = count_outcomes(match_spans(gold, predicted, "exact"))
    one, other = score(counts["A"]), score(counts["B"])
    assert (one.precision, one.recall) == (None, 1.0)
    assert (other.precision, other.recall) == (1.0, None)


def test_macro_leaves_out_what_is_not_measured() -> None:
    scores = [
        Score(1.0, 0.5, 2 / 3, 4, 2),
        Score(None, 0.0, 0.0, 2, 0),
        Score(None, None, None, 0, 0),
    ]
    item = macro_score(scores)
    assert (item.precision, item.recall, item.support) == (1.0, 0.25, 6)
    assert item.f1 == pytest.approx(1 / 3)
    assert macro_score([]).f1 is None


@pytest.mark.parametrize(
    ("precision", "recall", "expected"),
    [(None, None, None), (None, 0.0, 0.0), (0.0, None, 0.0), (0.5, 1.0, 2 / 3)],
)
def test_f_score(precision: float | None, recall: float | None, expected: float | None) -> None:
    assert f_score(precision, recall) == expected


def test_recall_only_drops_the_rest() -> None:
    item = score(Counts(correct=1, missed=1, predicted_correct=1, spurious=8)).recall_only()
    assert (item.precision, item.recall, item.f1, item.predicted) == (None, 0.5, None, None)
    assert "spurious" not in item.to_json()


def test_count_items_uses_each_once() -> None:
    counts = count_items({"A": Counter([5, 5, 7])}, {"A": Counter([5, 7, 7]), "B": Counter([1])})
    assert counts["A"] == Counts(correct=2, missed=1, predicted_correct=2, spurious=1)
    assert counts["B"] == Counts(spurious=1)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(80, 80.0), (80.0, 80.0), (0.1 + 0.2, 0.3), (True, None), ("80", None), (None, None)],
)
def test_number_of(value: object, expected: float | None) -> None:
    assert number_of(value) == expected


def test_value_key() -> None:
    def key(label: str, **attributes: object) -> object:
        return value_key(Span(0, 1, "x", label, attributes))

    assert key("PERCENTAGE", value=80) == key("PERCENTAGE", value=80.0, kind="change")
    assert key("PERCENTAGE", value=80) != key("PERCENTAGE", low=80, high=80)
    assert key("DURATION", value=6, unit="week") != key("DURATION", value=6, unit="month")
    assert key("SAMPLE_SIZE", value=6, unit="studies") == key("SAMPLE_SIZE", value=6)
    assert key("ADVERSE_EVENT", assertion="present") is None
