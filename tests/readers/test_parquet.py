from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from absift.errors import InputError
from absift.readers import read


def test_rows_of_several_types(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    table = pa.table(
        {
            "pmid": [1, 2, 3],
            "abstract": ["One\u00a0\x00.", None, "Three."],
            "authors": [["A", "B"], [], None],
            "when": [date(2020, 3, 4), None, None],
            "nested": [{"a": 1}, {"a": 2}, {"a": 3}],
        }
    )
    parquet.write_table(table, tmp_path / "a.parquet")
    found, rejects = read_all(tmp_path / "a.parquet")
    assert [(one.id, one.text) for one in found] == [("1", "One\u00a0\x00."), ("3", "Three.")]
    assert found[0].meta == {
        "authors": ["A", "B"],
        "when": "2020-03-04",
        "source": "a.parquet",
        "format": "parquet",
    }
    assert rejects == [("2", "no text")]


def test_many_rows_come_in_order(tmp_path: Path) -> None:
    texts = [f"Text {number}." for number in range(5000)]
    parquet.write_table(pa.table({"text": texts}), tmp_path / "a.parquet", row_group_size=700)
    assert [one.text for one in read([tmp_path / "a.parquet"])] == texts


def test_texts_that_are_no_strings_are_rejected(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    parquet.write_table(pa.table({"text": [1, 2]}), tmp_path / "a.parquet")
    assert read_all(tmp_path / "a.parquet") == (
        [],
        [("row 1", "'text' is not a string"), ("row 2", "'text' is not a string")],
    )


@pytest.mark.parametrize("cut", [6, 300])
def test_a_broken_file_is_named(cut: int, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": ["One."] * 100}), path)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(InputError, match=r"a\.parquet: not a Parquet file"):
        list(read([path]))


def test_without_texts_the_columns_are_listed(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": ["x"], "b": ["y"]}), tmp_path / "a.parquet")
    with pytest.raises(InputError, match="the columns are: 'a', 'b'"):
        list(read([tmp_path / "a.parquet"]))
