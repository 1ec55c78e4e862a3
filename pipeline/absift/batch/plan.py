"""The plan of a run: what is read, and how it is cut into shards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absift.batch.job import Piece, Recipe, file_digest
from absift.errors import InputError
from absift.readers.dispatch import find, spans
from absift.readers.remote import RemoteFile
from absift.readers.sources import Source

_THREADS = 8
# Packed text is rarely this many times larger when it is unpacked.
_PACKED = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run reads and how it is shared out; the same for any number of workers.

    Attributes:
        inputs: Each file's name, size in bytes, and hash.
        shards: The pieces of each shard, in the order of the input.
        total: Bytes of all files.
    """

    inputs: list[dict[str, Any]]
    shards: list[tuple[Piece, ...]]
    total: int


def make_plan(sources: str | Path | Sequence[str | Path], recipe: Recipe) -> Plan:
    """Look at all input, take its hashes and cut it into shards.

    Args:
        sources: Files, folders, patterns and URLs; see :func:`absift.readers.read`.
        recipe: How it is to be read.

    Raises:
        InputError: A source is missing, can't be used, or can only be read once.
    """
    found = find(sources, recipe.input_format)
    for source in found:
        if not source.regular:
            raise InputError(
                f"{source.name}: can only be read once, so a run can't be shared out or resumed; "
                "save it to a file"
            )
    with ThreadPoolExecutor(min(_THREADS, os.cpu_count() or 1)) as pool:
        hashes = list(pool.map(_hash, found))
        pieces = list(pool.map(lambda source: _cut(source, recipe), found))
    inputs = [
        {"name": source.name, "bytes": source.size, **key}
        for source, key in zip(found, hashes, strict=True)
    ]
    shards = list(_shards(pieces, recipe.shard_size))
    return Plan(inputs, shards, sum(source.size for source in found))


def _hash(source: Source) -> dict[str, str]:
    """Give the hash of a file's bytes; of a file elsewhere what its system says of it."""
    assert source.path is not None
    try:
        if isinstance(source.path, RemoteFile):
            return {"fingerprint": source.path.fingerprint()}
        with source.path.open("rb") as stream:
            return {"sha256": file_digest(stream)}
    except OSError as error:
        # It may be readable when its turn comes; if not, it is rejected then.
        return {"unreadable": error.strerror or type(error).__name__}


def _cut(source: Source, recipe: Recipe) -> list[Piece]:
    if source.size * _PACKED < recipe.shard_size:
        return [Piece(source)]
    cut = spans(source, recipe.input_format, recipe.columns, recipe.shard_size)
    return [Piece(source, span) for span in cut] or [Piece(source)]


def _shards(files: Sequence[Sequence[Piece]], size: int) -> Iterator[tuple[Piece, ...]]:
    """Make a shard of each span, of each large file, and of small files side by side."""
    small: list[Piece] = []
    room = size
    for pieces in files:
        whole = len(pieces) == 1
        if small and (not whole or pieces[0].source.size > room):
            yield tuple(small)
            small, room = [], size
        if whole and pieces[0].source.size < size:
            small += pieces
            room -= pieces[0].source.size
        else:
            yield from ((piece,) for piece in pieces)
    if small:
        yield tuple(small)
