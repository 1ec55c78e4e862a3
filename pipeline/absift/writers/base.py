"""What every writer does: open on entry, one record at a time, all or nothing."""

from __future__ import annotations

import importlib
import sys
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, BinaryIO

import orjson

from absift.errors import AbsiftError, InputError
from absift.output import OutputFile, OutputFolder, Scoped, explained
from absift.packing import packed
from absift.records import Record

if TYPE_CHECKING:
    from typing_extensions import Self

STANDARD_OUTPUT = "standard output"


class Writer(Scoped):
    """Writes records one by one; use it in a ``with`` statement.

    The output takes its name only when the ``with`` statement ends without an error;
    until then it stands beside its target under a hidden name, and a failure removes it.
    The same records give the same bytes, as long as the libraries stay the same.

    Attributes:
        name: The output as a person knows it: its path, or ``standard output``.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def write(self, record: Record) -> None:
        """Write one record.

        Raises:
            AbsiftError: The record can't be written (nothing of it has been, and the next one
                may be tried), or the output can't (the disk is full, say).
        """
        _check_unicode(record)
        with explained(self.name):
            try:
                self._write(record)
            except orjson.JSONEncodeError as error:
                raise AbsiftError(f"record {record.id}: not possible as JSON: {error}") from error

    def __enter__(self) -> Self:
        with explained(self.name):
            return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with explained(self.name):
            super().__exit__(kind, error, trace)

    @abstractmethod
    def _write(self, record: Record) -> None:
        """Write one record."""


class FileWriter(Writer):
    """A writer of one file, or of standard output where its path is ``None``.

    Args:
        path: The file; ``None`` for standard output.
        force: Replace a file that is already there.
        compress: Pack with gzip. Its header holds neither name nor time.

    Raises:
        InputError: The file exists and ``force`` is false, or is no regular file.
    """

    def __init__(self, path: str | None, *, force: bool = False, compress: bool = False) -> None:
        super().__init__(STANDARD_OUTPUT if path is None else path)
        self._target = _standard_output() if path is None else OutputFile(path, force=force)
        self._compress = compress

    def _open(self, stack: ExitStack) -> None:
        target = stack.enter_context(self._target)
        self._stream = stack.enter_context(packed(target, pack=self._compress))
        self._begin(stack)

    @abstractmethod
    def _begin(self, stack: ExitStack) -> None:
        """Write what stands before the first record; ``stack`` closes what must be closed."""


class FolderWriter(Writer):
    """A writer of a folder; see :class:`~absift.output.OutputFolder`.

    Args:
        path: The folder.
        force: Replace a folder of this format that is already there.
        marker: Name of a file by which a folder of this format is known.

    Raises:
        InputError: The folder holds files and may not be replaced.
    """

    def __init__(self, path: str, *, force: bool, marker: str) -> None:
        super().__init__(path)
        self._target = OutputFolder(path, force=force, marker=marker)

    def _open(self, stack: ExitStack) -> None:
        self._folder = stack.enter_context(self._target)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def optional_library(name: str, extra: str) -> ModuleType:
    """Import a library that is not installed by default.

    Raises:
        InputError: It isn't installed; the message says how to.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise InputError(
            f"this format needs {name.partition('.')[0]}: pip install 'absift[{extra}]'"
        ) from error


def _check_unicode(record: Record) -> None:
    for what, text in (("id", record.id), ("title", record.title or ""), ("text", record.text)):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise AbsiftError(
                f"record {record.id!a}: its {what} has half a surrogate pair at character "
                f"{error.start}, which no file can hold; read it with its right encoding"
            ) from error
