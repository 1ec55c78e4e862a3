"""What changed between two evaluations over the same gold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from absift.errors import InputError
from absift.evaluation.runs import Key, Run, RunSpans, SpanChange, as_run, counts_of
from absift.evaluation.scores import MACRO, MICRO, Score, macro_score, score, total
from absift.evaluation.significance import DEFAULT_EXCHANGES, Cell, randomisation_test
from absift.evaluation.sources import name_ids

FIGURES = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class LabelChange:
    """The scores of one label before and after.

    Attributes:
        label: The label, ``micro`` or ``macro``.
        previous: Score of the earlier run on the documents of both.
        current: Score of the later run on them.
        p: Two-sided p of the difference in F1 (in recall, where the gold supports only that)
            by approximate randomisation; ``None`` for ``macro`` and undefined figures.
    """

    label: str
    previous: Score
    current: Score
    p: float | None

    def change(self, figure: str) -> float | None:
        """Give current minus previous ``precision``, ``recall`` or ``f1``, if both exist."""
        before, after = getattr(self.previous, figure), getattr(self.current, figure)
        return None if before is None or after is None else after - before

    def to_json(self) -> dict[str, Any]:
        """Give the change as a JSON object with keys in a fixed order."""
        out: dict[str, Any] = {"label": self.label}
        for name in FIGURES:
            out[name] = {
                "previous": getattr(self.previous, name),
                "current": getattr(self.current, name),
                "change": self.change(name),
            }
        return out | {"p": self.p}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side, over the documents and labels that both have.

    Attributes:
        headline: The measure compared.
        recall_only: Whether only recall could be compared.
        documents: Number of documents in both.
        notes: Documents and labels left out, and gold spans that differ.
        labels: Changes by label, then ``micro`` and ``macro``.
        gained: Gold spans found now and not before, with the rule that finds them now.
        lost: Gold spans found before and not now, with the rule that found them then.
        introduced: False positives that are new, with their rule.
        resolved: False positives that are gone, with the rule that made them.
    """

    headline: str
    recall_only: bool
    documents: int
    notes: tuple[str, ...]
    labels: tuple[LabelChange, ...]
    gained: tuple[SpanChange, ...]
    lost: tuple[SpanChange, ...]
    introduced: tuple[SpanChange, ...]
    resolved: tuple[SpanChange, ...]

    def to_json(self) -> dict[str, Any]:
        """Give the comparison as a JSON object with keys in a fixed order."""
        out: dict[str, Any] = {
            "headline": self.headline,
            "recall_only": self.recall_only,
            "documents": self.documents,
            "notes": list(self.notes),
            "labels": [change.to_json() for change in self.labels],
        }
        for name in ("gained", "lost", "introduced", "resolved"):
            out[name] = [change.to_json() for change in getattr(self, name)]
        return out


def compare(
    previous: Run, current: Run, *, samples: int = DEFAULT_EXCHANGES, seed: int = 0
) -> Comparison:
    """Compare two evaluations, document by document and span by span.

    Args:
        previous: The earlier result, or its JSON object.
        current: The later one.
        samples: Random exchanges of the significance test.
        seed: Their seed.

    Raises:
        InputError: The two share no document, or were scored by different measures.
    """
    before, after = as_run(previous), as_run(current)
    for name in ("headline", "recall_only"):
        if before[name] != after[name]:
            raise InputError(
                f"the two evaluations differ in {name.replace('_', ' ')}: {before[name]} and "
                f"{after[name]}; evaluate both with the same profile"
            )
    documents = _common(before, after, "documents")
    labels = _common(before, after, "labels")
    if not documents:
        raise InputError("the two evaluations have no document in common")
    one, other = (RunSpans.of(run, documents, labels) for run in (before, after))
    return Comparison(
        headline=after["headline"],
        recall_only=after["recall_only"],
        documents=len(documents),
        notes=tuple(_notes(before, after, one, other)),
        labels=tuple(
            _label_changes(
                one.cells(documents, labels),
                other.cells(documents, labels),
                labels,
                recall_only=after["recall_only"],
                samples=samples,
                seed=seed,
            )
        ),
        gained=_only_in(other.hits, one.hits),
        lost=_only_in(one.hits, other.hits),
        introduced=_only_in(other.false, one.false),
        resolved=_only_in(one.false, other.false),
    )


def _common(before: Mapping[str, Any], after: Mapping[str, Any], name: str) -> list[str]:
    known = frozenset(before[name])
    return [item for item in after[name] if item in known]


def _only_in(
    spans: Mapping[Key, SpanChange], others: Mapping[Key, SpanChange]
) -> tuple[SpanChange, ...]:
    return tuple(span for key, span in spans.items() if key not in others)


def _label_changes(
    previous: Sequence[Sequence[Cell]],
    current: Sequence[Sequence[Cell]],
    labels: Sequence[str],
    *,
    recall_only: bool,
    samples: int,
    seed: int,
) -> list[LabelChange]:
    """Score and test each label and all of them together."""
    one, other = _scores(previous, labels), _scores(current, labels)
    tests = randomisation_test(
        [[*row, _sum(row)] for row in previous],
        [[*row, _sum(row)] for row in current],
        recall_only=recall_only,
        samples=samples,
        seed=seed,
    )
    p = dict(zip([*labels, MICRO], tests, strict=True))
    changes = []
    for label in (*labels, MICRO, MACRO):
        pair = one[label], other[label]
        if recall_only:
            pair = pair[0].recall_only(), pair[1].recall_only()
        changes.append(LabelChange(label, *pair, p.get(label)))
    return changes


def _sum(cells: Sequence[Cell]) -> Cell:
    hits, gold, predicted = zip(*cells, strict=True) if cells else ((), (), ())
    return sum(hits), sum(gold), sum(predicted)


def _scores(cells: Sequence[Sequence[Cell]], labels: Sequence[str]) -> dict[str, Score]:
    scores = {}
    counts = []
    for place, label in enumerate(labels):
        counts.append(counts_of(_sum([row[place] for row in cells])))
        scores[label] = score(counts[-1])
    macro = macro_score(scores.values())
    return scores | {MICRO: score(total(counts)), MACRO: macro}


def _notes(
    before: Mapping[str, Any], after: Mapping[str, Any], one: RunSpans, other: RunSpans
) -> list[str]:
    """Say what the two runs don't share."""
    notes = []
    for name in ("documents", "labels"):
        for run, rest, which in ((before, after, "earlier"), (after, before, "later")):
            known = frozenset(rest[name])
            alone = [item for item in run[name] if item not in known]
            if alone:
                notes.append(
                    f"{len(alone)} {name} are only in the {which} evaluation and were left out: "
                    f"{name_ids(alone)}"
                )
    changed = sorted({key[0] for key in one.gold ^ other.gold})
    if changed:
        notes.append(
            f"the gold spans of {len(changed)} documents differ between the two evaluations, so "
            f"not all change is the prediction's: {name_ids(changed)}"
        )
    return notes
