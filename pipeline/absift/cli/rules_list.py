"""``absift rules list`` and ``absift rules show``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from absift.cli.layers import Rules, toolkit

if TYPE_CHECKING:
    from absift.rules.model import Rule
    from absift.workbench.listing import RuleHits

Gold = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Gold records, to count each rule's hits and precision on."),
]


def list_command(
    label: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Only the rules of this label.")
    ] = None,
    gold: Gold = None,
    rules: Rules = None,
) -> None:
    """List all rules of all layers, label by label, in the order in which labels are found.

    With a gold set, each rule has its hits there and the share of them that is correct:
    spans that the gold has, or attributes as the gold has them. Evidence has hits only.

    Example: absift rules list --label DURATION --gold gold.jsonl
    """
    from absift.evaluation.sources import read_file
    from absift.output import visible_controls
    from absift.workbench.listing import count_hits

    tools = toolkit(rules)
    counted = count_hits(tools, read_file(gold)) if gold else None
    for name, engine in tools.rules.engines.items():
        if label not in (None, name):
            continue
        held = engine.rules.rules
        typer.echo(f"{name}: {len(held)} rules")
        for line in _lines(held, counted):
            typer.echo(visible_controls(line))


def _lines(held: Sequence[Rule], counted: Mapping[str, RuleHits] | None) -> list[str]:
    from absift.workbench.listing import RuleHits

    width = max((len(rule.id) for rule in held), default=0)
    lines = []
    for rule in held:
        kind = "blocks" if rule.block else {"rules": "spans"}.get(rule.kind, rule.kind)
        line = f"  {rule.id:{width}}  {kind:10}"
        if counted is not None:
            one = counted.get(rule.id, RuleHits())
            share = "   n/a" if one.precision is None else f"{one.precision:6.3f}"
            line += f"  {one.hits:6} {share}"
        path, _, number = rule.source.rpartition(":")
        lines.append(f"{line}  {Path(path).name}:{number}")
    return lines


def show_command(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A rule's id, or what else stands in a record's rule or why.",
            show_default=False,
        ),
    ],
    gold: Gold = None,
    rules: Rules = None,
) -> None:
    """Show a rule as it stands in its file, or say what another name in a record means.

    What a record holds in its fields rule and why and is no rule's id is a term of the lexicon,
    a setting of how evidence is weighed, or a step of the pipeline.

    Example: absift rules show duration.plain
    """
    from absift.evaluation.sources import read_file
    from absift.output import visible_controls
    from absift.workbench.listing import RuleHits, count_hits
    from absift.workbench.reasons import Reasons

    tools = toolkit(rules)
    for line in Reasons(tools).show(rule):
        typer.echo(visible_controls(line))
    if gold:
        one = count_hits(tools, read_file(gold)).get(rule, RuleHits())
        share = "n/a" if one.precision is None else f"{one.precision:.3f}"
        typer.echo(f"on {gold}: {one.hits} hits, precision {share}")
