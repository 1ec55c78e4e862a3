"""Tables of text with a header line: CSV and TSV.

Rows are read by the standard library's ``csv`` rather than pandas: it streams, keeps every
cell as it is written, and names the line of a bad row instead of dropping it or its block.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from absift.errors import InputError
from absift.readers.build import Item, Origin, from_row
from absift.readers.columns import Columns, require_text
from absift.readers.sniff import delimiter_of
from absift.readers.spans import Lines, Place, Span
from absift.readers.streams import head_of

# A cell of a TSV file that is in quotes from end to end.
_QUOTED = re.compile(r'(?:^|\t)"(?:[^"]|"")*"(?=\t|\r?$)', re.MULTILINE)


def _decoded(lines: Lines) -> Iterator[str]:
    """Yield lines as text.

    Bytes that are not UTF-8 become lone surrogates, which :mod:`absift.readers.build` rejects.
    """
    for line in lines:
        text = line.decode("utf-8", "surrogateescape")
        yield text.removeprefix("\ufeff") if lines.number == 1 else text


def _dialect(head: str, form: str) -> dict[str, Any]:
    """Tell delimiter and quoting from the first lines.

    In a TSV file whose cells are never wholly in quotes, a quotation mark is a character like
    any other.
    """
    lines = head.splitlines()
    mark = delimiter_of(lines[0]) if lines else None
    if mark is None:
        mark = "\t" if form == "tsv" else ","
    dialect: dict[str, Any] = {"delimiter": mark, "strict": True}
    if mark == "\t" and _QUOTED.search(head) is None:
        dialect["quoting"] = csv.QUOTE_NONE
    return dialect


def read_stream(stream: BinaryIO, origin: Origin, span: Span | None = None) -> Iterator[Item]:
    """Yield the abstracts of a table, row by row.

    Raises:
        InputError: The header is missing or no column of texts is known.
    """
    dialect, header, lines = _header(stream, origin)
    try:
        columns = require_text(header, origin.columns)
    except InputError as error:
        raise InputError(f"{origin.name}: {error}") from error
    if span is not None and span.start > 0:
        lines = Lines(stream, span, lines.offset)
    elif span is not None:
        lines = Lines(stream, replace(span, start=lines.offset, number=lines.number), lines.offset)
    for start, row in _rows(lines, dialect):
        at = f"line {start}"
        if isinstance(row, csv.Error):
            yield origin.reject(at, f"not a row of a table: {row}")
        elif row:
            yield _item(row, header, columns, origin, at)


def places(stream: BinaryIO, origin: Origin) -> Iterator[Place]:
    """Yield where each row ends; a row may be several lines.

    Raises:
        InputError: The header is missing.
    """
    dialect, _, lines = _header(stream, origin)
    for _ in _rows(lines, dialect):
        yield Place(lines.offset, lines.number)


def _header(stream: BinaryIO, origin: Origin) -> tuple[dict[str, Any], list[str], Lines]:
    """Read the row of names; give how the table is written, the names, and the other lines."""
    assert isinstance(stream, io.BufferedReader)
    head = head_of(stream).decode("utf-8", "replace").removeprefix("\ufeff")
    dialect, lines = _dialect(head, origin.format), Lines(stream)
    try:
        return dialect, next(csv.reader(_decoded(lines), **dialect), []), lines
    except csv.Error as error:
        raise InputError(f"{origin.name}: {error}") from error


def _rows(lines: Lines, dialect: dict[str, Any]) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield each row, or why it is none, with the number of its first line."""
    rows = csv.reader(_decoded(lines), **dialect)
    while True:
        start = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, error
            continue
        yield start, row


def _item(row: list[str], header: list[str], columns: Columns, origin: Origin, at: str) -> Item:
    if len(row) != len(header):
        return origin.reject(
            at, f"has {len(row)} columns where the header has {len(header)}; quote its cells"
        )
    return from_row(origin, at, dict(zip(header, row, strict=True)), columns)
