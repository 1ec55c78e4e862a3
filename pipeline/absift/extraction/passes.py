"""The steps from a text to its findings, as functions of the toolkit.

spaCy's components are thin wrappers around these; where nobody asks for a Doc, as in the
batch run, :func:`read` goes straight through and saves the making of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from absift.extraction.toolkit import Toolkit
from absift.linking.checks import warnings
from absift.records import (
    ADVERSE_EVENT,
    DURATION,
    PERCENTAGE,
    SAMPLE_SIZE,
    Abstract,
    Record,
    Span,
    Warning,
    span_order,
)
from absift.rules.engine import GENERIC, TERM, Finding, collapsed
from absift.rules.sheet import Sheet
from absift.text.sections import section_at

#: The labels of figures in the order in which they are found: rules may name earlier ones.
FIGURES: tuple[str, ...] = (PERCENTAGE, DURATION, SAMPLE_SIZE)


def find_figures(toolkit: Toolkit, sheet: Sheet, labels: Iterable[str]) -> list[Finding]:
    """Find the spans of some labels by their rules and set their attributes.

    Args:
        toolkit: Rules and words.
        sheet: The abstract; spans found before are single items.
        labels: The labels in the order in which they are to be found.
    """
    return _find_figures(toolkit, sheet, labels)[0]


def _find_figures(
    toolkit: Toolkit, sheet: Sheet, labels: Iterable[str]
) -> tuple[list[Finding], Sheet]:
    """Give the figures and the sheet in which they are single items."""
    base, found = sheet, list[Finding]()
    for label in labels:
        made = toolkit.rules.engines[label].find(sheet)
        if made:
            sheet = describe(toolkit, sheet, made)
            found += made
    edges = sorted((one.start, one.end) for one in found)
    if any(one[1] > other[0] for one, other in pairwise(edges)):
        # Of spans that overlap, the first in the text is the item, whichever was found first.
        sheet = collapsed(base, toolkit.rules.vocabulary, found)
    return found, sheet


def describe(toolkit: Toolkit, sheet: Sheet, found: Sequence[Finding]) -> Sheet:
    """Set the attributes of spans of one label; give the sheet in which they are single items."""
    sheet = collapsed(sheet, toolkit.rules.vocabulary, found)
    toolkit.rules.engines[found[0].label].describe(sheet, found)
    return sheet


def find_adverse_events(
    toolkit: Toolkit, base: Sheet, sheet: Sheet, figures: Sequence[Finding]
) -> list[Finding]:
    """Find generic mentions by rule and named harms by lexicon and evidence.

    Args:
        toolkit: Rules, lexicon and judge.
        base: The abstract, with nothing collapsed.
        sheet: The abstract; its figures are single items.
        figures: The spans found before, which no harm may overlap.

    Returns:
        The adverse events; assertion, grade and seriousness are still to be set.
    """
    rules, judge = toolkit.rules, toolkit.judge
    found = rules.engines[ADVERSE_EVENT].find(sheet)
    candidates = judge.candidates(base, [*figures, *found])
    if not candidates:
        return found
    signs = {name: rules.vocabulary.of_label(name) for name in (GENERIC, TERM)}
    marked = sheet.collapse(
        [(one.start, one.end, signs[GENERIC]) for one in found]
        + [(one.start, one.end, signs[TERM]) for one in candidates]
    )
    for one in judge.judge(marked, candidates):
        named = {"term": one.entry.term, "system": one.entry.system}
        found.append(Finding(one.start, one.end, ADVERSE_EVENT, one.rule, named))
    return found


def read(toolkit: Toolkit, abstract: Abstract) -> Record:
    """Go through all steps with one abstract."""
    has_title = True if abstract.title else None
    base = toolkit.rules.maker.make(abstract.text, has_title=has_title)
    found, sheet = _find_figures(toolkit, base, FIGURES)
    events = find_adverse_events(toolkit, base, sheet, found)
    if events:
        describe(toolkit, sheet, events)
        found += events
    if found:
        toolkit.linker.link(base, found)
    record = make_record(base, found, (), abstract.id, abstract.title, abstract.meta)
    noted = warnings(record)
    if not noted:
        return record
    return make_record(base, found, noted, abstract.id, abstract.title, abstract.meta)


def make_record(
    sheet: Sheet,
    found: Iterable[Finding],
    noted: Iterable[Warning],
    id: str,
    title: str | None,
    meta: Mapping[str, Any] | None,
) -> Record:
    """Give findings and warnings as a record."""
    text, sentences, starts = sheet.text, sheet.sentences, sheet.sentence_starts
    spans = [
        Span(
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            label=one.label,
            attributes=one.attributes,
            rule=one.rule,
            section=section_at(sentences, starts, one.start),
        )
        for one in found
    ]
    return Record(
        id=id,
        text=text,
        title=title,
        spans=tuple(sorted(spans, key=span_order)),
        warnings=tuple(noted),
        meta=meta or {},
    )
