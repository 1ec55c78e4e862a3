"""The whole pipeline as a folder, complete or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from absift.output import OutputFolder, explained

_CONFIG, _META = "config.cfg", "meta.json"


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


def assemble(folder: str | Path, *, config: str | Path | None = None, force: bool = False) -> None:
    """Write the pipeline as a folder that ``spacy.load`` opens.

    Args:
        folder: The folder.
        config: A spaCy config; absift's own by default.
        force: Replace a pipeline that is already there.

    Raises:
        InputError: The folder exists and may not be replaced.
        ConfigError: The config can't be used.
        AbsiftError: The folder can't be written.
    """
    target = _PipelineFolder(folder, force=force)
    from absift import api

    nlp = api.load(config)
    with target as place, explained(folder):
        nlp.to_disk(place)
