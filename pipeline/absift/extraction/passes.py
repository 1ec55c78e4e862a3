"""The steps from a text to its findings, as functions of the toolkit.

spaCy's components are thin wrappers around these; where nobody asks for a Doc, as in the
batch run, :func:`read` goes straight through and saves the making of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from absift.extraction.reasons import (
    DEFAULT,
    note,
    note_events,
    note_links,
    note_made,
    note_weighed,
    note_words,
    of_entry,
)
from absift.extraction.toolkit import Toolkit
from absift.linking.checks import warnings
from absift.records import ADVERSE_EVENT, LABELS, Abstract, Record, Span, Warning, span_order
from absift.rules.engine import Finding, collapsed
from absift.rules.sheet import Sheet
from absift.text.sections import section_at
from absift.weighing.attributes import settle as settle_attributes


def find_figures(
    toolkit: Toolkit,
    base: Sheet,
    labels: Iterable[str],
    earlier: Sequence[Finding] = (),
    *,
    explain: bool = False,
) -> list[Finding]:
    """Find the spans of some labels by their rules and set their attributes.

    Args:
        toolkit: Rules and words.
        base: The abstract, with nothing collapsed.
        labels: The labels in the order in which they are to be found.
        earlier: Spans found before, which are single items to the rules.
        explain: Whether to keep which rule set each attribute.
    """
    sheet = collapsed(base, toolkit.rules.vocabulary, earlier) if earlier else base
    return _find_figures(toolkit, base, sheet, labels, earlier, explain)[0]


def _find_figures(
    toolkit: Toolkit,
    base: Sheet,
    sheet: Sheet,
    labels: Iterable[str],
    earlier: Sequence[Finding],
    explain: bool,
) -> tuple[list[Finding], Sheet]:
    """Give the figures and the sheet in which they and the earlier ones are single items."""
    vocabulary, found = toolkit.rules.vocabulary, list[Finding]()
    for label in labels:
        engine = toolkit.rules.engines[label]
        sees = engine.rules.sees
        seen = sheet
        if sees is not None:
            seen = collapsed(base, vocabulary, [f for f in (*earlier, *found) if f.label in sees])
        made = toolkit.find(label, seen)
        if explain and label in toolkit.weights.spans:
            note_words(toolkit.weights.spans[label], seen, made)
        if made:
            sheet = describe(toolkit, seen, made, explain=explain)
            found += made
        if made and sees is not None:
            sheet = collapsed(base, vocabulary, [*earlier, *found])
    edges = sorted((one.start, one.end) for one in found)
    if any(one[1] > other[0] for one, other in pairwise(edges)):
        # Of spans that overlap, the first in the text is the item, whichever was found first.
        sheet = collapsed(base, vocabulary, [*earlier, *found])
    return found, sheet


def describe(
    toolkit: Toolkit, sheet: Sheet, found: Sequence[Finding], *, explain: bool = False
) -> Sheet:
    """Set the attributes of spans of one label; give the sheet in which they are single items."""
    if explain:
        note(found)
    sheet = collapsed(sheet, toolkit.rules.vocabulary, found)
    toolkit.rules.engines[found[0].label].describe(sheet, found)
    if explain:
        note(found, DEFAULT)
    return sheet


def find_adverse_events(
    toolkit: Toolkit,
    base: Sheet,
    sheet: Sheet,
    figures: Sequence[Finding],
    *,
    explain: bool = False,
) -> list[Finding]:
    """Find generic mentions by rule and named harms by lexicon and evidence.

    Args:
        toolkit: Rules, lexicon and judge.
        base: The abstract, with nothing collapsed.
        sheet: The abstract; its figures are single items.
        figures: The spans found before, which no harm may overlap.
        explain: Whether to keep which term and which evidence made each harm.

    Returns:
        The adverse events, the named ones with term and system; assertion, grade and
        seriousness are still to be set.
    """
    rules, judge = toolkit.rules, toolkit.judge
    found = rules.engines[ADVERSE_EVENT].find(sheet)
    if explain:
        note(found)
    candidates = judge.candidates(base, [*figures, *found])
    if not candidates and not found:
        return found
    marked, found, _ = judge.sift(sheet, found, candidates)
    _name(toolkit, base, found, explain)
    if not candidates:
        return found
    for one in judge.judge(marked, candidates):
        made = Finding(one.start, one.end, ADVERSE_EVENT, one.rule, one.named)
        if explain:
            note_events(made, one)
        found.append(made)
    return found


def _name(toolkit: Toolkit, base: Sheet, found: Iterable[Finding], explain: bool) -> None:
    """Give harms that a rule found, and for which it set no term, the term in their words."""
    for one in found:
        held = one.attributes
        if held.get("generic") or "term" in held or "system" in held:
            continue
        first, last = base.item_at(one.start), base.item_at(one.end - 1)
        entry = toolkit.judge.lexicon.within(base.items[first : last + 1])
        if entry is None:
            continue
        held["term"], held["system"] = entry.term, entry.system
        if explain:
            one.why["term"] = one.why["system"] = of_entry(entry)


def read(toolkit: Toolkit, abstract: Abstract, *, explain: bool = False) -> Record:
    """Go through all steps with one abstract.

    Args:
        toolkit: Rules, words and terms.
        abstract: The abstract.
        explain: Whether each span says what set each of its attributes.
    """
    has_title = True if abstract.title else None
    base = toolkit.rules.maker.make(abstract.text, has_title=has_title)
    found, sheet = _find_figures(toolkit, base, base, toolkit.first, (), explain)
    events = find_adverse_events(toolkit, base, sheet, found, explain=explain)
    if events:
        sheet = describe(toolkit, sheet, events, explain=explain)
        found += events
    if found:
        link(toolkit, base, found, sheet, explain=explain)
    if toolkit.later:
        found += _find_figures(toolkit, base, sheet, toolkit.later, tuple(found), explain)[0]
    meta = {**abstract.meta, "rules": toolkit.stamp}
    record = make_record(base, found, (), abstract.id, abstract.title, meta, explain=explain)
    noted = warnings(record)
    if not noted:
        return record
    return make_record(base, found, noted, abstract.id, abstract.title, meta, explain=explain)


def link(
    toolkit: Toolkit,
    base: Sheet,
    found: list[Finding],
    sheet: Sheet | None = None,
    *,
    explain: bool = False,
) -> None:
    """Join figures and events; of labels of a user's own nothing is known that could be joined.

    Args:
        toolkit: Rules, words and terms.
        base: The abstract, with nothing collapsed.
        found: Its spans; changed and added to.
        sheet: The abstract in which they are single items, if it was made.
        explain: Whether to keep what set each attribute.
    """
    own = [one for one in found if one.label in LABELS]
    known = len(own)
    before = [(dict(one.attributes), dict(one.why)) for one in own] if explain else []
    toolkit.linker.settle(base, own)
    if toolkit.weights.attributes:
        if sheet is None or not known == len(own) == len(found):
            sheet = collapsed(base, toolkit.rules.vocabulary, own)
        tell = note_weighed if explain else None
        settle_attributes(toolkit.weights.attributes, sheet, own, tell)
        toolkit.linker.samples.settle_weighed(base, own)
    toolkit.linker.join(base, own)
    # Sizes known by their sum alone come last.
    found += own[known:]
    if explain:
        note_made(own[known:])
        note_links(own[:known], before)


def make_record(
    sheet: Sheet,
    found: Iterable[Finding],
    noted: Iterable[Warning],
    id: str,
    title: str | None,
    meta: Mapping[str, Any] | None,
    *,
    explain: bool = False,
) -> Record:
    """Give findings and warnings as a record; where wanted, with what set each attribute."""
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
            why=(one.why or None) if explain else None,
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
