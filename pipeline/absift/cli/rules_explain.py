"""``absift rules explain``: why a text gives what it gives."""

from __future__ import annotations

from typing import Annotated

import typer

from absift.cli.layers import Rules, toolkit


def explain_command(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A sentence, or more.", show_default=False)
    ],
    label: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Only what happens to this label.")
    ] = None,
    near: Annotated[
        bool,
        typer.Option(
            "--near",
            help="Also rules whose pattern matches, but with something around it that isn't as "
            "the rule wants it.",
        ),
    ] = False,
    rules: Rules = None,
) -> None:
    """Show every word of a text with its classes, and what became of each rule that matches.

    A rule fires, loses to another, is blocked by another, or blocks others; each with the
    reason. Terms of the lexicon show what was weighed. With --near, rules stand as "not here"
    whose surroundings or section are not as they want them.

    Example: absift rules explain 'We randomised 40 patients for 6 weeks.'
    """
    from absift.output import visible_controls
    from absift.workbench.explain import explain

    found = explain(toolkit(rules), text, near=near)
    if label is None:
        width = max((len(word.text) for word in found.words), default=0)
        for word in found.words:
            line = f"{word.text:{width}}  {' '.join(word.classes)}".rstrip()
            typer.echo(visible_controls(line))
    current = None
    for fate in found.fates:
        if label not in (None, fate.label):
            continue
        if fate.label != current:
            current = fate.label
            typer.echo(f"\n{current}")
        why = f": {fate.why}" if fate.why else ""
        typer.echo(visible_controls(f"  {fate.fate:8} {fate.rule} {fate.text!r}{why}"))
