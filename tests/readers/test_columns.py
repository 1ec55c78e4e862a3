from __future__ import annotations

import pytest

from absift.errors import InputError
from absift.readers.columns import Columns, guess_columns, require_text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["id", "title", "text"], Columns("text", "title", "id")),
        (["PMID", "Title", "Abstract"], Columns("Abstract", "Title", "PMID")),
        (
            ["Key", "Abstract Note", "Article_Title"],
            Columns("Abstract Note", "Article_Title", "Key"),
        ),
        (["AB", "TI", "UT"], Columns("AB", "TI", "UT")),
        (["doi", "pmid", "AbstractText"], Columns("AbstractText", None, "pmid")),
        (["text", "abstract"], Columns("text", None, None)),
        (["one", "two"], Columns()),
    ],
)
def test_columns_are_guessed_by_name(names: list[str], expected: Columns) -> None:
    assert guess_columns(names, None) == expected


def test_a_choice_wins_and_is_not_taken_twice() -> None:
    assert guess_columns(["title", "text", "id"], Columns(text="title")) == Columns(
        "title", None, "id"
    )


@pytest.mark.parametrize(
    ("wanted", "option"),
    [
        (Columns(text="x"), "--text-column"),
        (Columns(title="x"), "--title-column"),
        (Columns(id="x"), "--id-column"),
    ],
)
def test_a_chosen_column_that_is_missing_is_named(wanted: Columns, option: str) -> None:
    with pytest.raises(InputError, match=f"no column 'x', which {option} names; .* 'a', 'b'"):
        guess_columns(["a", "b"], wanted)


def test_a_table_without_texts_lists_its_columns() -> None:
    with pytest.raises(InputError, match="the columns are: 'a', 'b'; name it with --text-column"):
        require_text(["a", "b"], None)
