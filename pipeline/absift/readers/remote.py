"""Files that lie elsewhere, named by URLs such as ``s3://bucket/file`` and opened by fsspec."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, cast

from absift.errors import InputError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|[A-Za-z0-9+.-]+::")


def is_url(name: str) -> bool:
    """Tell whether a name is a URL and not a path."""
    return _URL.match(name) is not None


@contextlib.contextmanager
def connected(url: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """Give the file system of a URL and the path in it; for use in a ``with`` statement.

    Raises:
        InputError: The protocol is unknown, its driver isn't installed, or it can't be reached.
    """
    from fsspec.core import url_to_fs

    try:
        yield url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"{url}: can't be opened: {error}") from error


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file at a URL, with as much of :class:`pathlib.Path` as reading needs."""

    url: str

    def open(self, mode: str = "rb", buffering: int = 0) -> IO[bytes]:
        """Open the file for reading.

        Raises:
            OSError: It is missing or can't be read.
            InputError: Its protocol can't be used.
        """
        with connected(self.url) as (system, path):
            return cast("IO[bytes]", system.open(path, mode))

    def is_file(self) -> bool:
        """Tell whether there is such a file; a file elsewhere can always be read again."""
        with connected(self.url) as (system, path):
            return bool(system.isfile(path))

    def fingerprint(self) -> str:
        """Give what the file system says changes with the file: an ETag, a time and a size."""
        with connected(self.url) as (system, path):
            return str(system.ukey(path))

    def __fspath__(self) -> str:
        return self.url


def files_at(url: str) -> tuple[list[tuple[RemoteFile, str, int]], bool]:
    """Find the files that a URL names: one, those below a folder, or those of a pattern.

    Returns:
        The files, sorted, each with a label that doesn't depend on where the folder lies and
        its size in bytes; and whether the URL names a file itself.

    Raises:
        InputError: There is none, or the file system can't be reached.
    """
    try:
        with connected(url) as (system, path):
            return _files(url, system, path)
    except OSError as error:
        reason = error.strerror or str(error) or type(error).__name__
        raise InputError(f"{url}: can't be read: {reason}") from error


def _files(
    url: str, system: AbstractFileSystem, path: str
) -> tuple[list[tuple[RemoteFile, str, int]], bool]:
    if system.isfile(path):
        # Two spellings of a URL are one file.
        file = RemoteFile(url if "::" in url else system.unstrip_protocol(path))
        return [(file, PurePosixPath(path).name, _size(system.info(path)))], True
    if "::" in url:
        raise InputError(f"{url}: a URL of two parts can only name a single file")
    magic = any(sign in path for sign in "*?[")
    found = system.glob(path, detail=True) if magic else system.find(path, detail=True)
    root = PurePosixPath(path).parent if not magic else None
    files = []
    for name, info in sorted(cast("dict[str, Any]", found).items()):
        place = PurePosixPath(name)
        below = place.relative_to(root) if root else PurePosixPath(place.name)
        hidden = any(part.startswith(".") for part in below.parts[1 if root else 0 :])
        if info.get("type") == "file" and not hidden:
            files.append((RemoteFile(system.unstrip_protocol(name)), str(below), _size(info)))
    if not files:
        raise InputError(f"{url}: no such file, and no files below it")
    return files, False


def _size(info: Any) -> int:  # noqa: ANN401 - as the file system says
    return int(info.get("size") or 0)
