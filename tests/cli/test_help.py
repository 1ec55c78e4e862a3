from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from absift.cli.app import app
from absift.cli.reference import reference
from absift.readers import FORMATS as INPUT_FORMATS
from absift.writers import FORMATS as OUTPUT_FORMATS
from absift.writers.tables import COLUMNS

Path = tuple[str, ...]


def commands(command: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # noqa: ANN401
    yield path, command
    for name, sub in getattr(command, "commands", {}).items():
        yield from commands(sub, (*path, name))


ALL = dict(commands(get_command(app)))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_argument_and_option_is_explained(path: Path) -> None:
    command = ALL[path]
    assert command.help
    assert [param.name for param in command.params if not param.help] == []


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_is_shown(path: Path) -> None:
    for option in ("--help", "-h"):
        result = CliRunner().invoke(app, [*path, option])
        assert result.exit_code == 0
        assert " ".join(("Usage:", "root", *path)[2:]) in result.stdout


@pytest.mark.parametrize("path", [(), ("extract",), ("assemble",), ("rules", "check")])
def test_help_has_an_example(path: Path) -> None:
    assert f"Example: {' '.join(('absift', *path[:1]))}" in ALL[path].help


@pytest.mark.parametrize(
    ("option", "names"),
    [("input_format", INPUT_FORMATS), ("format", OUTPUT_FORMATS), ("table", COLUMNS)],
)
def test_options_name_every_choice(option: str, names: Path) -> None:
    (param,) = (param for param in ALL[("extract",)].params if param.name == option)
    words = param.help.replace(",", " ").replace(".", " ").replace(":", " ").split()
    assert [name for name in names if name not in words] == []


def test_the_page_of_commands_is_current(root: pathlib.Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference(), "run make docs"


def test_the_page_of_commands_has_every_command_and_option() -> None:
    page = reference()
    for path, command in ALL.items():
        title = "\n## " + " ".join(("absift", *path)) + "\n"
        assert page.count(title) == 1
        section = page.split(title)[1].split("\n## ")[0]
        for param in command.params:
            if param.name not in ("install_completion", "show_completion"):
                name = param.opts[0] if param.param_type_name == "option" else "| `"
                assert name in section


@pytest.mark.parametrize(
    "code",
    [
        "from absift.cli import main; main()",
        "import absift.records",
        "import absift.readers, absift.writers",
        "import absift",
    ],
)
def test_help_does_not_wait_for_heavy_libraries(code: str) -> None:
    heavy = ("spacy", "scispacy", "pandas", "numpy", "lxml", "jinja2", "pyarrow")
    script = (
        f"import sys\nsys.argv = ['absift', '--help']\ntry:\n    exec({code!r})\n"
        f"except SystemExit:\n    pass\n"
        f"found = [name for name in {heavy!r} if name in sys.modules]\nassert not found, found\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
