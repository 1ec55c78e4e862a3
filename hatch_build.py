"""Compiles what is worth it while absift is built, where there is a C compiler.

Without one, absift is the same but slower: Python then does what the compiled parts would do.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = "pipeline"
# As in absift.compiled_parts, which can't be imported here.
_PURE = "ABSIFT_PURE"


class CompiledParts(BuildHookInterface[Any]):
    """Adds the compiled parts to a wheel, or puts them beside their source if it is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile them; where that fails, say so and go on without."""
        if os.environ.get(_PURE):
            return
        folder = Path(self.root) / "build" / "compiled"
        shutil.rmtree(folder, ignore_errors=True)
        try:
            made = _compile(Path(self.root) / _ROOT, folder)
        except Exception as error:
            self.app.display_warning(f"absift is built without its compiled parts: {error}")
            return
        if version == "editable":
            for path in made:
                shutil.copy(path, Path(self.root) / _ROOT / path.relative_to(folder))
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for path in made:
            build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()


def _compile(source: Path, folder: Path) -> list[Path]:
    """Compile the Cython files below ``source``; give the modules, placed alike in ``folder``."""
    # Both come only with the build.
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    optimise = [] if os.name == "nt" else ["-O3", "-g0"]
    parts = [
        Extension(
            ".".join(path.relative_to(source).with_suffix("").parts),
            [str(path)],
            extra_compile_args=optimise,
        )
        for path in sorted(source.rglob("*.pyx"))
    ]
    with TemporaryDirectory() as scratch:
        modules = cythonize(parts, build_dir=scratch, include_path=[str(source)], quiet=True)
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(folder), scratch
        command.ensure_finalized()
        command.run()
    return [path for path in folder.rglob("*") if path.is_file()]
