from __future__ import annotations

import pytest

from absift.batch.ids import IdLog, count_ids
from absift.batch.rejects import DELETED
from absift.errors import RecordError
from absift.records import Record


def log(*entries: str) -> bytes:
    """Make a log: ``p7`` is PubMed's record 7, ``x7`` another's, ``d7`` a notice of deletion."""
    made = IdLog()
    for kind, id_ in ((entry[0], entry[1:]) for entry in entries):
        if kind == "d":
            made.reject(RecordError("a.xml", id_, DELETED))
        elif kind == "n":
            made.reject(RecordError("a.xml", id_, "no abstract"))
        else:
            form = {"p": "pubmed", "m": "medline", "x": "csv"}[kind]
            made.add(Record(id_, "text", meta={"format": form}))
    return made.to_bytes()


@pytest.mark.parametrize(
    ("logs", "duplicate", "superseded", "deleted", "deletions"),
    [
        ([], 0, 0, 0, 0),
        ([[]], 0, 0, 0, 0),
        ([["x1", "x2"], ["x3"]], 0, 0, 0, 0),
        ([["x1", "x1"], ["x1"]], 2, 0, 0, 0),
        ([["p1", "p2"], ["p1"], ["m1"]], 0, 2, 0, 0),
        ([["p1", "x1"]], 1, 0, 0, 0),
        ([["p1", "p2"], ["d1", "d9"]], 0, 0, 1, 2),
        ([["d1"], ["p1"]], 0, 0, 0, 1),
        ([["p1"], ["p1"], ["d1"], ["p1"]], 0, 1, 1, 1),
        ([["n1", "p1", "n1"]], 0, 0, 0, 0),
    ],
)
def test_what_happens_to_an_id(
    logs: list[list[str]], duplicate: int, superseded: int, deleted: int, deletions: int
) -> None:
    assert count_ids(log(*entries) for entries in logs) == {
        "duplicate": duplicate, "superseded": superseded, "deleted": deleted, "deletions": deletions
    }  # fmt: skip


def test_a_record_takes_nine_bytes() -> None:
    assert len(log("p12345678", "x" + "long" * 100)) == 18
