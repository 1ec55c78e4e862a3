"""Scores of parts of a gold set: its sections, and its kinds of study.

A result has no scores by section or kind of study, so they are computed here from gold and
predictions, with the scoring functions and the bootstrap of the evaluation itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from absift.evaluation.intervals import draw_weights
from absift.evaluation.matching import Measure, Outcome, match_spans
from absift.evaluation.result import EvaluationResult, Scores
from absift.evaluation.sources import Pair, pair_up
from absift.evaluation.tally import score_measure, tally_spans
from absift.records import Record

#: Gives the section of an offset of a record, such as ``results``; ``None`` if it can't tell.
SectionOf = Callable[[Record, int], str | None]

UNKNOWN = "(unknown)"


@dataclass(frozen=True, slots=True)
class Document:
    """A gold record, its prediction, and what became of their spans.

    Attributes:
        pair: The two records; their spans of labels that weren't scored take no part.
        outcomes: The outcomes of the headline measure, each with its section.
    """

    pair: Pair
    outcomes: tuple[tuple[Outcome, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The scores of a part of the gold set.

    Attributes:
        documents: Number of abstracts that have a span in it.
        scores: By label, then ``micro`` and ``macro``.
    """

    documents: int
    scores: Scores


def match_documents(
    result: EvaluationResult,
    gold: Iterable[Record],
    predictions: Iterable[Record],
    section_of: SectionOf | None = None,
) -> list[Document]:
    """Pair spans as the evaluation did that gave the result.

    Args:
        result: The result.
        gold: The gold records that it is of.
        predictions: The predictions that it is of.
        section_of: Tells the section of a span that names none, as gold spans mostly don't.
    """
    labels = frozenset(result.labels)
    return [
        _document(pair, result, labels, section_of) for pair in pair_up(gold, predictions).items
    ]


def _document(
    pair: Pair, result: EvaluationResult, labels: frozenset[str], section_of: SectionOf | None
) -> Document:
    def kept(outcome: Outcome) -> bool:
        return not (result.recall_only and outcome.category == "spurious")

    def section(outcome: Outcome) -> str:
        spans = [span for span in (outcome.predicted, outcome.gold) if span is not None]
        named = next((span.section for span in spans if span.section), None)
        if named is None and section_of is not None:
            named = section_of(pair.gold, spans[-1].start)
        return named or UNKNOWN

    outcomes = match_spans(
        [span for span in pair.gold.spans if span.label in labels],
        [span for span in pair.predicted_spans if span.label in labels],
        cast("Measure", result.headline),
    )
    return Document(pair, tuple((it, section(it)) for it in outcomes if kept(it)))


def score_sections(result: EvaluationResult, documents: Sequence[Document]) -> dict[str, Group]:
    """Score each section on the spans that stand in it, in the order of the abstracts.

    Nothing is given where all sections are unknown.
    """
    names = dict.fromkeys(section for document in documents for _, section in document.outcomes)
    groups = {}
    for name in sorted(names, key=lambda it: it == UNKNOWN):
        parts = [
            [outcome for outcome, section in document.outcomes if section == name]
            for document in documents
        ]
        groups[name] = _score(result, [part for part in parts if part])
    return {} if set(groups) <= {UNKNOWN} else groups


def score_designs(
    result: EvaluationResult, documents: Sequence[Document], key: str = "design"
) -> dict[str, Group]:
    """Score each kind of study, the commonest first, where the gold's ``meta`` names it.

    Args:
        result: The result.
        documents: All documents.
        key: The name in ``meta``.
    """
    parts: dict[str, list[list[Outcome]]] = {}
    for document in documents:
        design = document.pair.gold.meta.get(key)
        name = design if isinstance(design, str) and design else UNKNOWN
        parts.setdefault(name, []).append([outcome for outcome, _ in document.outcomes])
    if set(parts) <= {UNKNOWN}:
        return {}
    order = sorted(parts, key=lambda name: (name == UNKNOWN, -len(parts[name]), name))
    return {name: _score(result, parts[name]) for name in order}


def _score(result: EvaluationResult, parts: Sequence[Sequence[Outcome]]) -> Group:
    weights = None
    if result.samples and len(parts) > 1:
        weights = draw_weights(len(parts), result.samples, result.seed)
    scores: Mapping[str, object] = score_measure(
        tally_spans(parts), result.labels, weights=weights, recall_only=result.recall_only
    )
    return Group(len(parts), cast("Scores", scores))
