"""The laws that every evaluation must keep."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.records import Record, Span

LABELLED = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.integers(1, 8),
        st.sampled_from(["DURATION", "PERCENTAGE"]),
        st.integers(1, 3),
    ),
    max_size=5,
)
DOCUMENTS = st.lists(st.tuples(LABELLED, LABELLED), min_size=1, max_size=4)


def records(
    side: int, documents: list[tuple[list[tuple[int, int, str, int]], ...]]
) -> list[Record]:
    text = "x" * 30
    return [
        Record(
            str(number),
            text,
            spans=tuple(
                Span(start, start + length, text[:length], label, {"value": value})
                for start, length, label, value in document[side]
            ),
        )
        for number, document in enumerate(documents)
    ]


def figures(result: EvaluationResult) -> dict[tuple[str, str], tuple[float | None, ...]]:
    return {
        (measure, label): (item.precision, item.recall, item.f1)
        for measure, by_label in result.scores.items()
        for label, item in by_label.items()
    }


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_gold_against_itself_is_1_or_not_measured(
    documents: list[tuple[list[tuple[int, int, str, int]], ...]],
) -> None:
    gold = records(0, documents)
    result = evaluate(gold, gold, samples=0)
    spans = sum(len(record.spans) for record in gold)
    assert {v for row in figures(result).values() for v in row} <= {1.0, None}
    assert result.scores["strict"]["micro"].f1 == (1.0 if spans else None)
    accuracies = [item.accuracy for row in result.attributes.values() for item in row.values()]
    assert set(accuracies) <= {1.0}


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_swapping_gold_and_prediction_swaps_precision_and_recall(
    documents: list[tuple[list[tuple[int, int, str, int]], ...]],
) -> None:
    gold, predicted = records(0, documents), records(1, documents)
    there, back = (
        figures(evaluate(one, other, samples=0))
        for one, other in ((gold, predicted), (predicted, gold))
    )
    assert there.keys() == back.keys()
    for key, (precision, recall, f1) in there.items():
        if key[0] != "value":  # a gold that gives no numbers at all isn't scored by value
            assert back[key][:2] == pytest.approx((recall, precision))
            assert back[key][2] == pytest.approx(f1)


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS, st.integers(0, 99))
def test_shuffling_documents_and_spans_changes_nothing(
    documents: list[tuple[list[tuple[int, int, str, int]], ...]], seed: int
) -> None:
    gold, predicted = records(0, documents), records(1, documents)
    order = random.Random(seed)

    def mixed(items: list[Record]) -> list[Record]:
        items = [
            replace(item, spans=tuple(order.sample(item.spans, len(item.spans)))) for item in items
        ]
        return order.sample(items, len(items))

    before = evaluate(gold, predicted, samples=0)
    after = evaluate(mixed(gold), mixed(predicted), samples=0)
    assert figures(before) == figures(after)
    assert before.attributes == after.attributes
    assert sorted(map(repr, before.rows)) == sorted(map(repr, after.rows))
