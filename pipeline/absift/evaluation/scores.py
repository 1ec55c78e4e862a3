"""Precision, recall and F1 from the categories of spans.

With the terms of SemEval-2013 task 9.1: POS = COR + INC + PAR + MIS is the number of
gold spans, ACT = COR + INC + PAR + SPU that of predicted ones, precision is
(COR + PAR / 2) / ACT and recall (COR + PAR / 2) / POS.

A score with nothing to measure is ``None``, never 0 or 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from absift.evaluation.matching import Outcome
from absift.records import DURATION, Span

MICRO = "micro"
MACRO = "macro"

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many spans of a label fell into each category, seen from either side.

    A pair may join two labels; then it counts for the gold's label on the gold side and
    for the predicted label on the other, and the two sides of one label differ.

    Attributes:
        correct: Gold spans of the label that were matched correctly (COR).
        incorrect: Gold spans paired incorrectly (INC).
        partial: Gold spans paired partially (PAR).
        missed: Gold spans without a partner (MIS).
        predicted_correct: Predicted spans of the label that were matched correctly.
        predicted_incorrect: Predicted spans paired incorrectly.
        predicted_partial: Predicted spans paired partially.
        spurious: Predicted spans without a partner (SPU).
    """

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    predicted_correct: int = 0
    predicted_incorrect: int = 0
    predicted_partial: int = 0
    spurious: int = 0

    @property
    def possible(self) -> int:
        """Number of gold spans (POS)."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def actual(self) -> int:
        """Number of predicted spans (ACT)."""
        return (
            self.predicted_correct
            + self.predicted_incorrect
            + self.predicted_partial
            + self.spurious
        )

    @property
    def gold_credit(self) -> float:
        """COR + PAR / 2 of the gold side, the numerator of recall."""
        return self.correct + self.partial / 2

    @property
    def predicted_credit(self) -> float:
        """COR + PAR / 2 of the predicted side, the numerator of precision."""
        return self.predicted_correct + self.predicted_partial / 2

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(a + b for a, b in zip(self.values(), other.values(), strict=True)))

    def values(self) -> tuple[int, ...]:
        """Give the eight counts in the order of the fields."""
        return tuple(getattr(self, name) for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 of a label, or of all together.

    Attributes:
        precision: Share of the predicted that is right, 0 to 1; ``None`` if none is predicted.
        recall: Share of the gold that is found, 0 to 1; ``None`` if there is no gold.
        f1: Their harmonic mean; ``None`` if there is neither gold nor prediction.
        support: Number of gold items (POS).
        predicted: Number of predicted items (ACT); ``None`` where the gold can't judge them.
        counts: The categories behind the score; ``None`` for a mean of scores.
        intervals: Bounds of ``precision``, ``recall`` and ``f1``, where they were computed.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    support: int
    predicted: int | None
    counts: Counts | None = None
    intervals: Mapping[str, Interval | None] = field(default_factory=dict)

    def recall_only(self) -> Score:
        """Leave out what a gold that doesn't mark everything can't support."""
        bounds = {name: pair for name, pair in self.intervals.items() if name == "recall"}
        return Score(None, self.recall, None, self.support, None, None, bounds)

    def to_json(self) -> dict[str, Any]:
        """Give the score as a JSON object with keys in a fixed order."""
        counts = self.counts
        out: dict[str, Any] = {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "support": self.support,
            "predicted": self.predicted,
        }
        if counts is not None:
            out |= {
                "correct": counts.correct,
                "incorrect": counts.incorrect,
                "partial": counts.partial,
                "missed": counts.missed,
                "spurious": counts.spurious,
            }
        out["intervals"] = {
            name: list(pair) if pair else None for name, pair in self.intervals.items()
        }
        return out


def f_score(precision: float | None, recall: float | None) -> float | None:
    """Give the harmonic mean of precision and recall (van Rijsbergen 1979).

    Where only one of the two can be measured nothing was found, or there was nothing to
    find and something was: F1 is then 0, as 2 COR / (POS + ACT) says.
    """
    if precision is None and recall is None:
        return None
    if not precision or not recall:
        return 0.0
    return 2 * precision * recall / (precision + recall)


def score(counts: Counts) -> Score:
    """Give precision, recall and F1 of some counts."""
    precision = counts.predicted_credit / counts.actual if counts.actual else None
    recall = counts.gold_credit / counts.possible if counts.possible else None
    return Score(
        precision, recall, f_score(precision, recall), counts.possible, counts.actual, counts
    )


def macro_score(scores: Iterable[Score]) -> Score:
    """Give the unweighted mean over labels of each figure, leaving out those that are ``None``."""
    scores = list(scores)
    return Score(
        precision=_mean([item.precision for item in scores]),
        recall=_mean([item.recall for item in scores]),
        f1=_mean([item.f1 for item in scores]),
        support=sum(item.support for item in scores),
        predicted=sum(item.predicted or 0 for item in scores),
    )


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def count_outcomes(outcomes: Iterable[Outcome]) -> dict[str, Counts]:
    """Count outcomes by label, the gold side by the gold's label, the other by the predicted."""
    gold: Counter[tuple[str, str]] = Counter()
    predicted: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        if outcome.gold is not None:
            gold[outcome.gold.label, outcome.category] += 1
        if outcome.predicted is not None:
            predicted[outcome.predicted.label, outcome.category] += 1
    labels = sorted({label for label, _ in gold} | {label for label, _ in predicted})
    return {
        label: Counts(
            *(gold[label, name] for name in ("correct", "incorrect", "partial", "missed")),
            *(predicted[label, name] for name in ("correct", "incorrect", "partial", "spurious")),
        )
        for label in labels
    }


def count_items(
    gold: Mapping[str, Counter[Any]], predicted: Mapping[str, Counter[Any]]
) -> dict[str, Counts]:
    """Count items that are equal or not, one to one, under each key of the mappings.

    Used for values, links and rates, which have no offsets of their own to overlap.
    """
    counts = {}
    for key in sorted(set(gold) | set(predicted)):
        one, other = gold.get(key, Counter()), predicted.get(key, Counter())
        hits = (one & other).total()
        counts[key] = Counts(
            correct=hits,
            missed=one.total() - hits,
            predicted_correct=hits,
            spurious=other.total() - hits,
        )
    return counts


def total(counts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    return sum(counts, Counts())


def number_of(value: Any) -> float | None:  # noqa: ANN401 - any JSON value
    """Give a JSON number as a float such that 80 equals 80.0; ``None`` if it isn't one.

    Nine decimals are kept, so that the noise of a float sum doesn't part equal figures.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return round(float(value), 9)


def value_key(span: Span) -> tuple[Any, ...] | None:
    """Give what makes two spans of a label state the same number, wherever they stand.

    That is ``value``, or ``low`` and ``high``, and the ``unit`` of a duration. ``None`` for a
    span without a number.
    """
    numbers = tuple(number_of(span.attributes.get(name)) for name in ("value", "low", "high"))
    if not any(number is not None for number in numbers):
        return None
    unit = span.attributes.get("unit") if span.label == DURATION else None
    return (*numbers, unit)
