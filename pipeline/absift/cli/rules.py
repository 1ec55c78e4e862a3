"""``absift rules``: look after the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from absift.cli.failures import FAILED
from absift.cli.help import help_of

rules_app = typer.Typer(help="Look after the rules.", no_args_is_help=True)


@rules_app.callback()
def _rules() -> None:
    """Look after the rules."""


def check_command(
    configs: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="A folder of configs of your own, laid out as the built-in one."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the examples that fail.")
    ] = False,
) -> None:
    """Run the examples that stand in the rule files.

    Each rule names texts that it must match and texts that it must not. Exit code 0 means
    that all do as the files say, 1 that at least one doesn't, 2 that a file can't be used.

    Example: absift rules check
    """
    from absift.output import visible_controls
    from absift.rules.check import check
    from absift.rules.ruleset import load_rule_set

    rule_set = load_rule_set(configs)
    failures = check(rule_set)
    for failure in failures:
        typer.echo(visible_controls(str(failure)))
    if not quiet:
        rules = list(rule_set.rules())
        examples = sum(len(rule.match) + len(rule.no_match) for rule in rules)
        typer.echo(f"{len(rules)} rules, {examples} examples, {len(failures)} failed")
    if failures:
        raise typer.Exit(FAILED)


rules_app.command("check", help=help_of(check_command))(check_command)
