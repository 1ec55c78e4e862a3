from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from absift.batch.folder import Outcome
from absift.batch.scratch import LOCK, scratch, sweep

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs locks of files")

_HOLD = """
import sys, time
from absift.batch.folder import Outcome
from absift.batch.scratch import scratch
with scratch() as folder:
    (folder / "marks").write_bytes(b"1")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of temporary files of this test alone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


@pytest.fixture
def holder(temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that has a folder, and the folder."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def test_a_folder_is_gone_at_the_end(temporary: Path) -> None:
    with scratch() as folder:
        (folder / "a").write_bytes(b"")
        assert folder.parent == temporary
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_removed(
    holder: tuple[subprocess.Popen[str], Path], temporary: Path
) -> None:
    process, folder = holder
    sweep()
    assert (folder / "marks").exists(), "it is in use"
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert (folder / "marks").exists()
    sweep()
    assert list(temporary.iterdir()) == []


def test_a_process_keeps_its_own(temporary: Path) -> None:
    with scratch() as folder:
        sweep()
        assert folder.exists()


def test_what_others_made_stays(temporary: Path) -> None:
    """Folders without a lock, links, and files that happen to have such a name."""
    (temporary / "absift-old").mkdir()
    (temporary / "absift-file").write_bytes(b"")
    (temporary / "mine").mkdir()
    (temporary / "mine" / LOCK).write_bytes(b"")
    (temporary / "absift-link").symlink_to(temporary / "mine")
    before = sorted(temporary.rglob("*"))
    sweep()
    assert sorted(temporary.rglob("*")) == before


def test_a_run_clears_up_after_one_that_was_killed(
    go: Callable[..., Outcome],
    holder: tuple[subprocess.Popen[str], Path],
    temporary: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    holder[0].kill()
    holder[0].wait(30)
    folder = tmp_path_factory.mktemp("run")
    (folder / "in.txt").write_text("Of 27 patients, 19 (70%) responded.", encoding="utf-8")
    assert go(folder / "in.txt", folder / "out").manifest.total.read == 1
    assert list(temporary.iterdir()) == []
