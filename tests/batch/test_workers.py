from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from absift.batch import workers
from absift.batch.workers import dask, processes
from absift.errors import InputError


class Client:
    """Stands for Dask's, and tells where it was asked to connect to."""

    asked: list[str]
    status = "running"

    def __init__(self, address: str, **_: object) -> None:
        self.asked.append(address)

    def get_executor(self, **_: object) -> object:
        return object()

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    client: Any = type("Client", (Client,), {"asked": found})
    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=client))
    return found


def test_processes_have_ended_when_they_are_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "work", time.sleep)
    local, rest = processes(2), set(multiprocessing.active_children())
    long: Any = 30
    done = [local.submit(long), local.submit(long)]
    assert len(set(multiprocessing.active_children()) - rest) == 2
    local.abandon()
    assert set(multiprocessing.active_children()) - rest == set()
    assert all(one.exception() for one in done)


def test_an_address(asked: list[str]) -> None:
    dask("tcp://10.0.0.1:8786")
    assert asked == ["tcp://10.0.0.1:8786"]


def test_a_file_that_is_there(asked: list[str], tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"
    file.write_text('{"type": "Scheduler", "address": "tcp://10.0.0.2:1"}')
    dask(str(file), patience=0)
    assert asked == ["tcp://10.0.0.2:1"]


def test_a_file_that_comes_later_and_bit_by_bit(asked: list[str], tmp_path: Path) -> None:
    file = tmp_path / "scheduler.json"

    def write() -> None:
        for text in ("", '{"address": "tcp://10', '{"address": "tcp://10.0.0.3:1"}'):
            time.sleep(0.3)
            file.write_text(text)

    writer = threading.Thread(target=write)
    writer.start()
    dask(str(file))
    writer.join()
    assert asked == ["tcp://10.0.0.3:1"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "no such file"),
        ("{", "not the file of a scheduler"),
        ('{"id": 1}', "not the file of a scheduler"),
        ("[]", "not the file of a scheduler"),
        ("folder", "Is a directory"),
    ],
)
def test_a_file_that_says_nothing(
    asked: list[str], tmp_path: Path, text: str | None, reason: str
) -> None:
    file = tmp_path / "scheduler.json"
    if text == "folder":
        file.mkdir()
    elif text is not None:
        file.write_text(text)
    with pytest.raises(InputError) as caught:
        dask(str(file), patience=0.3)
    assert str(caught.value) == f"{file}: no Dask scheduler has written it in 0.3 s: {reason}"
    assert asked == []
