from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from absift.records import Record
from absift.writers import open_writer, parquet
from absift.writers.tables import COLUMNS, rows

arrow = pytest.importorskip("pyarrow.parquet")
TYPES = {"integer": "int64", "float": "double", "boolean": "bool", "string": "string"}


def write(records: list[Record], path: Path, table: str) -> list[dict[str, Any]]:
    with open_writer(str(path), table=table) as writer:
        for record in records:
            writer.write(record)
    return [row for record in records for row in rows(record, table)]


@pytest.mark.parametrize("table", ["findings", "studies", "warnings"])
def test_pyarrow_reads_it_back(tmp_path: Path, records: list[Record], table: str) -> None:
    written = write(records, tmp_path / "a.parquet", table)
    found = arrow.read_table(tmp_path / "a.parquet")
    assert found.to_pylist() == written
    assert [(it.name, str(it.type)) for it in found.schema] == [
        (name, TYPES[kind]) for name, kind in COLUMNS[table].items()
    ]


def test_findings_are_the_default_and_pandas_reads_them(
    tmp_path: Path, records: list[Record]
) -> None:
    with open_writer(str(tmp_path / "a.parquet")) as writer:
        writer.write(records[0])
    frame = pd.read_parquet(tmp_path / "a.parquet")
    assert frame["text"].tolist() == [span.text for span in records[0].spans]


def test_row_groups(tmp_path: Path, records: list[Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROW_GROUP", 20)
    written = write(records, tmp_path / "a.parquet", "findings")
    file = arrow.ParquetFile(tmp_path / "a.parquet")
    sizes = [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)]
    assert sizes == [25, 12]
    assert file.read().to_pylist() == written


def test_no_records(tmp_path: Path) -> None:
    assert write([], tmp_path / "a.parquet", "studies") == []
    found = arrow.read_table(tmp_path / "a.parquet")
    assert (found.num_rows, found.num_columns) == (0, len(COLUMNS["studies"]))
