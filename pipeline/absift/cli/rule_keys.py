"""The keys of a rule as options of ``absift rules new``."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

import typer

#: Panels of the help text.
_AROUND, _FOUND, _OTHER = "What stands around it", "Spans that were found", "Further keys"


def _pattern(text: str, panel: str = _AROUND) -> Any:  # noqa: ANN401 - as typer.Option
    return typer.Option(metavar="PATTERN", help=text, rich_help_panel=panel)


Example: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="SENTENCE",
        help="A sentence with what is to be found in square brackets.",
        show_default=False,
    ),
]
Label: TypeAlias = Annotated[
    str | None, typer.Option(metavar="LABEL", help="The label; that of FILE where it exists.")
]
Id: TypeAlias = Annotated[str | None, typer.Option(metavar="ID", help="The rule's id.")]
Pattern: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        help="Its pattern; drafted from SENTENCE by default, SPAN where it finds no spans.",
    ),
]
Match: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="SENTENCE", help="A further example, marked alike. Repeatable."),
]
NoMatch: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(metavar="SENTENCE", help="Where it must find nothing. Repeatable."),
]
Set: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="An attribute to set. Repeatable."),
]
Kind: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="KIND",
        help="What it does: find spans (rules, by default) or phrases that may name a harm "
        "(phrases), set attributes of spans that were found (attributes), or weigh harms "
        "(evidence) or mentions of no particular harm (doubts).",
    ),
]
Tokens: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="JSON", help="Token patterns of spaCy in place of --pattern."),
]
Span: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="ELEMENT",
        help="The element or capture of the pattern that is the span; the whole match by default.",
        rich_help_panel=_OTHER,
    ),
]
Before: TypeAlias = Annotated[str | None, _pattern("What must stand right before the match.")]
NotBefore: TypeAlias = Annotated[
    str | None, _pattern("What must not stand right before the match.")
]
After: TypeAlias = Annotated[str | None, _pattern("What must stand right behind the match.")]
NotAfter: TypeAlias = Annotated[str | None, _pattern("What must not stand right behind it.")]
Sentence: TypeAlias = Annotated[
    str | None, _pattern("What must stand anywhere in the sentence of the match.")
]
NotSentence: TypeAlias = Annotated[
    str | None, _pattern("What must not stand anywhere in the sentence of the match.")
]
Within: TypeAlias = Annotated[
    str | None,
    _pattern("What must stand in the span itself; of all kinds but rules and phrases.", _FOUND),
]
NotWithin: TypeAlias = Annotated[
    str | None,
    _pattern("What must not stand in the span itself; of all kinds but rules and phrases.", _FOUND),
]
Section: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SECTION",
        help="A section that it must stand in, such as results. Repeatable.",
        rich_help_panel=_AROUND,
    ),
]
NotSection: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SECTION",
        help="A section that it must not stand in. Repeatable.",
        rich_help_panel=_AROUND,
    ),
]
Priority: TypeAlias = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="The higher wins where matches overlap; 0 without it.",
        rich_help_panel=_OTHER,
    ),
]
Block: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--block", help="It forbids spans instead of finding them.", rich_help_panel=_OTHER
    ),
]
Replace: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--replace",
        help="It takes the place of the rule of this id in a layer below.",
        rich_help_panel=_OTHER,
    ),
]
Weight: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="WEIGHT",
        help="What it adds to the score of a mention, of evidence and doubts; what the score of "
        "a phrase begins with.",
        rich_help_panel=_FOUND,
    ),
]
Weights: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        metavar="KIND=WEIGHT",
        help="Another weight for terms of one kind, as in event=-3.5; of evidence. Repeatable.",
        rich_help_panel=_FOUND,
    ),
]
Scope: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="SCOPE",
        help="How far it reaches: here, as without it, list, sentence or abstract; of evidence, "
        "and of doubts, which know here and abstract.",
        rich_help_panel=_FOUND,
    ),
]
