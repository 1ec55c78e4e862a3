from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from absift.compiled_parts import PARTS, PURE, are_there, compiled

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
