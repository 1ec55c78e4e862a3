# ruff: noqa: ANN401 - as loose as what it passes things on to
from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from absift.batch.folder import Outcome, run_folder
from absift.batch.job import Recipe
from tests.batch.helpers import Runner, inline


@pytest.fixture
def go() -> Callable[..., Outcome]:
    """Runs into a folder in this process."""

    def run(sources: Any, folder: str | Path, **options: Any) -> Outcome:
        keys = ("force", "merged", "on_progress", "on_records", "make_workers")
        how = {key: options.pop(key) for key in keys if key in options}
        make = how.pop("make_workers", inline)
        return run_folder(sources, os.fspath(folder), Recipe(**options), make, **how)

    return run


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.fixture
def runner(tmp_path: Path, root: Path) -> Runner:
    return Runner(tmp_path, root)
