"""The questions that are decided with weights, as ``configs/weights.yaml`` names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from absift.errors import ConfigError
from absift.rules.engine import Engine
from absift.rules.reading import line_of, plain, read_yaml
from absift.rules.vocabulary import Vocabulary
from absift.text.tokens import fold
from absift.weighing.attributes import AttributeWeigher
from absift.weighing.rates import BAGS, FACTS, RateWeigher
from absift.weighing.spans import BLOCK, RULE, SpanWeigher
from absift.weighing.standing import STANDING
from absift.weighing.sums import EDGE
from absift.weighing.table import Table, line_of_row, read_tables
from absift.weighing.weigher import ALWAYS, FIFTH, OF_WORDS, SECTION, Weigher

#: The file that names the questions, and the folder of their tables.
FILE, FOLDER = "weights.yaml", "weights"
#: The places of what the lexicon says of a term.
KIND, SYSTEM, NAME = "kind", "system", "term"
_EVERYWHERE = frozenset({*OF_WORDS, SECTION, FIFTH, ALWAYS, RULE})
_KEYS = ("spans", "attributes", "harms", "rates")


@dataclass(frozen=True, slots=True)
class Weights:
    """What weighs.

    Attributes:
        spans: Label to what finds its spans.
        attributes: Label to what settles its attributes.
        harms: Weighs the terms of the lexicon.
        rates: Weighs which harms figures are about.
    """

    spans: Mapping[str, SpanWeigher] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, AttributeWeigher] = field(default_factory=lambda: MappingProxyType({}))
    harms: Weigher | None = None
    rates: RateWeigher | None = None

    def name_words(self, vocabulary: Vocabulary, root: Path) -> None:
        """Make the alphabet tell words and classes from others that no pattern names.

        Args:
            vocabulary: Not yet settled; all patterns are known to it.
            root: The folder of configs, for messages.

        Raises:
            ConfigError: A table weighs a class that isn't there.
        """
        weighers: list[Weigher | RateWeigher] = [each.weigher for each in self.spans.values()]
        weighers += [each.weigher for each in self.attributes.values()]
        weighers += [each for each in (self.harms, self.rates) if each is not None]
        for weigher in weighers:
            for name in sorted(weigher.atoms - {EDGE}):
                if vocabulary.uses(name):
                    continue
                is_class = vocabulary.knows(name)
                if not is_class and name != fold(name):
                    raise _unknown("no class", name, 1, weigher.tables, root)
                vocabulary.use(name, is_class=is_class)


def load_weights(root: Path, engines: Mapping[str, Engine], vocabulary: Vocabulary) -> Weights:
    """Read the weights of a folder of configs; none where it has no ``weights.yaml``.

    Args:
        root: The folder.
        engines: The rules of each label.
        vocabulary: Tells what holds for signatures.

    Raises:
        ConfigError: A file is malformed, a label or table isn't there, or a table weighs what
            stands in a place that isn't looked at.
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

    def weigher(beside: Iterable[str], *names: str) -> Weigher:
        held = [_table(tables, name, path) for name in names]
        made, places = Weigher(held, vocabulary.held), _EVERYWHERE.union(beside)
        _check_places(made, places, root)
        return made

    spans = {
        label: SpanWeigher(
            _engine(engines, label, path), str(items), weigher([BLOCK], label.lower())
        )
        for label, items in _mapping(data, "spans", path).items()
    }
    attributes = {
        label: AttributeWeigher(
            names, weigher({*names, *STANDING}, *(f"{label.lower()}.{name}" for name in names))
        )
        for label, names in _mapping(data, "attributes", path).items()
    }
    harms, rates = plain(data).get("harms"), plain(data).get("rates")
    pairs = None
    if rates is not None:
        pairs = RateWeigher(_table(tables, str(rates), path), vocabulary.held)
        _check_places(pairs, BAGS | FACTS, root)
    of_terms = None if harms is None else weigher([KIND, SYSTEM, NAME], str(harms))
    return Weights(spans, attributes, of_terms, pairs)


def _check_places(made: Weigher | RateWeigher, places: Set[str], root: Path) -> None:
    """Refuse weights of what stands in no place that is looked at."""
    for place in sorted(made.places - places):
        raise _unknown("no place", place, 0, made.tables, root)


def _unknown(what: str, name: str, cell: int, tables: Sequence[Table], root: Path) -> ConfigError:
    """Say in which table and line a place or an atom stands that there isn't."""
    table, row = next((one, row) for one in tables for row in one.rows if row[cell] == name)
    path = root / FOLDER / f"{table.name}.tsv"
    return ConfigError(f"{path}:{line_of_row(path, row)}: {what} {name}")


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
