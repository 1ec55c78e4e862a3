from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from absift.records import Record, read_records
from absift.writers import open_writer
from absift.writers.tables import rows


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_records_come_back_whole(tmp_path: Path, records: list[Record], name: str) -> None:
    path = tmp_path / name
    with open_writer(str(path)) as writer:
        for record in records:
            writer.write(record)
    data = path.read_bytes()
    if name.endswith(".gz"):
        assert data[4:8] == bytes(4), "a time in the header would change the bytes"
        data = gzip.decompress(data)
    assert read_records(data.split(b"\n")) == records


@pytest.mark.parametrize("table", ["findings", "studies", "warnings"])
def test_rows_as_objects(tmp_path: Path, records: list[Record], table: str) -> None:
    path = tmp_path / "a.jsonl"
    with open_writer(str(path), table=table) as writer:
        for record in records:
            writer.write(record)
    found = [json.loads(line) for line in path.read_bytes().splitlines()]
    assert found == [row for record in records for row in rows(record, table)]
    assert len(found) == {"findings": 37, "studies": 7, "warnings": 1}[table]
