"""Tables of text with a header line: CSV and TSV.

Rows are read by the standard library's ``csv`` rather than pandas: it streams, keeps every
cell as it is written, and names the line of a bad row instead of dropping it or its block.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from absift.errors import InputError
from absift.readers.build import Item, Origin, from_row
from absift.readers.columns import Columns, require_text
from absift.readers.sniff import delimiter_of
from absift.readers.streams import head_of

# A cell of a TSV file that is in quotes from end to end.
_QUOTED = re.compile(r'(?:^|\t)"(?:[^"]|"")*"(?=\t|\r?$)', re.MULTILINE)


class _Lines:
    """The lines of a stream as text; counts them, and can go on after a bad row.

    Bytes that are not UTF-8 become lone surrogates, which :mod:`absift.readers.build` rejects.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._stream.readline()
        if not line:
            raise StopIteration
        self.number += 1
        text = line.decode("utf-8", "surrogateescape")
        return text.removeprefix("\ufeff") if self.number == 1 else text


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


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstracts of a table, row by row.

    Raises:
        InputError: The header is missing or no column of texts is known.
    """
    assert isinstance(stream, io.BufferedReader)
    head = head_of(stream).decode("utf-8", "replace").removeprefix("\ufeff")
    lines = _Lines(stream)
    rows = csv.reader(lines, **_dialect(head, origin.format))
    try:
        header = next(rows, [])
        columns = require_text(header, origin.columns)
    except (InputError, csv.Error) as error:
        raise InputError(f"{origin.name}: {error}") from error
    while True:
        start = lines.number + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield origin.reject(f"line {start}", f"not a row of a table: {error}")
            continue
        if row:
            yield _item(row, header, columns, origin, f"line {start}")


def _item(row: list[str], header: list[str], columns: Columns, origin: Origin, at: str) -> Item:
    if len(row) != len(header):
        return origin.reject(
            at, f"has {len(row)} columns where the header has {len(header)}; quote its cells"
        )
    return from_row(origin, at, dict(zip(header, row, strict=True)), columns)
