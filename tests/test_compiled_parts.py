from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from absift.compiled_parts import PARTS, PURE, are_there, compiled, source_hash

COMPILER = shutil.which(os.environ.get("CC", "cc"))


@pytest.mark.parametrize("name", PARTS)
def test_they_are_there_wherever_a_compiler_is(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PURE, raising=False)
    if compiled(name) is None:
        header = Path(sysconfig.get_path("include"), "Python.h")
        assert not (COMPILER and header.exists()), f"{name} isn't compiled"


@pytest.mark.parametrize("name", PARTS)
def test_they_can_be_left_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PURE, "1")
    assert compiled(name) is None
    assert not are_there()


def test_every_cython_file_is_a_part(root: Path) -> None:
    package = root / "pipeline"
    found = {
        ".".join(path.relative_to(package).with_suffix("").parts) for path in package.rglob("*.pyx")
    }
    assert found == set(PARTS)


def test_what_isn_t_there_is_none() -> None:
    assert compiled("absift.rules.no_such_part") is None


_ASK = """
from absift.compiled_parts import PARTS, compiled
print([compiled(name) is not None for name in PARTS])
"""


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The folder of a copy of the package, compiled parts included."""
    if not are_there():
        pytest.skip("absift was installed without a compiler")
    leave = shutil.ignore_patterns("__pycache__", "templates")
    shutil.copytree(root / "pipeline", tmp_path / "pipeline", ignore=leave)
    return tmp_path / "pipeline"


@pytest.mark.parametrize(
    ("changed", "used"),
    [
        (None, True),
        ("absift/rules/_kernel.pyx", False),
        ("absift/rules/_machine.pxd", False),
        ("absift/text/_split.pyx", False),
        ("absift/text/_split.pyi", True),
    ],
)
def test_what_was_made_from_another_source_is_left_alone(
    copy: Path, changed: str | None, used: bool
) -> None:
    """Parts are compiled together, so that one that has changed speaks for all."""
    if changed is not None:
        with (copy / changed).open("a", encoding="utf-8") as stream:
            stream.write("# another line\n")
    told = ask(copy)
    assert told.stdout.strip() == str([used] * len(PARTS))
    assert told.stderr.count("make check") == (not used)
    assert (f"in {copy.parent}\n" in told.stderr) != used


def test_without_a_source_what_is_compiled_is_used(copy: Path) -> None:
    for path in [*copy.rglob("*.pyx"), *copy.rglob("*.pxd")]:
        path.unlink()
    assert source_hash(copy) is None
    told = ask(copy)
    assert (told.stdout.strip(), told.stderr) == (str([True] * len(PARTS)), "")


def ask(copy: Path) -> subprocess.CompletedProcess[str]:
    """Ask a copy of the package which of its parts it uses."""
    env = {name: value for name, value in os.environ.items() if name != PURE}
    return subprocess.run(
        [sys.executable, "-c", _ASK],
        env={**env, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=True,
    )


def test_findings_are_the_same_without_them(root: Path) -> None:
    command = [sys.executable, "-m", "absift", "extract", "corpus/gold/dev.jsonl"]
    pure = {**os.environ, PURE: "1"}
    fast = {name: value for name, value in os.environ.items() if name != PURE}
    one, other = (
        subprocess.run(command, cwd=root, env=env, capture_output=True, check=True).stdout
        for env in (pure, fast)
    )
    assert one == other
    assert one.count(b"\n") > 20
