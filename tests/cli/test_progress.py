from __future__ import annotations

import io
import re

import pytest

from absift.cli.progress import ProgressBar
from absift.records import Record


class Stream(io.StringIO):
    """Standard error, a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def shown(monkeypatch: pytest.MonkeyPatch, terminal: bool, wanted: bool, total: int) -> str:
    stream = Stream(terminal)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stderr", stream)
    with ProgressBar(wanted) as bar:
        bar.on_progress(50, total)
        for number in range(1200):
            bar.on_record(Record(str(number), "text"))
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())


def test_share_count_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, terminal=True, wanted=True, total=200)
    assert re.search(r"reading .* 25% 1,200 abstracts, [\d,]+/s (--:--|\d+:\d\d)", text)


def test_no_share_where_the_size_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(monkeypatch, terminal=True, wanted=True, total=0)
    assert "1,200 abstracts" in text
    assert "%" not in text


@pytest.mark.parametrize(("terminal", "wanted"), [(False, True), (True, False)])
def test_nothing_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, terminal: bool, wanted: bool
) -> None:
    assert shown(monkeypatch, terminal, wanted, total=200) == ""
