"""What the terminal shows."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from absift.evaluation.compare import compare
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.evaluation.table import (
    bounds,
    change_lines,
    comparison_table,
    error_lines,
    evaluation_tables,
    figure,
)
from absift.records import Record, Span

LONG = "adverse_event.a_rule_with_a_name_that_goes_on_and_on_beyond_any_terminal"


def record(name: str, predicted: bool) -> Record:
    text = "27 adults; nausea [bold] in 70% at week 4"
    spans = [
        Span(0, 2, "27", "SAMPLE_SIZE", {"value": 27, "scope": "arm" if predicted else "total"}),
        Span(11, 17, "nausea", "ADVERSE_EVENT", {"assertion": "present"}, LONG),
        Span(28, 31, "70%", "PERCENTAGE", {"value": 70, "numerator": 19}),
    ]
    if not predicted:
        spans.append(Span(35, 41, "week 4", "DURATION", {"value": 4}))
        spans.append(Span(18, 24, "[bold]", "OWN_[LABEL]"))
    return Record(name, text, spans=tuple(spans))


def result(**options: object) -> EvaluationResult:
    gold, predicted = ([record(name, side) for name in "abc"] for side in (False, True))
    return evaluate(gold, predicted, samples=50, **options)  # type: ignore[arg-type]


def shown(*tables: object) -> str:
    console = Console(width=80, file=io.StringIO())
    for table in tables:
        console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("value", "text"), [(None, "n/a"), (0.0, "0.000"), (2 / 3, "0.667")])
def test_figure(value: float | None, text: str) -> None:
    assert figure(value) == text


def test_bounds() -> None:
    assert bounds((0.1, 0.25)) == "[0.100, 0.250]"
    assert bounds(None) == ""


def test_everything_fits_80_columns_and_is_there() -> None:
    text = shown(*evaluation_tables(result(), rules=True))
    assert max(map(len, text.splitlines())) <= 80
    for part in (
        "Strict",
        "partial",
        "value",
        "commonest confusion",
        "total > arm (3)",
        "Assert",
        "numerator",
        "without arm",
        "coverage",
        "Rules",
        "OWN_[LABEL]",
    ):
        assert part in text
    assert "…" not in text


def test_nothing_to_measure_shows_as_not_available() -> None:
    text = shown(*evaluation_tables(result(labels=["DURATION"])))
    row = next(line for line in text.splitlines() if line.strip().startswith("DURATION"))
    # Nothing was predicted: no precision; and with it recall and F1 are 0.
    assert row.split()[:4] == ["DURATION", "n/a", "0.000", "0.000"]


def test_recall_only_shows_no_precision() -> None:
    text = shown(*evaluation_tables(result(recall_only=True)))
    head = text.splitlines()[2].split()
    assert head == ["R", "[95%", "CI]", "support"]
    assert "Recall by other measures" in text


def test_comparison() -> None:
    gold = [record(name, False) for name in "abc"]
    comparison = compare(evaluate(gold, gold, samples=0), result(), samples=99)
    text = shown(comparison_table(comparison))
    assert max(map(len, text.splitlines())) <= 80
    row = next(line for line in text.splitlines() if "DURATION" in line)
    assert row.split()[:4] == ["DURATION", "1.000>n/a", "1.000>0.000", "1.000>0.000"]
    lines = change_lines("Lost", comparison.lost)
    assert lines[0] == "Lost: 6 (- 6)"
    assert "  a  35-41  DURATION  'week 4'" in lines
    assert change_lines("Lost", []) == []


def test_error_lines() -> None:
    lines = error_lines(result().rows)
    assert "attributes  a  0-2  SAMPLE_SIZE" in lines
    assert "    scope: total > arm" in lines
    assert "missed  a  35-41  DURATION" in lines
    assert "    …27 adults; nausea [bold] in 70% at [[week 4]]…" in lines
    assert not any(line.startswith("correct") for line in lines)


def test_error_lines_of_a_wrong_label_and_boundary() -> None:
    text = "for 6 weeks\nmore"
    gold = Record("1", text, spans=(Span(4, 11, "6 weeks", "DURATION"),))
    wrong = Record("1", text, spans=(Span(4, 5, "6", "SAMPLE_SIZE", rule="size"),))
    assert error_lines(evaluate([gold], [wrong], samples=0).rows) == [
        "incorrect  1  4-11  DURATION > SAMPLE_SIZE  size",
        "    …for [[6 weeks]]/more…",
        "    predicted '6'",
    ]
