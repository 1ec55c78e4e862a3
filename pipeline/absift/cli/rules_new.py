"""``absift rules new``: write a rule from a marked-up sentence."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from absift.cli import rule_keys as keys
from absift.cli.failures import FAILED, say
from absift.cli.layers import Rules, layers
from absift.errors import InputError

if TYPE_CHECKING:
    from absift.workbench.draft import Draft


def new_command(
    context: typer.Context,
    example: keys.Example = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The rule file; made where there is none."
        ),
    ] = None,
    label: keys.Label = None,
    id: keys.Id = None,
    kind: keys.Kind = "rules",
    pattern: keys.Pattern = None,
    tokens: keys.Tokens = None,
    match: keys.Match = None,
    no_match: keys.NoMatch = None,
    set: keys.Set = None,
    span: keys.Span = None,
    priority: keys.Priority = None,
    block: keys.Block = False,
    replace: keys.Replace = False,
    before: keys.Before = None,
    not_before: keys.NotBefore = None,
    after: keys.After = None,
    not_after: keys.NotAfter = None,
    sentence: keys.Sentence = None,
    not_sentence: keys.NotSentence = None,
    section: keys.Section = None,
    not_section: keys.NotSection = None,
    within: keys.Within = None,
    not_within: keys.NotWithin = None,
    weight: keys.Weight = None,
    weights: keys.Weights = None,
    scope: keys.Scope = None,
    rules: Rules = None,
) -> None:
    """Write a rule with its examples into a rule file, and check it.

    On a terminal, what isn't given is asked for. Nothing is written if an example fails
    (exit code 1) or something isn't as it should be (exit code 2). Options that are keys of a
    rule take what configs/README.md says of these.

    Example: absift rules new 'We gave [500 mg] daily.' -o dose.yaml --label DOSE --id dose.plain
    """
    from absift.output import OutputFile
    from absift.settings import with_packs
    from absift.workbench.draft import try_out, with_rule

    over = with_packs(layers(rules))
    given = {
        **context.params,
        "example": example or _ask("Sentence, with what is to be found in [ ]"),
    }
    path = output or Path(_ask("Rule file"))
    draft = _draft(given, path, over)
    text = with_rule(path.read_text(encoding="utf-8") if path.exists() else "", draft)
    failures = try_out(text, path, over, draft.id)
    if failures:
        for failure in failures:
            typer.echo(failure)
        say(f"{path}: nothing was written; change this rule or its examples:\n{draft.text()}")
        raise typer.Exit(FAILED)
    with OutputFile(path, force=True) as stream:
        stream.write(text.encode())
    typer.echo(draft.text(), nl=False)
    say(f"written to {path}; its {len(draft.match) + len(draft.no_match)} examples pass")


def _draft(given: Mapping[str, Any], path: Path, over: Sequence[Path]) -> Draft:
    """Make a rule of what was given, and ask for the rest.

    Args:
        given: The options by name.
        path: The rule file.
        over: The layers that it is laid over.
    """
    from absift.rules.model import CONTEXTS
    from absift.workbench.draft import KINDS, Draft, attributes_from, label_of

    kind, held = given["kind"], label_of(path)
    if kind not in KINDS:
        raise InputError(f"--kind {kind}: give one of {', '.join(KINDS)}")
    label = given["label"] or held or _ask("Label, in capitals").strip()
    if held is not None and held != label:
        raise InputError(f"{path}: is about {held}; name another file for {label}")
    known = [*over, path] if path.exists() else over
    pattern = _pattern(given, known)
    name = given["id"] or _ask("Id", f"{label.lower()}.")
    against = given["no_match"] or _ask_more("Where it must find nothing (empty to end)")
    return Draft(
        label,
        name,
        pattern,
        (given["example"], *(given["match"] or ())),
        tuple(against),
        attributes_from(given["set"] or ()),
        contexts={key: given[key] for key in CONTEXTS if given[key] is not None},
        kind=kind,
        keys=_keys(given),
    )


def _pattern(given: Mapping[str, Any], known: Sequence[Path]) -> str | None:
    """Give the pattern, drafted where the rule finds spans; ``None`` where tokens stand for it."""
    from absift.extraction.toolkit import load_toolkit
    from absift.rules.index import SPAN
    from absift.rules.model import FINDING
    from absift.workbench.draft import pattern_of

    if given["pattern"] is not None or given["tokens"] is not None:
        pattern: str | None = given["pattern"]
        return pattern
    drafts = given["kind"] in FINDING
    draft = pattern_of(load_toolkit(layers=known), given["example"]) if drafts else SPAN
    return _ask("Pattern", draft)


def _keys(given: Mapping[str, Any]) -> dict[str, Any]:
    """Give the keys of a rule, but for its patterns, its examples and what it sets."""
    from absift.workbench.draft import attributes_from, tokens_from

    plain = ("span", "section", "not_section", "priority", "weight", "scope")
    made = {key: given[key] for key in plain if given[key] is not None}
    if given["tokens"] is not None:
        made["tokens"] = tokens_from(given["tokens"])
    if given["weights"]:
        made["weights"] = attributes_from(given["weights"])
    return made | {key: True for key in ("block", "replace") if given[key]}


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
