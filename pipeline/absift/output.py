"""Safe ways out: files that appear whole or not at all, and text that can't act.

Everything that absift leaves on disk goes through :class:`OutputFile` or
:class:`OutputFolder`: it is written beside its target under a hidden name and takes
the target's name once it is complete, so a failure leaves what was there before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Generic, TypeVar

from absift.errors import AbsiftError, InputError

if TYPE_CHECKING:
    from typing_extensions import Self

#: Begins the name of what isn't complete yet.
HIDDEN = ".absift-"

# C0 controls except tab, line feed and carriage return; DEL and C1, which hold the
# one-character form of a terminal's escape sequences; lone surrogates and the two
# non-characters, which neither UTF-8 nor XML can carry.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_PICTURES = 0x2400
_SYMBOL_FOR_DELETE = "\u2421"
_REPLACEMENT = "\ufffd"


def visible_controls(text: str) -> str:
    """Replace characters that could act on a terminal or break a file by ones that show.

    C0 controls become their Unicode control picture (ESC becomes ``␛``), DEL ``␡``, C1
    controls, lone surrogates, U+FFFE and U+FFFF become U+FFFD. Tab, line feed, carriage
    return and NEL stay. One character stays one character, so offsets hold.
    """
    return _UNSAFE.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _SYMBOL_FOR_DELETE if code == 0x7F else _REPLACEMENT


@contextlib.contextmanager
def explained(path: Path | str) -> Iterator[None]:
    """Turn a failure of the file system into a message for a person.

    Raises:
        AbsiftError: The disk is full, the folder can't be written, or the like. A broken
            pipe is passed on as it is: the reader of standard output has gone, and that
            is for the command to end on quietly.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        advice = {
            errno.ENOSPC: "free some space or write to another disk",
            errno.EDQUOT: "free some space or write to another disk",
            errno.EACCES: "choose a folder that you may write to",
            errno.EPERM: "choose a folder that you may write to",
            errno.EROFS: "choose a folder that you may write to",
            errno.ENOENT: "make the folder first",
            errno.ENOTDIR: "a part of the path is a file, not a folder",
            errno.ENAMETOOLONG: "choose a shorter name",
        }.get(error.errno or 0, "see that the disk works")
        raise AbsiftError(f"{path}: can't write: {reason}; {advice}") from error


class Scoped(ABC):
    """Something that is open within a ``with`` statement and closes all that it has opened."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    @abstractmethod
    def _open(self, stack: ExitStack) -> None:
        """Make ready, giving ``stack`` all that has to be closed; closed at once if this fails."""

    def _finish(self) -> None:  # noqa: B027 - most have nothing left to do
        """Do what is left before closing; called only if all went well."""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._open(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._stack.__exit__(kind, error, trace)
            return
        with self._stack:
            self._finish()


_Place = TypeVar("_Place", bound="BinaryIO | Path")


class _Output(ABC, Generic[_Place]):
    """What appears whole or not at all, under a hidden name until it is complete."""

    def __init__(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        self.name = os.fspath(path)
        # A link keeps pointing at its target, which is what gets replaced.
        self.path = Path(self.name).resolve()
        self.force = force
        self.check()
        self.hidden = self.path.with_name(f"{HIDDEN}{secrets.token_hex(6)}.part")

    @abstractmethod
    def check(self) -> None:
        """Refuse a target that must not be replaced."""

    @abstractmethod
    def _open(self) -> _Place:
        """Make what is written to, under the hidden name."""

    @abstractmethod
    def _close(self) -> None:
        """Complete what was written."""

    @abstractmethod
    def _swap(self) -> None:
        """Put it in its place."""

    @abstractmethod
    def _discard(self) -> None:
        """Remove what still has the hidden name, if anything; never fail."""

    def _refuse(self, reason: str) -> None:
        raise InputError(f"{self.name}: {reason}")

    def __enter__(self) -> _Place:
        with explained(self.name):
            return self._open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                with explained(self.name):
                    self._close()
                    self.check()
                    self._swap()
        finally:
            self._discard()


class OutputFile(_Output[BinaryIO]):
    """A file that takes its place when it is complete.

    Args:
        path: The target.
        force: Replace a file that is already there.

    Raises:
        InputError: The target exists and ``force`` is false, or is no regular file.
    """

    def check(self) -> None:
        """Refuse an existing file without ``force``, and anything that is no file."""
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            return
        except OSError:
            # Opening the file will say what is the matter.
            return
        if stat.S_ISDIR(mode):
            self._refuse("is a folder; give the name of a file")
        if not stat.S_ISREG(mode):
            self._refuse("is no regular file; give another name, or - for standard output")
        if not self.force:
            self._refuse("exists already; add --force to replace it, or choose another name")

    def _open(self) -> BinaryIO:
        self.stream: BinaryIO = self.hidden.open("xb")
        return self.stream

    def _close(self) -> None:
        self.stream.flush()
        os.fsync(self.stream.fileno())
        self.stream.close()

    def _swap(self) -> None:
        if self.path.exists():
            shutil.copymode(self.path, self.hidden)
        self.hidden.replace(self.path)

    def _discard(self) -> None:
        # Closing flushes what is left, which fails again on a full disk.
        with contextlib.suppress(OSError):
            self.stream.close()
        with contextlib.suppress(OSError):
            self.hidden.unlink(missing_ok=True)


class OutputFolder(_Output[Path]):
    """A folder that takes its place when it is complete.

    An empty folder may stand in its place. A folder with files is only replaced with
    ``force``, and only if it was written by absift.

    Args:
        path: The target.
        force: Replace a folder that is already there.
        marker: Name of a file by which a folder of this format is known.

    Raises:
        InputError: The target is a file, or a folder that may not be replaced.
    """

    def __init__(self, path: str | os.PathLike[str], *, force: bool = False, marker: str) -> None:
        self.marker = marker
        super().__init__(path, force=force)

    def check(self) -> None:
        """Refuse files, and folders that hold something to lose."""
        if not self.path.exists():
            return
        if not self.path.is_dir():
            self._refuse("is a file, but this format is a folder; choose another name")
        with explained(self.name):
            entries = list(os.scandir(self.path))
        if not entries:
            return
        if not self.force:
            self._refuse("exists already; add --force to replace it, or choose another name")
        if not (self.path / self.marker).is_file() or any(entry.is_dir() for entry in entries):
            self._refuse("holds files that aren't absift's; choose another folder")

    def _open(self) -> Path:
        self.hidden.mkdir()
        return self.hidden

    def _close(self) -> None:
        """Nothing is left: each file in it was closed by who wrote it."""

    def _swap(self) -> None:
        """Put the new folder in place of the old; no system call swaps folders everywhere."""
        old = self.hidden.with_suffix(".old")
        replaced = self.path.exists()
        if replaced:
            self.path.rename(old)
        try:
            self.hidden.rename(self.path)
        except OSError:
            if replaced:
                old.rename(self.path)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def _discard(self) -> None:
        shutil.rmtree(self.hidden, ignore_errors=True)
