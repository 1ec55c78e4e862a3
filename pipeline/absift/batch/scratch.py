"""Folders for what a run needs only while it lasts, which the next run clears up after a crash."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_PREFIX = "absift-"
#: The file of a folder that is locked as long as the process lives that made it.
LOCK = "lock"


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder among the temporary files; it is gone at the end.

    Where its process is killed it stays, and :func:`sweep` finds it.
    """
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        made = folder / f"{LOCK}.new"
        stream = stack.enter_context(made.open("wb"))
        if _lock(stream):
            # It takes its name when it is locked: before that it would look forsaken.
            made.replace(folder / LOCK)
        yield folder


def sweep() -> None:
    """Remove folders that :func:`scratch` made for processes of this user that were killed.

    Where the system has no locks of files, as on Windows, they stay.
    """
    if not hasattr(os, "getuid"):  # pragma: no cover - Windows
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.lstat().st_uid != os.getuid() or folder.is_symlink():
                continue
            with (folder / LOCK).open("rb+") as stream:
                forsaken = _lock(stream)
            if forsaken:
                shutil.rmtree(folder, ignore_errors=True)


def _lock(stream: IO[bytes]) -> bool:
    """Lock a file, if nobody has; the system gives it up however this process ends."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - Windows
        return False
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        # Locked by another, or a file system without locks.
        return False
    return True
