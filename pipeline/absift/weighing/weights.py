"""The questions that are decided with weights, as ``configs/weights.yaml`` names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from absift.errors import ConfigError
from absift.rules.engine import Engine
from absift.rules.reading import line_of, plain, read_yaml
from absift.rules.vocabulary import Vocabulary
from absift.weighing.attributes import AttributeWeigher
from absift.weighing.spans import SpanWeigher
from absift.weighing.table import Table, read_tables
from absift.weighing.weigher import Weigher

#: The file that names the questions, and the folder of their tables.
FILE, FOLDER = "weights.yaml", "weights"
_KEYS = ("spans", "attributes", "harms")


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighs.

    Attributes:
        spans: Label to what finds its spans.
        attributes: Label to what settles its attributes.
        harms: Weighs the terms of the lexicon.
    """

    spans: Mapping[str, SpanWeigher] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, AttributeWeigher] = field(default_factory=lambda: MappingProxyType({}))
    harms: Weigher | None = None


def load_weights(root: Path, engines: Mapping[str, Engine], vocabulary: Vocabulary) -> Weights:
    """Read the weights of a folder of configs; none where it has no ``weights.yaml``.

    Args:
        root: The folder.
        engines: The rules of each label.
        vocabulary: Tells what holds for signatures.

    Raises:
        ConfigError: A file is malformed, or a label or table isn't there.
    """
    path = root / FILE
    if not path.exists():
        return Weights()
    data = read_yaml(path)
    tables = read_tables(root / FOLDER)
    for key in plain(data):
        if key not in _KEYS:
            known = ", ".join(_KEYS)
            raise ConfigError(f"{path}:{line_of(data, key)}: '{key}' must be one of {known}")

    def weigher(*names: str) -> Weigher:
        return Weigher([_table(tables, name, path) for name in names], vocabulary.held)

    spans = {
        label: SpanWeigher(_engine(engines, label, path), str(items), weigher(label.lower()))
        for label, items in _mapping(data, "spans", path).items()
    }
    attributes = {
        label: AttributeWeigher(names, weigher(*(f"{label.lower()}.{name}" for name in names)))
        for label, names in _mapping(data, "attributes", path).items()
    }
    harms = plain(data).get("harms")
    return Weights(spans, attributes, None if harms is None else weigher(str(harms)))


def _mapping(data: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    held = plain(data.get(key) or {})
    if not isinstance(held, dict):
        raise ConfigError(f"{path}:{line_of(data, key)}: '{key}' must be a mapping, not {held!r}")
    return held


def _engine(engines: Mapping[str, Engine], label: str, path: Path) -> Engine:
    if label not in engines:
        raise ConfigError(f"{path}: no label {label}; there are {', '.join(engines)}")
    return engines[label]


def _table(tables: Mapping[str, Table], name: str, path: Path) -> Table:
    if name not in tables:
        raise ConfigError(f"{path}: no table {name}.tsv in the folder {FOLDER} beside it")
    return tables[name]
