"""The parts of absift that are compiled where a C compiler was there when it was installed."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

#: What can be compiled.
PARTS = (
    "absift.lexicon._walk",
    "absift.rules._arrange",
    "absift.rules._kernel",
    "absift.rules._machine",
    "absift.rules._pattern",
    "absift.text._cues",
    "absift.text._pieces",
    "absift.text._split",
)
#: Set to anything, this variable of the environment leaves the compiled parts alone.
PURE = "ABSIFT_PURE"


def compiled(name: str) -> ModuleType | None:
    """Give a compiled module; ``None`` where Python is to do its work.

    Args:
        name: Its full name.
    """
    if os.environ.get(PURE):
        return None
    try:
        return import_module(name)
    except ImportError:
        return None


def are_there() -> bool:
    """Tell whether all that can be compiled is, and may be used."""
    return all(compiled(name) is not None for name in PARTS)
