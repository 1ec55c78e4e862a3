"""The evaluation of predicted records against gold records as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from absift.errors import InputError
from absift.evaluation.attributes import (
    ABSENT,
    AttributeScore,
    measured_attributes,
    score_attributes,
    score_by_value,
)
from absift.evaluation.errors import ErrorRow, error_row
from absift.evaluation.intervals import draw_weights
from absift.evaluation.links import score_links, score_rates
from absift.evaluation.matching import Outcome, match_spans
from absift.evaluation.profiles import AnyMeasure, Profile, find_profile
from absift.evaluation.result import EvaluationResult
from absift.evaluation.rule_scores import score_rules
from absift.evaluation.scores import Score
from absift.evaluation.sources import Pair, Pairs, pair_up
from absift.evaluation.tally import score_measure, tally_spans, tally_values
from absift.evaluation.totals import score_totals
from absift.records import ADVERSE_EVENT, LABELS, PERCENTAGE, SAMPLE_SIZE, Record, Span

DEFAULT_SAMPLES = 1000

Matched = Mapping[AnyMeasure, Sequence[Sequence[Outcome]]]


def evaluate(
    gold: Iterable[Record],
    predictions: Iterable[Record],
    *,
    labels: Sequence[str] | None = None,
    profile: str | Profile | None = None,
    recall_only: bool = False,
    samples: int = DEFAULT_SAMPLES,
    seed: int = 0,
) -> EvaluationResult:
    """Score predictions against gold.

    Args:
        gold: Gold records with unique ids.
        predictions: Predicted records over the same texts, found by id, in any order.
        labels: The labels to score; all that occur by default. Give them where the gold
            annotates only some.
        profile: What the gold can judge, or the name of a known profile.
        recall_only: The gold marks some mentions of its labels and not others; leave out
            precision and F1.
        samples: Bootstrap samples for the 95% intervals; 0 for no intervals.
        seed: Seed of the bootstrap.

    Raises:
        InputError: Ids are not unique or share nothing, texts of one id differ, a label
            occurs on neither side, or there is no profile of that name.
    """
    base = find_profile(profile) if isinstance(profile, str) else profile or Profile()
    if recall_only:
        base = replace(base, recall_only=True)
    pairs = pair_up(gold, predictions)
    chosen = _choose_labels(pairs, labels, base)
    kept = [_only(pair, frozenset(chosen)) for pair in pairs.items]
    matched = _match(kept, base)
    measured = _measured(kept, base)
    strict = [outcome for document in matched.get("strict", ()) for outcome in document]
    attributes = score_attributes(strict, measured)
    return EvaluationResult(
        profile=base.name,
        recall_only=base.recall_only,
        headline=base.headline,
        labels=chosen,
        documents=tuple(pair.gold.id for pair in kept),
        without_prediction=pairs.without_prediction,
        without_gold=pairs.without_gold,
        notes=tuple(_notes(pairs, kept, chosen, base)),
        samples=samples,
        seed=seed,
        scores=_scores(kept, matched, chosen, base, samples, seed),
        attributes=attributes,
        links=_judged(score_links(kept), base) if base.figures and PERCENTAGE in chosen else {},
        rates=_judged(score_rates(kept), base) if base.figures and ADVERSE_EVENT in chosen else {},
        assertion=_assertion(attributes),
        totals=score_totals(kept) if base.figures and SAMPLE_SIZE in chosen else None,
        rules=tuple(score_rules(strict, recall_only=base.recall_only)),
        rows=tuple(_rows(kept, matched[base.headline], measured, base)),
    )


def _choose_labels(pairs: Pairs, wanted: Sequence[str] | None, profile: Profile) -> tuple[str, ...]:
    """Give the labels to score: the project's own in their order, then others by name."""
    seen = {
        span.label
        for pair in pairs.items
        for spans in (pair.gold.spans, pair.predicted_spans)
        for span in spans
    }
    if wanted is not None:
        unknown = sorted(set(wanted) - seen - set(LABELS))
        if unknown:
            raise InputError(
                f"no span has the label {', '.join(unknown)}; there are {', '.join(sorted(seen))}"
            )
        seen = set(wanted)
    if profile.labels is not None:
        outside = sorted(seen - set(profile.labels)) if wanted is not None else []
        if outside:
            raise InputError(
                f"{profile.name} gold doesn't annotate {', '.join(outside)}, "
                f"only {', '.join(profile.labels)}"
            )
        seen = seen & set(profile.labels) if wanted is not None else set(profile.labels)
    own = tuple(label for label in LABELS if label in seen)
    return own + tuple(sorted(seen - set(LABELS)))


def _only(pair: Pair, labels: frozenset[str]) -> Pair:
    """Leave out the spans of other labels."""

    def cut(record: Record) -> Record:
        spans = tuple(span for span in record.spans if span.label in labels)
        return record if len(spans) == len(record.spans) else replace(record, spans=spans)

    return Pair(cut(pair.gold), cut(pair.predicted) if pair.predicted is not None else None)


def _match(pairs: Sequence[Pair], profile: Profile) -> Matched:
    """Pair the spans of each document under each of the profile's measures."""
    return {
        measure: [match_spans(pair.gold.spans, pair.predicted_spans, measure) for pair in pairs]
        for measure in profile.measures
        if measure != "value"
    }


def _measured(pairs: Sequence[Pair], profile: Profile) -> Mapping[str, tuple[str, ...]]:
    if profile.attributes is not None:
        return profile.attributes
    return measured_attributes(pair.gold for pair in pairs)


def _scores(
    pairs: Sequence[Pair],
    matched: Matched,
    labels: Sequence[str],
    profile: Profile,
    samples: int,
    seed: int,
) -> dict[str, dict[str, Score]]:
    """Score every measure, all on the same bootstrap samples."""
    # One document can't vary against itself, so it has no interval.
    weights = draw_weights(len(pairs), samples, seed) if samples and len(pairs) > 1 else None
    return {
        measure: score_measure(
            tally_values(pairs) if measure == "value" else tally_spans(matched[measure]),
            labels,
            weights=weights,
            recall_only=profile.recall_only,
        )
        for measure in profile.measures
    }


def _judged(scores: Mapping[str, Score], profile: Profile) -> dict[str, Score]:
    return {
        name: item.recall_only() if profile.recall_only else item for name, item in scores.items()
    }


def _assertion(attributes: Mapping[str, Mapping[str, AttributeScore]]) -> dict[str, Score]:
    item = attributes.get(ADVERSE_EVENT, {}).get("assertion")
    scores = score_by_value(item.confusion) if item else {}
    return {value: one for value, one in scores.items() if value != ABSENT}


def _rows(
    pairs: Sequence[Pair],
    outcomes: Sequence[Sequence[Outcome]],
    measured: Mapping[str, Sequence[str]],
    profile: Profile,
) -> list[ErrorRow]:
    """Make a row of each span; a gold that can't judge precision can't call one spurious."""
    return [
        error_row(pair.gold.id, pair.gold.text, outcome, measured)
        for pair, document in zip(pairs, outcomes, strict=True)
        for outcome in document
        if not (profile.recall_only and outcome.category == "spurious")
    ]


def _notes(
    pairs: Pairs, kept: Sequence[Pair], labels: Sequence[str], profile: Profile
) -> list[str]:
    """Say what was left out and what may be misread."""
    notes = list(pairs.notes)
    if profile.why:
        notes.append(profile.why)
    elif profile.recall_only:
        notes.append("precision and F1 are left out, since the gold marks only some mentions")
    for label in labels:
        spans: list[Span] = [span for pair in kept for span in pair.gold.of(label)]
        if not spans and not profile.recall_only:
            notes.append(
                f"the gold has no {label} at all; if it doesn't annotate that label, name the "
                "labels that it does (--labels)"
            )
        elif spans and profile.attributes is None and not any(s.attributes for s in spans):
            notes.append(f"the gold gives {label} no attributes, so none are scored for it")
    return notes
