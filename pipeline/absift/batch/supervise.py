"""A shard in a process of its own, watched: what breaks it is found and set aside."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import orjson

from absift.batch.job import Receipt, Task
from absift.batch.marks import EXTRACTING, READING, Mark, Marks, Stall, State
from absift.batch.scratch import scratch
from absift.batch.work import too_long
from absift.errors import AbsiftError

#: Files in the folder that the two processes share.
TASK, RESULT, MARKS = "task", "result", "marks"

#: Times that a process may die in one place before that is set aside, or the work given up.
_TRIES = 2
_POLL = 0.05


def supervise(task: Task) -> Receipt:
    """Do a shard in a process of its own, again and again until it gets through.

    Where the process dies or stands still over one record twice, that record is rejected with
    the reason. Where that happens in reading, the rest of the file is.

    Raises:
        AbsiftError: The shard can't be done at all, or the process dies before any record.
    """
    deaths: Counter[tuple[int, int]] = Counter()
    outer = Mark(task.marks, task.number)
    with scratch() as folder:
        while True:
            end = _attempt(task, folder, outer)
            if isinstance(end, Receipt):
                return end
            state, reason = end
            place = (state.phase, state.index)
            deaths[place] += 1
            if deaths[place] < _TRIES:
                continue
            if state.phase == EXTRACTING:
                task = replace(task, aside={**task.aside, state.index: reason})
            elif state.phase == READING:
                reason = f"the rest of the file can't be read: {reason}"
                task = replace(task, lost={**task.lost, state.index: reason})
            else:
                raise AbsiftError(
                    f"{task.store}: a worker on {task.part} died twice outside of any record "
                    f"({reason}); see that there is enough memory"
                )


def _attempt(task: Task, folder: Path, outer: Mark) -> Receipt | tuple[State, str]:
    """Give the receipt, or where and why the process ended."""
    marks = Marks(folder / MARKS, task.number + 1)
    inner = replace(task, supervised=False, marks=str(folder / MARKS))
    (folder / TASK).write_bytes(pickle.dumps(inner))
    result = folder / RESULT
    result.unlink(missing_ok=True)
    stall, reason = Stall(task.recipe.record_timeout), ""
    with _start(folder) as process:
        try:
            while True:
                try:
                    process.wait(_POLL)
                    break
                except subprocess.TimeoutExpired:
                    state = marks.state(task.number)
                    outer.copy(state)
                    if stall.seen(state):
                        reason = too_long(task.recipe)
                        process.kill()
        finally:
            process.kill()
    state = marks.state(task.number)
    outer.copy(state)
    marks.close()
    if result.exists():
        return _outcome(orjson.loads(result.read_bytes()))
    return state, reason or f"set aside: broke its worker, twice ({_cause(process.returncode)})"


def _start(folder: Path) -> subprocess.Popen[bytes]:
    # The pipe says that this process lives; a parent's own modules are found as it finds them.
    paths = os.pathsep.join(filter(None, [*sys.path, os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-m", "absift.batch.child", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
    )


def _outcome(data: dict[str, object]) -> Receipt:
    if "error" in data:
        raise AbsiftError(str(data["error"]))
    if "defect" in data:
        raise RuntimeError(str(data["defect"]))
    return Receipt.from_json(data)


def _cause(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
