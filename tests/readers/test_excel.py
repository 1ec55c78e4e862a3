from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from absift.errors import InputError
from absift.readers import Columns, read


def _book(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def test_rows_with_numbers_dates_and_gaps(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    path = _book(
        tmp_path / "a.xlsx",
        {
            "one": [
                [],
                ["PMID", "Title", "Abstract", "Seen", None],
                [12345678.0, "Head", "First line.\nSecond\u00a0line.", date(2020, 3, 4), "x"],
                [],
                [2, None, "Short."],
                [3, "Head only", None],
            ]
        },
    )
    found, rejects = read_all(path)
    assert [(one.id, one.text) for one in found] == [
        ("12345678", "Head\nFirst line.\nSecond\u00a0line."),
        ("2", "Short."),
    ]
    assert found[0].meta["Seen"].startswith("2020-03-04")
    assert found[0].meta["column 5"] == "x"
    assert rejects == [("3", "no text")]


def test_every_sheet_with_texts_is_read_and_the_others_named(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    path = _book(
        tmp_path / "a.xlsx",
        {
            "x": [["id", "text"], [1, "One."]],
            "notes": [["who", "when"], ["me", "now"]],
            "y": [["id", "text"], [2, "Two."], [3, " "], [None, 5.0]],
            "empty": [],
        },
    )
    found, rejects = read_all(path)
    assert [one.text for one in found] == ["One.", "Two.", "5"]
    assert [record for record, _ in rejects] == ["3", "sheet 'notes'", "sheet 'empty'"]
    assert rejects[1][1].startswith("can't tell which column holds the text")


def test_a_book_without_texts_lists_its_columns(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"s": [["a", "b"], [1, 2]]})
    with pytest.raises(InputError, match=r"a\.xlsx: sheet 's': .* 'a', 'b'; name it with"):
        list(read([path]))
    (found,) = read([path], columns=Columns(text="b"))
    assert found.text == "2"


def test_a_broken_book_is_named(tmp_path: Path) -> None:
    path = _book(tmp_path / "a.xlsx", {"s": [["text"], ["One."]]})
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(InputError, match=r"a\.xlsx: not an Excel workbook"):
        list(read([path]))
