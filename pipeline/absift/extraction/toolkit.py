"""What the components share: rules, lexicon, judge and linker, made from one folder of configs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from absift.lexicon.judge import Judge
from absift.lexicon.lexicon import load_lexicon
from absift.linking.link import Linker
from absift.records import ADVERSE_EVENT
from absift.rules.model import plain, read_yaml
from absift.rules.ruleset import RuleSet, load_rule_set
from absift.settings import config_root


@dataclass(frozen=True, slots=True)
class Toolkit:
    """Everything that is made from configs.

    Attributes:
        root: The folder that it was made from.
        rules: The compiled rules.
        judge: Decides which terms are harms.
        linker: Joins figures and events.
    """

    root: Path
    rules: RuleSet
    judge: Judge
    linker: Linker


def load_toolkit(root: Path | None = None) -> Toolkit:
    """Make the toolkit of a folder of configs, the built-in one by default.

    Folders of the same content share one: the steps of a pipeline that was read from disk
    each have their own copy of the configs, and still work with the same words.

    Raises:
        absift.errors.ConfigError: A file is missing or malformed.
    """
    root = (root or config_root()).resolve()
    return _load(_Source(root, configs_digest(root)))


@dataclass(frozen=True, slots=True)
class _Source:
    """A folder of configs; two of the same content are one, wherever they stand."""

    root: Path = field(compare=False)
    digest: str


def configs_digest(root: Path) -> str:
    """Give a hash over all rules, words and terms of a folder of configs."""
    total = hashlib.sha256()
    for path in sorted((*root.glob("*.yaml"), *root.glob("rules/*.yaml"), *root.glob("lexicon/*"))):
        total.update(f"{path.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


@lru_cache(maxsize=4)
def _load(source: _Source) -> Toolkit:
    root = source.root
    rules = load_rule_set(root, settle=False)
    lexicon = load_lexicon(root / "lexicon", plain(read_yaml(root / "spelling.yaml")))
    judge = Judge(rules.engines[ADVERSE_EVENT], lexicon, rules.vocabulary)
    linker = Linker(rules.vocabulary, plain(read_yaml(root / "linking.yaml")))
    rules.settle()
    return Toolkit(root, rules, judge, linker)
