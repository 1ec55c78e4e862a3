"""Every span of an evaluation as a row: what became of it, where, and by which rule."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from absift.evaluation.attributes import attribute_key, wrong_attributes
from absift.evaluation.matching import Category, Outcome, same_offsets
from absift.records import Span

#: Characters of context on either side of a span.
CONTEXT = 60

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One span, or pair of spans, with its context.

    Attributes:
        id: The abstract's id.
        category: ``correct`` (same offsets and label), ``partial`` (overlap, same label),
            ``incorrect`` (overlap, another label), ``missed`` or ``spurious``.
        label: The gold's label; where there is no gold, the predicted one.
        start: Offset of the gold span, or of the predicted one.
        end: Offset behind it.
        text: Its characters.
        predicted_label: Label of the predicted span, if there is one.
        predicted_start: Its offset.
        predicted_end: Offset behind it.
        predicted_text: Its characters.
        rule: Id of the rule that made the predicted span.
        section: Section of the predicted span, else of the gold span.
        wrong: Attributes that differ, as ``scope: total > arm`` joined by ``; ``.
        before: Up to 60 characters before ``start``.
        after: Up to 60 characters behind ``end``.
    """

    id: str
    category: Category
    label: str
    start: int
    end: int
    text: str
    predicted_label: str | None
    predicted_start: int | None
    predicted_end: int | None
    predicted_text: str | None
    rule: str | None
    section: str | None
    wrong: str
    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        """Give the row as a JSON object with keys in the order of the fields."""
        return {name: getattr(self, name) for name in self.__slots__}


FIELDS: tuple[str, ...] = ErrorRow.__slots__


def error_row(
    abstract_id: str, text: str, outcome: Outcome, measured: Mapping[str, Sequence[str]]
) -> ErrorRow:
    """Make the row of one outcome.

    Args:
        abstract_id: The abstract's id.
        text: The abstract's text, for the context.
        outcome: An outcome of the strict or the type measure.
        measured: The attributes that the gold can judge, by label.
    """
    predicted = outcome.predicted
    span = outcome.gold or predicted
    if span is None:
        raise ValueError("an outcome has a gold span, a predicted span or both")
    return ErrorRow(
        id=abstract_id,
        category=_category(outcome),
        label=span.label,
        start=span.start,
        end=span.end,
        text=span.text,
        predicted_label=predicted.label if predicted else None,
        predicted_start=predicted.start if predicted else None,
        predicted_end=predicted.end if predicted else None,
        predicted_text=predicted.text if predicted else None,
        rule=predicted.rule if predicted else None,
        section=(predicted.section if predicted else None) or span.section,
        wrong=_wrong(outcome.gold, predicted, measured),
        before=text[max(0, span.start - CONTEXT) : span.start],
        after=text[span.end : span.end + CONTEXT],
    )


def _category(outcome: Outcome) -> Category:
    """Tell a wrong boundary from a wrong label, which no single measure does."""
    gold, predicted = outcome.gold, outcome.predicted
    if gold is None or predicted is None:
        return outcome.category
    if gold.label != predicted.label:
        return "incorrect"
    return "correct" if same_offsets(gold, predicted) else "partial"


def _wrong(gold: Span | None, predicted: Span | None, measured: Mapping[str, Sequence[str]]) -> str:
    if gold is None or predicted is None or gold.label != predicted.label:
        return ""
    names = wrong_attributes(gold, predicted, measured.get(gold.label, ()))
    return "; ".join(
        f"{name}: {attribute_key(gold, name)} > {attribute_key(predicted, name)}" for name in names
    )


def to_csv(rows: Iterable[ErrorRow]) -> bytes:
    """Write rows as CSV in UTF-8 with a header; a field that is ``None`` is empty.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(FIELDS)
    for row in rows:
        writer.writerow(_cell(value) for value in row.to_json().values())
    return buffer.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA_SIGNS):
        return f"'{value}"
    return value


def to_jsonl(rows: Iterable[ErrorRow]) -> bytes:
    """Write rows as one JSON object a line."""
    return b"".join(orjson.dumps(row.to_json(), option=orjson.OPT_APPEND_NEWLINE) for row in rows)
