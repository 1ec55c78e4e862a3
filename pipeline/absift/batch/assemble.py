"""The whole pipeline as a folder, complete or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from absift.output import OutputFolder, explained

if TYPE_CHECKING:
    from spacy.language import Language

    from absift.report.card import Pipeline

_CONFIG, _META, _CARD = "config.cfg", "meta.json", "README.md"


class _PipelineFolder(OutputFolder):
    """A folder that spaCy writes; unlike those of the writers it holds folders of its own."""

    def __init__(self, path: str | os.PathLike[str], *, force: bool = False) -> None:
        super().__init__(path, force=force, marker=_META)

    def check(self) -> None:
        """Refuse files, and folders that hold anything but a pipeline."""
        if not self.path.exists():
            return
        if not self.path.is_dir():
            self._refuse("is a file; give the name of a folder")
        with explained(self.name):
            names = {entry.name for entry in os.scandir(self.path)}
        if not names:
            return
        if not {_CONFIG, _META} <= names:
            self._refuse("holds files that are no pipeline's; choose another folder")
        if not self.force:
            self._refuse("exists already; add --force to replace it, or choose another name")


def assemble(
    folder: str | Path,
    *,
    config: str | Path | None = None,
    evaluations: Iterable[str | Path] = (),
    force: bool = False,
) -> None:
    """Write the pipeline as a folder that ``spacy.load`` opens, with its model card.

    Args:
        folder: The folder.
        config: A spaCy config; absift's own by default.
        evaluations: Results that ``absift evaluate --json`` wrote of this pipeline, for the
            card's scores.
        force: Replace a pipeline that is already there.

    Raises:
        InputError: The folder exists and may not be replaced, or a result can't be read or
            is of another version or of other rules.
        ConfigError: The config can't be used.
        AbsiftError: The folder can't be written.
    """
    target = _PipelineFolder(folder, force=force)
    from absift import api
    from absift.report.card import card_text, read_results

    results = read_results(evaluations)
    nlp = api.load(config)
    card = card_text(describe(nlp), results)
    with target as place, explained(folder):
        nlp.to_disk(place)
        (place / _CARD).write_text(card, encoding="utf-8", newline="\n")


def describe(nlp: Language) -> Pipeline:
    """Give what the model card says of a pipeline itself."""
    from absift import api
    from absift._version import __version__
    from absift.report.card import Pipeline

    return Pipeline(__version__, api.rules_hash(nlp), tuple(nlp.pipe_names))
