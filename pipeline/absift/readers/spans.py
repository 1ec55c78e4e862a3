"""Parts of a file: how a large one is cut, so that each part can be read by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a file's content.

    Attributes:
        start: Where it begins: bytes of the unpacked content, or records before it.
        stop: Where it ends, counted in the same way.
        number: Lines (of JSON and of tables) or records before it, so that messages can name
            the place in the whole file.
        unit: ``bytes`` or ``records``.
    """

    start: int
    stop: int
    number: int
    unit: str = "bytes"


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two records at which reading may begin.

    Attributes:
        offset: Bytes of the unpacked content before it.
        number: Lines or records before it; see :class:`Span`.
    """

    offset: int
    number: int


class Lines:
    """The lines of a stream, or of a span of it; knows where it is.

    Args:
        stream: The content; read from where it stands.
        span: The part to give; all by default.
        offset: Where the stream stands.

    Attributes:
        offset: Bytes of the content before the next line.
        number: Lines given so far, those before a span included if its number counts lines.
        line: The last line given.
        ended: Whether there are no more lines.
    """

    def __init__(self, stream: BinaryIO, span: Span | None = None, offset: int = 0) -> None:
        self._stream = stream
        self._stop = None if span is None else span.stop
        self.offset = offset if span is None else span.start
        self.number = 0 if span is None else span.number
        self.line = b""
        self.ended = False
        if span is not None:
            _skip(stream, span.start - offset)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Give the next line.

        Raises:
            EOFError: The content ends before the span does.
        """
        if self._stop is not None and self.offset >= self._stop:
            self.ended = True
            raise StopIteration
        line = self._stream.readline()
        if not line:
            self.ended = True
            if self._stop is not None:
                raise EOFError("the file has become shorter since the run began")
            raise StopIteration
        self.offset += len(line)
        self.number += 1
        self.line = line
        return line


def _skip(stream: BinaryIO, count: int) -> None:
    """Go forward; a packed file has to be unpacked up to there."""
    if stream.seekable():
        stream.seek(stream.tell() + count)
        return
    while count > 0:
        data = stream.read(min(count, _CHUNK))
        if not data:
            raise EOFError("the file has become shorter since the run began")
        count -= len(data)


def spans_of(places: Iterator[Place], size: int) -> Iterator[Span]:
    """Join the stretches between places to spans.

    Args:
        places: Where reading may begin, in order; the last one is the end of the content.
        size: Bytes from which a span is long enough.

    Yields:
        Spans that together are all of the content.
    """
    start = last = Place(0, 0)
    for last in places:
        if last.offset - start.offset >= size:
            yield Span(start.offset, last.offset, start.number)
            start = last
    if last.offset > start.offset:
        yield Span(start.offset, last.offset, start.number)
