"""Options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

#: Panels of the help text.
READ, WRITE = "Input", "Output"

Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A spaCy config, or a folder that absift assemble wrote, for the pipeline instead of "
        "the default.",
    ),
]

Force: TypeAlias = Annotated[
    bool,
    typer.Option("--force", help="Replace files that exist.", rich_help_panel=WRITE),
]

Page: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write a page to look at in a browser, besides any other output.",
        rich_help_panel=WRITE,
    ),
]
