"""Pairs of gold and predicted spans, and the category that each pair falls into.

The measures are those of SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and
Herrero-Zazo 2013), which took the categories from MUC (Chinchor and Sundheim 1993):

========= =================================== ============= ======================
measure   correct                             partial       incorrect
========= =================================== ============= ======================
strict    same offsets, same label            --            any other overlap
exact     same offsets, whatever the label    --            any other overlap
partial   same offsets, whatever the label    other overlap --
type      overlap, same label                 --            overlap, another label
========= =================================== ============= ======================

A gold span without a partner is *missed*, a predicted one *spurious*.

Where this is stricter than libraries in common use:

* Ends are half open: spans that only touch don't overlap. nervaluate takes ends as
  inclusive, so that touching spans overlap there.
* Pairs are one to one, of the greatest credit that the measure allows, found by an
  optimal assignment for each measure. nervaluate pairs greedily, so there the order
  of the predictions moves the score.
* Every gold document counts, also one without gold spans. spaCy's ``Scorer`` skips
  documents that lack the key, and so loses their false positives.
* A pair of two labels counts against both: as gold in the recall of the gold's
  label, and as predicted in the precision of the predicted one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import orjson

from absift.evaluation.assignment import assign
from absift.records import Span

Measure = Literal["strict", "exact", "partial", "type"]
Category = Literal["correct", "incorrect", "partial", "missed", "spurious"]

MEASURES: tuple[Measure, ...] = ("strict", "exact", "partial", "type")
CATEGORIES: tuple[Category, ...] = ("correct", "incorrect", "partial", "missed", "spurious")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one gold span, one predicted span, or a pair of them.

    Attributes:
        category: One of :data:`CATEGORIES`.
        gold: The gold span; ``None`` where the prediction is spurious.
        predicted: The predicted span; ``None`` where the gold is missed.
    """

    category: Category
    gold: Span | None
    predicted: Span | None


def overlap(one: Span, other: Span) -> int:
    """Give the number of characters that two half-open spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def same_offsets(one: Span, other: Span) -> bool:
    """Tell whether two spans start and end at the same characters."""
    return one.start == other.start and one.end == other.end


def category_of(gold: Span, predicted: Span, measure: Measure) -> Category:
    """Give the category of two overlapping spans under a measure (see the module)."""
    exact, same = same_offsets(gold, predicted), gold.label == predicted.label
    if measure == "partial":
        return "correct" if exact else "partial"
    hit = {"strict": exact and same, "exact": exact, "type": same}[measure]
    return "correct" if hit else "incorrect"


def match_spans(
    gold: Iterable[Span], predicted: Iterable[Span], measure: Measure = "strict"
) -> list[Outcome]:
    """Pair the spans of one document under a measure.

    Among the one-to-one pairings of overlapping spans, the one of the greatest credit is
    taken (correct 1, partial 0.5). Ties go to the pairing with more spans of one label or
    of equal offsets, then with more pairs, then with more shared characters, then to a
    fixed choice by offsets and labels: the order of the arguments never matters.

    Args:
        gold: The gold spans of one document, in any order; they may overlap.
        predicted: The predicted spans of the same document.
        measure: One of :data:`MEASURES`.

    Returns:
        One outcome for each pair, missed span and spurious span, in text order.
    """
    outcomes: list[Outcome] = []
    for golds, predictions in _clusters(gold, predicted):
        pairs = _pair(golds, predictions, measure) if golds and predictions else []
        used_gold, used_predicted = {row for row, _ in pairs}, {column for _, column in pairs}
        for row, column in pairs:
            one, other = golds[row], predictions[column]
            outcomes.append(Outcome(category_of(one, other, measure), one, other))
        outcomes.extend(
            Outcome("missed", span, None) for i, span in enumerate(golds) if i not in used_gold
        )
        outcomes.extend(
            Outcome("spurious", None, span)
            for i, span in enumerate(predictions)
            if i not in used_predicted
        )
    return sorted(outcomes, key=_outcome_order)


def _clusters(
    gold: Iterable[Span], predicted: Iterable[Span]
) -> Iterator[tuple[list[Span], list[Span]]]:
    """Cut a document into stretches such that no span crosses from one to the next."""
    tagged = [(_order(span), 0, span) for span in gold]
    tagged += [(_order(span), 1, span) for span in predicted]
    tagged.sort(key=lambda item: item[:2])
    sides: tuple[list[Span], list[Span]] = ([], [])
    end = -1
    for _, side, span in tagged:
        if span.start >= end and (sides[0] or sides[1]):
            yield sides
            sides = ([], [])
        sides[side].append(span)
        end = max(end, span.end)
    if sides[0] or sides[1]:
        yield sides


def _pair(
    golds: Sequence[Span], predictions: Sequence[Span], measure: Measure
) -> list[tuple[int, int]]:
    """Choose the pairs of one cluster.

    The wishes are packed into one integer a pair, the weightier ones in higher places, each
    place wide enough that the sum of all pairs below never reaches the next. The lowest
    place gives each possible pair, in text order, a bit of its own, so that the best choice
    is unique.
    """
    edges = [
        (row, column)
        for row, one in enumerate(golds)
        for column, other in enumerate(predictions)
        if overlap(one, other)
    ]
    places = 2 * min(len(golds), len(predictions)) + 1
    letters = sum(span.end - span.start for span in golds) + 1
    weights = [[0] * len(predictions) for _ in golds]
    for rank, (row, column) in enumerate(edges):
        one, other = golds[row], predictions[column]
        packed = 0
        for wish in _wishes(one, other, measure):
            packed = packed * places + wish
        packed = packed * letters + overlap(one, other)
        weights[row][column] = (packed << len(edges)) + (1 << (len(edges) - 1 - rank))
    return assign(weights)


def _wishes(gold: Span, predicted: Span, measure: Measure) -> tuple[int, int, int]:
    """Rate a pair: first the measure's own credit (in halves for partial), then what breaks ties.

    The last wish is for the pair itself: one incorrect pair is preferred to one missed and
    one spurious span.
    """
    exact, same = int(same_offsets(gold, predicted)), int(gold.label == predicted.label)
    if measure == "strict":
        return exact & same, same, 1
    if measure == "exact":
        return exact, exact & same, 1
    if measure == "partial":
        return 1 + exact, same, 1
    return same, exact, 1


def _key(span: Span) -> tuple[int, int, str]:
    return (span.start, -span.end, span.label)


def _order(span: Span) -> tuple[int, int, str, bytes, str]:
    """Sort key that tells apart all spans that differ in anything that is scored."""
    attributes = orjson.dumps(dict(span.attributes), option=orjson.OPT_SORT_KEYS, default=str)
    return (*_key(span), attributes, span.rule or "")


def _outcome_order(outcome: Outcome) -> tuple[int, int, str, int]:
    span = outcome.gold or outcome.predicted
    assert span is not None
    return (*_key(span), CATEGORIES.index(outcome.category))
