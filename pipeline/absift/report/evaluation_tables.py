"""The tables of an evaluation as headings and cells for a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from absift.evaluation.result import EvaluationResult, Scores
from absift.evaluation.scores import MICRO, Score
from absift.evaluation.table import NOT_AVAILABLE, bounds, figure
from absift.evaluation.totals import TotalScore
from absift.output import visible_controls
from absift.report.evaluation_groups import Group

#: What each measure takes for a hit.
MEANINGS: Mapping[str, str] = {
    "strict": "a span with the same offsets and the same label",
    "partial": "a span with the same offsets, whatever its label; any other overlap is half a hit",
    "exact": "a span with the same offsets, whatever its label",
    "type": "a span that overlaps and has the same label",
    "value": "the same number under the same label in the same abstract, wherever it stands",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A table for a person.

    Attributes:
        title: What it shows.
        note: How to read it.
        head: The columns' headings.
        words: How many columns, from the left, hold words rather than figures.
        rows: The cells.
    """

    title: str
    note: str
    head: tuple[str, ...]
    words: int
    rows: tuple[tuple[str, ...], ...]


def shown_name(label: str) -> str:
    """Give the name of a row of scores, such as ``with arm`` for ``with_arm``."""
    return visible_controls(label.replace("_", " ") if label.islower() else label)


def headline_of(result: EvaluationResult) -> str:
    """Give the name of the figure of a :class:`Score` that the result is about."""
    return "recall" if result.recall_only else "f1"


def evaluation_views(
    result: EvaluationResult, sections: Mapping[str, Group], designs: Mapping[str, Group]
) -> list[Table]:
    """Lay out all scores of a result, in the order in which they are read.

    Args:
        result: The result.
        sections: Scores by section.
        designs: Scores by kind of study.
    """
    recall_only = result.recall_only
    note = f"A hit is {MEANINGS[result.headline]}."
    tables = [_scores(result.headline.capitalize(), note, result.scores[result.headline], result)]
    if len(result.scores) > 1:
        tables.append(_measures(result))
    if any(result.attributes.values()):
        tables.append(_attributes(result))
    parts = (
        (
            "Assertion",
            "Each value of the attribute, on adverse events whose offsets are right.",
            result.assertion,
        ),
        (
            "Links of percentages",
            "A hit is a percentage with the right offsets and the right number.",
            result.links,
        ),
        (
            "Rates of adverse events",
            "A hit is an event with the right offsets, numerator, denominator and percentage; "
            "“with arm” asks for the right arm, too.",
            result.rates,
        ),
    )
    tables += [_scores(title, note, scores, result) for title, note, scores in parts if scores]
    if result.totals:
        tables.append(_totals(result.totals))
    name = "Recall" if recall_only else "F1"
    tables += [
        _groups(f"{name} by {what}", groups, result)
        for what, groups in (("section", sections), ("kind of study", designs))
        if groups
    ]
    return tables


def _scores(title: str, note: str, scores: Scores, result: EvaluationResult) -> Table:
    names = ("recall",) if result.recall_only else ("precision", "recall", "f1")
    short = {"precision": "P", "recall": "R", "f1": "F1"}
    with_bounds = [
        name for name in names if any(item.intervals.get(name) for item in scores.values())
    ]
    head = [
        heading
        for name in names
        for heading in (short[name], *(["95% interval"] if name in with_bounds else []))
    ]
    if not result.recall_only:
        head.append("predicted")
    return Table(
        title,
        note,
        ("", *head, "support"),
        1,
        tuple(
            (shown_name(label), *_cells(item, names, with_bounds), *_numbers(item, result))
            for label, item in scores.items()
        ),
    )


def _cells(item: Score, names: Iterable[str], with_bounds: Sequence[str]) -> list[str]:
    cells = []
    for name in names:
        cells.append(figure(getattr(item, name)))
        if name in with_bounds:
            cells.append(bounds(item.intervals.get(name)))
    return cells


def _numbers(item: Score, result: EvaluationResult) -> list[str]:
    numbers: list[int | None] = [item.support]
    if not result.recall_only:
        numbers.insert(0, item.predicted)
    return [NOT_AVAILABLE if number is None else f"{number:,}" for number in numbers]


def _measures(result: EvaluationResult) -> Table:
    name = headline_of(result)
    return Table(
        f"{'Recall' if result.recall_only else 'F1'} by measure",
        " ".join(f"{it.capitalize()}: a hit is {MEANINGS[it]}." for it in result.scores),
        ("", *result.scores),
        1,
        tuple(
            (
                shown_name(label),
                *(figure(getattr(scores[label], name)) for scores in result.scores.values()),
            )
            for label in result.scores[result.headline]
        ),
    )


def _attributes(result: EvaluationResult) -> Table:
    return Table(
        "Attributes",
        "Share of the strictly matched spans whose attribute equals the gold's; support is the "
        "number of those spans on which gold or prediction gives the attribute.",
        ("", "attribute", "accuracy", "correct", "support"),
        2,
        tuple(
            (
                shown_name(label),
                visible_controls(name),
                figure(item.accuracy),
                f"{item.correct:,}",
                f"{item.support:,}",
            )
            for label, by_name in result.attributes.items()
            for name, item in by_name.items()
        ),
    )


def _totals(totals: TotalScore) -> Table:
    rows: list[tuple[str, Any]] = [
        ("accuracy", figure(totals.accuracy)),
        ("abstracts with a total in the gold", totals.support),
        ("coverage: share of those with a predicted total", figure(totals.coverage)),
        ("accuracy of those", figure(totals.accuracy_of_answered)),
        ("abstracts without a total in the gold", totals.without_gold),
        ("predicted totals among those", totals.unasked),
    ]
    return Table(
        "Total sample size",
        "One figure an abstract, right only if it is equal.",
        ("", "figure"),
        1,
        tuple((name, str(value)) for name, value in rows),
    )


def _groups(title: str, groups: Mapping[str, Group], result: EvaluationResult) -> Table:
    name = headline_of(result)
    labels = result.labels
    return Table(
        title,
        "Parts with few abstracts say little: mind the intervals.",
        ("", "abstracts", "support", "all", "95% interval", *map(shown_name, labels)),
        1,
        tuple(
            (
                visible_controls(part),
                f"{group.documents:,}",
                f"{group.scores[MICRO].support:,}",
                figure(getattr(group.scores[MICRO], name)),
                bounds(group.scores[MICRO].intervals.get(name)) or NOT_AVAILABLE,
                *(figure(getattr(group.scores[label], name)) for label in labels),
            )
            for part, group in groups.items()
        ),
    )
