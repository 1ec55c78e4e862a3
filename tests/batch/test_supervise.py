from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from absift.batch.job import Piece, Receipt, Recipe, Tally, Task
from absift.batch.marks import EXTRACTING, LOADING, READING, State
from absift.batch.supervise import supervise
from absift.batch.work import write_part
from absift.errors import AbsiftError
from absift.readers.sources import expand
from tests.batch.helpers import lines


def task(folder: Path, **options: object) -> Task:
    (folder / "a.jsonl").write_text(lines({"id": f"r{n}", "text": f"Of {n} men"} for n in range(5)))
    (folder / "b.txt").write_text("Of 30 women")
    pieces = tuple(Piece(source) for source in expand([folder / "a.jsonl", folder / "b.txt"]))
    (folder / "out").mkdir()
    return Task(0, pieces, str(folder / "out"), Recipe(), **options)  # type: ignore[arg-type]


def rejected(folder: Path) -> list[tuple[str, str]]:
    text = (folder / "out" / "part-00000.rejects.jsonl").read_text()
    return [(one["record"], one["reason"]) for one in map(json.loads, text.splitlines())]


def test_records_put_aside_and_files_given_up(tmp_path: Path) -> None:
    receipt = write_part(task(tmp_path, aside={1: "broke"}, lost={3: "the rest is lost"}))
    tally = receipt.tally
    assert (tally.found, tally.written, tally.rejected, tally.set_aside) == (5, 3, 2, 1)
    assert rejected(tmp_path) == [("r1", "broke"), ("record 4 of the shard", "the rest is lost")]
    made = (tmp_path / "out" / "part-00000.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in made] == ["r0", "r2", "b"]


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Task]]:
    """Puts ends in the place of processes; gives the tasks that each attempt was made with."""

    def put(*ends: Receipt | tuple[State, str]) -> list[Task]:
        seen: list[Task] = []
        left = iter(ends)

        def attempt(task: Task, folder: Path, outer: object) -> Receipt | tuple[State, str]:
            seen.append(task)
            return next(left)

        monkeypatch.setattr("absift.batch.supervise._attempt", attempt)
        return seen

    return put


DONE = Receipt(0, Tally(), 0)


def died(phase: int, index: int) -> tuple[State, str]:
    return State(1, phase, index), f"died at {index}"


def test_a_record_is_put_aside_at_its_second_death(
    tmp_path: Path, attempts: Callable[..., list[Task]]
) -> None:
    seen = attempts(died(EXTRACTING, 2), died(EXTRACTING, 4), died(EXTRACTING, 2), DONE)
    assert supervise(task(tmp_path)) == DONE
    assert [dict(one.aside) for one in seen] == [{}, {}, {}, {2: "died at 2"}]


def test_a_file_is_given_up_where_reading_dies_twice(
    tmp_path: Path, attempts: Callable[..., list[Task]]
) -> None:
    seen = attempts(died(READING, 3), died(READING, 3), DONE)
    assert supervise(task(tmp_path)) == DONE
    assert seen[-1].lost == {3: "the rest of the file can't be read: died at 3"}


def test_death_before_any_record_ends_the_run(
    tmp_path: Path, attempts: Callable[..., list[Task]]
) -> None:
    attempts(died(LOADING, 0), died(LOADING, 0))
    with pytest.raises(AbsiftError, match=r"part-00000\.jsonl died twice outside of any record"):
        supervise(task(tmp_path))


def test_a_process_gives_its_receipt_or_its_error(tmp_path: Path) -> None:
    given = task(tmp_path)
    receipt = supervise(given)
    assert (receipt.tally.written, receipt.tally.rejected) == (6, 0)
    assert receipt.size == (tmp_path / "out" / "part-00000.jsonl").stat().st_size
    (tmp_path / "b.txt").write_text("Of 30 women and 12 men")
    with pytest.raises(AbsiftError, match=r"b\.txt: has changed since the run began"):
        supervise(given)
