"""``absift rules diff``: what a change of rules does."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from absift.cli.failures import say
from absift.cli.layers import layers

if TYPE_CHECKING:
    from absift.extraction.toolkit import Toolkit
    from absift.records import Record


def diff_command(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="Rules before: a rule file, a folder of rules or of configs, or - for none.",
            show_default=False,
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="Rules after, likewise.", show_default=False)
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="GOLD|FILES",
            help="Gold records, or any files of abstracts.",
            show_default=False,
        ),
    ],
) -> None:
    """Show what a change of rules gains and loses.

    On a gold set: every score before and after, and each span that became right or wrong.
    On other files: each span that only one side finds or that both describe differently, and
    the counts by label. Both sides lie over the built-in rules and those of absift.toml.

    Example: absift rules diff - my_rules.yaml gold.jsonl
    """
    from absift.settings import with_packs
    from absift.workbench.difference import toolkit_of

    below = with_packs(layers(None))
    before, after = toolkit_of(old, below), toolkit_of(new, below)
    gold = _gold(sources)
    if gold is None:
        _over_files(before, after, sources)
    else:
        _over_gold(before, after, gold)


def _gold(sources: list[str]) -> list[Record] | None:
    """Give the records of a single file of them that has spans."""
    from absift.errors import AbsiftError
    from absift.evaluation.sources import read_file

    if len(sources) != 1 or not Path(sources[0]).is_file():
        return None
    try:
        records = read_file(sources[0])
    except AbsiftError:
        return None
    return records if any(record.spans for record in records) else None


def _over_gold(before: Toolkit, after: Toolkit, gold: list[Record]) -> None:
    from rich.console import Console

    from absift.evaluation.compare import compare
    from absift.evaluation.run import evaluate
    from absift.evaluation.table import comparison_lines, comparison_table
    from absift.extraction.passes import read
    from absift.output import visible_controls
    from absift.records import Abstract

    texts = [Abstract(record.id, record.text, record.title) for record in gold]
    labels = sorted({span.label for record in gold for span in record.spans})
    old, new = (
        evaluate(gold, [read(tools, text) for text in texts], labels=labels)
        for tools in (before, after)
    )
    change = compare(old.to_json(), new)
    Console().print(comparison_table(change))
    for line in [*(f"note: {note}" for note in change.notes), *comparison_lines(change)]:
        typer.echo(visible_controls(line))


def _over_files(before: Toolkit, after: Toolkit, sources: list[str]) -> None:
    from absift.errors import RecordError
    from absift.output import visible_controls
    from absift.readers import read
    from absift.workbench.difference import changes, read_both

    counts: Counter[tuple[str, str]] = Counter()
    rejected: list[RecordError] = []
    number = 0
    for one, other in read_both(before, after, read(sources, on_reject=rejected.append)):
        number += 1
        for change in changes(one, other):
            span = change.after or change.before
            counts[span.label if span else "", change.kind] += 1
            typer.echo(visible_controls(str(change)))
    for (label, kind), count in sorted(counts.items()):
        say(f"{count:7,}  {label} {kind}")
    more = f"; {len(rejected)} records couldn't be read" if rejected else ""
    say(f"{counts.total():,} changes in {number:,} abstracts{more}")
