"""JSON: one object a line, an array of objects, or a single object."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import orjson

from absift.readers.build import Item, Origin, Shapes, from_object
from absift.readers.spans import Lines, Place, Span
from absift.readers.streams import head_of

_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


def read_stream(stream: BinaryIO, origin: Origin, span: Span | None = None) -> Iterator[Item]:
    """Yield the abstracts of a JSON file; objects a line are never all in memory."""
    if span is not None:
        return _lines(Lines(stream, span), origin, span.number)
    if _is_whole(stream):
        return _whole(stream.read(), origin)
    return _lines(stream, origin)


def places(stream: BinaryIO, origin: Origin) -> Iterator[Place]:
    """Yield the ends of lines; none where the file is one array or object."""
    if _is_whole(stream):
        return
    lines = Lines(stream)
    for _ in lines:
        yield Place(lines.offset, lines.number)


def _is_whole(stream: BinaryIO) -> bool:
    assert isinstance(stream, io.BufferedReader)
    head = head_of(stream).removeprefix(_BOM).lstrip(_BLANK)
    return head.startswith(b"[") or head.split(b"\n", 1)[0].strip() == b"{"


def _lines(stream: Iterable[bytes], origin: Origin, before: int = 0) -> Iterator[Item]:
    known: Shapes = {}
    loads = orjson.loads
    for number, line in enumerate(stream, start=before + 1):
        if number == 1:
            line = line.removeprefix(_BOM)
        try:
            value = loads(line)
        except orjson.JSONDecodeError as error:
            if line.strip():
                yield origin.reject(f"line {number}", f"not JSON: {error}")
            continue
        yield from_object(origin, f"line {number}", value, known)


def _whole(data: bytes, origin: Origin) -> Iterator[Item]:
    try:
        value = orjson.loads(data.removeprefix(_BOM))
    except orjson.JSONDecodeError as error:
        yield origin.reject("file", f"not JSON: {error}")
        return
    known: Shapes = {}
    for number, entry in enumerate(value if isinstance(value, list) else [value], start=1):
        yield from_object(origin, f"record {number}", entry, known)
