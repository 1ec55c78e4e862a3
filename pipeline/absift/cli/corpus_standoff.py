"""``absift corpus strip`` and ``join``: gold apart from its texts, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from absift.cli.failures import FAILED, say
from absift.cli.options import Force
from absift.cli.tell import number

_SHOWN = 5

Target = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="OUT", help="What to write; packed if it ends in .gz."),
]


def strip_command(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", help="Gold records, JSON lines.", show_default=False),
    ],
    output: Target,
    force: Force = False,
) -> None:
    """Take the texts out of gold records, so that the annotations can be passed on alone.

    What is left are ids, offsets, values, and a hash by which `absift corpus join` knows the
    text again. White space isn't counted.

    Example: absift corpus strip gold.jsonl -o standoff.jsonl
    """
    import orjson

    from absift.corpus.standoff import strip
    from absift.evaluation.sources import read_file
    from absift.output import OutputFile
    from absift.packing import is_packed, packed

    records = read_file(gold)
    with OutputFile(output, force=force) as file, packed(file, pack=is_packed(output)) as stream:
        for record in records:
            stream.write(orjson.dumps(strip(record), option=orjson.OPT_APPEND_NEWLINE))
    say(f"{number(len(records), 'record')} written to {output}")


def join_command(
    standoff: Annotated[
        Path,
        typer.Argument(
            metavar="STANDOFF",
            help="Stand-off records, as `absift corpus strip` makes them; may be .gz.",
            show_default=False,
        ),
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="IN",
            help="Files of abstracts in any form that `absift extract` reads.",
            show_default=False,
        ),
    ],
    output: Target,
    force: Force = False,
) -> None:
    """Give stand-off records their texts back, from abstracts with the same ids.

    Exit code 0 means that all were joined, 1 that some have no abstract, or one of another text;
    the others are written.

    Example: absift corpus join standoff.jsonl pubmed.xml -o gold.jsonl
    """
    from absift.corpus.standoff import join, read_standoff
    from absift.errors import RecordError
    from absift.evaluation.sources import open_lines
    from absift.output import OutputFile
    from absift.packing import is_packed, packed
    from absift.readers import read
    from absift.records import dumps

    def pass_over(error: RecordError) -> None:
        """Pass over what is no abstract: who asks for it is told that it is missing."""

    with open_lines(standoff) as lines:
        held = read_standoff(lines, str(standoff))
    joined = join(held, read(sources, on_reject=pass_over))
    with OutputFile(output, force=force) as file, packed(file, pack=is_packed(output)) as stream:
        for record in joined.records:
            stream.write(dumps(record))
    say(f"{len(joined.records):,} of {number(len(held), 'record')} written to {output}")
    for ids, what in ((joined.missing, "no abstract"), (joined.different, "another text")):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            say(f"{what}: {', '.join(ids[:_SHOWN])}{more}")
    if joined.missing or joined.different:
        raise typer.Exit(FAILED)
