"""Find figures of one abstract that contradict each other.

A warning is about what is certain from the text: a figure that can't be checked is none.
Percentages are checked as the GRIM test does (Brown NJL, Heathers JAJ, Soc Psychol Personal
Sci 2017;8:363-369): a count out of a total agrees with a printed percentage if the quotient
can be printed so with the decimals given, rounded or cut off (see :mod:`absift.linking.sums`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from absift.linking.locate import Offsets, SpanIndex, find_number, in_order, sentence_around
from absift.linking.parts import parts_that_do_not_add_up
from absift.linking.sums import agrees, decimals, quotient
from absift.records import ADVERSE_EVENT, PERCENTAGE, SAMPLE_SIZE, Record, Span, Warning

# A total that is larger still is counted in other units (injections, cycles, visits).
_LARGEST_EXCESS = 1.5
# How far a round figure such as "nearly 70%" may be from the share that it rounds.
_ROUND = 2.5
# Up to two words behind a figure, and the first one.
_NOUNS = re.compile(r"(?:[^\S\n]+[^\W\d_]+){1,2}")
_NOUN = re.compile(r"[^\S\n]+([^\W\d_]+)")
_TORN = re.compile(r"\d[.,·]\s+\Z")


def warnings(record: Record) -> tuple[Warning, ...]:
    """Give the contradictions among the figures of a record, in text order.

    Args:
        record: An abstract with its spans and their attributes.

    Returns:
        Warnings of the kinds ``percent_mismatch``, ``numerator_above_denominator``,
        ``parts_do_not_add_up`` and ``denominator_above_sample``; none twice.
    """
    found: dict[tuple[str, str], Warning] = {}
    context: _Context | None = None
    for span, shares in _figures(record):
        context = context or _Context(record, found)
        for share in shares:
            for warning in _about_share(context, span, share):
                found.setdefault((warning.kind, warning.sum), warning)
    for warning in parts_that_do_not_add_up(record):
        found.setdefault((warning.kind, warning.sum), warning)
    return tuple(sorted(found.values(), key=lambda one: (one.spans, one.kind)))


class _Context:
    """What a share is held against, gathered once: the time stays in step with the text.

    Args:
        record: The record that is checked.
        found: What was found in it so far, by kind and sum.
    """

    def __init__(self, record: Record, found: Mapping[tuple[str, str], Warning]) -> None:
        self.text = record.text
        self.found = found
        self.sizes = SpanIndex(record.of(SAMPLE_SIZE))
        self.percentages = SpanIndex(record.of(PERCENTAGE))
        self.totals = {
            span.attributes.get("value")
            for span in self.sizes.spans
            if span.attributes.get("scope") == "total"
        }
        self.largest = _largest_sample(self.sizes.spans)

    def is_new(self, kind: str, total: str) -> bool:
        """Tell whether no warning of this kind says the same yet."""
        return (kind, total) not in self.found

    def places(self, near: Offsets, *numbers: int) -> tuple[Offsets, ...]:
        """Give a span's offsets and those of numbers in its sentence, in order."""
        found = (find_number(self.text, self.sizes, number, near) for number in numbers)
        return in_order([near, *found])

    def percentage(self, event: Span, percent: float) -> Span | None:
        """Give the percentage of a value in an event's sentence."""
        near = self.percentages.between(*sentence_around(self.text, event.start, event.end))
        return next((span for span in near if span.attributes.get("value") == percent), None)


def _figures(record: Record) -> Iterator[tuple[Span, list[dict[str, Any]]]]:
    """Give percentages, then events, with their shares that have a denominator."""
    for span in record.of(PERCENTAGE):
        attributes = span.attributes
        if "numerator" in attributes and "denominator" in attributes:
            share = {name: attributes[name] for name in ("numerator", "denominator")}
            if "value" in attributes:
                share["percent"] = attributes["value"]
            yield span, [share]
    for span in record.of(ADVERSE_EVENT):
        rates = [r for r in span.attributes.get("rates") or () if "denominator" in r]
        if rates:
            yield span, rates


def _about_share(context: _Context, span: Span, share: dict[str, Any]) -> Iterator[Warning]:
    top, bottom = share.get("numerator"), share["denominator"]
    if not isinstance(bottom, int) or bottom <= 0 or not isinstance(top, int):
        return
    near = (span.start, span.end)
    percent = share.get("percent")
    if top > bottom:
        total = f"{top} > {bottom}"
        if context.is_new("numerator_above_denominator", total):
            yield Warning(
                "numerator_above_denominator",
                f"The text counts {top} out of {bottom}, which is more than all.",
                context.places(near, top, bottom),
                total,
            )
    elif percent is not None:
        printed = span if span.label == PERCENTAGE else context.percentage(span, percent)
        if printed:
            yield from _mismatch(context, printed, top, bottom, percent)
    yield from _above_sample(context, span, near, top, bottom)


def _mismatch(
    context: _Context, printed: Span, top: int, bottom: int, percent: float
) -> Iterator[Warning]:
    if _torn(context.text, printed) or _passes(top, bottom, percent, printed.text):
        return
    exact = quotient(top, bottom, decimals(printed.text))
    total = f"{top}/{bottom} = {exact}%"
    if context.is_new("percent_mismatch", total):
        near = (printed.start, printed.end)
        yield Warning(
            "percent_mismatch",
            f"{top} of {bottom} is {exact}%, but the text says {printed.text}.",
            context.places(near, top, bottom),
            total,
        )


def _above_sample(
    context: _Context, span: Span, near: Offsets, top: int, bottom: int
) -> Iterator[Warning]:
    largest = context.largest
    if largest is None or largest.end >= span.start:
        return
    size = largest.attributes["value"]
    total = f"{bottom} > {size}"
    # A sample that the text gives as a share of a larger one is not the whole study.
    if not size < bottom <= size * _LARGEST_EXCESS or top in context.totals:
        return
    if not context.is_new("denominator_above_sample", total):
        return
    place = find_number(context.text, context.sizes, bottom, near)
    if place and _same_unit(context.text, largest, place):
        yield Warning(
            "denominator_above_sample",
            f"A rate is given out of {bottom}, but the largest sample of the text is {size}.",
            in_order([(largest.start, largest.end), place]),
            total,
        )


def _same_unit(text: str, sample: Span, place: Offsets) -> bool:
    """Tell whether a total counts what a sample counts: "16 men", "15 young men"."""
    counted = _NOUN.match(text, place[1])
    studied = _NOUNS.match(text, sample.end)
    if not counted or not studied:
        return False
    return counted[1].casefold() in studied[0].casefold().split()


def _torn(text: str, span: Span) -> bool:
    """Tell whether a blank in a figure tore a percentage apart ("59. 2%")."""
    return bool(_TORN.search(text, max(0, span.start - 8), span.start))


def _passes(top: int, bottom: int, percent: float, text: str) -> bool:
    """Tell whether a printed percentage may stand for a share."""
    digits = decimals(text)
    if agrees(top, bottom, percent, digits, truncated=True):
        return True
    # A multiple of five without decimals may be a round figure ("nearly 70%").
    return digits == 0 and percent % 5 == 0 and abs(100 * top / bottom - percent) < _ROUND


def _largest_sample(spans: Sequence[Span]) -> Span | None:
    """Give the largest sample of people; ``None`` where the text counts other units as well."""
    sizes = [one for one in spans if isinstance(one.attributes.get("value"), int)]
    if any(span.attributes.get("unit", "participants") != "participants" for span in sizes):
        return None
    if not any(span.attributes.get("scope") == "total" for span in sizes):
        return None
    return max(sizes, key=lambda span: span.attributes["value"])
