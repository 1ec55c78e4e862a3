"""``absift extract``: from files of abstracts to findings."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from absift.cli.extract_folder import (
    Merge,
    RecordTimeout,
    Scheduler,
    ShardSize,
    WorkerCount,
    refuse_with_folder,
    run_into_folder,
    wants_folder,
)
from absift.cli.failures import BAD_INPUT
from absift.cli.layers import Rules, layers
from absift.cli.options import READ, WRITE, Config, Force, Page
from absift.cli.tell import tell


def _output_formats() -> list[str]:
    from absift.writers import FORMATS

    return list(FORMATS)


def _input_formats() -> list[str]:
    from absift.readers import FORMATS

    return list(FORMATS)


def _tables() -> list[str]:
    from absift.writers.tables import COLUMNS

    return list(COLUMNS)


def extract_command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="IN",
            help="Files, folders, patterns in quotes, or - for standard input; may be .gz.",
            show_default=False,
        ),
    ],
    input_format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_input_formats,
            help="Format of IN where its content doesn't tell: text, page, pubmed, medline, ris, "
            "csv, tsv, excel, parquet or jsonl.",
            rich_help_panel=READ,
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the text.", rich_help_panel=READ
        ),
    ] = None,
    title_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the title.", rich_help_panel=READ
        ),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the id.", rich_help_panel=READ
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where to write: .jsonl, .csv, .tsv (each also .gz), .parquet, .xlsx, .spacy or "
            ".brat; - for standard output; a folder for parts.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_output_formats,
            help="Format of OUT where its ending doesn't tell: jsonl, csv, tsv, parquet, xlsx, "
            "spacy or brat.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_tables,
            help="What a row is: findings, studies or warnings. By default CSV, TSV and Parquet "
            "write findings, Excel all three.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    html: Page = None,
    show: Annotated[
        bool,
        typer.Option(
            "--show",
            help="Show the abstracts for reading, as on a terminal, wherever the output goes.",
            rich_help_panel=WRITE,
        ),
    ] = False,
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where to list records that can't be used, as JSON lines. By default "
            "OUT.rejects.jsonl, if there are any.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    force: Force = False,
    workers: WorkerCount = None,
    scheduler: Scheduler = None,
    merge: Merge = False,
    record_timeout: RecordTimeout = 60.0,
    shard_size: ShardSize = 8.0,
    config: Config = None,
    rules: Rules = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say of each span what set each of its attributes (field why of JSON).",
            rich_help_panel=WRITE,
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no counts; errors still show.")
    ] = False,
) -> None:
    """Find sample sizes, percentages, durations and adverse events in abstracts.

    Without -o, a terminal shows each abstract with its findings coloured, and a pipe gets
    JSON lines. Nothing that exists is replaced without --force, and no file is left half
    written.

    Exit code 0 means done. Records of PubMed or of a reference manager that have no abstract
    or were deleted count as rejected, which is normal. 2 means bad input: a file that is
    missing, empty or of an unknown format, or a malformed record; all good records of the
    run are written, unless a file named as IN can't be used at all. 130 means interrupted.

    If OUT is a folder, the input is cut into shards, and each becomes a part in it. Beside them
    stands manifest.json; with it a run that was stopped, however, goes on when the same command
    is given again, and counts no record twice. IN and OUT may be URLs, such as
    s3://bucket/folder, where the driver of fsspec is installed.

    Example: absift extract search.nbib exports/ -o findings.csv --html findings.html
    """
    from absift.readers import Columns

    columns = Columns(text_column, title_column, id_column)
    over = layers(rules)
    if wants_folder(output, asked=workers is not None or scheduler is not None or merge):
        from absift.batch.job import Recipe

        assert output is not None
        refuse_with_folder(html=html, show=show, rejects=rejects)
        recipe = Recipe(
            config=str(config) if config else None,
            rules=tuple(map(str, over)),
            explain=explain,
            input_format=input_format,
            columns=columns,
            format=format or "jsonl",
            table=table,
            shard_size=round(shard_size * 1_000_000),
            record_timeout=record_timeout,
        )
        run_into_folder(
            sources,
            output,
            recipe,
            workers=workers,
            scheduler=scheduler,
            merge=merge,
            force=force,
            quiet=quiet,
        )
        return
    from absift.batch.memory import loading
    from absift.batch.outputs import Outputs
    from absift.batch.run import run
    from absift.cli.progress import ProgressBar
    from absift.extraction.toolkit import columns_over

    start = time.monotonic()
    outputs = Outputs.plan(
        output,
        format=format,
        table=table,
        page=html,
        show=show,
        rejects=rejects,
        force=force,
        own=columns_over(over),
    )
    outputs.spare(sources)
    with ProgressBar(shown=not quiet and not outputs.on_terminal) as bar, loading() as loaded:
        counts = run(
            sources,
            outputs,
            config=config,
            rules=over,
            explain=explain,
            input_format=input_format,
            columns=columns,
            on_start=loaded,
            on_record=bar.on_record,
            on_progress=bar.on_progress,
        )
    rejected = outputs.rejects
    tell(counts, rejected.first, rejected.path, time.monotonic() - start, quiet=quiet)
    if counts.unusable:
        raise typer.Exit(BAD_INPUT)
