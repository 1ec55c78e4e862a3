"""A small evaluation in which every kind of span occurs; the studies are made up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.records import Record, Span

TITLE = "Zeltrine for 𝒙 fever"
BODY = "Methods: 40 adults took it for 6 weeks.\nResults: nausea in 5 (12.5%) <of> them."
TEXT = f"{TITLE}\n{BODY}"


def span(words: str, label: str, rule: str | None = None, **attributes: object) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words, label, attributes, rule)


@dataclass(frozen=True)
class Case:
    """Gold, predictions and their evaluation."""

    gold: list[Record]
    predicted: list[Record]
    result: EvaluationResult


def _record(name: str, spans: tuple[Span, ...], **meta: str) -> Record:
    return Record(name, TEXT, TITLE, spans=spans, meta=meta)


@pytest.fixture(scope="session")
def case() -> Case:
    size: Mapping[str, Any] = {"value": 40, "scope": "total", "unit": "participants"}
    gold = [
        _record(
            "a",
            (
                span("40", "SAMPLE_SIZE", **size),
                span("6 weeks", "DURATION", value=6, unit="week"),
                span("nausea", "ADVERSE_EVENT", assertion="present"),
                span("12.5%", "PERCENTAGE", value=12.5, numerator=5),
            ),
            design="cohort",
        ),
        _record("b", (span("40", "SAMPLE_SIZE", **size),), design="cohort"),
        _record("c<", (span("6 weeks", "DURATION", value=6, unit="week"),), design="trial"),
    ]
    predicted = [
        _record(
            "a",
            (
                span("40", "SAMPLE_SIZE", "size.n", **{**size, "scope": "arm"}),
                span("6", "SAMPLE_SIZE", "size.any", value=6, scope="arm"),
                span("nausea in", "ADVERSE_EVENT", "harm.x", assertion="absent"),
            ),
        ),
        _record("b", (span("40", "SAMPLE_SIZE", "size.n", **size),)),
        _record(
            "c<",
            (
                span("6 weeks", "DURATION", "time.plain", value=6, unit="week"),
                span("5", "SAMPLE_SIZE", "size.any", value=5, scope="arm"),
            ),
        ),
    ]
    return Case(gold, predicted, evaluate(gold, predicted, samples=50))


def section_of(record: Record, offset: int) -> str | None:
    """Tell sections by their heads, which all records of the case share."""
    if offset < record.text.index("Methods"):
        return "title"
    return "methods" if offset < record.text.index("Results") else "results"


@pytest.fixture(scope="session")
def sections() -> Any:  # noqa: ANN401 - a function
    return section_of
