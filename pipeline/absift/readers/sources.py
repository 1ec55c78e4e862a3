"""From what the user names (files, folders, globs, ``-``) to the files to read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from absift.errors import InputError
from absift.readers.remote import RemoteFile, files_at, is_url

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read.

    Attributes:
        name: Its name for messages: as the user gave it, or below the folder given.
        label: Its name for ``meta["source"]``; relative even where an absolute path was given,
            so that output doesn't depend on where the corpus lies.
        path: The file, here or at a URL; ``None`` is standard input.
        named: Whether the user named this very file. One that was found in a folder or by a
            pattern and can't be used is rejected; one that was named stops the run.
        size: Bytes of the file; 0 where unknown.
    """

    name: str
    label: str
    path: Path | RemoteFile | None
    named: bool
    size: int

    @property
    def regular(self) -> bool:
        """Whether the file may be opened twice, unlike standard input or a named pipe."""
        return self.path is not None and self.path.is_file()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def _label(path: Path, root: Path | None) -> str:
    if not path.is_absolute():
        return path.as_posix()
    return path.relative_to(root.parent).as_posix() if root is not None else path.name


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order of their paths; hidden ones are left out."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield Path(place) / name


def _of_folder(folder: Path) -> list[Source]:
    found = [
        Source(str(path), _label(path, folder), path, False, _size(path)) for path in _below(folder)
    ]
    if not found:
        raise InputError(f"{folder}: the folder has no files to read")
    return found


def _expand(given: str) -> list[Source]:
    if given == STDIN:
        return [Source(STDIN, STDIN, None, True, 0)]
    if not given:
        raise InputError("an empty name was given as a source; name a file, a folder or '-'")
    if is_url(given):
        files, named = files_at(given)
        return [Source(file.url, label, file, named, size) for file, label, size in files]
    path = Path(given)
    if path.is_dir():
        return _of_folder(path)
    if path.exists():
        return [Source(given, _label(path, None), path, True, _size(path))]
    if not glob.has_magic(given):
        raise InputError(f"{given}: no such file or folder")
    found: list[Source] = []
    for match in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - given may be absolute
        hit = Path(match)
        if hit.is_dir():
            # With ``**`` the files of a folder are matches of their own.
            found += [] if "**" in given else _of_folder(hit)
        else:
            found.append(Source(match, _label(hit, None), hit, False, _size(hit)))
    if not found:
        raise InputError(f"{given}: no file matches this pattern")
    return found


def place_of(path: str | Path | RemoteFile | None) -> str:
    """Give what is the same for two names of one file."""
    name = STDIN if path is None else os.fspath(path)
    return name if path is None or is_url(name) else os.path.realpath(name)


def expand(sources: Sequence[str | Path] | str | Path) -> list[Source]:
    """Find the files to read, each once, in the order given and sorted within a folder.

    Args:
        sources: Files, folders (read recursively), glob patterns, URLs of any of these, and
            ``-`` for standard input.

    Raises:
        InputError: A source is missing, or a folder or pattern gives no file.
    """
    if isinstance(sources, str | Path):
        sources = [sources]
    found: dict[str, Source] = {}
    for given in sources:
        for source in _expand(os.fspath(given)):
            found.setdefault(place_of(source.path), source)
    return list(found.values())
