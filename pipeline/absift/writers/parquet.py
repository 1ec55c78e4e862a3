"""Parquet: one typed table, written in row groups; needs the extra ``parquet``."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from absift.records import Record
from absift.writers.base import FileWriter, optional_library
from absift.writers.tables import Row, columns, rows, table_name

_ROW_GROUP = 50_000


class ParquetWriter(FileWriter):
    """Writes one table as Parquet, in row groups of some 50,000 rows.

    Texts are kept as they are: Parquet holds any character. Columns are ``int64``,
    ``double``, ``bool`` and ``string``, null where a value isn't known.

    Args:
        path: The file.
        table: ``findings`` (the default), ``studies`` or ``warnings``.
        force: Replace a file that is already there.
        own: Columns of a user's own attributes; see :func:`absift.writers.tables.columns`.

    Raises:
        InputError: No such table, the file exists and ``force`` is false, or pyarrow isn't
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
        self._table = table_name(table or "findings")
        self._arrow = optional_library("pyarrow", "parquet")
        self._parquet = optional_library("pyarrow.parquet", "parquet")
        super().__init__(path, force=force)

    def _begin(self, stack: ExitStack) -> None:
        arrow = self._arrow
        types = {
            "integer": arrow.int64(),
            "float": arrow.float64(),
            "boolean": arrow.bool_(),
            "string": arrow.string(),
        }
        self._schema = arrow.schema(
            [(name, types[kind]) for name, kind in columns(self._table, self._own).items()]
        )
        self._rows: list[Row] = []
        self._writer: Any = self._parquet.ParquetWriter(self._stream, self._schema)
        # Else it would try to write its end when it is thrown away, to a closed file.
        stack.callback(self._writer.close)

    def _write(self, record: Record) -> None:
        self._rows.extend(rows(record, self._table, self._own))
        if len(self._rows) >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
        self._writer.write_table(table, row_group_size=len(self._rows) or None)
        self._rows = []

    def _finish(self) -> None:
        if self._rows:
            self._flush()
        self._writer.close()
