"""``absift rules suggest``: draft rules for what is missed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from absift.cli.failures import say
from absift.cli.layers import Rules, toolkit


def suggest_command(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD", help="Gold records, JSON lines; may be .gz.", show_default=False
        ),
    ],
    label: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Only spans of this label.")
    ] = None,
    most: Annotated[
        int, typer.Option("--most", metavar="N", min=1, help="Show at most so many groups.")
    ] = 20,
    rules: Rules = None,
) -> None:
    """Group the gold spans that the rules miss by the shape of their context, with draft rules.

    Above each draft stands how many missed spans it is made for, and in how many other places
    of the gold set it would match. A draft is where work begins: put it into a rule file,
    make it wider, and see what it does with absift rules diff.

    Example: absift rules suggest gold.jsonl --label DURATION
    """
    from absift.evaluation.sources import read_file
    from absift.output import visible_controls
    from absift.workbench.suggest import suggest

    groups = suggest(toolkit(rules), read_file(gold), label)
    for number, group in enumerate(islice(groups, most), start=1):
        typer.echo(f"# {group.label}")
        for line in group.draft(number).text().splitlines():
            typer.echo(visible_controls(line))
    missed = sum(group.count for group in groups)
    say(f"{missed:,} missed in {len(groups):,} groups; {min(most, len(groups))} shown")
