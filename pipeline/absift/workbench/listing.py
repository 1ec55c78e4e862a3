"""The rules of a rule set, each with what it does on a gold set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from absift.evaluation.attributes import attribute_key
from absift.evaluation.matching import match_spans
from absift.extraction.passes import read
from absift.extraction.reasons import EVIDENCE, WORDS
from absift.extraction.toolkit import Toolkit
from absift.records import Abstract, Record


@dataclass(frozen=True, slots=True)
class RuleHits:
    """What a rule did on a gold set.

    Attributes:
        hits: Spans that it found, attributes that it set, or terms that it spoke about.
        correct: Those of them that are as the gold has them; ``None`` for evidence.
    """

    hits: int = 0
    correct: int | None = 0

    @property
    def precision(self) -> float | None:
        """Share that is correct, 0 to 1."""
        return self.correct / self.hits if self.hits and self.correct is not None else None


def count_hits(toolkit: Toolkit, gold: Sequence[Record]) -> Mapping[str, RuleHits]:
    """Read the texts of a gold set and count what each rule did.

    A span is correct where the gold has the same offsets and label; an attribute where the
    gold's span of the same offsets and label has the same value.
    """
    hits: Counter[str] = Counter()
    correct: Counter[str] = Counter()
    spoke: Counter[str] = Counter()
    labels = {span.label for record in gold for span in record.spans}
    for record in gold:
        made = read(toolkit, Abstract(record.id, record.text, record.title), explain=True)
        spans = [span for span in made.spans if span.label in labels]
        for outcome in match_spans(record.spans, spans, "strict"):
            found = outcome.predicted
            if found is None:
                continue
            right = outcome.category == "correct"
            hits[found.rule or ""] += 1
            correct[found.rule or ""] += right
            for name, rule in (found.why or {}).items():
                if name == EVIDENCE:
                    spoke.update(part.rpartition(" ")[0] for part in rule.split(", ")[1:])
                elif name != WORDS and rule != found.rule:
                    hits[rule] += 1
                    same = right and outcome.gold is not None
                    correct[rule] += same and _same(outcome.gold, found, name)
    counted = {rule: RuleHits(number, correct[rule]) for rule, number in hits.items()}
    for rule, number in spoke.items():
        counted[rule] = RuleHits(
            max(number, hits[rule]), counted.get(rule, RuleHits(0, None)).correct
        )
    return counted


def _same(gold: object, found: object, name: str) -> bool:
    return attribute_key(gold, name) == attribute_key(found, name)  # type: ignore[arg-type]
