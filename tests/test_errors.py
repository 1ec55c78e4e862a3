"""What errors say of bytes that can't be read."""

from __future__ import annotations

import orjson
import pytest

from absift.errors import not_json


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"text": "na\xefve"}', "byte 12 (0xEF) is not valid UTF-8; convert the file to UTF-8"),
        ('{"a": "ï'.encode(), "not JSON: unexpected end of data: line 1 column 9 (char 8)"),
        ("{", "not JSON: unexpected end of data: line 1 column 2 (char 1)"),
    ],
)
def test_not_json(data: bytes | str, message: str) -> None:
    with pytest.raises(orjson.JSONDecodeError) as caught:
        orjson.loads(data)
    assert not_json(data, caught.value) == message
