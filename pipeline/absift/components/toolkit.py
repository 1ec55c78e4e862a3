"""What the components share: rules, lexicon, judge and linker, made from one folder of configs."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Make the toolkit of a folder of configs, the built-in one by default; each is made once.

    Raises:
        absift.errors.ConfigError: A file is missing or malformed.
    """
    return _load((root or config_root()).resolve())


@lru_cache(maxsize=4)
def _load(root: Path) -> Toolkit:
    rules = load_rule_set(root)
    lexicon = load_lexicon(root / "lexicon", plain(read_yaml(root / "spelling.yaml")))
    judge = Judge(rules.engines[ADVERSE_EVENT], lexicon, rules.vocabulary)
    linker = Linker(rules.vocabulary, plain(read_yaml(root / "linking.yaml")))
    rules.vocabulary.settle()
    return Toolkit(root, rules, judge, linker)
