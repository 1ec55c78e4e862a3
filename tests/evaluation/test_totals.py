"""The total sample size of a study, right or not."""

from __future__ import annotations

from absift.evaluation.sources import Pair
from absift.evaluation.totals import TotalScore, score_totals
from absift.records import Record, Span


def record(name: str, number: int | None) -> Record:
    if number is None:
        return Record(name, "no size here")
    text = f"{number} adults took part"
    attributes = {
        "value": number,
        "scope": "total",
        "stage": "enrolled",
        "unit": "participants",
    }
    size = Span(0, len(str(number)), str(number), "SAMPLE_SIZE", attributes)
    return Record(name, text, spans=(size,))


def test_totals_by_hand() -> None:
    pairs = [
        Pair(record("right", 20), record("right", 20)),
        Pair(record("wrong", 20), record("wrong", 21)),
        Pair(record("silent", 20), record("silent", None)),
        Pair(record("absent", 20), None),
        Pair(record("unasked", None), record("unasked", 9)),
        Pair(record("neither", None), record("neither", None)),
    ]
    item = score_totals(pairs)
    assert item == TotalScore(support=4, answered=2, correct=1, without_gold=2, unasked=1)
    assert (item.accuracy, item.coverage, item.accuracy_of_answered) == (0.25, 0.5, 0.5)


def test_no_total_in_gold_is_not_measured() -> None:
    item = score_totals([Pair(record("1", None), record("1", 5))])
    assert (item.accuracy, item.coverage, item.accuracy_of_answered) == (None, None, None)


def test_another_reading_of_the_total_can_be_given() -> None:
    pairs = [Pair(record("1", 20), record("1", 30))]
    assert score_totals(pairs, lambda _: 1).accuracy == 1.0
