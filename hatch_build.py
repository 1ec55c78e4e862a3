"""Compiles what is worth it while absift is built, where there is a C compiler.

Without one, absift is the same but slower: Python then does what the compiled parts would do.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from runpy import run_path
from sysconfig import get_config_var
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = "pipeline"
# What knows of the compiled parts; absift itself can't be imported here.
_PARTS = "absift/compiled_parts.py"


class CompiledParts(BuildHookInterface[Any]):
    """Adds the compiled parts to a wheel, or puts them beside their source if it is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile them; where that fails, say so and go on without."""
        source, editable = Path(self.root) / _ROOT, version == "editable"
        # Outside the source, which may be read-only; kept until the wheel is written.
        self._scratch = TemporaryDirectory()
        folder = Path(self._scratch.name)
        parts = run_path(str(source / _PARTS))
        try:
            if editable:
                _remove(source)
            if os.environ.get(parts["PURE"]):
                return
            line = f"{parts['SOURCE']} = {parts['source_hash'](source)!r}\n"
            made = _compile(source, folder, line)
            if editable:
                for path in made:
                    shutil.copy(path, source / path.relative_to(folder))
        except Exception as error:
            self.app.display_warning(f"absift is built without its compiled parts: {error}")
            return
        if editable:
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for path in made:
            build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Clear up."""
        self._scratch.cleanup()


def _remove(source: Path) -> None:
    """Remove what was compiled before for this Python.

    It would be used on, though its source has changed or it is no longer wanted. And what runs
    just now keeps what it has loaded, which it would not if the files were written over.
    """
    for path in source.rglob(f"*{get_config_var('EXT_SUFFIX')}"):
        path.unlink()


def _compile(source: Path, folder: Path, line: str) -> list[Path]:
    """Compile the Cython files below ``source``; give the modules, placed alike in ``folder``.

    Args:
        source: The folder that the package is in.
        folder: Where the modules are to be made.
        line: What each of them is to say of itself.
    """
    # Both come only with the build.
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    optimise = [] if os.name == "nt" else ["-O3", "-g0"]
    with TemporaryDirectory() as scratch:
        copy = Path(scratch) / "source"
        parts = [
            Extension(
                ".".join(path.relative_to(copy).with_suffix("").parts),
                [str(path)],
                extra_compile_args=optimise,
            )
            for path in _copied(source, copy, line)
        ]
        modules = cythonize(parts, build_dir=scratch, include_path=[str(copy)], quiet=True)
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder), scratch
        command.ensure_finalized()
        command.run()
    return [path for path in folder.rglob("*") if path.is_file()]


def _copied(source: Path, copy: Path, line: str) -> list[Path]:
    """Copy what is compiled, with a line more at the end; give the files to compile."""
    for path in sorted((*source.rglob("*.pyx"), *source.rglob("*.pxd"))):
        made = copy / path.relative_to(source)
        made.parent.mkdir(parents=True, exist_ok=True)
        held = path.read_text(encoding="utf-8")
        made.write_text(f"{held}\n{line}" if path.suffix == ".pyx" else held, encoding="utf-8")
    return sorted(copy.rglob("*.pyx"))
