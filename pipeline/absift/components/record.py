"""A Doc as a record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from absift.components.state import (
    labels_of,
    read_findings,
    read_warnings,
    sheet_of,
    stamp_of,
)
from absift.extraction.passes import make_record
from absift.extraction.toolkit import Toolkit
from absift.records import Record, Warning


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
    found = read_findings(doc, labels_of(doc))
    noted = (Warning.from_json(one) for one in read_warnings(doc))
    sheet, stamp = sheet_of(doc, toolkit), stamp_of(doc)
    meta = {**(meta or {}), "rules": stamp} if stamp else meta
    return make_record(sheet, found, noted, id, title, meta, explain=True)
