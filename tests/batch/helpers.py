"""What the tests of runs into folders share."""

# ruff: noqa: ANN401 - as loose as what they pass things on to

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from absift.batch.job import Task
from absift.batch.workers import Workers, given

#: A step for a spaCy pipeline, as a user may have one, which does harm where a text asks for it.
BREAKER = """
import os, signal, sys, time
from spacy.language import Language

@Language.factory("breaker", default_config={"pause": 0.0})
def make(nlp, name, pause):
    def step(doc):
        time.sleep(pause)
        if "CRASH" in doc.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "SLOW" in doc.text:
            time.sleep(1000)
        if "STUCK" in doc.text:
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(1000)
        if "DEFECT" in doc.text:
            raise ValueError("no such thing")
        if "DEEP" in doc.text:
            step(doc)
        return doc
    return step
"""
CONFIG = """
[nlp]
lang = "en"
pipeline = ["breaker"]

[components]

[components.breaker]
factory = "breaker"
pause = {pause}
"""


class Inline(Executor):
    """Runs each task at once, where it is given."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:
            future.set_exception(error)
        return future


def inline() -> Workers:
    return given(Inline())


def lines(records: Iterable[dict[str, Any]]) -> str:
    return "".join(json.dumps(one) + "\n" for one in records)


def contents(folder: Path) -> dict[str, bytes]:
    """Give what a run has left: all files but the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".absift-lock"
    }


class Runner:
    """Runs the command in processes of its own, with the harmful step at hand."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        plugin = folder / "plugin"
        info = plugin / "breaker-1.dist-info"
        info.mkdir(parents=True)
        (plugin / "breaker.py").write_text(BREAKER)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: breaker\nVersion: 1\n")
        (info / "entry_points.txt").write_text("[spacy_factories]\nbreaker = breaker:make\n")
        self.env = {**os.environ, "PYTHONPATH": f"{root / 'pipeline'}{os.pathsep}{plugin}"}

    def config(self, pause: float = 0.0) -> str:
        path = self.folder / f"breaker-{pause}.cfg"
        path.write_text(CONFIG.format(pause=pause))
        return path.name

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "absift", "extract", *map(str, arguments)],
            env=self.env,
            cwd=self.folder,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *arguments: str | Path, **options: Any) -> tuple[int, str]:
        """Give exit code and standard error."""
        with self.start(*arguments, **options) as process:
            _, said = process.communicate(timeout=120)
        return process.returncode, said


def wait_for(condition: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Wait until a condition holds, and give what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)
    return found


def descendants(pid: int) -> list[int]:
    """Give the processes below one, as Linux lists them."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            # The thread has ended since it was listed.
            continue
        for child in map(int, children):
            found += [child, *descendants(child)]
    return found


def corpus(folder: Path, count: int = 30) -> Path:
    """Write a large table, many small texts, a packed file, and records that are no use."""
    folder.mkdir()
    for n in range(6):
        (folder / f"t{n}.txt").write_text(f"Of {n + 20} patients, {n + 1} (5%) had a rash.")
    rows = [
        {"id": f"r{n}", "text": f"We enrolled {n + 30} men for {n + 2} weeks."}
        for n in range(count)
    ]
    (folder / "a.jsonl").write_text(lines(rows) + "{bad\n" + lines([{"id": "none", "text": ""}]))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(rows).encode()))
    (folder / "z.pdf").write_bytes(b"%PDF-1.7")
    return folder


class Stopping:
    """Runs so many tasks, then is interrupted."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.done: list[int] = []

    def make(self) -> Workers:
        workers = inline()
        submit = workers.submit
        workers.width = 1

        def counted(task: Task) -> object:
            if self.left == 0:
                raise KeyboardInterrupt
            self.left -= 1
            self.done.append(task.number)
            return submit(task)

        workers.submit = counted  # type: ignore[method-assign,assignment]
        return workers
