"""``absift extract`` into a folder of parts: its options, and the run."""

from __future__ import annotations

import time
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from absift.cli.failures import BAD_INPUT, say
from absift.cli.tell import number, tell
from absift.errors import InputError

if TYPE_CHECKING:
    from absift.batch.folder import Outcome
    from absift.batch.job import Recipe
    from absift.batch.workers import Workers

_MANY = "Many abstracts: OUT is a folder of parts"

WorkerCount: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--workers",
        metavar="N",
        min=1,
        help="Write a folder of parts, by so many processes; by default one a processor. A run "
        "that was stopped goes on; --force begins anew.",
        rich_help_panel=_MANY,
    ),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Let a Dask cluster do the work: its scheduler, such as tcp://10.0.0.1:8786, or the "
        "*.json that it writes with --scheduler-file.",
        rich_help_panel=_MANY,
    ),
]
Merge: TypeAlias = Annotated[
    bool,
    typer.Option("--merge", help="Make one file, merged.*, of the parts.", rich_help_panel=_MANY),
]
RecordTimeout: TypeAlias = Annotated[
    float,
    typer.Option(
        metavar="SECONDS",
        min=0,
        help="Set a record aside if it takes longer, tried twice; 0 for no limit.",
        rich_help_panel=_MANY,
    ),
]
ShardSize: TypeAlias = Annotated[
    float,
    typer.Option(
        metavar="MB",
        min=0.0001,
        help="Input that makes a part: small files side by side, spans of large ones.",
        rich_help_panel=_MANY,
    ),
]


def wants_folder(output: str | None, *, asked: bool) -> bool:
    """Tell whether OUT is to be a folder of parts.

    Args:
        output: OUT.
        asked: Whether an option was given that only such a folder has.

    Raises:
        InputError: It was, but OUT is none.
    """
    if output in (None, "-"):
        if asked:
            raise InputError(
                "--workers, --scheduler and --merge write a folder of parts; name it with -o"
            )
        return False
    assert output is not None
    if output.endswith("/") or Path(output).is_dir():
        # A corpus in brat's format is a folder too, but not one of parts.
        return asked or not output.rstrip("/").endswith(".brat")
    if asked:
        _refuse_file_name(output)
    return asked


def _refuse_file_name(output: str) -> None:
    from absift.writers import FORMATS

    ending = PurePath(output.removesuffix(".gz")).suffix.lower()
    for name, endings in FORMATS.items():
        if ending in endings:
            raise InputError(
                f"{output}: with --workers OUT is a folder of parts, and this is the name of a "
                f"file; name a folder and add --format {name}, and --merge for one file"
            )


def run_into_folder(
    sources: list[str],
    folder: str,
    recipe: Recipe,
    *,
    workers: int | None,
    scheduler: str | None,
    merge: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Do the run and say what came of it.

    Raises:
        AbsiftError: See :func:`absift.batch.folder.run_folder`.
        typer.Exit: Records were malformed.
    """
    from absift.batch.folder import run_folder
    from absift.cli.progress import ProgressBar

    if workers is not None and scheduler is not None:
        raise InputError("--workers and --scheduler exclude each other: the cluster has its own")

    def make_workers() -> Workers:
        from absift.batch.workers import cpus, dask, processes

        return dask(scheduler) if scheduler else processes(workers or cpus())

    start = time.monotonic()
    with ProgressBar(shown=not quiet) as bar:
        outcome = run_folder(
            sources,
            folder,
            recipe,
            make_workers,
            force=force,
            merged=merge,
            on_progress=bar.on_progress,
            on_records=bar.on_records,
        )
    total = outcome.manifest.total
    tell(total, outcome.first, outcome.rejects, time.monotonic() - start, quiet=quiet)
    if not quiet:
        _tell_more(outcome, folder)
    if total.unusable:
        raise typer.Exit(BAD_INPUT)


def _tell_more(outcome: Outcome, folder: str) -> None:
    total, ids = outcome.manifest.total, outcome.manifest.ids
    notes = [
        f"{count:,} {name}"
        for name, count in (
            ("set aside", total.set_aside),
            ("retracted", total.retracted),
            ("with the id of an earlier one", ids["duplicate"]),
            ("superseded by a later one", ids["superseded"]),
            ("deleted by a later notice", ids["deleted"]),
        )
        if count
    ]
    if notes:
        say(f"of these records, {', '.join(notes)}")
    parts = number(len(outcome.manifest.receipts), "part")
    before = f", {outcome.before:,} of them from before" if outcome.before else ""
    say(f"{parts} in {folder}{before}; manifest.json has the counts")


def refuse_with_folder(**given: object) -> None:
    """Refuse options that have no meaning for a folder of parts.

    Raises:
        InputError: One was given.
    """
    for name, value in given.items():
        if value:
            raise InputError(
                f"--{name} doesn't go with a folder of parts, which has its own; leave it out, or "
                "name a file with -o"
            )
