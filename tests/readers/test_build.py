from __future__ import annotations

from typing import Any

import pytest

from absift.errors import RecordError
from absift.readers.build import Origin, from_object, from_row, make_item, text_id
from absift.readers.columns import Columns
from absift.records import Abstract

ORIGIN = Origin("dir/a.csv", "a.csv", "csv")


def _built(item: Abstract | RecordError) -> Abstract:
    assert isinstance(item, Abstract)
    return item


def test_title_and_text_are_joined_by_a_line_break() -> None:
    found = _built(make_item(ORIGIN, "row 1", "Words.", title="Head", ids=[("", "7")]))
    assert found == Abstract("7", "Head\nWords.", "Head", {"source": "a.csv", "format": "csv"})


def test_own_records_are_not_joined_twice() -> None:
    found = _built(make_item(ORIGIN, "row 1", "Head\nWords.", title="Head"))
    assert found.text == "Head\nWords."
    assert found.title == "Head"


def test_a_missing_id_is_made_of_the_text_and_noted() -> None:
    found = _built(make_item(ORIGIN, "row 1", "Words.", title="Head"))
    # SHA-1 of "Words.", worked out with sha1sum.
    assert found.id == text_id("Words.") == "sha1-74e0037b9579f64b"
    assert found.meta["id_from"] == "text hash"
    assert _built(make_item(ORIGIN, "row 9", "Words.")).id == found.id


def test_the_first_id_that_is_filled_counts() -> None:
    found = _built(make_item(ORIGIN, "row 1", "Words.", ids=[("", " "), ("doi", "10.1/2")]))
    assert (found.id, found.meta["id_from"]) == ("10.1/2", "doi")


@pytest.mark.parametrize("body", [None, "", " \n\t", "\u00a0"])
def test_a_blank_text_is_rejected(body: str | None) -> None:
    item = make_item(ORIGIN, "row 1", body, title="Head", missing="no abstract")
    assert isinstance(item, RecordError)
    assert str(item) == "dir/a.csv: row 1: no abstract"


@pytest.mark.parametrize(
    "fields",
    [
        {"body": "a\ud800b"},
        {"body": "a", "title": "\udcff"},
        {"body": "a", "ids": [("", "\udcff")]},
        {"body": "a", "meta": {"authors": ["b", "\udcff"]}},
        {"body": "a", "meta": {"\udcff": 1}},
    ],
)
def test_what_cannot_be_written_as_utf8_is_rejected(fields: dict[str, Any]) -> None:
    item = make_item(ORIGIN, "row 1", **fields)
    assert isinstance(item, RecordError)
    assert "not valid UTF-8" in item.reason


def test_control_characters_stay() -> None:
    text = "a\x00b\x07c\u2028d\r\ne"
    assert _built(make_item(ORIGIN, "row 1", text)).text == text


def test_other_fields_go_to_meta_under_their_names() -> None:
    row = {
        "id": 3,
        "text": "Words.",
        "Year": 2001,
        "tags": ["a", "b"],
        "empty": "",
        "nested": {"a": 1},
        "source": "Medline",
        "spans": [{"start": 0}],
        "meta": {"pmid": "9", "source": "old.txt"},
    }
    found = _built(from_row(ORIGIN, "row 1", row, Columns("text", None, "id")))
    assert found.id == "3"
    assert found.meta == {
        "pmid": "9",
        "Year": 2001,
        "tags": ["a", "b"],
        "source_column": "Medline",
        "source": "a.csv",
        "format": "csv",
    }


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"text": 5}, "'text' is not a string"),
        ({"text": "a", "id": ["x"]}, "'id' is neither a string nor a number"),
        ([1], "is a JSON list, not an object"),
        ({"words": "a"}, "no text: can't tell which field holds it; the fields are: 'words'"),
    ],
)
def test_objects_that_cannot_be_used(value: object, reason: str) -> None:
    item = from_object(ORIGIN, "line 1", value, {})
    assert isinstance(item, RecordError)
    assert item.reason.startswith(reason)


def test_an_object_that_lacks_the_chosen_field_is_rejected_not_guessed() -> None:
    origin = Origin("a.jsonl", "a.jsonl", "jsonl", Columns(text="words"))
    assert isinstance(from_object(origin, "line 1", {"text": "a"}, {}), RecordError)
    assert _built(from_object(origin, "line 1", {"words": "b", "text": "a"}, {})).text == "b"
