"""The tutorial's files and commands do what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from absift.cli.app import app
from absift.rules.files import load_rules

_BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(root: Path) -> list[tuple[str, str, str]]:
    text = (root / "docs" / "tutorial-new-label.md").read_text(encoding="utf-8")
    return [(match[1], match[2] or "", match[3]) for match in _BLOCK.finditer(text)]


def commands(block: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give each command's arguments and the lines that its output must hold."""
    for part in re.split(r"^\$ absift ", block, flags=re.MULTILINE)[1:]:
        first, _, rest = part.partition("\n")
        yield shlex.split(first), [line for line in rest.splitlines() if line.strip()]


def pattern_of(line: str) -> re.Pattern[str]:
    """Read a line of the page, in which three dots stand for anything."""
    parts = (r"\s+".join(map(re.escape, part.split())) for part in line.split("..."))
    return re.compile(".*".join(parts))


def test_the_pages_commands_give_what_it_shows(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    # The file of the working folder takes effect where the page comes to it.
    written = {name: text for _, name, text in blocks(root) if name}
    for name, text in written.items():
        if name != "absift.toml":
            (tmp_path / name).write_text(text, encoding="utf-8")
    ran = 0
    for kind, name, text in blocks(root):
        if name == "absift.toml":
            (tmp_path / name).write_text(text, encoding="utf-8")
        for arguments, lines in commands(text) if kind == "console" else ():
            result = CliRunner().invoke(app, arguments)
            assert result.exit_code == 0, (arguments, result.output)
            output = iter(result.output.splitlines())
            for line in lines:
                found = any(pattern_of(line).search(each) for each in output)
                assert found, f"{arguments}: no line {line!r} in\n{result.output}"
            ran += 1
    assert ran >= 10
    head, *rows = (tmp_path / "findings.csv").read_text(encoding="utf-8").splitlines()
    assert {"per", "times", "route", "exponent"} <= set(head.split(","))
    # What the built-in rules find beside them is their own tests' affair.
    doses = [row.split(",")[3] for row in rows if row.split(",")[2] == "DOSE"]
    assert doses == ["75 mg/m2", "75 mg twice daily", "100 mg daily"]
    assert "75 mg twice daily" in (tmp_path / "findings.html").read_text(encoding="utf-8")


def test_the_label_is_made_of_ten_rules(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "dose.yaml"
    path.write_text({name: text for _, name, text in blocks(root)}["dose.yaml"], encoding="utf-8")
    assert len(load_rules(path).rules) == 10
