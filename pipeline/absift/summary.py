"""What a record says of its study as a whole: size, arms, times, events.

Pure functions over :class:`~absift.records.Record`. A record holds every figure that
the abstract gives; a row of a study table wants one of each. The conventions by which
one is chosen stand with each function.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from absift.records import ADVERSE_EVENT, DURATION, SAMPLE_SIZE, Record, Span

#: Stages of a sample, the one a study is best described by first: the number randomised is
#: the denominator of an intention-to-treat analysis (CONSORT 2010, item 16).
STAGES: tuple[str, ...] = ("randomised", "enrolled", "analysed", "completed", "screened")

#: Days in a unit: the mean Gregorian year of 365.2425 days, a twelfth of it for a month.
DAYS: Mapping[str, float] = {
    "second": 1 / 86_400,
    "minute": 1 / 1_440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 365.2425 / 12,
    "year": 365.2425,
}

# A stop, white space and no lower-case letter: a decimal point or "vs. control" is no end.
_SENTENCE_END = re.compile(r"[.!?][\])\"'”’]*\s+(?![a-z\s])|[。！？\n]")
_STATISTICS = ("median", "mean", "none", None, "range")


@dataclass(frozen=True, slots=True)
class SampleSize:
    """A number of participants at one stage.

    Attributes:
        value: Participants.
        stage: One of :data:`STAGES`, or ``None`` where the record doesn't say.
        spans: The figure it was read from, or the arms that were added up.
    """

    value: int
    stage: str | None
    spans: tuple[Span, ...]

    @property
    def summed(self) -> bool:
        """Whether the arms were added up because the text states no total."""
        return len(self.spans) > 1


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time.

    Attributes:
        text: Number and unit in one form for all abstracts: ``12 month``, ``2-4 year``.
        days: The length in days (:data:`DAYS`); the upper bound of a range.
        span: Where it was read.
    """

    text: str
    days: float
    span: Span


@dataclass(frozen=True, slots=True)
class Event:
    """An adverse event with all that the abstract reports of it.

    Attributes:
        name: The lexicon's preferred term where the record has one, else the words as written.
        generic: Whether the name is no particular harm ("adverse events").
        assertion: ``present``, ``absent`` or ``possible``.
        grade: The grade, such as ``3-4``.
        serious: Whether it was called serious, severe, life-threatening or fatal.
        rates: The rates of all its mentions, each once, in text order.
    """

    name: str
    generic: bool
    assertion: str | None
    grade: str | None
    serious: bool
    rates: tuple[Mapping[str, Any], ...]

    def __str__(self) -> str:
        """Give the event on one line: ``nausea [grade 3] (drug: 12/100, 12%; ...)``."""
        notes = ["serious"] if self.serious else []
        if self.grade:
            notes.append(f"grade {self.grade}")
        out = f"{self.name} [{', '.join(notes)}]" if notes else self.name
        return f"{out} ({rates_text(self.rates)})" if self.rates else out


def number_text(value: float) -> str:
    """Write a number without a needless ``.0``."""
    return str(int(value)) if float(value).is_integer() else str(value)


def rate_text(rate: Mapping[str, Any]) -> str:
    """Write a rate for a reader: ``placebo: 5/98, 5.1%``; what isn't known is left out."""
    numerator, denominator = rate.get("numerator"), rate.get("denominator")
    parts = []
    if numerator is not None:
        out = number_text(numerator)
        parts.append(f"{out}/{number_text(denominator)}" if denominator is not None else f"n={out}")
    elif denominator is not None:
        parts.append(f"of {number_text(denominator)}")
    if rate.get("percent") is not None:
        parts.append(f"{number_text(rate['percent'])}%")
    figures = ", ".join(parts)
    if not rate.get("arm"):
        return figures
    return f"{rate['arm']}: {figures}" if figures else str(rate["arm"])


def rates_text(rates: Iterable[Mapping[str, Any]]) -> str:
    """Write all rates of an event, ``; `` between them."""
    return "; ".join(rate_text(rate) for rate in rates)


def total_sample_size(record: Record) -> int | None:
    """Give the study's total number of participants; see :func:`sample_size`."""
    size = sample_size(record)
    return size.value if size else None


def sample_size(record: Record) -> SampleSize | None:
    """Choose the figure that tells the study's size.

    Among the SAMPLE_SIZE spans of scope ``total`` that count participants, the best stage
    of :data:`STAGES` wins, and within a stage the first in the text. Where the text states
    no total, but names two or more arms of one stage in one sentence, their sum is given,
    with ``summed`` true: the arms of a sentence such as "40 received drug and 41 placebo"
    make up the sample. Else ``None``: numbers of studies, eyes or specimens are no size in
    participants.
    """
    totals = _participants(record, "total")
    if totals:
        span = totals[0]
        return SampleSize(span.attributes["value"], _stage(span), (span,))
    group = _arms_of_a_sentence(record)
    if group:
        value = sum(span.attributes["value"] for span in group)
        return SampleSize(value, _stage(group[0]), group)
    return None


def sample_at(record: Record, stage: str) -> int | None:
    """Give the first total number of participants that the text states for one stage."""
    for span in _participants(record, "total"):
        if _stage(span) == stage:
            return int(span.attributes["value"])
    return None


def arm_sizes(record: Record) -> tuple[int, ...]:
    """Give the participants of each arm, in text order.

    The arms of the first sentence that names two or more of one stage; where none does,
    every arm of the best stage of :data:`STAGES`. An abstract repeats its arms, and
    this way none is counted twice, while two arms of one size stay two.
    """
    group = _arms_of_a_sentence(record)
    if not group:
        arms = _participants(record, "arm")
        group = tuple(s for s in arms if _stage(s) == _stage(arms[0]))
    return tuple(int(span.attributes["value"]) for span in group)


def _participants(record: Record, scope: str) -> list[Span]:
    """Give the sizes in participants of one scope, the best stage first, then by place."""
    found = [
        span
        for span in record.of(SAMPLE_SIZE)
        if span.attributes.get("scope") == scope
        and span.attributes.get("unit", "participants") == "participants"
        and isinstance(span.attributes.get("value"), int)
    ]
    return sorted(found, key=lambda span: (_rank(STAGES, _stage(span)), span.start))


def _stage(span: Span) -> str | None:
    stage = span.attributes.get("stage")
    return str(stage) if stage is not None else None


def _rank(order: Sequence[str | None], value: str | None) -> int:
    return order.index(value) if value in order else len(order)


def _arms_of_a_sentence(record: Record) -> tuple[Span, ...]:
    """Give the first two or more arms of one stage that share a sentence."""
    arms = _participants(record, "arm")
    for first in arms:
        end = _SENTENCE_END.search(record.text, first.end)
        stop = end.start() if end else len(record.text)
        alike = [span for span in arms if _stage(span) == _stage(first)]
        group = [span for span in alike if first.start <= span.start < stop]
        if len(group) > 1:
            return tuple(group)
    return ()


def follow_up(record: Record) -> Length | None:
    """Choose the length of the study's follow-up.

    Of the durations of role ``follow_up``, a median wins over a mean, that over a length
    with no statistic, and that over a range: what was observed tells more than what was
    planned. Among equals the longest wins, then the first.
    """
    return _length(record, "follow_up", _STATISTICS)


def treatment_length(record: Record) -> Length | None:
    """Choose how long the intervention was given: the longest duration of role ``treatment``."""
    return _length(record, "treatment", ())


def _length(record: Record, role: str, statistics: Sequence[str | None]) -> Length | None:
    lengths = []
    for span in record.of(DURATION):
        length = duration(span) if span.attributes.get("role") == role else None
        if length:
            lengths.append(length)
    key = "statistic"
    return min(
        lengths,
        key=lambda it: (_rank(statistics, it.span.attributes.get(key)), -it.days, it.span.start),
        default=None,
    )


def duration(span: Span) -> Length | None:
    """Read a DURATION span as a length; ``None`` where it has no value or unit."""
    given = span.attributes
    unit = given.get("unit")
    if unit not in DAYS:
        return None
    days: float = DAYS[str(unit)]
    if given.get("value") is not None:
        return Length(f"{number_text(given['value'])} {unit}", abs(given["value"]) * days, span)
    if given.get("low") is None or given.get("high") is None:
        return None
    text = f"{number_text(given['low'])}-{number_text(given['high'])} {unit}"
    return Length(text, abs(given["high"]) * days, span)


def events(record: Record) -> tuple[Event, ...]:
    """Give the adverse events, one for all mentions of the same thing, in text order.

    Mentions are the same thing if they agree in name (without regard to case), assertion,
    grade and seriousness. A mention that adds nothing to a more exact one, such as a bare
    "nausea" beside "grade 3 nausea (12%)", is left out.
    """
    groups: dict[tuple[Any, ...], list[Span]] = {}
    for span in record.of(ADVERSE_EVENT):
        a = span.attributes
        key = (_name(span).casefold(), a.get("assertion"), a.get("grade"), bool(a.get("serious")))
        groups.setdefault(key, []).append(span)
    found = [_event(spans) for spans in groups.values()]
    return tuple(event for event in found if not any(_covers(other, event) for other in found))


def _name(span: Span) -> str:
    return str(span.attributes.get("term") or " ".join(span.text.split()))


def _event(spans: Sequence[Span]) -> Event:
    first = spans[0].attributes
    rates: list[Mapping[str, Any]] = []
    for span in spans:
        for rate in span.attributes.get("rates") or ():
            if rate not in rates:
                rates.append(rate)
    return Event(
        name=_name(spans[0]),
        generic=bool(first.get("generic")),
        assertion=first.get("assertion"),
        grade=first.get("grade"),
        serious=bool(first.get("serious")),
        rates=tuple(rates),
    )


def _covers(other: Event, event: Event) -> bool:
    """Whether ``other`` says all that ``event`` says, and more."""
    if event.rates or event.grade or event.serious or other is event:
        return False
    return (other.name.casefold(), other.assertion) == (event.name.casefold(), event.assertion)
