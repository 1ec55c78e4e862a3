"""RIS files, as reference managers and data bases export them.

The stream is cut into records here, so that a file never stands in memory whole and a record
without its ``ER`` costs no other; :mod:`rispy` takes each record apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from absift.readers.build import Item, Origin, make_item
from absift.readers.page_words import load_words
from absift.readers.spans import Lines, Place, Span
from absift.readers.wrapping import unwrap

_TAG = re.compile(r"[^\S\n]{0,2}([A-Z][A-Z0-9]) {0,3}-(?: (.*)|\s*$)", re.DOTALL)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
# Tags that may go on over several lines, or be given twice; each line is kept apart.
_LINES = ("AB", "N2", "TI", "T1", "DO", "LA", "SN")


def read_stream(stream: BinaryIO, origin: Origin, span: Span | None = None) -> Iterator[Item]:
    """Yield the abstracts of a RIS file, record by record."""
    before = span.number if span else 0
    for number, lines in enumerate(_records(Lines(stream, span)), start=before + 1):
        yield _item(lines, origin, f"record {number}")


def places(stream: BinaryIO, origin: Origin) -> Iterator[Place]:
    """Yield where each record ends: behind its last line, or before the next one's first."""
    lines = Lines(stream)
    for number, _ in enumerate(_records(lines), start=1):
        behind = lines.ended or _match(lines.line)[1] == "ER"
        yield Place(lines.offset - (0 if behind else len(lines.line)), number)


def _match(raw: bytes) -> tuple[str, str | None, str]:
    """Give a line without its end, its tag, and what stands behind it."""
    line = raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff").rstrip("\r\n")
    match = _TAG.match(line)
    return line, match[1] if match else None, (match[2] or "") if match else ""


def _records(stream: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield each record's lines, its tags in the one form that rispy knows."""
    lines: list[str] = []
    for raw in stream:
        line, tag, rest = _match(raw)
        if tag in ("TY", "ER") and lines:
            yield lines
            lines = []
        if tag is not None and tag != "ER":
            if not lines and tag != "TY":
                # A record that lost its first line is a record all the same.
                lines.append("TY  - GEN")
            lines.append(f"{tag}  - {rest}")
        elif lines and tag is None:
            lines.append(line)
    if lines:
        yield lines


def _parse(lines: list[str]) -> dict[str, Any]:
    import rispy
    from rispy.config import LIST_TYPE_TAGS

    parser = rispy.RisParser(list_tags=[*LIST_TYPE_TAGS, *_LINES])
    # A blank line says nothing in RIS, and rispy would end a record's text with it.
    records = parser.parse_lines(iter([*(line for line in lines if line.strip()), "ER  - "]))
    return records[0] if records else {}


def _item(lines: list[str], origin: Origin, position: str) -> Item:
    fields = _parse(lines)
    hanging = load_words().after_hyphen

    def text(*names: str) -> str:
        """Give the first field that is filled; broken lines joined, paragraphs kept."""
        for name in names:
            value = fields.get(name) or ""
            joined = (
                value
                if isinstance(value, str)
                else "\n".join(unwrap([*filter(None, value)], hanging))
            )
            if joined.strip():
                return joined
        return ""

    year = _YEAR.search(text("year", "publication_year", "date"))
    doi = _DOI.search(text("doi")) or _DOI.search(" ".join(fields.get("urls", [])))
    own, accession = text("id"), text("accession_number")
    pubmed = fields.get("unknown_tag", {}).get("PM", [""])[0]
    meta: dict[str, Any] = {
        "authors": fields.get("authors") or fields.get("first_authors") or [],
        "year": int(year.group()) if year else None,
        "journal": text(
            "secondary_title", "alternate_title3", "journal_name", "alternate_title2",
            "alternate_title1",
        ),
        "doi": doi.group().rstrip(".,;") if doi else "",
        "accession": accession,
        "language": text("language"),
        "issn": text("issn"),
        "keywords": fields.get("keywords", []),
        "type": text("type_of_reference"),
    }  # fmt: skip
    return make_item(
        origin,
        position,
        text("abstract", "notes_abstract"),
        title=text("title", "primary_title").replace("\n", " "),
        ids=[("", own), ("accession", accession), ("pmid", pubmed), ("doi", meta["doi"])],
        meta={name: value for name, value in meta.items() if value},
        missing="no abstract",
    )
