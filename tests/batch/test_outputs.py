from __future__ import annotations

from pathlib import Path

import pytest

from absift.batch.outputs import Outputs
from absift.errors import InputError


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class Terminal:
    """Standard output as a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("options", "on_a_terminal", "in_a_pipe"),
    [
        ({}, (False, True), (True, False)),
        ({"output": "-"}, (True, False), (True, False)),
        ({"output": "out.csv"}, (True, False), (True, False)),
        ({"format": "csv"}, (True, False), (True, False)),
        ({"table": "studies"}, (True, False), (True, False)),
        ({"page": Path("page.html")}, (False, False), (False, False)),
        ({"show": True}, (False, True), (False, True)),
        ({"show": True, "output": "out.csv"}, (True, True), (True, True)),
    ],
)
def test_what_is_written_and_what_is_shown(
    options: dict[str, object],
    on_a_terminal: tuple[bool, bool],
    in_a_pipe: tuple[bool, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = Outputs.plan(**options)  # type: ignore[arg-type]
    assert (plan.writer is not None, plan.show is not None) == in_a_pipe
    monkeypatch.setattr("sys.stdout", Terminal())
    plan = Outputs.plan(**options)  # type: ignore[arg-type]
    assert (plan.writer is not None, plan.show is not None) == on_a_terminal


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ({}, True),
        ({"format": "jsonl"}, True),
        ({"output": "out.csv"}, False),
        ({"output": "out.csv", "show": True}, True),
        ({"page": Path("page.html")}, False),
    ],
)
def test_whether_records_appear_on_the_terminal(
    options: dict[str, object], there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Outputs.plan(**options).on_terminal  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdout", Terminal())
    assert Outputs.plan(**options).on_terminal is there  # type: ignore[arg-type]


def test_planning_writes_nothing() -> None:
    plan = Outputs.plan("out.csv", page=Path("page.html"), rejects="bad.jsonl")
    assert plan.paths == ("out.csv", "page.html", "bad.jsonl")
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("existing", ["out.csv", "out.csv.rejects.jsonl", "page.html"])
def test_existing_files_are_refused_without_force(existing: str) -> None:
    Path(existing).touch()
    with pytest.raises(InputError, match="exists already"):
        Outputs.plan("out.csv", page=Path("page.html"))
    Outputs.plan("out.csv", page=Path("page.html"), force=True)


def test_outputs_must_differ() -> None:
    with pytest.raises(InputError, match="two outputs have this name"):
        Outputs.plan("page.html", format="csv", page=Path("./page.html"))


@pytest.mark.parametrize("source", ["in.csv", ".", "*.csv", "link.csv"])
def test_a_source_is_no_output(source: str) -> None:
    Path("in.csv").write_text("text\nx\n", encoding="utf-8")
    Path("link.csv").symlink_to("in.csv")
    plan = Outputs.plan("in.csv", force=True)
    with pytest.raises(InputError, match="is to be read and to be written"):
        plan.spare([source])
    Outputs.plan("other.csv").spare([source])
