from __future__ import annotations

import gzip
import io

import pytest

from absift.packing import is_packed, packed


@pytest.mark.parametrize(
    ("name", "expected"), [("a.jsonl.gz", True), ("a.GZ", True), ("a.jsonl", False), ("gz", False)]
)
def test_the_ending_tells(name: str, expected: bool) -> None:
    assert is_packed(name) is expected


def test_the_same_content_makes_the_same_bytes_and_the_stream_stays_open() -> None:
    made = []
    for _ in range(2):
        stream = io.BytesIO()
        with packed(stream) as inner:
            inner.write(b"rash\n" * 3)
        assert not stream.closed
        made.append(stream.getvalue())
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == b"rash\n" * 3


def test_what_is_not_to_be_packed_is_the_stream_itself() -> None:
    stream = io.BytesIO()
    with packed(stream, pack=False) as inner:
        assert inner is stream
