from __future__ import annotations

from collections.abc import Callable
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.readers import Columns
from absift.readers.build import Item, Origin
from absift.readers.jsonl import read_stream
from absift.records import Abstract, Record, Span, dumps


def _read(data: bytes, columns: Columns | None = None) -> list[Item]:
    return list(read_stream(BufferedReader(BytesIO(data)), Origin("a", "a", "jsonl", columns)))  # type: ignore[arg-type]


def test_lines_of_different_shapes() -> None:
    items = _read(
        b'{"id": 1, "text": "One."}\n\n'
        b'{"pmid": "22", "title": "Head", "abstract": "Two.", "year": 2001}\r\n'
        b'{"record_id": "r3", "text": "Three."}'
    )
    assert [(one.id, one.text) for one in items if isinstance(one, Abstract)] == [
        ("1", "One."),
        ("22", "Head\nTwo."),
        ("r3", "Three."),
    ]
    assert isinstance(items[1], Abstract)
    assert items[1].meta["year"] == 2001


def test_bad_lines_are_named_and_the_others_read() -> None:
    items = _read(b'\xef\xbb\xbf{"text": "One."}\n{"text": \n"x"\n{"id": 7}\n{"text": "Two."}\n')
    assert [one.text for one in items if isinstance(one, Abstract)] == ["One.", "Two."]
    errors = [(one.record, one.reason) for one in items if not isinstance(one, Abstract)]
    assert [record for record, _ in errors] == ["line 2", "line 3", "line 4"]
    assert errors[0][1].startswith("not JSON: ")
    assert errors[1][1] == "is a JSON str, not an object"
    assert errors[2][1].endswith("the fields are: 'id'; name it with --text-column")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "a\\ud800b"}', "not JSON: "),
        (b'{"text": "a\xff"}', "byte 11 (0xFF) is not valid UTF-8; convert the file to UTF-8"),
    ],
)
def test_what_is_not_utf8_is_rejected(line: bytes, reason: str) -> None:
    (item,) = _read(line)
    assert not isinstance(item, Abstract)
    assert item.reason.startswith(reason)


@pytest.mark.parametrize(
    "data",
    [
        b'[{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}, 5]',
        b'\n[\n  {"id": "a",\n   "text": "One."},\n  {"id": "b", "text": "Two."},\n  5\n]\n',
    ],
)
def test_an_array(data: bytes) -> None:
    items = _read(data)
    assert [(one.id, one.text) for one in items if isinstance(one, Abstract)] == [
        ("a", "One."),
        ("b", "Two."),
    ]
    assert str(items[2]) == "a: record 3: is a JSON int, not an object"


def test_a_single_object_over_several_lines() -> None:
    (item,) = _read(b'{\n "id": "a",\n "text": "One."\n}\n')
    assert isinstance(item, Abstract)
    assert item.id == "a"


def test_a_broken_array_is_one_rejection() -> None:
    (item,) = _read(b'[{"text": "One."}, ')
    assert not isinstance(item, Abstract)
    assert item.record == "file"


def test_chosen_fields() -> None:
    (item,) = _read(b'{"a": "Words.", "text": "no", "b": 5}', Columns(text="a", id="b"))
    assert isinstance(item, Abstract)
    assert (item.id, item.text, item.meta["text"]) == ("5", "Words.", "no")


def test_own_records_come_back_as_they_were(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    text = "Head\nTwelve adults."
    record = Record("7", text, "Head", (Span(5, 11, "Twelve", "SAMPLE_SIZE"),), meta={"year": 2001})
    (tmp_path / "a.jsonl").write_bytes(dumps(record))
    ((found,), _) = read_all(tmp_path / "a.jsonl")
    assert (found.id, found.title, found.text) == ("7", "Head", text)
    assert found.meta == {"year": 2001, "source": "a.jsonl", "format": "jsonl"}


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_a_text_alone_keeps_every_character(text: str) -> None:
    (item,) = _read(orjson.dumps({"text": text}) + b"\n")
    assert isinstance(item, Abstract)
    assert item.text == text
