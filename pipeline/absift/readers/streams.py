"""Byte streams over files and standard input: gzip seen by its magic bytes, progress counted."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, BinaryIO, cast

from absift.readers.remote import RemoteFile

#: Errors of a source that ends or breaks while it is read.
BROKEN = (EOFError, zlib.error, OSError)

_GZIP = b"\x1f\x8b"
_BUFFER = 1 << 17
#: Bytes looked at to tell a file's format.
HEAD = 1 << 16


class _Counted(io.RawIOBase):
    """Raw stream that reports how many bytes have been read from it."""

    def __init__(self, inner: IO[bytes], on_bytes: Callable[[int], None]) -> None:
        self._inner = inner
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        # A pipe gives a little at a time; the format is told from a full buffer.
        filled = 0
        while filled < len(buffer):
            data = self._inner.read(len(buffer) - filled)
            if not data:
                break
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self._on_bytes(filled)
        return filled

    def seekable(self) -> bool:
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def close(self) -> None:
        # Standard input is the caller's, not ours to close.
        if not self.closed and self._inner is not sys.stdin.buffer:
            self._inner.close()
        super().close()


def open_source(
    path: Path | RemoteFile | None, on_bytes: Callable[[int], None]
) -> io.BufferedReader:
    """Open a file, or standard input for ``None``, as a buffered stream of plain bytes.

    Args:
        path: The file.
        on_bytes: Called with the number of bytes of each read, compressed where the file is.

    Returns:
        A stream whose ``peek`` gives up to ``HEAD`` bytes, decompressed if it is gzip.

    Raises:
        OSError: The file can't be opened or read.
    """
    inner = cast(BinaryIO, sys.stdin.buffer) if path is None else path.open("rb", buffering=0)
    outer: io.BufferedReader = io.BufferedReader(_Counted(inner, on_bytes), _BUFFER)
    if outer.peek(2)[:2] != _GZIP:
        return outer
    # GzipFile doesn't own the stream that it reads; the wrapper closes both.
    return io.BufferedReader(_Gzip(outer), _BUFFER)


class _Gzip(io.RawIOBase):
    """Raw stream of a gzip file's content that gives all it has before it complains."""

    def __init__(self, inner: io.BufferedReader) -> None:
        self._inner = inner
        self._file = gzip.GzipFile(fileobj=inner, mode="rb")
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._error is not None:
            raise self._error
        # A broken end must not cost the bytes before it: hold the error until they are used.
        filled = 0
        while filled < len(buffer):
            try:
                data = self._file.read1(len(buffer) - filled)
            except BROKEN as error:
                self._error = error
                if filled == 0:
                    raise
                break
            if not data:
                break
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        return filled

    def close(self) -> None:
        if not self.closed:
            self._file.close()
            self._inner.close()
        super().close()


def head_of(stream: io.BufferedReader) -> bytes:
    """Give the first bytes of a stream without consuming them."""
    try:
        return stream.peek(HEAD)[:HEAD]
    except EOFError:
        return b""
