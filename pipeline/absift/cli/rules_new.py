"""``absift rules new``: write a rule from a marked-up sentence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from absift.cli.failures import FAILED, say
from absift.cli.layers import Rules, layers
from absift.errors import InputError


def new_command(
    sentence: Annotated[
        str | None,
        typer.Argument(
            metavar="SENTENCE",
            help="A sentence with what is to be found in square brackets.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The rule file; made where there is none."
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="The label; that of FILE where it exists."),
    ] = None,
    id: Annotated[str | None, typer.Option(metavar="ID", help="The rule's id.")] = None,
    pattern: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="Its pattern; drafted from SENTENCE by default."),
    ] = None,
    match: Annotated[
        list[str] | None,
        typer.Option(metavar="SENTENCE", help="A further example, marked alike. Repeatable."),
    ] = None,
    no_match: Annotated[
        list[str] | None,
        typer.Option(
            "--no-match", metavar="SENTENCE", help="Where it must find nothing. Repeatable."
        ),
    ] = None,
    set: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="An attribute to set. Repeatable."),
    ] = None,
    rules: Rules = None,
) -> None:
    """Write a rule with its examples into a rule file, and check it.

    On a terminal, what isn't given is asked for. Nothing is written if an example fails
    (exit code 1) or something isn't as it should be (exit code 2).

    Example: absift rules new 'We gave [500 mg] daily.' -o dose.yaml --label DOSE --id dose.plain
    """
    from absift.extraction.toolkit import load_toolkit
    from absift.output import OutputFile
    from absift.settings import with_packs
    from absift.workbench.draft import (
        Draft,
        attributes_from,
        label_of,
        pattern_of,
        try_out,
        with_rule,
    )

    given = sentence or _ask("Sentence, with what is to be found in [ ]")
    path = output or Path(_ask("Rule file"))
    name = label or label_of(path) or _ask("Label, in capitals").strip()
    held = label_of(path)
    if held is not None and held != name:
        raise InputError(f"{path}: is about {held}; name another file for {name}")
    over = with_packs(layers(rules))
    known = [*over, path] if path.exists() else over
    wanted = pattern or _ask("Pattern", pattern_of(load_toolkit(layers=known), given))
    rule = id or _ask("Id", f"{name.lower()}.")
    against = no_match or _ask_more("Where it must find nothing (empty to end)")
    draft = Draft(
        name, rule, wanted, (given, *(match or ())), tuple(against), attributes_from(set or ())
    )
    text = with_rule(path.read_text(encoding="utf-8") if path.exists() else "", draft)
    failures = try_out(text, path, over, rule)
    if failures:
        for failure in failures:
            typer.echo(failure)
        say(f"{path}: nothing was written; change the pattern {wanted!r} or the examples")
        raise typer.Exit(FAILED)
    with OutputFile(path, force=True) as stream:
        stream.write(text.encode())
    typer.echo(draft.text(), nl=False)
    say(f"written to {path}; its {len(draft.match) + len(draft.no_match)} examples pass")


def _ask(what: str, default: str | None = None) -> str:
    """Ask on a terminal; elsewhere a default does, or the option is missing."""
    if sys.stdin.isatty():
        return str(typer.prompt(what, default=default))
    if default is None or default.endswith("."):
        raise InputError(f"{what.split(',')[0]} is missing; see absift rules new --help")
    return default


def _ask_more(what: str) -> list[str]:
    found: list[str] = []
    while sys.stdin.isatty():
        answer = str(typer.prompt(what, default="", show_default=False)).strip()
        if not answer:
            break
        found.append(answer)
    return found
