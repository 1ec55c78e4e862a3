"""The command on a terminal: a pseudo-terminal of 80 columns."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

TEXT = (
    "\x1b]0;title\x07\nOf 27 patients, 19 (70%) responded; two patients had grade 3 headaches, and "
    "none of the others had any adverse event during a follow-up of 6 weeks."
)
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
COLUMNS = 80
#: Variables by which a tester may have set how programs use colours and width.
_OF_TERMINALS = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "COLUMNS", "LINES", "TERM", "LC_ALL"}


def on_terminal(
    arguments: list[str], folder: Path, streams: tuple[str, ...] = ("stdout", "stderr")
) -> tuple[int, str]:
    """Run the command with these of its streams on a terminal; give exit code and what shows."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    (folder / "study.txt").write_text(TEXT, encoding="utf-8")
    variables = {key: os.environ[key] for key in os.environ if key not in _OF_TERMINALS}
    to = {name: theirs if name in streams else subprocess.DEVNULL for name in ("stdout", "stderr")}
    process = subprocess.Popen(
        [sys.executable, "-m", "absift", *arguments],
        cwd=folder,
        env={**variables, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=to["stdout"],
        stderr=to["stderr"],
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            data = os.read(ours, 1 << 16)
        except OSError:  # Linux's way to say that the other end is closed
            break
        if not data:
            break
        shown += data
    os.close(ours)
    return process.wait(), shown.decode()


def test_a_terminal_shows_colours_the_facts_and_the_counts(tmp_path: Path) -> None:
    code, shown = on_terminal(["extract", "study.txt"], tmp_path)
    assert code == 0
    # Black on a colour, which is how a finding looks.
    assert re.search(r"\x1b\[[0-9;]*;48;[0-9;]+m70%\x1b", shown)
    plain = ESCAPE.sub("", shown).replace("\r", "")
    lines = plain.splitlines()
    assert max(map(len, lines)) <= COLUMNS
    assert "{" not in plain
    assert any(re.fullmatch(r"Participants +27 enrolled *", line) for line in lines)
    assert lines[-1].startswith("absift: 1 in, 1 out, 0 rejected; ")
    # A bar among the abstracts would be in their way.
    assert "abstracts, " not in plain
    # The abstract's own escape sequence shows, and does nothing.
    assert "␛]0;title␇" in plain
    assert "\x1b]" not in shown


def test_progress_shows_where_the_records_go_into_a_file(tmp_path: Path) -> None:
    code, shown = on_terminal(["extract", "study.txt", "-o", "out.csv"], tmp_path)
    assert code == 0
    plain = ESCAPE.sub("", shown)
    assert re.search(r"reading .*100% 1 abstracts, \d+/s", plain)
    assert (tmp_path / "out.csv").is_file()


def test_the_help_fits_the_terminal(tmp_path: Path) -> None:
    code, shown = on_terminal(["extract", "--help"], tmp_path)
    assert code == 0
    lines = ESCAPE.sub("", shown).replace("\r", "").splitlines()
    assert max(map(len, lines)) <= COLUMNS
