from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.output import visible_controls
from absift.records import Record
from absift.writers import open_writer
from absift.writers.delimited import defused, undefused
from absift.writers.tables import COLUMNS, rows

TABLES = ["findings", "studies", "warnings"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1+1", "'+1+1"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\n=x", "'\n=x"),
        ("＝1+1", "'＝1+1"),
        ("-", "'-"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        ("-0.3%", "-0.3%"),
        ("+1,204", "+1,204"),
        ("-0.3 %", "-0.3 %"),
        ("-0.3% =x", "'-0.3% =x"),
        ("'tis", "'tis"),
        ("nausea", "nausea"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_defused(text: str, cell: str) -> None:
    assert defused(text) == cell
    assert undefused(cell) == text


@given(st.text(st.sampled_from("='+-@\t\r1%.a ＝"), max_size=6))
def test_defusing_can_be_undone(text: str) -> None:
    cell = defused(text)
    assert undefused(cell) == text
    assert cell[:1] not in ("=", "@", "\t", "\r", "＝")


def write(records: list[Record], path: Path, table: str) -> None:
    with open_writer(str(path), table=table) as writer:
        for record in records:
            writer.write(record)


def expected(records: list[Record], table: str) -> list[list[str]]:
    """Give the cells as text, made without the writer's own code."""

    def cell(value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        return defused(visible_controls(value)) if isinstance(value, str) else str(value)

    found = [list(row.values()) for record in records for row in rows(record, table)]
    return [list(COLUMNS[table]), *([cell(value) for value in row] for row in found)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("name", "delimiter", "newline"), [("a.csv", ",", "\r\n"), ("a.tsv", "\t", "\n")]
)
def test_csv_module_reads_it_back(
    tmp_path: Path, records: list[Record], name: str, delimiter: str, newline: str, table: str
) -> None:
    write(records, tmp_path / name, table)
    text = (tmp_path / name).read_bytes().decode()
    assert text.endswith(newline)
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert found == expected(records, table)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("name", "delimiter"), [("a.csv.gz", ","), ("a.tsv", "\t")])
def test_pandas_reads_it_back(
    tmp_path: Path, records: list[Record], name: str, delimiter: str, table: str
) -> None:
    write(records, tmp_path / name, table)
    frame = pd.read_csv(tmp_path / name, sep=delimiter, dtype=str, keep_default_na=False)
    assert [list(frame.columns), *frame.to_numpy().tolist()] == expected(records, table)


def test_no_cell_acts(tmp_path: Path, records: list[Record]) -> None:
    write(records, tmp_path / "a.csv", "findings")
    data = (tmp_path / "a.csv").read_bytes().decode()
    assert not set(data) & set(map(chr, [*range(9), 11, 12, *range(14, 32), 127]))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        found = [row["text"] for row in csv.DictReader(stream)]
    assert [text for text in found if text[0] in "=+-@\t\r"] == ["-2.5%"]
    assert "'=cmd|' /C calc'!A0" in found
    assert "''=1" in found


def test_empty_table_has_its_head(tmp_path: Path) -> None:
    write([], tmp_path / "a.csv", "warnings")
    assert (
        tmp_path / "a.csv"
    ).read_bytes() == b"id,title,kind,message,sum,figures,start,end,rule_set\r\n"
