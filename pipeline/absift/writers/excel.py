"""Excel (``.xlsx``): a sheet a table; needs the extra ``excel``.

Texts are stored as texts, never as formulas, and a text that looks like a formula carries
Excel's own mark for text (quote prefix), so that editing the cell doesn't make it one.
Characters that XML 1.0 forbids are replaced by their Unicode pictures. A sheet holds
1,048,576 rows and a cell 32,767 UTF-16 units (Excel's specifications and limits): rows go
on in a further sheet, and texts in the sheet ``long texts``, so nothing is lost.
"""

from __future__ import annotations

import datetime
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from absift.output import visible_controls
from absift.records import Record
from absift.writers.base import FileWriter, optional_library
from absift.writers.delimited import defused
from absift.writers.tables import COLUMNS, columns, rows, table_name

ROW_LIMIT = 1_048_576
CELL_LIMIT = 32_767
LONG_TEXTS = "long texts"
_LONG_COLUMNS = ("sheet", "row", "column", "part", "text")
# So long that its every character may take two UTF-16 units and leave room for a note.
_PART = 16_000
_WIDE = {"title": 40, "text": 24, "adverse_events": 60, "warnings": 60, "message": 80, "rates": 40}
# Excel reads _x000D_ and the like as a character by its number (ECMA-376, ST_Xstring).
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Any fixed time will do; that of a zip archive can't be earlier.
_CREATED = datetime.datetime(1980, 1, 1)


class ExcelWriter(FileWriter):
    """Writes tables as the sheets of one workbook, row by row.

    Args:
        path: The file.
        table: One of ``findings``, ``studies`` and ``warnings``; ``None`` for all three.
        force: Replace a file that is already there.
        own: Columns of a user's own attributes; see :func:`absift.writers.tables.columns`.

    Raises:
        InputError: No such table, the file exists and ``force`` is false, or openpyxl isn't
            installed.
    """

    def __init__(
        self,
        path: str,
        *,
        table: str | None = None,
        force: bool = False,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self._own = own
        self._tables = [table_name(table)] if table else list(COLUMNS)
        optional_library("openpyxl", "excel")
        super().__init__(path, force=force)

    def _begin(self, stack: ExitStack) -> None:
        from openpyxl import Workbook

        self._book = Workbook(write_only=True)
        stack.callback(self._discard)
        self._long: list[tuple[str | int, ...]] = []
        self._sheets = {
            name: _Sheets(self._book, name, tuple(columns(name, self._own)))
            for name in self._tables
        }

    def _write(self, record: Record) -> None:
        for name, sheets in self._sheets.items():
            for row in rows(record, name, self._own):
                self._long.extend(sheets.append(tuple(row.values())))

    def _finish(self) -> None:
        from openpyxl.writer.excel import ExcelWriter as BookWriter

        if self._long:
            sheets = _Sheets(self._book, LONG_TEXTS, _LONG_COLUMNS)
            for row in self._long:
                sheets.append(row)
        self._book.properties.created = self._book.properties.modified = _CREATED
        with _TimelessZip(self._stream, "w", zipfile.ZIP_DEFLATED) as archive:
            BookWriter(self._book, archive).write_data()

    def _discard(self) -> None:
        """Throw away openpyxl's own temporary files if the workbook didn't get saved."""
        for sheet in self._book.worksheets:
            if not sheet.closed:
                sheet.close()
                sheet._writer.cleanup()


class _Sheets:
    """The sheet of one table, and the further ones that its rows go on in."""

    def __init__(self, book: Any, name: str, columns: Sequence[str]) -> None:  # noqa: ANN401
        self.book = book
        self.name = name
        self.columns = columns
        self.count = 0
        self._start()

    def _start(self) -> None:
        """Begin a sheet with the row of column names."""
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self.count += 1
        title = self.name if self.count == 1 else f"{self.name} {self.count}"
        self.sheet = self.book.create_sheet(title)
        self.sheet.freeze_panes = "A2"
        for number, column in enumerate(self.columns, start=1):
            width = _WIDE.get(column, 14)
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        header = [WriteOnlyCell(self.sheet, value=column) for column in self.columns]
        for cell in header:
            cell.font = Font(bold=True)
        self.sheet.append(header)
        self.rows = 1

    def append(self, values: Sequence[Any]) -> list[tuple[str | int, ...]]:
        """Write a row; give the rows of ``long texts`` for texts that a cell can't hold."""
        if self.rows == ROW_LIMIT:
            self._start()
        self.rows += 1
        cells: list[Any] = []
        long: list[tuple[str | int, ...]] = []
        for column, value in zip(self.columns, values, strict=True):
            if isinstance(value, str):
                text = visible_controls(value)
                if _units(text) > CELL_LIMIT:
                    parts = list(_parts(text))
                    long += [
                        (self.sheet.title, self.rows, column, number, part)
                        for number, part in enumerate(parts, start=1)
                    ]
                    text = f"{parts[0]}… (whole text in the sheet “{LONG_TEXTS}”)"
                value = self._text(text)
            cells.append(value)
        self.sheet.append(cells)
        return long

    def _text(self, text: str) -> Any:  # noqa: ANN401 - openpyxl has no types
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self.sheet, value=_ESCAPE.sub("_x005F_", text))
        # openpyxl takes "=1+1" for a formula and "#N/A" for an error.
        cell.data_type = "s"
        if defused(text) != text:
            cell.quotePrefix = True
        return cell


def _units(text: str) -> int:
    """Count UTF-16 units, as Excel does."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _parts(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PART):
        yield text[start : start + _PART]


class _TimelessZip(zipfile.ZipFile):
    """An archive whose members carry no time, so that equal content gives equal bytes."""

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = zipfile.ZipInfo(name)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.create_system = 3
        member.external_attr = 0o600 << 16
        return member

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,  # noqa: ANN401 - as in the base class
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member that is given as bytes or text."""
        name = getattr(zinfo_or_arcname, "filename", zinfo_or_arcname)
        super().writestr(self._member(str(name)), data, compress_type, compresslevel)

    def write(
        self,
        filename: Any,  # noqa: ANN401 - as in the base class
        arcname: Any = None,  # noqa: ANN401
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Add a member that is given as a file, copying it piece by piece."""
        source = Path(filename)
        member = self._member(str(arcname or filename))
        member.file_size = source.stat().st_size
        target: IO[bytes]
        with source.open("rb") as stream, self.open(member, "w") as target:
            shutil.copyfileobj(stream, target)
