"""Plain text: one abstract a file, unchanged to the character."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from absift.errors import not_utf8
from absift.readers.build import Item, Origin, make_item
from absift.readers.sniff import TEXT_ENDINGS
from absift.readers.sources import STDIN


def stem(name: str) -> str:
    """Give a file's name without its folder, ``.gz`` and the ending of text files."""
    base = PurePath(name.replace("\\", "/")).name
    for ending in (".gz", *TEXT_ENDINGS):
        if base.lower().endswith(ending) and len(base) > len(ending):
            base = base[: -len(ending)]
            if ending != ".gz":
                break
    return base


def decode(data: bytes, origin: Origin) -> Item | str:
    """Decode a whole file as UTF-8, a byte order mark dropped; or say where it isn't."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return origin.reject(f"line {line}", not_utf8(data, error.start))


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the one abstract of a text file."""
    text = decode(stream.read(), origin)
    if not isinstance(text, str):
        yield text
        return
    key = None if origin.name == STDIN else stem(origin.name)
    yield make_item(origin, "file", text, ids=[("", key)])
