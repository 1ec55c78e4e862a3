from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from absift.output import visible_controls
from absift.records import Record, Span
from absift.writers import excel, open_writer
from absift.writers.tables import COLUMNS, rows

openpyxl = pytest.importorskip("openpyxl")


def write(records: list[Record], path: Path, table: str | None = None) -> Any:  # noqa: ANN401
    with open_writer(str(path), table=table) as writer:
        for record in records:
            writer.write(record)
    return openpyxl.load_workbook(path)


def cells(sheet: Any) -> list[list[Any]]:  # noqa: ANN401 - openpyxl has no types
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def shown(value: Any) -> Any:  # noqa: ANN401 - any cell
    """Give the cell that stands for a value, as openpyxl reads it."""
    if not isinstance(value, str) or not value:
        return value or (None if value == "" else value)
    return visible_controls(value).replace("_x0041_", "_x005F_x0041_")


def test_openpyxl_reads_it_back(tmp_path: Path, records: list[Record]) -> None:
    book = write(records, tmp_path / "a.xlsx")
    assert book.sheetnames == ["findings", "studies", "warnings"]
    for table in book.sheetnames:
        found = [list(row.values()) for record in records for row in rows(record, table)]
        expected = [list(COLUMNS[table]), *([shown(value) for value in row] for row in found)]
        assert cells(book[table]) == expected


def test_one_table(tmp_path: Path, records: list[Record]) -> None:
    assert write(records, tmp_path / "a.xlsx", "studies").sheetnames == ["studies"]


def test_no_formula_and_no_error(tmp_path: Path, records: list[Record]) -> None:
    sheet = write(records, tmp_path / "a.xlsx")["findings"]
    column = list(COLUMNS["findings"]).index("text")
    found = {row[column].value: row[column] for row in sheet.iter_rows(min_row=2)}
    texts = ["=cmd|' /C calc'!A0", "@SUM(1)", "+ve reactions", "'=1", "#N/A", "-2.5%", "Nausea"]
    assert {found[text].data_type for text in texts} == {"s"}
    assert [bool(found[text].quotePrefix) for text in texts] == [True] * 4 + [False] * 3
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert all(b"<f>" not in archive.read(name) for name in archive.namelist())


def test_long_texts_go_on_in_a_sheet(tmp_path: Path) -> None:
    # Each of these takes two UTF-16 units, so it is their number that passes the limit.
    text = "😀" * 16_384
    fits = "x" * excel.CELL_LIMIT
    records = [
        Record("r", words, spans=(Span(0, len(words), words, "L"),)) for words in (fits, text)
    ]
    book = write(records, tmp_path / "a.xlsx", "findings")
    assert book.sheetnames == ["findings", "long texts"]
    column = list(COLUMNS["findings"]).index("text")
    found = [row[column] for row in cells(book["findings"])]
    assert found[1] == fits
    assert found[2].startswith("😀😀")
    assert found[2].endswith("(whole text in the sheet “long texts”)")
    assert len(found[2].encode("utf-16-le")) // 2 <= excel.CELL_LIMIT
    head, *parts = cells(book["long texts"])
    assert head == ["sheet", "row", "column", "part", "text"]
    assert [part[:4] for part in parts] == [["findings", 3, "text", 1], ["findings", 3, "text", 2]]
    assert "".join(part[4] for part in parts) == text


def test_rows_go_on_in_a_further_sheet(
    tmp_path: Path, records: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel, "ROW_LIMIT", 4)
    book = write(records, tmp_path / "a.xlsx", "studies")
    assert book.sheetnames == ["studies", "studies 2", "studies 3"]
    ids = [[row[0] for row in cells(book[name])] for name in book.sheetnames]
    assert [len(found) for found in ids] == [4, 4, 2]
    assert {found[0] for found in ids} == {"id"}
    assert [it for found in ids for it in found[1:]] == [record.id for record in records]


def test_workbook_holds_no_time(tmp_path: Path, records: list[Record]) -> None:
    book = write(records, tmp_path / "a.xlsx")
    assert book.properties.created == book.properties.modified == excel._CREATED
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
