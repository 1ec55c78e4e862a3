"""Scores of what joins figures: numerators, denominators, and rates of adverse events.

A link is right when all of its members are; there is no partial credit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from absift.evaluation.scores import Score, count_items, number_of, score, total
from absift.evaluation.sources import Pair
from absift.records import ADVERSE_EVENT, PERCENTAGE, Span

ROLES = ("numerator", "denominator")
BOTH = "both"
WITH_ARM = "with_arm"
WITHOUT_ARM = "without_arm"

_Items = dict[str, Counter[tuple[Any, ...]]]


def score_links(pairs: Iterable[Pair]) -> dict[str, Score]:
    """Score the numerators and denominators of percentages.

    An item is (document, offsets of the percentage, ``numerator`` or ``denominator``, the
    number), so a right number on a percentage with wrong offsets is no hit.

    Returns:
        Scores under ``numerator``, ``denominator`` and ``both``.
    """
    gold: _Items = {role: Counter() for role in ROLES}
    predicted: _Items = {role: Counter() for role in ROLES}
    for pair in pairs:
        for items, spans in ((gold, pair.gold.spans), (predicted, pair.predicted_spans)):
            for span in spans:
                if span.label == PERCENTAGE:
                    _add_links(items, pair.gold.id, span)
    counts = count_items(gold, predicted)
    scores = {role: score(counts[role]) for role in ROLES}
    return scores | {BOTH: score(total(counts.values()))}


def _add_links(items: _Items, document: str, span: Span) -> None:
    for role in ROLES:
        number = number_of(span.attributes.get(role))
        if number is not None:
            items[role][document, span.start, span.end, number] += 1


def score_rates(pairs: Iterable[Pair]) -> dict[str, Score]:
    """Score the rates of adverse events.

    An item is (document, offsets of the event, arm, numerator, denominator, percent), each
    member equal or absent on both sides. Arms are compared without regard to case and
    white space.

    Returns:
        Scores under ``with_arm`` (all members) and ``without_arm`` (all but the arm).
    """
    gold: _Items = {WITH_ARM: Counter(), WITHOUT_ARM: Counter()}
    predicted: _Items = {WITH_ARM: Counter(), WITHOUT_ARM: Counter()}
    for pair in pairs:
        for items, spans in ((gold, pair.gold.spans), (predicted, pair.predicted_spans)):
            for span in spans:
                if span.label == ADVERSE_EVENT:
                    _add_rates(items, pair.gold.id, span)
    return {name: score(counts) for name, counts in count_items(gold, predicted).items()}


def _add_rates(items: _Items, document: str, span: Span) -> None:
    for rate in span.attributes.get("rates") or ():
        numbers = tuple(
            number_of(rate.get(name)) for name in ("numerator", "denominator", "percent")
        )
        key = (document, span.start, span.end, *numbers)
        items[WITHOUT_ARM][key] += 1
        items[WITH_ARM][(*key, arm_key(rate.get("arm")))] += 1


def arm_key(arm: object) -> str | None:
    """Give an arm's name for comparison: case folded, runs of white space as one blank."""
    return " ".join(str(arm).casefold().split()) or None if arm is not None else None
