"""Files packed with gzip, told by the ending of their names."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, cast

_PACKED = ".gz"


def is_packed(name: str | PurePath) -> bool:
    """Tell whether a file of this name is packed."""
    return PurePath(name).suffix.lower() == _PACKED


@contextmanager
def packed(stream: BinaryIO, *, pack: bool = True) -> Iterator[BinaryIO]:
    """Give a stream of which what is written to is packed on its way into another.

    The header holds neither name nor time, so that the same content makes the same bytes.

    Args:
        stream: Where the packed bytes go; stays open.
        pack: Whether to pack at all; else the stream itself is given.
    """
    if not pack:
        yield stream
        return
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as made:
        yield cast(BinaryIO, made)
