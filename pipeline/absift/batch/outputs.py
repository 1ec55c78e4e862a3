"""All that a run writes, planned and checked before the work begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from absift.batch.rejects import RejectLog
from absift.errors import InputError
from absift.output import OutputFile
from absift.records import Record

if TYPE_CHECKING:
    from absift.writers import Writer

#: Added to the name of an output to make that of its list of rejected records.
REJECTS_ENDING = ".rejects.jsonl"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the records of a run go; made by :meth:`plan`.

    Attributes:
        writer: Writes the records to a file, a folder or standard output, if at all.
        page: Makes a page of all records, if at all.
        show: Shows a record for reading on standard output, if at all.
        rejects: Takes the records that can't be used.
        paths: The files and folders that the run will write.
    """

    writer: Writer | None
    page: Callable[[Iterable[Record]], object] | None
    show: Callable[[Record], None] | None
    rejects: RejectLog
    paths: tuple[str, ...] = ()

    @property
    def on_terminal(self) -> bool:
        """Whether records appear on a terminal, where a progress bar would be in their way."""
        if self.show is None and (self.writer is None or self.writer.name in self.paths):
            return False
        return sys.stdout.isatty()

    @classmethod
    def plan(
        cls,
        output: str | None = None,
        *,
        format: str | None = None,
        table: str | None = None,
        page: Path | None = None,
        show: bool = False,
        rejects: str | None = None,
        force: bool = False,
        own: Mapping[str, str] | None = None,
    ) -> Outputs:
        """Choose the outputs and refuse those that can't be.

        Where neither an output, a format, a table, a page nor a show is asked for, records
        are shown if standard output is a terminal, and else written to it as JSON lines.

        Args:
            output: A path, or ``-`` for standard output.
            format: One of :data:`absift.writers.FORMATS`.
            table: See :func:`absift.writers.open_writer`.
            page: Where to write a page for reading.
            show: Whether to show the records for reading on standard output.
            rejects: Where to list records that can't be used; by default beside ``output``.
            force: Replace files that exist.
            own: See :func:`absift.writers.open_writer`.

        Raises:
            InputError: An output exists and ``force`` is false; two outputs are the same
                file; a format or table doesn't exist or doesn't fit; a library is missing.
        """
        from absift.report.page import write_page
        from absift.writers import open_writer

        if output is None and format is None and table is None and page is None and not show:
            show = sys.stdout.isatty()
            written = not show
        else:
            written = output is not None or format is not None or table is not None
        target = None if output in (None, "-") else output
        if show and written and target is None:
            raise InputError("--show and the records can't share standard output; name OUT with -o")
        writer = None
        if written:
            writer = open_writer(target, format=format, table=table, force=force, own=own)
        listed = rejects or (target + REJECTS_ENDING if target else None)
        log = RejectLog(listed, force=force, always=rejects is not None)
        make_page = None
        if page is not None:
            OutputFile(page, force=force)
            make_page = partial(write_page, path=page, force=force)
        paths = tuple(str(path) for path in (target, page, listed) if path is not None)
        _require_distinct(paths)
        return cls(writer, make_page, _show if show else None, log, paths)

    def spare(self, sources: str | Path | Sequence[str | Path]) -> None:
        """Refuse to replace what is to be read.

        Raises:
            InputError: A source is missing, or is one of the outputs.
        """
        from absift.readers.sources import expand, place_of

        read = {place_of(source.path) for source in expand(sources)}
        for path in self.paths:
            if place_of(path) in read:
                raise InputError(
                    f"{path}: is to be read and to be written; write to another name or folder"
                )


def _require_distinct(paths: Sequence[str]) -> None:
    seen = set()
    for path in paths:
        place = os.path.realpath(path)
        if place in seen:
            raise InputError(f"{path}: two outputs have this name; give each its own")
        seen.add(place)


def _show(record: Record) -> None:
    """Print a record for reading, as wide as the terminal, but no wider than is readable."""
    from rich.console import Console

    from absift.report.terminal import show

    console = Console()
    console.print(show(record, width=min(console.width, _WIDEST)))


#: Columns beyond which a line of text is hard to read.
_WIDEST = 100
