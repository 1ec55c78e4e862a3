"""An earlier evaluation read back from its JSON, as far as a comparison needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from absift.errors import InputError, not_json
from absift.evaluation.result import SCHEMA, EvaluationResult
from absift.evaluation.scores import Counts
from absift.evaluation.significance import Cell

#: What can be compared: a result, or the JSON object of one.
Run = EvaluationResult | Mapping[str, Any]

_NEEDED = ("headline", "recall_only", "labels", "documents", "scores", "spans")

#: The categories of a row that count as found under each measure.
_FOUND: Mapping[str, tuple[str, ...]] = {"strict": ("correct",), "type": ("correct", "partial")}

#: Document, label, start, end, and which of several equal spans it is.
Key = tuple[str, str, int, int, int]


@dataclass(frozen=True, slots=True)
class SpanChange:
    """A span whose fate changed between two runs.

    Attributes:
        id: The abstract's id.
        label: The span's label.
        start: Offset of its first character.
        end: Offset behind its last character.
        text: Its characters.
        rule: The rule that made it, in the run that has it.
    """

    id: str
    label: str
    start: int
    end: int
    text: str
    rule: str | None

    def to_json(self) -> dict[str, Any]:
        """Give the change as a JSON object with keys in the order of the fields."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class RunSpans:
    """The spans of a run, by what became of them.

    Attributes:
        gold: The keys of all gold spans.
        hits: Gold spans that were found, with the rule that found them.
        false: Predicted spans that found nothing.
    """

    gold: frozenset[Key]
    hits: Mapping[Key, SpanChange]
    false: Mapping[Key, SpanChange]

    @classmethod
    def of(
        cls, run: Mapping[str, Any], documents: Iterable[str], labels: Iterable[str]
    ) -> RunSpans:
        """Sort the rows of some documents and labels of a run.

        Raises:
            InputError: The rows aren't those of an evaluation.
        """
        try:
            return cls._of(run, frozenset(documents), frozenset(labels))
        except (KeyError, TypeError) as error:
            raise InputError(f"not the JSON of an evaluation ({error}); evaluate again") from error

    @classmethod
    def _of(
        cls, run: Mapping[str, Any], inside: frozenset[str], wanted: frozenset[str]
    ) -> RunSpans:
        found = _FOUND[run["headline"]]
        gold: list[Key] = []
        hits: dict[Key, SpanChange] = {}
        false: dict[Key, SpanChange] = {}
        seen: Counter[tuple[Any, ...]] = Counter()
        for row in run["spans"]:
            if row["id"] not in inside:
                continue
            hit = row["category"] in found
            if row["category"] != "spurious" and row["label"] in wanted:
                key = _key("gold", row["id"], row["label"], row["start"], row["end"], seen)
                gold.append(key)
                if hit:
                    hits[key] = _change(key, row["text"], row["rule"])
            if row["predicted_label"] in wanted and not hit:
                place = (row["predicted_label"], row["predicted_start"], row["predicted_end"])
                key = _key("false", row["id"], *place, seen)
                false[key] = _change(key, row["predicted_text"], row["rule"])
        return cls(frozenset(gold), hits, false)

    def cells(self, documents: Sequence[str], labels: Sequence[str]) -> list[list[Cell]]:
        """Count hits, gold and predicted spans: one row a document, one cell a label."""
        hits = Counter(key[:2] for key in self.hits)
        gold = Counter(key[:2] for key in self.gold)
        false = Counter(key[:2] for key in self.false)
        return [
            [
                (hits[place], gold[place], hits[place] + false[place])
                for place in ((document, label) for label in labels)
            ]
            for document in documents
        ]


def counts_of(cell: Cell) -> Counts:
    """Turn a cell into counts, which scores are made of."""
    hits, gold, predicted = cell
    return Counts(
        correct=hits, missed=gold - hits, predicted_correct=hits, spurious=predicted - hits
    )


def _key(
    side: str, document: str, label: str, start: int, end: int, seen: Counter[tuple[Any, ...]]
) -> Key:
    place = (side, document, label, start, end)
    seen[place] += 1
    return (document, label, start, end, seen[place])


def _change(key: Key, text: str, rule: str | None) -> SpanChange:
    return SpanChange(*key[:4], text, rule)


def as_run(run: Run) -> Mapping[str, Any]:
    """Give a result in its JSON form."""
    return run.to_json() if isinstance(run, EvaluationResult) else run


def read_run(data: bytes, name: str) -> dict[str, Any]:
    """Read the JSON of an earlier evaluation.

    Args:
        data: The file's content.
        name: The file's name for messages.

    Raises:
        InputError: It isn't JSON, or not the JSON of an evaluation in the form of this version.
    """
    try:
        run = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{name}: {not_json(data, error)}") from error
    if not isinstance(run, dict) or "schema" not in run:
        raise InputError(f"{name}: not the JSON of an evaluation; write one with --json")
    if run["schema"] != SCHEMA:
        raise InputError(
            f"{name}: has schema {run['schema']}, this version reads {SCHEMA}; evaluate again"
        )
    missing = [key for key in _NEEDED if key not in run]
    if missing:
        raise InputError(f"{name}: lacks {', '.join(missing)}; evaluate again")
    return run
