"""The one door: sources of any format in, abstracts out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from absift.errors import InputError, RecordError
from absift.readers.build import Item, Origin
from absift.readers.columns import Columns
from absift.readers.sniff import foreign_kind, guess_format
from absift.readers.sources import Source, expand
from absift.readers.spans import Span, spans_of
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

#: Formats that can be cut between lines, those that only by counting records, and how many
#: times larger than a part a file of those must be.
_BY_PLACE, _BY_COUNT, _LARGE = ("csv", "tsv", "jsonl", "medline", "ris"), ("pubmed", "parquet"), 4

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
    found = find(sources, input_format)
    return _read(found, input_format, columns, on_reject, _Progress(found, on_progress))


def find(sources: Sequence[str | Path] | str | Path, input_format: str | None) -> list[Source]:
    """Find the files of sources, and make sure that those named can be used; see :func:`read`."""
    if input_format is not None and input_format not in FORMATS:
        raise InputError(f"unknown format {input_format!r}; the formats are {', '.join(FORMATS)}")
    found = expand(sources)
    for source in found:
        if source.named and source.regular:
            _check(source, input_format)
    return found


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
            for item in items_of(source, input_format, columns, progress.add):
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


def items_of(
    source: Source,
    input_format: str | None,
    columns: Columns | None,
    on_bytes: Callable[[int], None],
    span: Span | None = None,
) -> Iterator[Item]:
    """Yield what one source, or a span of it, gives.

    Whatever breaks in the middle is one rejection at the end.

    Raises:
        InputError: The source can't be used at all.
    """
    count = 0
    try:
        with open_source(source.path, on_bytes) as stream:
            head = head_of(stream)
            if not head:
                # A file cut short before its first byte is not the same as an empty one.
                reason = "the file is broken" if stream.read(1) else "the file is empty"
                yield RecordError(source.name, "file", reason)
                return
            form = input_format or _format_of(source, head)
            _require(source, form)
            origin = Origin(source.name, source.label, form, columns)
            for item in _reader(form, input_format is not None, span)(stream, origin):
                count += 1
                yield item
        if count == 0 and span is None:
            yield RecordError(source.name, "file", f"the file holds no records of format {form}")
    except BROKEN as error:
        place = f"after record {count}" if count else "file"
        if span is not None:
            unit = "line" if span.unit == "bytes" else "record"
            place = f"{count} records behind {unit} {span.number}"
        reason = (
            f"the rest can't be read: {_why(error)}; get the file again: what came before is kept"
        )
        yield RecordError(source.name, place, reason)


def _reader(
    form: str, forced: bool, span: Span | None
) -> Callable[[BinaryIO, Origin], Iterator[Item]]:
    if form == "text" and not forced:
        # Bare abstract or page of a web site: only the whole of it tells.
        module, name = "page", "read_guessed"
    else:
        module, name = _MODULES[form], "read_stream"
    reader: Callable[..., Iterator[Item]] = getattr(import_module(f"absift.readers.{module}"), name)
    if span is None:
        return reader
    if span.unit == "bytes":
        return partial(reader, span=span)
    return lambda stream, origin: islice(reader(stream, origin), span.start, span.stop)


def spans(
    source: Source, input_format: str | None, columns: Columns | None, size: int
) -> list[Span]:
    """Cut a large file for reading in parts.

    Args:
        source: The file.
        input_format: Its format, if it is forced.
        columns: As for :func:`read`.
        size: Bytes, of the unpacked content, that a part should have.

    Returns:
        The parts, at least two and together all of the file; none if it is best read whole.
        Formats of lines are cut between records by bytes. The others are cut by the number of
        records, which costs each part the reading of those before it; so only where they are
        very large (:data:`_LARGE` times the size), and texts and arrays of JSON never.
    """
    try:
        with open_source(source.path, lambda count: None) as stream:
            head = head_of(stream)
            form = (input_format or guess_format(head, source.name)) if head else None
            if form in _BY_PLACE:
                origin = Origin(source.name, source.label, form, columns)
                places = import_module(f"absift.readers.{_MODULES[form]}").places
                found = list(spans_of(places(stream, origin), size))
                return found if len(found) > 1 else []
        if form in _BY_COUNT and source.size > _LARGE * size:
            count = sum(1 for _ in items_of(source, input_format, columns, lambda count: None))
            step = -(-count * size // source.size)
            starts = range(0, count, max(step, 1))
            return [Span(at, min(at + step, count), at, "records") for at in starts]
    except (InputError, *BROKEN):
        # The reading itself will say what is the matter, and keep what comes before.
        return []
    return []
