"""Layers of rules: files and folders of a user's that are laid over the built-in ones."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from absift.errors import ConfigError

_RULES = (".yaml", ".yml")
_TERMS = ".tsv"
#: Files of a folder of configs that a layer may have, too: classes and tables of words.
VOCABULARY, NORMALISE = "vocabulary.yaml", "normalise.yaml"
#: Those that a layer can't have: they hold for all rules at once.
_WHOLE = frozenset(
    {
        "numbers.yaml",
        "sections.yaml",
        "spelling.yaml",
        "linking.yaml",
        "page_furniture.yaml",
        "weights.yaml",
    }
)


@dataclass(frozen=True, slots=True)
class Layer:
    """One file or folder of rules.

    Attributes:
        path: The file or folder.
        files: Its files of rules, classes and tables, in the order in which they are read.
        terms: Its lexicon files.
    """

    path: Path
    files: tuple[Path, ...]
    terms: tuple[Path, ...]

    def named(self) -> Iterable[tuple[str, Path]]:
        """Give each file with its name within the layer."""
        base = self.path if self.path.is_dir() else self.path.parent
        for file in (*self.files, *self.terms):
            yield file.relative_to(base).as_posix(), file

    def copy_to(self, folder: Path) -> None:
        """Write the layer's files into a folder, which then is the same layer."""
        for name, file in self.named():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)


def find_layer(path: Path) -> Layer:
    """Find the files of a layer.

    Args:
        path: A rule file (``.yaml``), a lexicon file (``.tsv``), or a folder: its own files of
            these kinds and those in its folders ``rules`` and ``lexicon``.

    Raises:
        ConfigError: There is no such file or folder, it holds no rules, or it holds a file of
            configs that can't be laid over others.
    """
    if path.is_dir():
        places = [path, path / "rules", path / "lexicon"]
        found = [each for place in places for each in sorted(place.glob("*")) if each.is_file()]
        files = tuple(each for each in found if each.suffix in _RULES)
        terms = tuple(each for each in found if each.suffix == _TERMS)
        whole = [each for each in files if each.name in _WHOLE and each.parent == path]
        if whole:
            raise ConfigError(
                f"{whole[0]}: can't be laid over the built-in one; a layer has rules, classes, "
                "tables of words and terms"
            )
        if not files and not terms:
            raise ConfigError(f"{path}: no rules (*.yaml) and no terms (*.tsv) in this folder")
        return Layer(path, files, terms)
    if not path.exists():
        raise ConfigError(f"{path}: no such file or folder of rules")
    if path.suffix in _RULES:
        return Layer(path, (path,), ())
    if path.suffix == _TERMS:
        return Layer(path, (), (path,))
    raise ConfigError(f"{path}: rules are .yaml files, terms are .tsv files")


def find_layers(paths: Iterable[str | Path]) -> tuple[Layer, ...]:
    """Find several layers, the lowest first; what is named twice counts once, at its last place.

    Raises:
        ConfigError: One can't be used; all such are named.
    """
    layers: dict[Path, Layer] = {}
    problems: list[str] = []
    for path in map(Path, paths):
        try:
            layer = find_layer(path)
        except ConfigError as error:
            problems.append(str(error))
            continue
        place = path.resolve()
        layers.pop(place, None)
        layers[place] = layer
    if problems:
        raise ConfigError("\n".join(problems))
    return tuple(layers.values())


def layers_digest(layers: Sequence[Layer]) -> str:
    """Give a hash over the files of layers, wherever they stand; empty without any."""
    if not layers:
        return ""
    total = hashlib.sha256()
    for layer in layers:
        for name, file in layer.named():
            try:
                held = file.read_bytes()
            except OSError as error:
                raise ConfigError(f"{file}: can't be read: {error.strerror}") from error
            total.update(f"{name}\0".encode() + hashlib.sha256(held).digest())
        total.update(b"\0")
    return total.hexdigest()
