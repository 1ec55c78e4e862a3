"""Two evaluations side by side."""

from __future__ import annotations

import pytest

from absift.errors import InputError
from absift.evaluation.compare import compare
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.evaluation.runs import read_run
from absift.records import Record, Span


def span(start: int, rule: str | None = None, label: str = "DURATION", length: int = 4) -> Span:
    return Span(start, start + length, "x" * length, label, rule=rule)


def record(name: str, *spans: Span) -> Record:
    return Record(name, "x" * 60, spans=spans)


GOLD = [record("1", span(0), span(10), span(20)), record("2", span(0))]


def run(*predicted: Record, **options: object) -> EvaluationResult:
    return evaluate(GOLD, predicted, samples=0, **options)  # type: ignore[arg-type]


BEFORE = run(
    record("1", span(0, "a"), span(10, "b"), span(50, "b")), record("2", span(0, "a", length=3))
)
AFTER = run(record("1", span(0, "c"), span(20, "c"), span(40, "c")), record("2", span(0, "a")))


def test_spans_gained_and_lost_by_hand() -> None:
    comparison = compare(BEFORE, AFTER, samples=99)
    assert [(one.id, one.start, one.rule) for one in comparison.gained] == [
        ("1", 20, "c"),
        ("2", 0, "a"),
    ]
    assert [(one.id, one.start, one.rule) for one in comparison.lost] == [("1", 10, "b")]
    assert [(one.id, one.start, one.rule) for one in comparison.introduced] == [("1", 40, "c")]
    # The wrong boundary in document 2 was a false positive beside a missed span.
    assert [(one.id, one.start, one.end, one.rule) for one in comparison.resolved] == [
        ("1", 50, 54, "b"),
        ("2", 0, 3, "a"),
    ]
    assert comparison.notes == ()


def test_the_change_of_scores_by_hand() -> None:
    changes = {change.label: change for change in compare(BEFORE, AFTER, samples=99).labels}
    assert list(changes) == ["DURATION", "micro", "macro"]
    item = changes["DURATION"]
    assert (item.previous.f1, item.current.f1) == (2 * 2 / 8, 2 * 3 / 8)
    assert item.change("f1") == 0.25
    assert item.change("recall") == 0.25
    assert item.p is not None
    assert item.p > 0.2
    assert changes["macro"].p is None


def test_a_run_against_itself() -> None:
    comparison = compare(AFTER, AFTER, samples=99)
    changed = (comparison.gained, comparison.lost, comparison.introduced, comparison.resolved)
    assert changed == ((), (), (), ())
    assert [change.change("f1") for change in comparison.labels] == [0.0, 0.0, 0.0]
    assert [change.p for change in comparison.labels] == [1.0, 1.0, None]


def test_the_json_of_a_run_stands_for_it() -> None:
    again = read_run(BEFORE.dumps(), "run.json")
    assert compare(again, AFTER, samples=99) == compare(BEFORE, AFTER, samples=99)


def test_going_back_swaps_gained_and_lost() -> None:
    there, back = compare(BEFORE, AFTER, samples=99), compare(AFTER, BEFORE, samples=99)
    assert [one.start for one in back.lost] == [one.start for one in there.gained]
    assert [one.rule for one in back.introduced] == [one.rule for one in there.resolved]


def test_only_what_both_have_is_compared() -> None:
    wider = evaluate([*GOLD, record("3", span(5))], [record("1"), record("3")], samples=0)
    comparison = compare(BEFORE, wider, samples=99)
    assert comparison.documents == 2
    assert {one.id for one in comparison.lost} == {"1"}
    assert comparison.notes == (
        "1 documents are only in the later evaluation and were left out: 3",
    )


def test_changed_gold_is_said() -> None:
    gold = [record("1", span(0)), GOLD[1]]
    later = evaluate(gold, [record("1"), record("2")], samples=0)
    (note,) = compare(BEFORE, later, samples=99).notes
    assert note.startswith("the gold spans of 1 documents differ")


def test_equal_spans_are_told_apart() -> None:
    gold = [record("1", span(0), span(0))]
    both = evaluate(gold, [record("1", span(0, "a"), span(0, "b"))], samples=0)
    single = evaluate(gold, [record("1", span(0, "a"))], samples=0)
    assert len(compare(single, both, samples=9).gained) == 1
    assert len(compare(both, single, samples=9).lost) == 1


def test_recall_only_runs_compare_recall() -> None:
    before = run(record("1", span(0), span(30)), record("2"), recall_only=True)
    after = run(record("1", span(0), span(10)), record("2"), recall_only=True)
    comparison = compare(before, after, samples=99)
    assert comparison.labels[0].change("recall") == 0.25
    assert comparison.labels[0].change("f1") is None
    assert (comparison.introduced, comparison.resolved) == ((), ())


def test_runs_that_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="differ in recall only: False and True"):
        compare(BEFORE, run(record("1"), recall_only=True))
    other = evaluate([record("9", span(0))], [record("9")], samples=0)
    with pytest.raises(InputError, match="no document in common"):
        compare(BEFORE, other)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"{", "run.json: not JSON"),
        (b"[]", "not the JSON of an evaluation; write one with --json"),
        (b'{"a": 1}', "not the JSON of an evaluation"),
        (b'{"schema": 99}', "has schema 99, this version reads 1"),
        (b'{"schema": 1, "labels": []}', "lacks headline, recall_only, documents, scores, spans"),
    ],
)
def test_a_file_that_is_no_run(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_run(data, "run.json")


def test_rows_that_are_no_rows() -> None:
    broken = {**BEFORE.to_json(), "spans": [{"id": "1"}]}
    with pytest.raises(InputError, match="not the JSON of an evaluation"):
        compare(broken, AFTER)


def test_json_form() -> None:
    data = compare(BEFORE, AFTER, samples=99).to_json()
    assert data["labels"][0]["f1"] == {"previous": 0.5, "current": 0.75, "change": 0.25}
    assert data["lost"] == [
        {"id": "1", "label": "DURATION", "start": 10, "end": 14, "text": "xxxx", "rule": "b"}
    ]
