from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import ConfigError
from absift.weighing.table import Table, read_table, read_tables, write_table

Write = Callable[[str, str], Path]


def test_rows_are_read_by_place_and_atom(table: Write) -> None:
    read = read_table(
        table("size.scope", "place atom total arm\n-1 of 1.5 -0.5\nalways always 0 1")
    )
    assert read == Table(
        "size.scope",
        ("total", "arm"),
        {("-1", "of"): (1.5, -0.5), ("always", "always"): (0.0, 1.0)},
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("place word span", r"size\.tsv: line 1 must be the header place atom OUTCOME"),
        ("place atom", r"size\.tsv: line 1 must be the header"),
        ("place atom span\n-1 of", r"size\.tsv:2: expected 3 cells, found 2"),
        ("place atom span\n-1 of much", r"size\.tsv:2: weights must be numbers up to 100: much"),
        ("place atom span\n-1 of nan", r"size\.tsv:2: weights must be numbers up to 100: nan"),
        ("place atom span\n-1 of -101", r"size\.tsv:2: weights must be numbers up to 100: -101"),
        ("place atom span\n-1 of 1\n-1 of 2", r"size\.tsv:3: -1 of stands twice"),
    ],
)
def test_what_is_malformed_is_named_with_its_line(table: Write, text: str, message: str) -> None:
    path = table("size", text)
    with pytest.raises(ConfigError, match=message):
        read_table(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        read_table(tmp_path / "none.tsv")


def test_all_tables_of_a_folder(table: Write, tmp_path: Path) -> None:
    table("size", "place atom span")
    table("size.scope", "place atom total arm")
    assert list(read_tables(tmp_path / "weights")) == ["size", "size.scope"]
    assert read_tables(tmp_path / "nothing") == {}


_WEIGHT = st.integers(-900, 900).map(lambda hundredths: hundredths / 100)
_NAME = st.text("abcXYZ<>=%-'0123456789,", min_size=1, max_size=8)


@given(st.dictionaries(st.tuples(_NAME, _NAME), st.tuples(_WEIGHT, _WEIGHT)))
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[tuple[str, str], tuple[float, float]]
) -> None:
    path = tmp_path_factory.mktemp("written") / "a.tsv"
    made = Table("a", ("one", "two"), rows)
    write_table(made, path)
    assert read_table(path) == made
