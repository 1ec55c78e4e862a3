"""The parts of absift that are compiled where a C compiler was there when it was installed.

The build loads this file by itself, so that it knows nothing else of absift.
"""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib import import_module
from pathlib import Path
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
    "absift.weighing._sums",
)
#: Set to anything, this variable of the environment leaves the compiled parts alone.
PURE = "ABSIFT_PURE"
#: What a compiled part calls the hash of the sources that it was made from.
SOURCE = "SOURCE"
_ENDINGS = (".pyx", ".pxd")


def compiled(name: str) -> ModuleType | None:
    """Give a compiled module; ``None`` where Python is to do its work.

    One that was made from other sources than those that are there is left alone, too.

    Args:
        name: Its full name.
    """
    if os.environ.get(PURE):
        return None
    try:
        module = import_module(name)
    except ImportError:
        return None
    sources = _sources()
    if sources is None or sources == getattr(module, SOURCE, None):
        return module
    _tell()
    return None


def are_there() -> bool:
    """Tell whether all that can be compiled is, and may be used."""
    return all(compiled(name) is not None for name in PARTS)


def source_hash(root: Path) -> str | None:
    """Give a hash over the sources of all parts: they are compiled together.

    Args:
        root: The folder that the package is in.

    Returns:
        ``None`` where a source isn't there, as in a wheel that leaves them out.
    """
    # Later, since not every command needs it.
    import hashlib

    total = hashlib.sha256()
    for name in PARTS:
        stem = root.joinpath(*name.split("."))
        try:
            held = [stem.with_suffix(_ENDINGS[0]).read_bytes()]
        except OSError:
            return None
        header = stem.with_suffix(_ENDINGS[1])
        if header.exists():
            held.append(header.read_bytes())
        for each in held:
            total.update(hashlib.sha256(each).digest())
    return total.hexdigest()[:16]


def _root() -> Path:
    return Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def _sources() -> str | None:
    return source_hash(_root())


@lru_cache(maxsize=1)
def _tell() -> None:
    """Say, once, that the compiled parts aren't used and what to do."""
    print(
        "absift: the compiled parts are of another state of their source, so Python does their "
        f"work, which takes longer; run 'make check', or 'pip install --no-deps -e .', in "
        f"{_root().parent}",
        file=sys.stderr,
    )
