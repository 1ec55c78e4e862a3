"""Environments in which others run, each with its own packages, under ``build/benchmarks``."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "build" / "benchmarks"


def environment(name: str, packages: Sequence[str]) -> Path:
    """Give the Python of an environment, and make it where it isn't there yet.

    Args:
        name: Name of its folder.
        packages: What pip installs into it.

    Raises:
        CalledProcessError: pip failed; ``stderr`` says why.
    """
    folder = FOLDER / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # The list is written last, so that an install that was cut short begins anew.
    done, wanted = folder / "packages.txt", "\n".join(packages)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        print(f"making {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *packages], check=True, stderr=subprocess.PIPE, text=True)
        done.write_text(wanted, encoding="utf-8")
    return python


def outside() -> dict[str, str]:
    """Give the variables for a process there: it must not see the packages of the caller."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
