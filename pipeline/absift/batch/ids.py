"""Ids that occur more than once: duplicates, newer versions, deletions.

The rule, for the input in its order (files as they are named, sorted within a folder):

- A record is *superseded* if a later one of PubMed (XML or MEDLINE) has its PMID: PubMed's
  update files hold a revised record whole. The last one is the valid one.
- A record is *deleted* if the next notice or record with its PMID is a notice of deletion.
- A record of any other format is a *duplicate* if an earlier one has its id.

All of them are written, since only the user knows which are wanted; they are counted. A record
without an abstract gives no output and takes no part in this.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from typing import Any

from absift.batch.rejects import DELETED
from absift.errors import RecordError
from absift.records import Record

_OTHER, _PUBMED, _DELETION = range(3)
_ENTRY = struct.Struct("<8sB")
_FORMATS = frozenset({"pubmed", "medline"})


class IdLog:
    """The ids of a shard, nine bytes each: a hash of the id, and what it is the id of.

    Of 25 million ids, two different ones have the same hash once in 60,000 runs.
    """

    def __init__(self) -> None:
        self._data = bytearray()

    def add(self, record: Record) -> None:
        """Take a record that was written."""
        self._add(record.id, _PUBMED if record.meta.get("format") in _FORMATS else _OTHER)

    def reject(self, error: RecordError) -> None:
        """Take a rejection, of which only a notice of deletion counts."""
        if error.reason == DELETED:
            self._add(error.record, _DELETION)

    def _add(self, id_: str, kind: int) -> None:
        key = hashlib.blake2b(id_.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        self._data += _ENTRY.pack(key, kind)

    def to_bytes(self) -> bytes:
        """Give the file's content."""
        return bytes(self._data)


def count_ids(logs: Iterable[bytes]) -> dict[str, int]:
    """Count what the module's rule says.

    Args:
        logs: What :meth:`IdLog.to_bytes` gave of each shard, in order.

    Returns:
        ``duplicate``, ``superseded``, ``deleted`` (records), and ``deletions`` (notices).
    """
    import numpy as np

    parts = [np.frombuffer(data, dtype=[("key", "<u8"), ("kind", "u1")]) for data in logs]
    everything: Any = (
        np.concatenate(parts) if parts else np.empty(0, [("key", "<u8"), ("kind", "u1")])
    )
    kinds = everything["kind"]
    order = np.argsort(everything["key"], kind="stable")
    same = everything["key"][order][1:] == everything["key"][order][:-1]
    earlier, later = kinds[order][:-1][same], kinds[order][1:][same]
    records = (earlier != _DELETION) & (later != _DELETION)
    superseded = records & (earlier == _PUBMED) & (later == _PUBMED)
    return {
        "duplicate": int((records & ~superseded).sum()),
        "superseded": int(superseded.sum()),
        "deleted": int(((earlier != _DELETION) & (later == _DELETION)).sum()),
        "deletions": int((kinds == _DELETION).sum()),
    }
