"""Accuracy and confusion of each attribute on the spans that were found exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from absift.evaluation.matching import Outcome
from absift.evaluation.scores import Counts, Score, number_of, score
from absift.records import ADVERSE_EVENT, ATTRIBUTES, Record, Span

#: What the absence of an attribute means by the annotation guidelines.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    ADVERSE_EVENT: {"generic": False, "serious": False, "grade": "none"}
}
ABSENT = "(absent)"

#: Attributes that are scored as links instead (see :mod:`absift.evaluation.links`).
_LINKED = frozenset({"rates"})


@dataclass(frozen=True, slots=True)
class AttributeScore:
    """How often an attribute was right.

    Attributes:
        correct: Number of strictly matched spans whose attribute equals the gold's.
        support: Number of strictly matched spans where gold or prediction gives the
            attribute, or where the guidelines say what its absence means.
        confusion: Gold value to predicted value to number of spans.
    """

    correct: int
    support: int
    confusion: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def accuracy(self) -> float | None:
        """Share that is correct, 0 to 1; ``None`` without any span."""
        return self.correct / self.support if self.support else None

    def to_json(self) -> dict[str, Any]:
        """Give the score as a JSON object with keys in a fixed order."""
        return {
            "accuracy": self.accuracy,
            "correct": self.correct,
            "support": self.support,
            "confusion": {gold: dict(row) for gold, row in self.confusion.items()},
        }


def attribute_key(span: Span, name: str) -> str:
    """Give an attribute as text for comparison and display: 80.0 and 80 both as ``80``.

    An absent attribute gives the meaning of its absence, or :data:`ABSENT`.
    """
    value = span.attributes.get(name)
    if value is None:
        value = DEFAULTS.get(span.label, {}).get(name)
    if value is None:
        return ABSENT
    if isinstance(value, bool):
        return "true" if value else "false"
    number = number_of(value)
    if number is not None:
        return str(int(number)) if number.is_integer() else str(number)
    if isinstance(value, str):
        return value
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=str).decode()


def measured_attributes(gold: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """Give the attributes of each label that a gold set can judge.

    Those are the ones that some gold span of the label carries, and those whose absence
    means something, as long as the label's spans carry any attribute at all.
    """
    seen: dict[str, set[str]] = {}
    for record in gold:
        for span in record.spans:
            seen.setdefault(span.label, set()).update(span.attributes)
    measured = {}
    for label, names in sorted(seen.items()):
        if names:
            names = (names | set(DEFAULTS.get(label, ()))) - _LINKED
        order = ATTRIBUTES.get(label, ())
        known = tuple(name for name in order if name in names)
        measured[label] = known + tuple(sorted(names - set(order)))
    return measured


def wrong_attributes(gold: Span, predicted: Span, names: Sequence[str]) -> list[str]:
    """Give those of the named attributes in which two spans differ."""
    return [name for name in names if attribute_key(gold, name) != attribute_key(predicted, name)]


def score_attributes(
    outcomes: Iterable[Outcome], measured: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, AttributeScore]]:
    """Score each attribute of each label on the correct pairs of the strict measure.

    Args:
        outcomes: Outcomes of the strict measure over all documents.
        measured: The attributes to score, by label.
    """
    tables: dict[str, dict[str, Counter[tuple[str, str]]]] = {
        label: {name: Counter() for name in names} for label, names in measured.items()
    }
    for outcome in outcomes:
        gold, predicted = outcome.gold, outcome.predicted
        if outcome.category != "correct" or gold is None or predicted is None:
            continue
        for name, table in tables.get(gold.label, {}).items():
            pair = (attribute_key(gold, name), attribute_key(predicted, name))
            if pair != (ABSENT, ABSENT):
                table[pair] += 1
    return {
        label: {name: _score(table) for name, table in by_name.items()}
        for label, by_name in tables.items()
    }


def _score(table: Counter[tuple[str, str]]) -> AttributeScore:
    confusion: dict[str, dict[str, int]] = {}
    for (gold, predicted), number in sorted(table.items()):
        confusion.setdefault(gold, {})[predicted] = number
    correct = sum(number for (gold, predicted), number in table.items() if gold == predicted)
    return AttributeScore(correct, table.total(), confusion)


def score_by_value(confusion: Mapping[str, Mapping[str, int]]) -> dict[str, Score]:
    """Give precision, recall and F1 of each value of an attribute from its confusion table."""
    values = sorted(set(confusion) | {value for row in confusion.values() for value in row})
    scores = {}
    for value in values:
        row = confusion.get(value, {})
        hits = row.get(value, 0)
        column = sum(other.get(value, 0) for other in confusion.values())
        scores[value] = score(
            Counts(
                correct=hits,
                missed=sum(row.values()) - hits,
                predicted_correct=hits,
                spurious=column - hits,
            )
        )
    return scores
