"""``absift extract``: from files of abstracts to findings."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from absift.cli.failures import BAD_INPUT, say
from absift.cli.layers import Rules, columns, layers

if TYPE_CHECKING:
    from absift.batch.rejects import RejectLog
    from absift.batch.run import Counts

_READ = "Input"
_WRITE = "Output"


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
            rich_help_panel=_READ,
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the text.", rich_help_panel=_READ
        ),
    ] = None,
    title_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the title.", rich_help_panel=_READ
        ),
    ] = None,
    id_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Column, or field of JSON, of the id.", rich_help_panel=_READ
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where to write: .jsonl, .csv, .tsv (each also .gz), .parquet, .xlsx, .spacy or "
            ".brat; - for standard output.",
            rich_help_panel=_WRITE,
        ),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_output_formats,
            help="Format of OUT where its ending doesn't tell: jsonl, csv, tsv, parquet, xlsx, "
            "spacy or brat.",
            rich_help_panel=_WRITE,
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            autocompletion=_tables,
            help="What a row is: findings, studies or warnings. By default CSV, TSV and Parquet "
            "write findings, Excel all three.",
            rich_help_panel=_WRITE,
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write a page for reading, besides OUT or instead of it.",
            rich_help_panel=_WRITE,
        ),
    ] = None,
    show: Annotated[
        bool,
        typer.Option(
            "--show",
            help="Show the abstracts for reading, as on a terminal, wherever the output goes.",
            rich_help_panel=_WRITE,
        ),
    ] = False,
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Where to list records that can't be used, as JSON lines. By default "
            "OUT.rejects.jsonl, if there are any.",
            rich_help_panel=_WRITE,
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace files that exist.", rich_help_panel=_WRITE),
    ] = False,
    config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A spaCy config, or a folder that absift assemble wrote, instead of the default.",
        ),
    ] = None,
    rules: Rules = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="Say of each span what set each of its attributes (field why of JSON).",
            rich_help_panel=_WRITE,
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

    Example: absift extract search.nbib exports/ -o findings.csv --html findings.html
    """
    from absift.batch.outputs import Outputs
    from absift.batch.run import run
    from absift.cli.progress import ProgressBar
    from absift.readers import Columns

    start = time.monotonic()
    over = layers(rules)
    outputs = Outputs.plan(
        output,
        format=format,
        table=table,
        page=html,
        show=show,
        rejects=rejects,
        force=force,
        own=columns(over),
    )
    outputs.spare(sources)
    with ProgressBar(shown=not quiet and not outputs.on_terminal) as bar:
        counts = run(
            sources,
            outputs,
            config=config,
            rules=over,
            explain=explain,
            input_format=input_format,
            columns=Columns(text_column, title_column, id_column),
            on_record=bar.on_record,
            on_progress=bar.on_progress,
        )
    _tell(counts, outputs.rejects, time.monotonic() - start, quiet=quiet)
    if counts.unusable:
        raise typer.Exit(BAD_INPUT)


def _tell(counts: Counts, rejects: RejectLog, seconds: float, *, quiet: bool) -> None:
    """Say on standard error what was rejected, and the counts."""
    for error in rejects.first:
        say(f"rejected: {error}")
    more = counts.unusable - len(rejects.first)
    if more:
        say(f"rejected: {more:,} more")
    if rejects.path and (counts.unusable or (counts.rejected and not quiet)):
        say(f"the rejected records are listed in {rejects.path}")
    elif more:
        say("name a file with --rejects to have all of them listed")
    if quiet:
        return
    normal = counts.rejected - counts.unusable
    note = f" ({normal:,} without abstract or deleted)" if normal else ""
    say(
        f"{counts.read:,} in, {counts.written:,} out, {counts.rejected:,} rejected{note}; "
        f"{_number(counts.spans, 'finding')}, {_number(counts.warnings, 'warning')}; "
        f"{seconds:.1f} s"
    )


def _number(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
