"""Counts by document, and the scores of one measure from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from absift.evaluation.matching import Outcome
from absift.evaluation.scores import (
    MACRO,
    MICRO,
    Counts,
    Score,
    count_items,
    count_outcomes,
    macro_score,
    score,
    total,
    value_key,
)
from absift.evaluation.sources import Pair
from absift.records import Span

if TYPE_CHECKING:
    from absift.evaluation.intervals import Floats

#: For each document, the counts of each label that occurs in it.
ByDocument = list[dict[str, Counts]]


def tally_spans(outcomes: Iterable[Sequence[Outcome]]) -> ByDocument:
    """Count the outcomes of a measure, document by document."""
    return [count_outcomes(document) for document in outcomes]


def tally_values(pairs: Iterable[Pair]) -> ByDocument:
    """Count equal numbers, document by document, whatever the offsets.

    Two spans of a document agree if they have the same label and state the same number
    (:func:`~absift.evaluation.scores.value_key`), whether they overlap or not; each is
    used once. Spans without a number take no part. A label of whose gold spans none has
    a number isn't counted at all: its gold doesn't annotate numbers.
    """
    pairs = list(pairs)
    plain = _labels_without_numbers(span for pair in pairs for span in pair.gold.spans)
    return [
        count_items(_values(pair.gold.spans, plain), _values(pair.predicted_spans, plain))
        for pair in pairs
    ]


def _labels_without_numbers(spans: Iterable[Span]) -> set[str]:
    labels, numbered = set(), set()
    for span in spans:
        labels.add(span.label)
        if value_key(span) is not None:
            numbered.add(span.label)
    return labels - numbered


def _values(spans: Iterable[Span], leave_out: set[str]) -> dict[str, Counter[Any]]:
    values: dict[str, Counter[Any]] = {}
    for span in spans:
        key = value_key(span)
        if key is not None and span.label not in leave_out:
            values.setdefault(span.label, Counter())[key] += 1
    return values


def score_measure(
    by_document: ByDocument,
    labels: Sequence[str],
    *,
    weights: Floats | None = None,
    recall_only: bool = False,
) -> dict[str, Score]:
    """Score each label, ``micro`` (over all spans) and ``macro`` (the mean over labels).

    Args:
        by_document: The counts of each document by label.
        labels: The labels to score, in the order of the result.
        weights: Bootstrap samples for intervals; none without.
        recall_only: Leave out precision and F1.
    """
    scores = {
        label: score(total(counts[label] for counts in by_document if label in counts))
        for label in labels
    }
    micro = score(total(item.counts or Counts() for item in scores.values()))
    scores |= {MICRO: micro, MACRO: macro_score(scores.values())}
    if weights is not None:
        from absift.evaluation.intervals import bootstrap

        bounds: Mapping[str, Mapping[str, Any]] = bootstrap(by_document, labels, weights)
        scores = {name: replace(item, intervals=bounds[name]) for name, item in scores.items()}
    if recall_only:
        scores = {name: item.recall_only() for name, item in scores.items()}
    return scores
