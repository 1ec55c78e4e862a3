"""``absift rules try``: a pattern over a corpus."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import Annotated

import typer

from absift.cli.failures import say
from absift.cli.layers import Rules, toolkit

_FORMS_SHOWN = 10


def try_command(
    pattern: Annotated[
        str,
        typer.Argument(
            metavar="PATTERN", help="A pattern in the notation of rule files.", show_default=False
        ),
    ],
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES", help="Abstracts, as absift extract reads them.", show_default=False
        ),
    ],
    label: Annotated[
        str | None,
        typer.Option(
            metavar="LABEL",
            help="Read the pattern as a rule of this label does: spans found before it are single "
            "words. By default only those are that the pattern names.",
        ),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option("--most", metavar="N", min=1, help="Stop after so many matches."),
    ] = None,
    rules: Rules = None,
) -> None:
    """Show what a pattern matches in abstracts, each match in its context, as they are found.

    No rule file is needed. Counts of matches, abstracts and the commonest forms stand at
    the end, on standard error.

    Example: absift rules try 'NUMBER mg ( twice|once daily )?' search.nbib
    """
    from absift.errors import RecordError
    from absift.output import visible_controls
    from absift.readers import read
    from absift.workbench.concordance import Concordance, line

    concordance = Concordance(toolkit(rules), pattern, label)
    rejected: list[RecordError] = []
    width = max(60, shutil.get_terminal_size((120, 24)).columns)
    forms: Counter[str] = Counter()
    places: set[str] = set()
    for match in concordance.matches(read(sources, on_reject=rejected.append)):
        typer.echo(visible_controls(line(match, width)))
        forms[" ".join(match.text.split()).lower()] += 1
        places.add(match.id)
        if most is not None and forms.total() >= most:
            break
    for form, number in forms.most_common(_FORMS_SHOWN):
        say(f"{number:7,}  {form}")
    more = f"; {len(rejected)} records couldn't be read" if rejected else ""
    say(f"{forms.total():,} matches of {len(forms):,} forms in {len(places):,} abstracts{more}")
