"""What figures depend on: the machine, the versions, the day."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from absift import __version__
from absift.api import rules_hash
from absift.compiled_parts import are_there

_PACKAGES = ("spacy", "orjson", "numpy")


def stamp() -> dict[str, Any]:
    """Give machine, versions and date, to stand beside what was measured."""
    parts = "with" if are_there() else "without"
    versions = {
        "absift": f"{__version__} {parts} compiled parts",
        "Python": platform.python_version(),
    }
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return {
        "date": datetime.now(timezone.utc).date().isoformat(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "versions": versions,
        "rules": rules_hash(),
    }


def _processor() -> str:
    """Give the processor's name as the system tells it."""
    known = Path("/proc/cpuinfo")
    if known.exists():
        for line in known.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> float | None:
    """Give the machine's memory in gigabytes, where that is told."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", ()):
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9, 1)
