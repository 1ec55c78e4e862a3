"""``absift assemble``: the pipeline as a folder that spaCy opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def assemble_command(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder to write.", show_default=False)
    ],
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A spaCy config instead of the default.")
    ] = None,
    evaluation: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="What evaluate --json wrote of this pipeline, for the model card. Repeatable.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace a pipeline that stands there already.")
    ] = False,
) -> None:
    """Write the pipeline as a folder that spacy.load opens.

    Rules, words and terms go into the folder, so it gives the same findings wherever it is
    opened, as long as absift is installed there. Its README.md is the model card, with the
    scores of each --evaluation.

    Example: absift assemble models/absift
    """
    from absift.batch.assemble import assemble

    assemble(folder, config=config, evaluations=evaluation or (), force=force)
    typer.echo(f"wrote {folder}", err=True)
