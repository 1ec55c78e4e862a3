"""A run into a folder of parts: begun, stopped, resumed, completed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from absift.batch.dispatch import Dispatcher
from absift.batch.ids import count_ids
from absift.batch.job import Receipt, Recipe, Task
from absift.batch.manifest import MANIFEST, Manifest
from absift.batch.merging import merge, require_mergeable
from absift.batch.plan import make_plan
from absift.batch.rejects import NORMAL_REASONS, SHOWN
from absift.batch.store import Store, open_store
from absift.batch.workers import Workers
from absift.errors import InputError, RecordError
from absift.readers.sources import expand, place_of
from absift.writers import FORMATS

#: The list of all rejected records of a run, and the file that parts are merged into.
REJECTS, MERGED = "rejects.jsonl", "merged"
_OURS = re.compile(r"part-\d{5,}\..+|manifest\.json|rejects\.jsonl|merged\.\w+")


class InterruptedRunError(KeyboardInterrupt):
    """Ctrl-C during a run whose complete parts stay; its text says how to go on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run into a folder has come to.

    Attributes:
        manifest: All counts.
        before: Shards that were complete when this run began.
        first: The first few rejected records that are no matter of course.
        rejects: Where all are listed, if there are any.
    """

    manifest: Manifest
    before: int
    first: list[RecordError]
    rejects: str | None


def run_folder(
    sources: str | Path | Sequence[str | Path],
    folder: str,
    recipe: Recipe,
    make_workers: Callable[[], Workers],
    *,
    force: bool = False,
    merged: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    on_records: Callable[[int], None] | None = None,
) -> Outcome:
    """Extract from sources into a folder of parts; a run that was stopped goes on.

    What is written depends on the sources and the recipe alone, not on who does the work.

    Args:
        sources: Files, folders, patterns, URLs; see :func:`absift.readers.read`.
        folder: A path or a URL, made if it isn't there.
        recipe: How records are read and written.
        make_workers: Makes the workers, once it is clear that there is work.
        force: Begin anew, whatever has been done.
        merged: Make one file of all parts, which then are removed.
        on_progress: Called with the bytes read so far and in all.
        on_records: Called with the number of records done so far.

    Raises:
        InputError: A source can't be used; the folder holds other things, or a run of other
            input, options or rules.
        AbsiftError: The folder can't be written, or workers keep dying.
        InterruptedRunError: Ctrl-C; what is done stays.
    """
    if merged:
        require_mergeable(recipe.format)
    _require_files(recipe.format)
    store = open_store(folder)
    _spare(sources, folder)
    plan = make_plan(sources, recipe)
    tasks = [Task(n, pieces, folder, recipe) for n, pieces in enumerate(plan.shards)]
    manifest = Manifest.of(plan, recipe, tasks)
    tasks = [replace(task, rules=manifest.rules) for task in tasks]
    store.make()
    with store.lock():
        run = _Run(store, tasks, manifest)
        run.begin(force=force)
        before = len(manifest.receipts)
        try:
            if before < len(tasks):
                receipts = manifest.receipts
                work = Dispatcher(run.left(), receipts, plan.total, on_progress, on_records)
                try:
                    work.run(make_workers)
                finally:
                    store.sweep()
                    store.write(MANIFEST, manifest.to_bytes())
            run.complete(merged=merged)
        except KeyboardInterrupt as error:
            raise InterruptedRunError(
                f"interrupted; {len(manifest.receipts):,} of {len(tasks):,} parts are complete in "
                f"{folder}; the same command goes on from there"
            ) from error
        path = store.path(REJECTS) if manifest.total.rejected else None
        return Outcome(manifest, before, run.first_rejects(), path)


class _Run:
    """The files of a run."""

    def __init__(self, store: Store, tasks: Sequence[Task], manifest: Manifest) -> None:
        self._store, self._tasks, self._manifest = store, tasks, manifest

    def begin(self, *, force: bool) -> None:
        """Take over what was done before, or make room."""
        store, manifest = self._store, self._manifest
        sizes = store.sizes()
        if MANIFEST not in sizes:
            if sizes:
                raise InputError(
                    f"{store.name}: holds files that aren't absift's; choose another folder"
                )
        elif force:
            ours = sorted(name for name in sizes if _OURS.fullmatch(name))
            # The manifest last: without it the folder would not be known for what it is.
            for name in sorted(ours, key=lambda name: name == MANIFEST):
                store.remove(name)
        else:
            old = Manifest.from_bytes(store.read(MANIFEST), store.path(MANIFEST))
            difference = old.difference(manifest)
            if difference:
                raise InputError(
                    f"{store.name}: {difference}; begin anew with --force, or choose another folder"
                )
            self._take_over(old, sizes)
        store.sweep()
        store.write(MANIFEST, manifest.to_bytes())

    def _take_over(self, old: Manifest, sizes: dict[str, int]) -> None:
        manifest = self._manifest
        if old.merged in sizes:
            manifest.merged = old.merged
        for task in self._tasks:
            receipt = old.receipts.get(task.number) or self._receipt(task, sizes)
            whole = receipt is not None and (
                manifest.merged is not None or sizes.get(task.part) == receipt.size
            )
            # Without its ids a part can't be counted, except where all were counted.
            if receipt is not None and whole and (old.complete or task.ids in sizes):
                manifest.receipts[task.number] = receipt
        if len(manifest.receipts) == len(self._tasks):
            manifest.ids = old.ids
        else:
            manifest.merged = None

    def _receipt(self, task: Task, sizes: dict[str, int]) -> Receipt | None:
        if task.receipt not in sizes:
            return None
        try:
            return Receipt.from_json(orjson.loads(self._store.read(task.receipt)))
        except (orjson.JSONDecodeError, KeyError, TypeError):
            return None

    def left(self) -> list[Task]:
        """Give the tasks that are still to be done."""
        return [task for task in self._tasks if task.number not in self._manifest.receipts]

    def complete(self, *, merged: bool) -> None:
        """Count the ids, list all rejects, merge, and remove what is no longer needed."""
        store, manifest, tasks = self._store, self._manifest, self._tasks
        if not manifest.ids:
            manifest.ids = count_ids(store.read(task.ids) for task in tasks)
            self._list_rejects()
            store.write(MANIFEST, manifest.to_bytes())
        if merged and manifest.merged is None:
            format = tasks[0].recipe.format
            name = MERGED + FORMATS[format][0]
            merge(store, [task.part for task in tasks], name, format)
            manifest.merged = name
            store.write(MANIFEST, manifest.to_bytes())
        left = store.sizes()
        for task in tasks:
            names = [task.ids, task.receipt]
            names += [task.part, task.rejects] if manifest.merged else []
            for name in names:
                if name in left:
                    store.remove(name)

    def _list_rejects(self) -> None:
        sizes = self._store.sizes()
        lists = [task.rejects for task in self._tasks if task.rejects in sizes]
        if lists:
            merge(self._store, lists, REJECTS, "jsonl")

    def first_rejects(self) -> list[RecordError]:
        """Give the first few rejections that are no matter of course."""
        if not self._manifest.total.unusable:
            return []
        found: list[RecordError] = []
        with self._store.open(REJECTS) as stream:
            for line in stream:
                one = orjson.loads(line)
                if one["reason"] not in NORMAL_REASONS:
                    found.append(RecordError(one["source"], one["record"], one["reason"]))
                if len(found) == SHOWN:
                    break
        return found


def _require_files(format: str) -> None:
    if format not in FORMATS:
        raise InputError(f"no format {format!r}; choose one of {', '.join(FORMATS)}")
    if format == "brat":
        raise InputError("brat is a folder of its own; name OUT.brat and leave --workers out")


def _spare(sources: str | Path | Sequence[str | Path], folder: str) -> None:
    """Refuse to read what is written."""
    inside = place_of(folder).rstrip("/") + "/"
    for source in expand(sources):
        if place_of(source.path).startswith(inside):
            raise InputError(
                f"{source.name}: lies in the folder that is written; choose another folder"
            )
