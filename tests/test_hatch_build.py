from __future__ import annotations

import re
import sysconfig
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace
from typing import Any

import pytest

from absift.compiled_parts import PURE, SOURCE

pytest.importorskip("hatchling")

OLD = f"absift/part{sysconfig.get_config_var('EXT_SUFFIX')}"
OTHERS = "absift/part.of-another-python.so"

#: Builds in some way and gives the warnings.
Build = Callable[..., list[str]]


@pytest.fixture
def source(tmp_path: Path, root: Path) -> Path:
    """A source tree in which a part was compiled before."""
    folder = tmp_path / "pipeline"
    (folder / "absift").mkdir(parents=True)
    (folder / "absift" / "part.pyx").write_text("VALUE = 'new'", encoding="utf-8")
    text = (root / "pipeline" / "absift" / "compiled_parts.py").read_text(encoding="utf-8")
    text, changed = re.subn(r"(?ms)^PARTS = \(.*?\)$", 'PARTS = ("absift.part",)', text)
    assert changed == 1
    (folder / "absift" / "compiled_parts.py").write_text(text, encoding="utf-8")
    for name in (OLD, OTHERS):
        (folder / name).write_bytes(b"old")
    return folder


@pytest.fixture
def build(root: Path, source: Path) -> Build:
    hook_class: Any = run_path(str(root / "hatch_build.py"))["CompiledParts"]

    def run(version: str, build_data: dict[str, Any]) -> list[str]:
        said: list[str] = []
        app = SimpleNamespace(display_warning=said.append)
        hook = hook_class(str(source.parent), {}, None, None, "", "wheel", app)
        hook.initialize(version, build_data)
        for path in build_data.get("force_include", {}):
            assert Path(path).is_file()
        hook.finalize(version, build_data, "")
        return said

    return run


def test_an_editable_build_without_them_removes_old_ones(
    build: Build, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PURE, "1")
    assert build("editable", {}) == []
    assert not (source / OLD).exists()
    assert (source / OTHERS).exists()


def test_what_can_t_be_compiled_is_told_and_leaves_no_old_ones(
    build: Build, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PURE, raising=False)
    (source / "absift" / "part.pyx").write_text("cdef nothing of the kind\n", encoding="utf-8")
    (said,) = build("editable", {})
    assert said.startswith("absift is built without its compiled parts: ")
    assert not (source / OLD).exists()


@pytest.mark.slow
def test_an_editable_build_leaves_alone_what_is_in_use(
    build: Build, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PURE, raising=False)
    with (source / OLD).open("rb") as in_use:
        if build("editable", {}):
            pytest.skip("there is no compiler")
        assert in_use.read() == b"old"
    assert (source / OLD).read_bytes() != b"old"
    spec = spec_from_file_location("absift.part", source / OLD)
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    parts = run_path(str(source / "absift" / "compiled_parts.py"))
    assert (made.VALUE, getattr(made, SOURCE)) == ("new", parts["source_hash"](source))


@pytest.mark.slow
def test_a_wheel_takes_them_in_and_leaves_nothing_in_the_source(
    build: Build, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(PURE, raising=False)
    before = sorted(source.parent.rglob("*"))
    build_data: dict[str, Any] = {"force_include": {}}
    if build("standard", build_data):
        pytest.skip("there is no compiler")
    assert list(build_data["force_include"].values()) == [OLD]
    assert build_data["infer_tag"]
    assert sorted(source.parent.rglob("*")) == before
