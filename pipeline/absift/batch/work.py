"""What a worker does with a shard: read it, extract, write its part, say that it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import orjson

from absift.batch.extractor import Alarm, Extractor, TooLongError
from absift.batch.ids import IdLog
from absift.batch.job import Piece, Receipt, Recipe, Tally, Task
from absift.batch.marks import EXTRACTING, FINISHING, READING, Mark
from absift.batch.rejects import RejectLog
from absift.batch.store import open_store
from absift.errors import AbsiftError, InputError, RecordError
from absift.extraction.toolkit import columns_over
from absift.readers.build import Item
from absift.readers.dispatch import items_of
from absift.records import Abstract, Record
from absift.writers import Writer, open_writer

_TRIES = 2


def work(task: Task) -> Receipt:
    """Do a shard; this is what an executor runs.

    In the main thread of a process the work is done there. In a thread, as on a Dask worker,
    it can't be ended from within and would take the worker down with it, so a process is made.

    Raises:
        AbsiftError: The shard can't be done at all.
    """
    if task.supervised or threading.current_thread() is not threading.main_thread():
        from absift.batch.supervise import supervise

        return supervise(task)
    return write_part(task)


def write_part(task: Task) -> Receipt:
    """Do a shard in this process.

    Raises:
        AbsiftError: The part can't be written, the config can't be used, a file named by the
            user can't be used at all, or a file or the rules have changed since the run began.
    """
    mark = Mark(task.marks, task.number)
    store = open_store(task.store)
    alarm = Alarm(task.recipe.record_timeout)
    with ExitStack() as stack:
        # Each is closed before the one above it: a part stands before its receipt does.
        path = stack.enter_context(store.place(task.part))
        listed = stack.enter_context(store.place(task.rejects))
        rejects = stack.enter_context(RejectLog(listed, force=True))
        recipe = task.recipe
        own = columns_over(recipe.rules)
        writer = open_writer(path, format=recipe.format, table=recipe.table, force=True, own=own)
        stack.enter_context(writer)
        shard = _Shard(task, mark, alarm, writer, rejects)
        with alarm.ready():
            shard.run()
        mark.at(FINISHING, shard.tally.found)
    store.write(task.ids, shard.ids.to_bytes())
    receipt = Receipt(task.number, shard.tally, store.sizes()[task.part])
    store.write(task.receipt, orjson.dumps(receipt.to_json()))
    return receipt


class _Shard:
    """The records of one shard on their way."""

    def __init__(
        self, task: Task, mark: Mark, alarm: Alarm, writer: Writer, rejects: RejectLog
    ) -> None:
        self._task, self._mark, self._alarm = task, mark, alarm
        self._writer, self._rejects = writer, rejects
        self._extract = Extractor(task.recipe)
        if task.rules not in ("", self._extract.rules):
            raise InputError(
                f"a worker has {self._extract.rules}, but the run began with {task.rules}; give "
                "all workers the same, leave rules alone while they are in use, and go on"
            )
        self.tally, self.ids = Tally(), IdLog()

    def run(self) -> None:
        """Take all records of the shard."""
        for piece in self._task.pieces:
            check_unchanged(piece)
            for item in self._items(piece):
                self._take(item)
        tally, rejects = self.tally, self._rejects
        tally.rejected, tally.unusable = rejects.count, rejects.unusable
        if tally.found != tally.written + tally.rejected:
            raise AssertionError(f"records were lost or made: {tally}")

    def _items(self, piece: Piece) -> Iterator[Item]:
        recipe, name = self._task.recipe, piece.source.name
        items = items_of(
            piece.source, recipe.input_format, recipe.columns, self._mark.add_bytes, piece.span
        )
        while True:
            at = self.tally.found
            self._mark.at(READING, at)
            if at in self._task.lost:
                yield RecordError(name, f"record {at + 1} of the shard", self._task.lost[at])
                return
            try:
                item = next(items, None)
            except InputError as error:
                if piece.source.named:
                    raise
                item = RecordError(name, "file", str(error).removeprefix(f"{name}: "))
            if item is None:
                return
            yield item

    def _take(self, item: Item) -> None:
        at = self.tally.found
        self.tally.found += 1
        if isinstance(item, RecordError):
            self._reject(item)
            return
        result = self._record(item, at)
        if isinstance(result, Record):
            result = self._written(result)
        if isinstance(result, RecordError):
            self._reject(result)
        self._mark.add_record()

    def _record(self, abstract: Abstract, at: int) -> Record | RecordError:
        """Extract from an abstract, or say why that can't be done after a second try."""
        source = str(abstract.meta.get("source", "?"))
        if at in self._task.aside:
            self.tally.set_aside += 1
            return RecordError(source, abstract.id, self._task.aside[at])
        reason = ""
        for _ in range(_TRIES):
            self._mark.at(EXTRACTING, at)
            try:
                return self._alarm.run(self._extract, abstract)
            except TooLongError:
                reason = too_long(self._task.recipe)
            except AbsiftError:
                raise
            except Exception as error:
                # A defect: it must be seen, but not cost the other records.
                reason = f"set aside: reading it failed: {type(error).__name__}: {error}"
        self.tally.set_aside += 1
        return RecordError(source, abstract.id, reason)

    def _written(self, record: Record) -> Record | RecordError:
        try:
            self._writer.write(record)
        except AbsiftError as error:
            if isinstance(error.__cause__, OSError):
                raise
            return RecordError(str(record.meta.get("source", "?")), record.id, str(error))
        self.tally.add(record)
        self.tally.retracted += bool(record.meta.get("retracted"))
        self.ids.add(record)
        return record

    def _reject(self, error: RecordError) -> None:
        self._rejects.add(error)
        self.ids.reject(error)


def too_long(recipe: Recipe) -> str:
    """Give the reason for which a record that took too long is set aside."""
    return (
        f"set aside: took longer than {recipe.record_timeout:g} s, twice; "
        "--record-timeout gives it more time"
    )


def check_unchanged(piece: Piece) -> None:
    """Refuse a file that isn't as long as it was; one that has vanished is for the reader.

    Raises:
        InputError: It has changed.
    """
    path = piece.source.path
    if not isinstance(path, Path):
        return
    try:
        size = path.stat().st_size
    except OSError:
        return
    if size != piece.source.size:
        raise InputError(
            f"{piece.source.name}: has changed since the run began; begin anew with --force"
        )
