"""All rules of a pipeline with the words they are written in, loaded and compiled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absift.errors import ConfigError
from absift.rules.engine import Engine
from absift.rules.model import LabelRules, Rule, load_rules, plain, read_yaml
from absift.rules.normalise import Normalisers
from absift.rules.sheet import SheetMaker
from absift.rules.vocabulary import Vocabulary, WordClass, build_classes
from absift.settings import config_root
from absift.text.numbers import NumberWords
from absift.text.sections import SectionFinder


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules, compiled over one vocabulary.

    Attributes:
        engines: Label to its engine, in the order in which labels are to be found.
        maker: Lays texts out in the rules' alphabet.
        vocabulary: The alphabet.
        digest: Hash over all files that the rule set was made from.
    """

    engines: Mapping[str, Engine]
    maker: SheetMaker
    vocabulary: Vocabulary
    digest: str

    def rules(self) -> Iterable[Rule]:
        """Give every rule, label by label."""
        for engine in self.engines.values():
            yield from engine.rules.rules


def load_rule_set(root: Path | None = None) -> RuleSet:
    """Load the vocabulary and the rules of a folder of configs.

    Args:
        root: The folder; the built-in one by default.

    Raises:
        ConfigError: A file is missing or malformed.
    """
    root = root or config_root()
    sources = {name: root / f"{name}.yaml" for name in _WORD_FILES}
    files = sorted(
        (root / "rules").glob("*.yaml"),
        key=lambda path: (_ORDER.index(path.stem) if path.stem in _ORDER else len(_ORDER), path),
    )
    data = {name: read_yaml(path) for name, path in sources.items()}
    classes = _classes(data["vocabulary"], sources["vocabulary"])
    return compile_rules(
        merge([load_rules(path) for path in files]),
        Vocabulary(classes, labels=_LABEL_CLASSES),
        Normalisers(plain(data["normalise"])),
        number_words(plain(data["numbers"])),
        section_finder(plain(data["sections"])),
        _digest([*sources.values(), *files]),
    )


_WORD_FILES = ("vocabulary", "normalise", "numbers", "sections")
#: The order in which labels are found: later rules may name earlier labels as classes.
_ORDER = ("percentage", "duration", "sample_size", "adverse_event")
_LABEL_CLASSES = ("PERCENTAGE", "DURATION", "SAMPLE_SIZE", "ADVERSE_EVENT", "TERM", "GENERIC")


def compile_rules(
    labels: Sequence[LabelRules],
    vocabulary: Vocabulary,
    normalisers: Normalisers,
    words: NumberWords,
    sections: SectionFinder,
    digest: str,
) -> RuleSet:
    """Compile rules over one vocabulary.

    Raises:
        ConfigError: Two rules share an id, or a pattern is malformed; all such are named.
    """
    problems: list[str] = []
    seen: dict[str, str] = {}
    for rule in (rule for each in labels for rule in each.rules):
        if rule.id in seen:
            problems.append(f"{rule.source}: rule {rule.id} stands in {seen[rule.id]} already")
        seen[rule.id] = rule.source
    engines: dict[str, Engine] = {}
    for each in labels:
        try:
            engines[each.label] = Engine(each, vocabulary, normalisers)
        except ConfigError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError("\n".join(problems))
    vocabulary.settle()
    return RuleSet(engines, SheetMaker(vocabulary, words, sections), vocabulary, digest)


def merge(files: Sequence[LabelRules]) -> list[LabelRules]:
    """Join the rules of files that are about the same label, in the order of the files."""
    joined: dict[str, LabelRules] = {}
    for each in files:
        old = joined.get(each.label)
        if old is None:
            joined[each.label] = each
        else:
            joined[each.label] = LabelRules(
                each.label,
                (*old.rules, *each.rules),
                {**old.defaults, **each.defaults},
                {**old.normalise, **each.normalise},
                {**old.judge, **each.judge},
            )
    return list(joined.values())


def _classes(data: Mapping[str, Any], path: Path) -> dict[str, WordClass]:
    classes = plain(data.get("classes"))
    if not isinstance(classes, dict):
        raise ConfigError(f"{path}: expected 'classes:' with a list of words for each class")
    return build_classes(classes, str(path))


def number_words(data: Mapping[str, Any]) -> NumberWords:
    """Make number words from what ``configs/numbers.yaml`` holds."""
    return NumberWords(
        cardinals=data["cardinals"],
        multipliers=data["multipliers"],
        ordinals=data["ordinals"],
        ordinal_endings=frozenset(data["ordinal_endings"]),
        joiners=frozenset(data["joiners"]),
        labelled=frozenset(data["labelled"]),
    )


def section_finder(data: Mapping[str, Any]) -> SectionFinder:
    """Make a section finder from what ``configs/sections.yaml`` holds."""
    return SectionFinder(data["headings"], data["abbreviations"], data["marked_only"])


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
