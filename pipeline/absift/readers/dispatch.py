"""The one door: sources of any format in, abstracts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from absift.errors import InputError, RecordError
from absift.readers.build import Item, Origin
from absift.readers.columns import Columns
from absift.readers.sniff import foreign_kind, guess_format
from absift.readers.sources import Source, expand
from absift.readers.streams import BROKEN, head_of, open_source
from absift.records import Abstract

# A module is imported when its format turns up: what is not needed costs no start-up time.
_MODULES = {
    "text": "plain",
    "page": "page",
    "pubmed": "pubmed",
    "medline": "medline",
    "ris": "ris",
    "csv": "delimited",
    "tsv": "delimited",
    "excel": "excel",
    "parquet": "parquet",
    "jsonl": "jsonl",
}

#: Names of the formats that :func:`read` knows.
FORMATS: tuple[str, ...] = tuple(_MODULES)

#: Formats that need a library of an optional extra: the library, and the extra's name.
_EXTRAS = {"excel": ("openpyxl", "excel"), "parquet": ("pyarrow", "parquet")}


def read(
    sources: Sequence[str | Path] | str | Path,
    *,
    input_format: str | None = None,
    columns: Columns | None = None,
    on_reject: Callable[[RecordError], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Iterator[Abstract]:
    """Read abstracts, one after the other, from files of any known format.

    Args:
        sources: Files, folders (read recursively, sorted, hidden files left out), glob patterns,
            and ``-`` for standard input; each may be packed with gzip. A file named twice is
            read once.
        input_format: One of :data:`FORMATS`; by default each file's own, told by its content.
        columns: Columns of tables and fields of JSON objects; by default guessed by their names.
        on_reject: Called with each record that can't be used; by default it is raised.
        on_progress: Called with the bytes read so far and in all (packed bytes where a file is
            packed; 0 in all where that is unknown).

    Returns:
        An iterator of abstracts. What it yields and what ``on_reject`` gets together are all
        records of the sources.

    Raises:
        InputError: A source is missing, or a file named by the user can't be used at all; at
            once where that shows before reading. A file found in a folder or by a pattern is
            rejected instead.
        RecordError: A record can't be used and ``on_reject`` is ``None``.
    """
    if input_format is not None and input_format not in FORMATS:
        raise InputError(f"unknown format {input_format!r}; the formats are {', '.join(FORMATS)}")
    found = expand(sources)
    for source in found:
        if source.named and source.regular:
            _check(source, input_format)
    return _read(found, input_format, columns, on_reject, _Progress(found, on_progress))


class _Progress:
    """Adds up the bytes read of all sources."""

    def __init__(self, found: list[Source], tell: Callable[[int, int], None] | None) -> None:
        self._tell = tell
        self._done = 0
        known = all(source.regular for source in found)
        self._total = sum(source.size for source in found) if known else 0

    def add(self, count: int) -> None:
        """Count bytes just read."""
        self._done += count
        if self._tell is not None and count:
            self._tell(self._done, self._total)


def _check(source: Source, input_format: str | None) -> None:
    """Make sure that a named file can be opened and has a known format, before any is read."""
    assert source.path is not None
    try:
        with open_source(source.path, lambda count: None) as stream:
            head = head_of(stream)
    except BROKEN as error:
        raise InputError(f"{source.name}: can't be read: {_why(error)}") from error
    if head:
        _require(source, input_format or _format_of(source, head))


def _format_of(source: Source, head: bytes) -> str:
    form = guess_format(head, source.name)
    if form is not None:
        return form
    kind = foreign_kind(head)
    raise InputError(
        f"{source.name}: {'this is ' + kind if kind else 'unknown format'}; "
        f"the formats are {', '.join(FORMATS)}; --input-format forces one"
    )


def _require(source: Source, form: str) -> None:
    """Make sure that the library which a format needs is installed."""
    if form not in _EXTRAS:
        return
    library, extra = _EXTRAS[form]
    try:
        import_module(library)
    except ImportError as error:
        raise InputError(
            f"{source.name}: reading {form} files needs {library}: pip install 'absift[{extra}]'"
        ) from error


def _why(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def _read(
    found: list[Source],
    input_format: str | None,
    columns: Columns | None,
    on_reject: Callable[[RecordError], None] | None,
    progress: _Progress,
) -> Iterator[Abstract]:
    for source in found:
        try:
            for item in _items(source, input_format, columns, progress):
                if isinstance(item, Abstract):
                    yield item
                elif on_reject is None:
                    raise item
                else:
                    on_reject(item)
        except InputError as error:
            if source.named or on_reject is None:
                raise
            reason = str(error).removeprefix(f"{source.name}: ")
            on_reject(RecordError(source.name, "file", reason))


def _items(
    source: Source, input_format: str | None, columns: Columns | None, progress: _Progress
) -> Iterator[Item]:
    """Yield what one source gives; whatever breaks in the middle is one rejection at the end."""
    count = 0
    try:
        with open_source(source.path, progress.add) as stream:
            head = head_of(stream)
            if not head:
                # A file cut short before its first byte is not the same as an empty one.
                reason = "the file is broken" if stream.read(1) else "the file is empty"
                yield RecordError(source.name, "file", reason)
                return
            form = input_format or _format_of(source, head)
            _require(source, form)
            origin = Origin(source.name, source.label, form, columns)
            for item in _reader(form, input_format is not None)(stream, origin):
                count += 1
                yield item
        if count == 0:
            yield RecordError(source.name, "file", f"the file holds no records of format {form}")
    except BROKEN as error:
        place = f"after record {count}" if count else "file"
        reason = (
            f"the rest can't be read: {_why(error)}; get the file again: what came before is kept"
        )
        yield RecordError(source.name, place, reason)


def _reader(form: str, forced: bool) -> Callable[[BinaryIO, Origin], Iterator[Item]]:
    reader: Callable[[BinaryIO, Origin], Iterator[Item]]
    if form == "text" and not forced:
        # Bare abstract or page of a web site: only the whole of it tells.
        reader = import_module("absift.readers.page").read_guessed
    else:
        reader = import_module(f"absift.readers.{_MODULES[form]}").read_stream
    return reader
