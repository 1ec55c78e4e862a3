"""The spans of an evaluation as data for the page's error browser.

Texts are given once an abstract, spans by offsets and rows by the spans' places, so that ten
thousand rows make a page of a few megabytes. Offsets count UTF-16 units, as a browser does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson
from markupsafe import Markup

from absift.evaluation.attributes import attribute_key, wrong_attributes
from absift.evaluation.errors import error_row
from absift.evaluation.matching import Outcome
from absift.evaluation.result import EvaluationResult
from absift.output import visible_controls
from absift.records import ATTRIBUTES, Span
from absift.report.assets import style_of
from absift.report.evaluation_groups import Document
from absift.report.highlight import label_names, label_order

#: What can become of a span; ``attributes`` is a span that is right but for an attribute.
KINDS = ("missed", "spurious", "incorrect", "partial", "attributes", "correct")

_BEYOND_ONE_UNIT = 0xFFFF

Json = dict[str, Any]


class _Names:
    """Numbers words in the order in which they come."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __getitem__(self, name: str | None) -> int:
        if name is None:
            return -1
        return self.names.setdefault(visible_controls(name), len(self.names))

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of words
        return iter(self.names)


def browser_data(result: EvaluationResult, documents: Sequence[Document]) -> Json:
    """Give what the error browser shows, as JSON values.

    Args:
        result: The result.
        documents: Its documents with their outcomes.

    Returns:
        ``labels``, ``rules``, ``sections`` and ``kinds``, the words that the rest refers to by
        their place; ``docs``, each with ``id``, ``title``, ``text`` and its ``gold`` and
        ``found`` spans as ``[start, end, label, rule, attributes]``; and ``rows`` as
        ``[doc, kind, gold span, found span, section, attributes that differ]``, -1 standing
        for none.
    """
    labels, rules, sections = _Names(), _Names(), _Names()
    scored = {span.label for document in documents for span in _spans(document)}
    for label in label_order(scored | set(result.labels)):
        labels[label]
    measured = {label: tuple(names) for label, names in result.attributes.items()}
    docs, rows = [], []
    for place, document in enumerate(documents):
        record = document.pair.gold
        units = _utf16(record.text)
        gold, found = _Layer(units, labels, rules), _Layer(units, labels, rules)
        for outcome, section in document.outcomes:
            kind, wrong = _judge(record.id, record.text, outcome, measured)
            spans = gold.add(outcome.gold), found.add(outcome.predicted)
            rows.append([place, KINDS.index(kind), *spans, sections[section], wrong])
        docs.append(
            {
                "id": visible_controls(record.id),
                "text": visible_controls(record.text),
                "gold": gold.spans,
                "found": found.spans,
            }
        )
    return {
        "kinds": KINDS,
        "labels": [{"name": label_names(it)[1], "style": style_of(it)} for it in labels],
        "rules": list(rules),
        "sections": list(sections),
        "docs": docs,
        "rows": rows,
    }


def _spans(document: Document) -> list[Span]:
    both = [(outcome.gold, outcome.predicted) for outcome, _ in document.outcomes]
    return [span for pair in both for span in pair if span is not None]


class _Layer:
    """The spans of one side of a document."""

    def __init__(self, units: Callable[[int], int], labels: _Names, rules: _Names) -> None:
        self.units, self.labels, self.rules = units, labels, rules
        self.spans: list[list[Any]] = []

    def add(self, span: Span | None) -> int:
        """Take in a span and give its place, -1 for none."""
        if span is None:
            return -1
        known = ATTRIBUTES.get(span.label, ())
        names = [*known, *(name for name in span.attributes if name not in known)]
        attributes = {
            name: visible_controls(attribute_key(span, name))
            for name in names
            if name in span.attributes
        }
        self.spans.append(
            [
                self.units(span.start),
                self.units(span.end),
                self.labels[span.label],
                self.rules[span.rule],
                attributes,
            ]
        )
        return len(self.spans) - 1


def _judge(
    name: str, text: str, outcome: Outcome, measured: Mapping[str, Sequence[str]]
) -> tuple[str, list[list[str]]]:
    """Give the kind of a row, and the attributes that differ as name, gold and prediction."""
    category = error_row(name, text, outcome, measured).category
    gold, predicted = outcome.gold, outcome.predicted
    if gold is None or predicted is None or gold.label != predicted.label:
        return category, []
    wrong = [
        [it, *(visible_controls(attribute_key(span, it)) for span in (gold, predicted))]
        for it in wrong_attributes(gold, predicted, measured.get(gold.label, ()))
    ]
    return ("attributes" if wrong and category == "correct" else category), wrong


def _utf16(text: str) -> Callable[[int], int]:
    """Give the function from offsets in characters to offsets in UTF-16 units."""
    if not text or ord(max(text)) <= _BEYOND_ONE_UNIT:
        return int
    sums = [0]
    for character in text:
        sums.append(sums[-1] + (2 if ord(character) > _BEYOND_ONE_UNIT else 1))
    return sums.__getitem__


def script_json(data: object) -> Markup:
    """Write JSON such that it can stand in a ``script`` element: no ``<`` in it."""
    text = orjson.dumps(data).decode()
    return Markup(text.replace("<", "\\u003c"))  # inside a JSON string, the same character
