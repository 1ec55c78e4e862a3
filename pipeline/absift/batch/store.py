"""The folder that a run writes its parts to, here or elsewhere."""

from __future__ import annotations

import contextlib
import os
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, cast

from absift.batch.scratch import scratch
from absift.errors import AbsiftError, InputError
from absift.output import HIDDEN, OutputFile, explained
from absift.readers.remote import connected, is_url

_LOCK = HIDDEN + "lock"


class Store(ABC):
    """A folder in which files appear whole or not at all.

    Attributes:
        name: The folder as the user named it.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def path(self, name: str) -> str:
        """Give the name of a file in it for messages."""
        return f"{self.name.rstrip('/')}/{name}"

    @abstractmethod
    def make(self) -> None:
        """Make the folder if it isn't there.

        Raises:
            AbsiftError: It can't be made.
        """

    @abstractmethod
    def sizes(self) -> dict[str, int]:
        """Give the files in it that aren't hidden, with their bytes."""

    @abstractmethod
    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Raises:
            FileNotFoundError: It isn't there.
        """

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Write a file, in place of any that is there.

        Raises:
            AbsiftError: It can't be written.
        """

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""

    @abstractmethod
    def place(self, name: str) -> AbstractContextManager[str]:
        """Give a path at which a writer may make a file, which then appears in the folder.

        If no file was made there, any earlier one is removed.
        """

    @abstractmethod
    def lock(self) -> AbstractContextManager[None]:
        """Keep other runs out as long as this one lasts, where that is possible.

        Raises:
            InputError: Another run is at work.
        """

    def sweep(self) -> None:  # noqa: B027 - not every store leaves anything
        """Remove what workers that died have left half written."""

    def read(self, name: str) -> bytes:
        """Give what a file holds."""
        with self.open(name) as stream:
            return stream.read()


def open_store(name: str) -> Store:
    """Give the store of a folder, named by a path or a URL."""
    return _Remote(name) if is_url(name) else _Local(name)


class _Local(Store):
    """A folder of this machine's file system."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._folder = Path(name)

    def make(self) -> None:
        with explained(self.name):
            self._folder.mkdir(parents=True, exist_ok=True)

    def sizes(self) -> dict[str, int]:
        with explained(self.name):
            entries = [one for one in os.scandir(self._folder) if not one.name.startswith(HIDDEN)]
            return {one.name: one.stat().st_size for one in entries}

    def open(self, name: str) -> BinaryIO:
        return (self._folder / name).open("rb")

    def write(self, name: str, data: bytes) -> None:
        with OutputFile(self._folder / name, force=True) as stream:
            stream.write(data)

    def remove(self, name: str) -> None:
        with explained(self.path(name)):
            (self._folder / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def place(self, name: str) -> Iterator[str]:
        # The writers themselves let a file appear when it is complete.
        yield str(self._folder / name)

    def sweep(self) -> None:
        for path in self._folder.glob(f"{HIDDEN}*.part"):
            with contextlib.suppress(OSError):
                path.unlink()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        try:
            import fcntl
        except ImportError:  # pragma: no cover - Windows
            yield
            return
        with explained(self.name):
            stream = (self._folder / _LOCK).open("wb")
        with stream:
            try:
                # Given up by the system however this process ends.
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise InputError(
                    f"{self.name}: another run is writing there; wait for it to end"
                ) from error
            except OSError:
                # A file system without locks: two runs would do the same work twice, no worse.
                pass
            yield


class _Remote(Store):
    """A folder at a URL; what is written is made here and copied there when it is complete."""

    def make(self) -> None:
        with self._explained(), connected(self.name) as (system, root):
            system.makedirs(root, exist_ok=True)

    def sizes(self) -> dict[str, int]:
        with self._explained(), connected(self.name) as (system, root):
            system.invalidate_cache()
            try:
                found = system.ls(root, detail=True)
            except FileNotFoundError:
                return {}
        names = {one["name"].rstrip("/").rpartition("/")[2]: one for one in found}
        return {
            name: int(one.get("size") or 0)
            for name, one in names.items()
            if one["type"] == "file" and not name.startswith(HIDDEN)
        }

    def open(self, name: str) -> BinaryIO:
        with connected(self.path(name)) as (system, path):
            return cast("BinaryIO", system.open(path, "rb"))

    def write(self, name: str, data: bytes) -> None:
        with self.place(name) as path:
            Path(path).write_bytes(data)

    def remove(self, name: str) -> None:
        with (
            self._explained(),
            connected(self.path(name)) as (system, path),
            contextlib.suppress(FileNotFoundError),
        ):
            system.rm_file(path)

    @contextlib.contextmanager
    def place(self, name: str) -> Iterator[str]:
        with scratch() as folder:
            # A folder of its own: the file may have any name.
            made = folder / "made" / name
            made.parent.mkdir()
            yield str(made)
            if not made.exists():
                self.remove(name)
                return
            with self._explained(), connected(self.path(name)) as (system, path):
                hidden = f"{path[: -len(name)]}{HIDDEN}{secrets.token_hex(6)}.part"
                system.put_file(str(made), hidden)
                system.mv(hidden, path)

    def lock(self) -> AbstractContextManager[None]:
        return contextlib.nullcontext()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with explained(self.name):
                yield
        except (AbsiftError, FileNotFoundError):
            raise
        except Exception as error:
            # Each driver has failures of its own.
            raise AbsiftError(f"{self.name}: can't be used: {error}") from error
