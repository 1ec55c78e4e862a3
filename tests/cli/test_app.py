from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from absift import __version__
from absift.cli.app import app
from absift.errors import ConfigError

COMMAND = [sys.executable, "-m", "absift"]
TEXT = "Of 27 patients, 19 (70%) responded; two patients had grade 3 headaches after 6 weeks."
PATIENCE = 120  # seconds


@pytest.mark.parametrize(("there", "word"), [(True, "with"), (False, "without")])
def test_version(there: bool, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absift.compiled_parts.are_there", lambda: there)
    result = CliRunner().invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (
        0,
        f"absift {__version__}, {word} compiled parts\n",
    )


def test_no_command_shows_the_help() -> None:
    result = CliRunner().invoke(app, [])
    assert "extract" in result.output
    assert "Usage:" in result.output


def test_an_unknown_command_is_bad_input() -> None:
    result = CliRunner().invoke(app, ["extarct"])
    assert result.exit_code == 2
    assert "extract" in result.stderr


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (ConfigError("a.cfg: \x1b[2Jno"), 2, "absift: error: a.cfg: \u241b[2Jno\n"),
        (KeyboardInterrupt(), 130, "absift: interrupted; no file was written\n"),
    ],
)
def test_failures_have_a_line_and_an_exit_code(
    error: BaseException, code: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(config: object = None, **_: object) -> None:
        raise error

    monkeypatch.setattr("absift.api.extract", fail)
    result = CliRunner().invoke(app, ["extract", "-"], input=TEXT)
    assert (result.exit_code, result.stderr) == (code, message)


def test_a_defect_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(config: object = None, **_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("absift.api.extract", fail)
    result = CliRunner().invoke(app, ["extract", "-"], input=TEXT)
    assert isinstance(result.exception, ZeroDivisionError)


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [*COMMAND, "extract", "-"], input=TEXT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert [span["text"] for span in json.loads(done.stdout)["spans"]][:2] == ["27", "70%"]
    assert done.stderr.splitlines()[-1].startswith("absift: 1 in, 1 out, 0 rejected; ")
    assert len(done.stderr.splitlines()) == 1


@pytest.fixture
def waiting(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has begun to write and waits for the rest of its standard input."""
    (tmp_path / "out.csv").write_text("precious", encoding="utf-8")
    arguments = ["extract", "-", "-o", "out.csv", "--html", "page.html", "--force"]
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + PATIENCE
    while not list(tmp_path.glob(".*.part")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "the run did not begin"
        time.sleep(0.05)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize(
    ("number", "code", "message"),
    [
        (signal.SIGINT, 130, b"absift: interrupted; no file was written\n"),
        (signal.SIGTERM, 143, b""),
    ],
)
def test_a_run_that_is_stopped_leaves_nothing_half_written(
    waiting: subprocess.Popen[bytes], tmp_path: Path, number: int, code: int, message: bytes
) -> None:
    waiting.send_signal(number)
    # Input stays open: it is the signal that ends the run.
    assert waiting.wait(timeout=PATIENCE) == code
    assert waiting.stderr is not None
    assert waiting.stderr.read() == message
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == "precious"


@pytest.mark.skipif(os.name == "nt", reason="pipes break in another way there")
@pytest.mark.parametrize("arguments", [["extract", "-"], ["--help"]], ids=" ".join)
def test_a_reader_that_has_gone_is_no_error(arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=TEXT.encode(),
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=PATIENCE,
    )
    os.close(writer)
    assert done.stderr == b""
    assert done.returncode in (1, 141)
