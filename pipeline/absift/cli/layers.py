"""The option ``--rules`` of the commands that read abstracts, and the working folder's file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from absift.extraction.toolkit import Toolkit

_HELP = (
    "Rules to lay over the built-in ones: a rule file, or a folder of rules and terms. Repeatable; "
    "those of absift.toml in the working folder lie below."
)

Rules = Annotated[list[Path] | None, typer.Option("--rules", metavar="FILE|DIR", help=_HELP)]


def layers(rules: Iterable[Path] | None) -> list[Path]:
    """Give the layers of a command: those of the working folder's file, then its own."""
    from absift.settings import project_rules

    return [*project_rules(), *(rules or ())]


def toolkit(rules: Iterable[Path] | None) -> Toolkit:
    """Make the toolkit of a command: the built-in rules with all layers."""
    from absift.extraction.toolkit import load_toolkit
    from absift.settings import with_packs

    return load_toolkit(layers=with_packs(layers(rules)))
