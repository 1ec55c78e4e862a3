"""CSV and TSV: one table, UTF-8, safe to open in a spreadsheet.

Both quote as RFC 4180 says; CSV ends its lines with CR LF, TSV with LF. A spreadsheet takes
a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, so such a text gets an
apostrophe before it, as OWASP advises against CSV injection; numbers never do, nor does
a text that is a plain number or percentage (``-0.3%``). :func:`undefused` takes the
apostrophe away again. Control characters, which could act on a terminal, are replaced by
their Unicode pictures: that can't be undone, but JSON lines hold the text as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack

from absift.output import visible_controls
from absift.records import Record
from absift.writers.base import FileWriter
from absift.writers.tables import columns, rows, table_name

# The full-width forms act as the plain ones do where East Asian text is common.
_ACTIVE = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,·][0-9]+)*\s?%?")


def defused(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet could take for a formula.

    A text that begins with apostrophes and then such a character gets one more, so that
    :func:`undefused` gives back every text exactly.
    """
    if _ACTIVE.match(text) and not _PLAIN_NUMBER.fullmatch(text):
        return "'" + text
    return text


def undefused(text: str) -> str:
    """Undo :func:`defused`."""
    return text[1:] if text.startswith("'") and _ACTIVE.match(text) else text


class DelimitedWriter(FileWriter):
    """Writes one table as CSV or TSV, with a row of column names.

    Args:
        path: The file; ``None`` for standard output.
        delimiter: ``,`` or a tab.
        table: ``findings`` (the default), ``studies`` or ``warnings``.
        force: Replace a file that is already there.
        own: Columns of a user's own attributes; see :func:`absift.writers.tables.columns`.
        compress: Pack with gzip.

    Raises:
        InputError: No such table, or the file exists and ``force`` is false.
    """

    def __init__(
        self,
        path: str | None,
        *,
        delimiter: str = ",",
        table: str | None = None,
        force: bool = False,
        compress: bool = False,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self._own = own
        self._table = table_name(table or "findings")
        self._delimiter = delimiter
        self._quoted = re.compile(f'[{delimiter}"\r\n]')
        self._newline = "\r\n" if delimiter == "," else "\n"
        super().__init__(path, force=force, compress=compress)

    def _begin(self, stack: ExitStack) -> None:
        self._write_rows([list(columns(self._table, self._own))])

    def _write(self, record: Record) -> None:
        self._write_rows([list(row.values()) for row in rows(record, self._table, self._own)])

    def _write_rows(self, found: list[list[object]]) -> None:
        lines = (self._delimiter.join(map(self._cell, row)) + self._newline for row in found)
        self._stream.write("".join(lines).encode())

    def _cell(self, value: object) -> str:
        """Write one cell; the csv module's quoting of CR differs between Python versions."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if not isinstance(value, str):
            return repr(value)
        text = defused(visible_controls(value))
        if self._quoted.search(text):
            text = text.replace('"', '""')
            return f'"{text}"'
        return text
