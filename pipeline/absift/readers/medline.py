"""MEDLINE format: PubMed's ``.nbib`` files and "PubMed" text exports.

Parsed here: the one small library for it on the package index has had no release since 2021
and reads a file whole, and Biopython is a heavy dependency for forty lines of work. Tags follow
NLM's "MEDLINE/PubMed Data Element (Field) Descriptions".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from absift.readers.build import Item, Origin, make_item
from absift.readers.page_words import load_words
from absift.readers.spans import Lines, Place, Span
from absift.readers.wrapping import join

_TAG = re.compile(r"([A-Z][A-Z0-9]{0,3}) {0,3}- ?(.*)", re.DOTALL)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DOI = re.compile(r"(10\.\d{4,9}/\S+) \[doi\]")
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")

_Fields = dict[str, list[str]]


def read_stream(stream: BinaryIO, origin: Origin, span: Span | None = None) -> Iterator[Item]:
    """Yield the abstracts of a MEDLINE file; records end at a blank line or the next PMID."""
    before = span.number if span else 0
    for number, fields in enumerate(_records(Lines(stream, span)), start=before + 1):
        yield _item(fields, origin, f"record {number}")


def places(stream: BinaryIO, origin: Origin) -> Iterator[Place]:
    """Yield where each record ends: behind its blank line, or before the next one's PMID."""
    lines = Lines(stream)
    for number, _ in enumerate(_records(lines), start=1):
        behind = lines.ended or not lines.line.strip()
        yield Place(lines.offset - (0 if behind else len(lines.line)), number)


def _records(lines: Iterable[bytes]) -> Iterator[_Fields]:
    fields: _Fields = {}
    tag = ""
    hanging = load_words().after_hyphen
    for raw in lines:
        line = raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff").rstrip("\r\n")
        match = _TAG.match(line)
        if fields and (not line.strip() or (match and match[1] == "PMID" and "PMID" in fields)):
            yield fields
            fields, tag = {}, ""
        if match:
            tag = match[1]
            fields.setdefault(tag, []).append(match[2].strip(" \t"))
        elif tag and line.strip():
            fields[tag][-1] = join(fields[tag][-1], line.strip(" \t"), hanging)
    if fields:
        yield fields


def _item(fields: _Fields, origin: Origin, position: str) -> Item:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    body, other = first("AB"), ""
    if not body and first("OAB"):
        body, other = first("OAB"), "OAB"
    doi = next(
        (found[1] for value in fields.get("LID", []) + fields.get("AID", [])
         if (found := _DOI.match(value))),
        "",
    )  # fmt: skip
    year = _YEAR.search(first("DP", "DEP", "CDAT"))
    issn = _ISSN.search(first("IS"))
    types = fields.get("PT", [])
    meta: dict[str, Any] = {
        "pmid": first("PMID"),
        "doi": doi,
        "pmcid": first("PMC"),
        "authors": fields.get("AU") or fields.get("FAU", []) or fields.get("CN", []),
        "year": int(year.group()) if year else None,
        "journal": first("JT", "TA", "BTI"),
        "issn": issn.group() if issn else "",
        "language": ", ".join(fields.get("LA", [])),
        "vernacular_title": first("TT"),
        "publication_types": types,
        "retracted": "Retracted Publication" in types or bool(first("RIN")),
        "abstract_from": other,
    }
    return make_item(
        origin,
        position,
        body,
        title=first("TI", "BTI", "TT"),
        ids=[("", first("PMID")), ("doi", doi), ("pmcid", first("PMC"))],
        meta={name: value for name, value in meta.items() if value},
        missing="no abstract",
    )
