"""``absift rules``: look after the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from absift.cli.failures import FAILED
from absift.cli.help import help_of
from absift.cli.layers import Rules, layers
from absift.cli.rules_diff import diff_command
from absift.cli.rules_explain import explain_command
from absift.cli.rules_list import list_command, show_command
from absift.cli.rules_new import new_command
from absift.cli.rules_suggest import suggest_command
from absift.cli.rules_try import try_command

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
    rules: Rules = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print only the examples that fail.")
    ] = False,
) -> None:
    """Run the examples that stand in the rule files, of all layers.

    Each rule names texts that it must match and texts that it must not. Exit code 0 means
    that all do as the files say, 1 that at least one doesn't, 2 that a file can't be used.

    Example: absift rules check --rules my_rules.yaml
    """
    from absift.extraction.toolkit import load_toolkit
    from absift.output import visible_controls
    from absift.rules.check import check
    from absift.settings import with_packs

    rule_set = load_toolkit(configs, with_packs(layers(rules))).rules
    failures = check(rule_set)
    for failure in failures:
        typer.echo(visible_controls(str(failure)))
    if not quiet:
        held = list(rule_set.rules())
        examples = sum(len(rule.match) + len(rule.no_match) for rule in held)
        typer.echo(f"{len(held)} rules, {examples} examples, {len(failures)} failed")
    if failures:
        raise typer.Exit(FAILED)


for _name, _command in (
    ("list", list_command),
    ("show", show_command),
    ("check", check_command),
    ("try", try_command),
    ("explain", explain_command),
    ("new", new_command),
    ("diff", diff_command),
    ("suggest", suggest_command),
):
    rules_app.command(_name, help=help_of(_command))(_command)
