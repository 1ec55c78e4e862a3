"""Gathers what absift weighs in gold records, with the answers that the gold gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from absift.evaluation.scores import number_of
from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit
from absift.records import ADVERSE_EVENT, Abstract, Record, Span
from absift.weighing.rates import Heard
from absift.weighing.weigher import Fact, Weigher

#: The outcome of a case that is no span.
NO = ""
#: What tells the figures of one event from each other.
_TELLING = ("numerator", "percent")


@dataclass(frozen=True, slots=True)
class Case:
    """One item that a question was asked about.

    Attributes:
        id: Its abstract.
        facts: All that was weighed.
        answer: The outcome that the gold has; :data:`NO` where it has no span there.
    """

    id: str
    facts: tuple[Fact, ...]
    answer: str


def weigher_of(toolkit: Toolkit, name: str) -> tuple[Weigher, str, str | None]:
    """Give what weighs a table, with its label and its attribute, if it is about one."""
    label, _, attribute = name.partition(".")
    label = label.upper()
    if attribute:
        return toolkit.weights.attributes[label].weigher, label, attribute
    if label == ADVERSE_EVENT and toolkit.weights.harms is not None:
        return toolkit.weights.harms, label, None
    return toolkit.weights.spans[label].weigher, label, None


def gather(toolkit: Toolkit, name: str, gold: Iterable[Record]) -> Iterator[Case]:
    """Give every case of a table in some gold records.

    Args:
        toolkit: Rules, terms and weights as they are by now.
        name: The table.
        gold: The records.
    """
    weigher, label, attribute = weigher_of(toolkit, name)
    for record in gold:
        spans = {(one.start, one.end): one for one in record.spans if one.label == label}
        weigher.heard = heard = []
        read(toolkit, Abstract(record.id, record.text, record.title))
        weigher.heard = None
        for start, end, facts in heard:
            answer = _answer(spans, start, end, attribute)
            if answer is not None:
                yield Case(record.id, tuple(facts), answer)


def _answer(
    spans: Mapping[tuple[int, int], Span], start: int, end: int, attribute: str | None
) -> str | None:
    """Give the gold's answer; ``None`` where it has none."""
    held = spans.get((start, end))
    if attribute is None:
        return NO if held is None else "span"
    value = None if held is None else held.attributes.get(attribute)
    return None if value is None else str(value)


def gather_rates(toolkit: Toolkit, gold: Iterable[Record]) -> Iterator[Case]:
    """Give every pair of figures and events that was weighed in some gold records."""
    weigher = toolkit.weights.rates
    assert weigher is not None
    for record in gold:
        spans = {(one.start, one.end): one for one in record.spans if one.label == ADVERSE_EVENT}
        weigher.heard = heard = []
        read(toolkit, Abstract(record.id, record.text, record.title))
        weigher.heard = None
        for one in heard:
            yield Case(record.id, tuple(one[2]), "right" if _is_told(spans, one) else NO)


def _is_told(spans: Mapping[tuple[int, int], Span], heard: Heard) -> bool:
    """Tell whether the gold has any of some figures of any of some events."""
    places, figures, _ = heard
    told = [
        rate
        for place in places
        if place in spans
        for rate in spans[place].attributes.get("rates") or ()
    ]
    return any(
        number_of(figure.get(name)) == number_of(rate.get(name)) is not None
        for figure in figures
        for rate in told
        for name in _TELLING
    )
