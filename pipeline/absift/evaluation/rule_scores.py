"""Precision and recall of each rule by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from absift.evaluation.matching import Outcome

#: Stands for the rule of predicted spans that name none.
NO_RULE = "(no rule)"


@dataclass(frozen=True, slots=True)
class RuleScore:
    """How a rule did.

    Attributes:
        label: The label of the spans that it made.
        rule: Its id.
        correct: Its spans that equal a gold span in offsets and label.
        predicted: All its spans; ``None`` where the gold can't judge precision.
        support: All gold spans of the label.
    """

    label: str
    rule: str
    correct: int
    predicted: int | None
    support: int

    @property
    def precision(self) -> float | None:
        """Share of its spans that are correct."""
        return self.correct / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """Share of the label's gold spans that this rule produced."""
        return self.correct / self.support if self.support else None

    def to_json(self) -> dict[str, Any]:
        """Give the score as a JSON object with keys in a fixed order."""
        names = ("label", "rule", "precision", "recall", "correct", "predicted", "support")
        return {name: getattr(self, name) for name in names}


def score_rules(outcomes: Iterable[Outcome], *, recall_only: bool = False) -> list[RuleScore]:
    """Score each rule on the outcomes of the strict measure, by label and rule id."""
    support: Counter[str] = Counter()
    predicted: Counter[tuple[str, str]] = Counter()
    correct: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        if outcome.gold is not None:
            support[outcome.gold.label] += 1
        if outcome.predicted is not None:
            key = (outcome.predicted.label, outcome.predicted.rule or NO_RULE)
            predicted[key] += 1
            correct[key] += outcome.category == "correct"
    return [
        RuleScore(
            label, rule, correct[label, rule], None if recall_only else number, support[label]
        )
        for (label, rule), number in sorted(predicted.items())
    ]
