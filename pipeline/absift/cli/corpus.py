"""``absift corpus``: checking, counting, converting and sharing gold files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from absift.cli.corpus_standoff import join_command, strip_command
from absift.cli.failures import FAILED, say
from absift.cli.help import help_of
from absift.cli.layers import Rules, layers
from absift.cli.tell import number

corpus_app = typer.Typer(help="Check, count, convert and share gold files.", no_args_is_help=True)

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar="GOLD", help="Gold records, JSON lines; may be .gz.", show_default=False
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what exists.")]


def check_command(
    files: Files,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABELS",
            help="The labels allowed, if not those of the guidelines; commas between them, or "
            "the option again.",
        ),
    ] = None,
    attributes: Annotated[
        bool, typer.Option(help="Check the attributes against the guidelines.")
    ] = True,
    rules: Rules = None,
) -> None:
    """Check gold files, each by itself and as the splits of one corpus.

    Form, offsets, labels, attributes and their values, spans and ids that stand twice, and
    abstracts that stand in two files. Exit code 0 means sound, 1 that problems are listed,
    2 that a file can't be read.

    Labels of your own rules (--rules) are allowed with the attributes that the rules can give.

    Example: absift corpus check dev.jsonl test.jsonl
    """
    from absift.corpus.check import check_files
    from absift.output import visible_controls

    own: Mapping[str, frozenset[str]] = {}
    over = layers(rules)
    if over:
        from absift.extraction.toolkit import load_toolkit
        from absift.rules.own import own_labels

        own = own_labels(load_toolkit(layers=over).rules)
    names = [name.strip() for item in labels or () for name in item.split(",") if name.strip()]
    problems = check_files(files, labels=names or None, attributes=attributes, own=own)
    for problem in problems:
        typer.echo(visible_controls(str(problem)))
    say(f"files: {len(files)}, problems: {len(problems)}")
    if problems:
        raise typer.Exit(FAILED)


def stats_command(
    files: Files,
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the counts as JSON.")
    ] = None,
    force: Force = False,
) -> None:
    """Count the records, words, spans and attribute values of gold files.

    Example: absift corpus stats dev.jsonl test.jsonl
    """
    import orjson
    from rich.console import Console

    from absift.corpus.stats import corpus_stats, stats_tables
    from absift.evaluation.sources import read_file
    from absift.output import OutputFile

    output = OutputFile(json, force=force) if json else None
    stats = corpus_stats(record for path in files for record in read_file(path))
    if output:
        option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        with output as stream:
            stream.write(orjson.dumps(stats.to_json(), option=option))
    console = Console()
    for table in stats_tables(stats):
        console.print(table)


_FORMATS = (
    "jsonl, markup, brat, spacy, prodigy, doccano, doccano-entities, label-studio, bioc-xml "
    "or bioc-json"
)


def convert_command(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="A file, or a folder of brat.", show_default=False),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="What to write.", show_default=False)
    ],
    source_format: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="NAME",
            help=f"Format of IN where its name doesn't tell: {_FORMATS}. Or a public corpus as it "
            "is published: pico (PICO-Corpus, a folder) or phee (PHEE, a file of data/json).",
        ),
    ] = None,
    target_format: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="NAME", help="Format of OUT, one of the same, but no public corpus."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Convert gold between annotation formats.

    What a format has no place for is said on standard error. What a public corpus marks and
    absift doesn't is left out, and counted there.

    Example: absift corpus convert export.json gold.jsonl --from label-studio
    """
    from absift.corpus.convert import convert

    done = convert(
        source, target, source_format=source_format, target_format=target_format, force=force
    )
    for note in done.notes:
        say(f"note: {note}")
    say(f"{number(done.records, 'record')} written to {target}")


for _name, _command in (
    ("check", check_command),
    ("stats", stats_command),
    ("convert", convert_command),
    ("strip", strip_command),
    ("join", join_command),
):
    corpus_app.command(_name, help=help_of(_command))(_command)
