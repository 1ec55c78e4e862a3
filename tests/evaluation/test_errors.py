"""Rows of spans with what became of them."""

from __future__ import annotations

import csv
import io

import orjson
import pytest

from absift.evaluation.errors import FIELDS, error_row, to_csv, to_jsonl
from absift.evaluation.matching import Outcome, match_spans
from absift.records import Span

TEXT = "a" * 100 + "nausea" + "b" * 100


def span(start: int, end: int, label: str = "A", **more: object) -> Span:
    attributes = {"grade": more["grade"]} if "grade" in more else {}
    rule, section = (more.get(key) for key in ("rule", "section"))
    return Span(
        start,
        end,
        TEXT[start:end],
        label,
        attributes,
        str(rule) if rule else None,
        str(section) if section else None,
    )


@pytest.mark.parametrize(
    ("gold", "predicted", "category"),
    [
        (span(100, 106), span(100, 106), "correct"),
        (span(100, 106), span(100, 105), "partial"),
        (span(100, 106), span(100, 106, "B"), "incorrect"),
        (span(100, 106), span(100, 105, "B"), "incorrect"),
    ],
)
@pytest.mark.parametrize("measure", ["strict", "type"])
def test_the_category_tells_boundary_from_label(
    gold: Span, predicted: Span, category: str, measure: str
) -> None:
    (outcome,) = match_spans([gold], [predicted], measure)  # type: ignore[arg-type]
    assert error_row("1", TEXT, outcome, {}).category == category


def test_a_row_by_hand() -> None:
    gold = span(100, 106, grade="3")
    predicted = span(100, 105, rule="a.one", section="results")
    row = error_row("7", TEXT, Outcome("incorrect", gold, predicted), {"A": ("grade",)})
    assert row.to_json() == {
        "id": "7",
        "category": "partial",
        "label": "A",
        "start": 100,
        "end": 106,
        "text": "nausea",
        "predicted_label": "A",
        "predicted_start": 100,
        "predicted_end": 105,
        "predicted_text": "nause",
        "rule": "a.one",
        "section": "results",
        "wrong": "grade: 3 > (absent)",
        "before": "a" * 60,
        "after": "b" * 60,
    }


def test_spurious_and_missed_rows_and_short_contexts() -> None:
    spurious = error_row("1", "ab 5 c", Outcome("spurious", None, Span(3, 4, "5", "A")), {})
    assert (spurious.label, spurious.before, spurious.after) == ("A", "ab ", " c")
    missed = error_row("1", "ab 5 c", Outcome("missed", Span(3, 4, "5", "A"), None), {})
    assert (missed.predicted_label, missed.rule, missed.wrong) == (None, None, "")


def test_an_empty_outcome_is_refused() -> None:
    with pytest.raises(ValueError, match="a gold span, a predicted span or both"):
        error_row("1", "", Outcome("missed", None, None), {})


def test_csv_and_jsonl_hold_every_row() -> None:
    text = '=1+1, "quoted"\nline'
    outcomes = match_spans([Span(0, 4, "=1+1", "A")], [Span(15, 19, "line", "A")])
    rows = [error_row("1", text, outcome, {}) for outcome in outcomes]
    table = list(csv.reader(io.StringIO(to_csv(rows).decode())))
    assert table[0] == list(FIELDS)
    assert [line[1] for line in table[1:]] == ["missed", "spurious"]
    # A spreadsheet would run a cell that begins with a sign of equality.
    assert table[1][FIELDS.index("text")] == "'=1+1"
    assert table[1][FIELDS.index("after")] == ', "quoted"\nline'
    lines = [orjson.loads(line) for line in to_jsonl(rows).splitlines()]
    assert lines == [row.to_json() for row in rows]
    assert lines[0]["text"] == "=1+1"
