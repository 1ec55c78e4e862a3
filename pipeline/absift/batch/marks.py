"""How far each worker is, left in a file that outlives the worker.

A process that dies can't say over which record. So it notes each one before it begins, in
memory that the system keeps: a file of small slots, one a shard, mapped by the worker that
writes and by the process that watches.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
from dataclasses import dataclass
from pathlib import Path

_SLOT = struct.Struct("<qqqqq")
LOADING, READING, EXTRACTING, FINISHING = range(4)


@dataclass(frozen=True, slots=True)
class State:
    """Where a worker is.

    Attributes:
        pid: The process; 0 before it has begun.
        phase: One of the phases above.
        index: The record's place in the shard.
        bytes: Bytes of input read.
        records: Records done.
    """

    pid: int = 0
    phase: int = LOADING
    index: int = 0
    bytes: int = 0
    records: int = 0


class Marks:
    """The file of slots, as the watching process sees it."""

    def __init__(self, path: Path, count: int) -> None:
        self.path = path
        path.write_bytes(bytes(_SLOT.size * max(count, 1)))
        with path.open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    def state(self, number: int) -> State:
        """Give where the worker on a shard is."""
        return State(*_SLOT.unpack_from(self._map, number * _SLOT.size))

    def close(self) -> None:
        """Let go of the file."""
        self._map.close()


class Mark:
    """The slot of one shard, as the worker on it sees it.

    Args:
        path: The file; where it is ``None`` or not on this machine, the marks go nowhere.
        number: The shard.
    """

    def __init__(self, path: str | None, number: int) -> None:
        self._at = number * _SLOT.size
        self._map: mmap.mmap | None = None
        if path is not None and Path(path).exists():
            with Path(path).open("r+b") as stream:
                self._map = mmap.mmap(stream.fileno(), 0)
        self._pid = os.getpid()
        self._bytes = self._records = 0
        self._phase, self._index = LOADING, 0
        self.at(LOADING, 0)

    def at(self, phase: int, index: int) -> None:
        """Note what begins now."""
        self._phase, self._index = phase, index
        if self._map is not None:
            _SLOT.pack_into(
                self._map, self._at, self._pid, phase, index, self._bytes, self._records
            )

    def add_bytes(self, count: int) -> None:
        """Count bytes of input read, which shows that the reading goes on."""
        self._bytes += count
        self.at(self._phase, self._index)

    def add_record(self) -> None:
        """Count a record done; seen at the next step."""
        self._records += 1

    def copy(self, state: State) -> None:
        """Take over what another process has noted, but for its number."""
        self._bytes, self._records = state.bytes, state.records
        self.at(FINISHING, state.index)


class Stall:
    """Tells that a worker has been at one record for too long.

    Args:
        limit: Seconds that a record may take; 0 for any time.
    """

    def __init__(self, limit: float) -> None:
        # The worker stops itself at the limit, and tries twice; this is for one that can't.
        self._limit = 2 * limit + 2 if limit else float("inf")
        self._last = State()
        self._since = time.monotonic()

    def seen(self, state: State) -> bool:
        """Take the worker's state, and say whether it has stood still for too long."""
        now = time.monotonic()
        if state != self._last:
            self._last, self._since = state, now
        busy = state.phase in (READING, EXTRACTING)
        return busy and now - self._since > self._limit
