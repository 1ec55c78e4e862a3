"""Excel workbooks (.xlsx), each sheet a table with a header row."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Any, BinaryIO
from zipfile import BadZipFile

from absift.errors import InputError
from absift.readers.build import Item, Origin, from_row
from absift.readers.columns import require_text

#: Bytes of a file without random access (packed, standard input) kept in memory, not on disk.
_IN_MEMORY = 1 << 26


def seekable(stream: BinaryIO) -> BinaryIO:
    """Give a stream that can be read from anywhere: itself, or a temporary copy of it."""
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller's
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy  # type: ignore[return-value]


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstracts of every sheet that has a column of texts.

    Raises:
        InputError: The file is no workbook, or none of its sheets has a column of texts.
    """
    import openpyxl

    with seekable(stream) as copy:
        try:
            book = openpyxl.load_workbook(copy, read_only=True, data_only=True)
        except (BadZipFile, KeyError, ValueError) as error:
            raise InputError(f"{origin.name}: not an Excel workbook (.xlsx): {error}") from error
        failures: list[tuple[str, InputError]] = []
        sheets = book.worksheets
        for sheet in sheets:
            # The size that a sheet claims for itself is wrong in files of some programs.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True)
            try:
                yield from _sheet(rows, sheet.title if len(sheets) > 1 else None, origin)
            except InputError as error:
                failures.append((sheet.title, error))
        if len(failures) == len(sheets):
            reasons = "; ".join(f"sheet {name!r}: {failure}" for name, failure in failures)
            raise InputError(f"{origin.name}: {reasons}")
        for name, failure in failures:
            yield origin.reject(f"sheet {name!r}", str(failure))


def _sheet(rows: Iterator[tuple[Any, ...]], title: str | None, origin: Origin) -> Iterator[Item]:
    header: list[str] = []
    columns = None
    prefix = f"sheet {title!r} " if title else ""
    for number, row in enumerate(rows, start=1):
        if not any(cell is not None for cell in row):
            continue
        if columns is None:
            header = [_name(cell, index) for index, cell in enumerate(row, start=1)]
            columns = require_text(header, origin.columns)
            continue
        yield from_row(origin, f"{prefix}row {number}", _cells(header, row, columns.text), columns)
    if columns is None:
        raise InputError("the sheet is empty")


def _name(cell: object, index: int) -> str:
    return f"column {index}" if cell is None else str(cell)


def _cells(header: Sequence[str], row: Sequence[Any], text: str | None) -> dict[str, Any]:
    """Pair a row's cells with the header; a row may be shorter or longer, a text a number."""
    names = [*header, *(_name(None, at) for at in range(len(header) + 1, len(row) + 1))]
    cells = dict(zip(names, row, strict=False))
    for name, value in cells.items():
        if isinstance(value, date | time):
            cells[name] = value.isoformat()
        elif isinstance(value, float) and value.is_integer():
            cells[name] = int(value)
    if text is not None and isinstance(cells.get(text), int | float):
        cells[text] = str(cells[text])
    return cells
