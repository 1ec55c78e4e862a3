"""JSON lines: whole records, which lose nothing, or the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack

import orjson

from absift.records import Record, dumps
from absift.writers.base import FileWriter
from absift.writers.tables import rows, table_name


class JsonlWriter(FileWriter):
    """Writes one JSON object a line: a record or, given a table, a row of it.

    Args:
        path: The file; ``None`` for standard output.
        table: ``findings``, ``studies`` or ``warnings``; ``None`` for whole records.
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
        table: str | None = None,
        force: bool = False,
        compress: bool = False,
        own: Mapping[str, str] | None = None,
    ) -> None:
        self._own = own
        self._table = table_name(table) if table else None
        super().__init__(path, force=force, compress=compress)

    def _begin(self, stack: ExitStack) -> None:
        pass

    def _write(self, record: Record) -> None:
        if self._table is None:
            self._stream.write(dumps(record))
            return
        lines = (orjson.dumps(row) for row in rows(record, self._table, self._own))
        self._stream.write(b"".join(line + b"\n" for line in lines))
