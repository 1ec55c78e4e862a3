"""Conditions that end a run with exit code 1."""

from __future__ import annotations

import pytest

from absift.errors import InputError
from absift.evaluation.compare import compare
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.evaluation.thresholds import below, headline_name, parse_thresholds, worse
from absift.records import Record, Span


def record(*places: tuple[int, str]) -> Record:
    spans = tuple(Span(start, start + 2, "xx", label) for start, label in places)
    return Record("1", "x" * 40, spans=spans)


GOLD = record((0, "DURATION"), (5, "DURATION"), (9, "PERCENTAGE"))


def run(*places: tuple[int, str], recall_only: bool = False) -> EvaluationResult:
    return evaluate([GOLD], [record(*places)], samples=0, recall_only=recall_only)


# DURATION: 1 of 2 found, 1 predicted: F1 2/3. PERCENTAGE: F1 1. Macro 5/6, micro 4/5.
RESULT = run((0, "DURATION"), (9, "PERCENTAGE"))


@pytest.mark.parametrize(
    ("condition", "failure"),
    [
        ("DURATION=0.66", None),
        ("DURATION=0.67", "DURATION: strict F1 0.6667 is below 0.67"),
        ("PERCENTAGE=1", None),
        ("MICRO=0.8", None),
        ("micro=0.81", "micro: strict F1 0.8000 is below 0.81"),
        ("MACRO=0.84", "macro: strict F1 0.8333 is below 0.84"),
    ],
)
def test_below(condition: str, failure: str | None) -> None:
    assert below(RESULT, parse_thresholds([condition])) == ([failure] if failure else [])


def test_what_is_not_measured_meets_no_condition() -> None:
    result = evaluate([GOLD], [GOLD], labels=["SAMPLE_SIZE"], samples=0)
    assert below(result, {"SAMPLE_SIZE": 0.0}) == ["SAMPLE_SIZE: strict F1 n/a is below 0"]


def test_a_label_that_was_not_scored_is_an_error() -> None:
    with pytest.raises(InputError, match="COUNT was not scored; there are PERCENTAGE, DURATION"):
        below(RESULT, {"COUNT": 0.5})


@pytest.mark.parametrize(
    "text",
    [
        "DURATION",
        "DURATION=",
        "=0.5",
        "DURATION=x",
        "DURATION=1.1",
        "DURATION=-0.1",
        "DURATION=nan",
    ],
)
def test_a_condition_of_another_form(text: str) -> None:
    with pytest.raises(InputError, match="give a label and a share"):
        parse_thresholds([text])


def test_recall_only_gold_is_held_to_recall() -> None:
    result = run((0, "DURATION"), recall_only=True)
    assert headline_name(result) == "strict recall"
    assert below(result, {"DURATION": 0.5}) == []
    assert below(result, {"DURATION": 0.6}) == ["DURATION: strict recall 0.5000 is below 0.6"]


def test_worse_names_the_labels_that_fell() -> None:
    better = run((0, "DURATION"), (5, "DURATION"), (9, "PERCENTAGE"))
    comparison = compare(better, RESULT, samples=9)
    assert worse(comparison) == {"DURATION": "DURATION: strict F1 fell from 1.0000 to 0.6667"}
    assert worse(comparison, tolerance=0.4) == {}
    assert worse(comparison, tolerance=0.3) != {}
    assert worse(compare(RESULT, better, samples=9)) == {}
    assert worse(compare(RESULT, RESULT, samples=9)) == {}
