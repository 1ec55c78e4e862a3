from __future__ import annotations

import os
from pathlib import Path

import pytest

from absift.batch.marks import EXTRACTING, FINISHING, LOADING, READING, Mark, Marks, Stall, State


def test_a_mark_is_seen_at_once_and_by_its_shard(tmp_path: Path) -> None:
    marks = Marks(tmp_path / "marks", 3)
    assert marks.state(1) == State()
    mark = Mark(str(tmp_path / "marks"), 1)
    mark.at(READING, 5)
    mark.add_bytes(100)
    assert marks.state(1) == State(os.getpid(), READING, 5, 100, 0)
    mark.add_record()
    mark.at(EXTRACTING, 6)
    assert marks.state(1) == State(os.getpid(), EXTRACTING, 6, 100, 1)
    assert marks.state(0) == marks.state(2) == State()
    marks.close()


@pytest.mark.parametrize("path", [None, "/nowhere/marks"])
def test_marks_that_nobody_sees(path: str | None) -> None:
    Mark(path, 7).at(READING, 1)


@pytest.mark.parametrize(
    ("limit", "phase", "seconds", "stalled"),
    [
        (10, EXTRACTING, 21, False),
        (10, EXTRACTING, 23, True),
        (10, READING, 23, True),
        (10, LOADING, 1000, False),
        (10, FINISHING, 1000, False),
        (0, EXTRACTING, 10**6, False),
    ],
)
def test_only_a_record_can_take_too_long(
    limit: float, phase: int, seconds: float, stalled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("absift.batch.marks.time.monotonic", lambda: now[0])
    stall = Stall(limit)
    state = State(1, phase, 3)
    assert not stall.seen(state)
    now[0] += seconds
    assert stall.seen(state) == stalled
    assert not stall.seen(State(1, phase, 4))
