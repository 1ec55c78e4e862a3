"""The command ``absift``: what it offers, and nothing of how it is done."""

from __future__ import annotations

from typing import Annotated

import typer

from absift import compiled_parts
from absift._version import __version__
from absift.cli.assemble import assemble_command
from absift.cli.corpus import corpus_app
from absift.cli.evaluate import evaluate_command
from absift.cli.extract import extract_command
from absift.cli.failures import CommandGroup
from absift.cli.help import help_of
from absift.cli.rules import rules_app

app = typer.Typer(
    name="absift",
    cls=CommandGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        parts = "with" if compiled_parts.are_there() else "without"
        typer.echo(f"absift {__version__}, {parts} compiled parts")
        raise typer.Exit


def absift(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version and leave."
        ),
    ] = False,
) -> None:
    """Read abstracts of clinical studies and tag their figures and harms, offline.

    Sample sizes, percentages, durations and adverse events, each with its place in the
    text and the rule that found it.

    Example: absift extract search.nbib -o findings.csv
    """


app.callback(help=help_of(absift))(absift)
app.command("extract", help=help_of(extract_command))(extract_command)
app.command("evaluate", help=help_of(evaluate_command))(evaluate_command)
app.add_typer(rules_app, name="rules")
app.add_typer(corpus_app, name="corpus")
app.command("assemble", help=help_of(assemble_command))(assemble_command)
