"""The result of an evaluation, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from absift._version import __version__
from absift.evaluation.attributes import AttributeScore
from absift.evaluation.errors import ErrorRow
from absift.evaluation.rule_scores import RuleScore
from absift.evaluation.scores import Score
from absift.evaluation.totals import TotalScore

#: Version of the JSON form; raised when a reader of the old form would misread the new one.
SCHEMA = 1

Scores = Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """All that an evaluation found.

    Attributes:
        profile: Name of the gold set's profile; empty for a full gold set.
        recall_only: Whether precision was left out, since the gold can't support it.
        headline: The measure that rows, thresholds and comparisons are about.
        labels: The labels scored.
        documents: Ids of the gold records in their order.
        without_prediction: Ids of gold records without prediction.
        without_gold: Ids of predictions without gold, which were left out.
        notes: What a reader should know to read the scores rightly.
        samples: Bootstrap samples behind the intervals; 0 for none.
        seed: Their seed.
        scores: By measure, then by label with ``micro`` and ``macro`` last.
        attributes: By label, then by attribute.
        links: Scores of percentages' ``numerator``, ``denominator`` and ``both``.
        rates: Scores of adverse-event rates ``with_arm`` and ``without_arm``.
        assertion: Scores of each value of assertion on strictly matched events.
        totals: Agreement on the total sample size; ``None`` where the gold can't tell.
        rules: Scores of each rule.
        rows: Every gold and predicted span, by document in text order.
    """

    profile: str
    recall_only: bool
    headline: str
    labels: tuple[str, ...]
    documents: tuple[str, ...]
    without_prediction: tuple[str, ...]
    without_gold: tuple[str, ...]
    notes: tuple[str, ...]
    samples: int
    seed: int
    scores: Mapping[str, Scores]
    attributes: Mapping[str, Mapping[str, AttributeScore]]
    links: Scores
    rates: Scores
    assertion: Scores
    totals: TotalScore | None
    rules: tuple[RuleScore, ...]
    rows: tuple[ErrorRow, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the result as a JSON object with keys in a fixed order."""
        return {
            "schema": SCHEMA,
            "absift": __version__,
            "profile": self.profile,
            "recall_only": self.recall_only,
            "headline": self.headline,
            "labels": list(self.labels),
            "documents": list(self.documents),
            "without_prediction": list(self.without_prediction),
            "without_gold": list(self.without_gold),
            "notes": list(self.notes),
            "samples": self.samples,
            "seed": self.seed,
            "scores": {measure: _scores(by_label) for measure, by_label in self.scores.items()},
            "attributes": {
                label: {name: item.to_json() for name, item in by_name.items()}
                for label, by_name in self.attributes.items()
            },
            "links": _scores(self.links),
            "rates": _scores(self.rates),
            "assertion": _scores(self.assertion),
            "totals": self.totals.to_json() if self.totals else None,
            "rules": [rule.to_json() for rule in self.rules],
            "spans": [row.to_json() for row in self.rows],
        }

    def dumps(self) -> bytes:
        """Write the JSON form, indented."""
        return orjson.dumps(self.to_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _scores(scores: Scores) -> dict[str, Any]:
    return {name: item.to_json() for name, item in scores.items()}
