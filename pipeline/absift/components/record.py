"""A Doc as a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from absift.components.state import read_findings, read_warnings, sheet_of
from absift.components.toolkit import Toolkit
from absift.records import LABELS, Record, Span, Warning, span_order
from absift.text.sections import section_at


def to_record(
    doc: Doc,
    *,
    id: str,
    title: str | None = None,
    meta: Mapping[str, Any] | None = None,
    toolkit: Toolkit | None = None,
) -> Record:
    """Give what a pipeline found in a Doc.

    Args:
        doc: A Doc that absift's components went over.
        id: The abstract's id.
        title: Its title, if it has one apart.
        meta: What else is known of it.
        toolkit: The pipeline's; by default what the Doc was laid out with, or the built-in one.
    """
    sheet = sheet_of(doc, toolkit)
    text = sheet.text
    spans = [
        Span(
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            label=one.label,
            attributes=one.attributes,
            rule=one.rule,
            section=section_at(sheet.sentences, sheet.sentence_starts, one.start),
        )
        for one in read_findings(doc, [label for label in doc.spans if label in LABELS])
    ]
    return Record(
        id=id,
        text=text,
        title=title,
        spans=tuple(sorted(spans, key=span_order)),
        warnings=tuple(Warning.from_json(one) for one in read_warnings(doc)),
        meta=meta or {},
    )
