"""What the components share: rules, lexicon, judge and linker, made from configs and layers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from absift._version import __version__
from absift.errors import ConfigError
from absift.lexicon.entries import KINDS, Entry, read_entries
from absift.lexicon.judge import Judge
from absift.lexicon.lexicon import Lexicon
from absift.linking.link import Linker
from absift.records import ADVERSE_EVENT
from absift.rules.engine import Finding
from absift.rules.layers import Layer, find_layers, layers_digest
from absift.rules.own import own_columns
from absift.rules.reading import plain, read_yaml
from absift.rules.ruleset import RuleSet, load_rule_set
from absift.rules.sheet import Sheet
from absift.settings import config_root, with_packs
from absift.weighing.weights import Weights, load_weights


@dataclass(frozen=True, slots=True)
class Toolkit:
    """Everything that is made from configs.

    Attributes:
        root: The folder that it was made from.
        rules: The compiled rules.
        judge: Decides which terms are harms.
        linker: Joins figures and events.
        weights: What the words around say beside the rules.
        layers: What was laid over the folder, the lowest first.
        digest: Hash over all rules, words and terms.
        first: The labels that are found before adverse events, in their order.
        later: The labels that are found after adverse events, in their order.
        stamp: Version and hash of the rule set, as they stand in the metadata of records.
    """

    root: Path
    rules: RuleSet
    judge: Judge
    linker: Linker
    weights: Weights
    layers: tuple[Layer, ...]
    digest: str
    first: tuple[str, ...]
    later: tuple[str, ...]
    stamp: Mapping[str, str]

    def find(self, label: str, sheet: Sheet) -> list[Finding]:
        """Find the spans of a label in a sheet, by its rules and by its weights if it has any."""
        weigher = self.weights.spans.get(label)
        return (self.rules.engines[label] if weigher is None else weigher).find(sheet)


def load_toolkit(root: Path | None = None, layers: Iterable[str | Path] = ()) -> Toolkit:
    """Make the toolkit of a folder of configs, the built-in one by default.

    Folders of the same content share one: the steps of a pipeline that was read from disk
    each have their own copy of the configs, and still work with the same words.

    Args:
        root: The folder of configs.
        layers: Files and folders of rules to lay over it, the lowest first.

    Raises:
        absift.errors.ConfigError: A file is missing or malformed.
    """
    root = (root or config_root()).resolve()
    found = find_layers(layers)
    return _load(_Source(root, found, configs_digest(root, found)))


def columns_over(layers: Iterable[str | Path]) -> Mapping[str, str]:
    """Give the columns that a table needs for the attributes that layers of rules bring.

    Args:
        layers: Files and folders of rules laid over the built-in ones and installed packs.

    Returns:
        Attribute to the type of its column; see :func:`absift.rules.own.own_columns`.

    Raises:
        absift.errors.ConfigError: A file is missing or malformed.
    """
    over = with_packs(layers)
    return own_columns(load_toolkit(layers=over).rules) if over else {}


@dataclass(frozen=True, slots=True)
class _Source:
    """A folder of configs and its layers; two of the same content are one, wherever they stand."""

    root: Path = field(compare=False)
    layers: tuple[Layer, ...] = field(compare=False)
    digest: str


def configs_digest(root: Path, layers: Sequence[Layer] = ()) -> str:
    """Give a hash over all rules, words and terms of a folder of configs and its layers."""
    total = hashlib.sha256()
    for path in sorted(
        (
            *root.glob("*.yaml"),
            *root.glob("rules/*.yaml"),
            *root.glob("lexicon/*"),
            *root.glob("weights/*"),
        )
    ):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    total.update(layers_digest(layers).encode())
    return total.hexdigest()


@lru_cache(maxsize=4)
def _load(source: _Source) -> Toolkit:
    root, layers = source.root, source.layers
    problems: list[str] = []
    rules = None
    try:
        rules = load_rule_set(root, layers, settle=False)
    except ConfigError as error:
        problems.append(str(error))
    entries = list(_entries(root, layers, rules, problems))
    if problems or rules is None:
        raise ConfigError("\n".join(problems))
    lexicon = Lexicon(entries, plain(read_yaml(root / "spelling.yaml")))
    if ADVERSE_EVENT not in rules.engines:
        raise ConfigError(f"{root}: no rules for {ADVERSE_EVENT} in its folder 'rules'")
    weights = load_weights(root, rules.engines, rules.vocabulary)
    judge = Judge(rules.engines[ADVERSE_EVENT], lexicon, rules.vocabulary, weights.harms)
    linker = Linker(rules.vocabulary, plain(read_yaml(root / "linking.yaml")), weights.rates)
    weights.name_words(rules.vocabulary, root)
    rules.settle()
    labels = tuple(rules.engines)
    place = labels.index(ADVERSE_EVENT)
    return Toolkit(
        root,
        rules,
        judge,
        linker,
        weights,
        layers,
        source.digest,
        first=labels[:place],
        later=labels[place + 1 :],
        stamp=_stamp(rules, source.digest),
    )


def _stamp(rules: RuleSet, digest: str) -> dict[str, str]:
    parts = [__version__, *(f"{name} {version}" for name, version in rules.versions.items())]
    return {"version": " + ".join(parts), "hash": digest[:16]}


def _entries(
    root: Path, layers: Sequence[Layer], rules: RuleSet | None, problems: list[str]
) -> Iterator[Entry]:
    """Give the terms of all lexicons; those of upper layers first, since the first keeps a form."""
    for term in reversed(rules.terms if rules else ()):
        if term.kind not in KINDS:
            known = ", ".join(sorted(KINDS))
            problems.append(f"{term.source}: kind '{term.kind}' must be one of {known}")
        yield term
    own = sorted((root / "lexicon").glob("*.tsv"))
    if not own:
        problems.append(f"{root / 'lexicon'}: no lexicon (*.tsv) in it")
    for path in (*(each for layer in reversed(layers) for each in layer.terms), *own):
        try:
            yield from read_entries(path)
        except ConfigError as error:
            problems.append(str(error))
