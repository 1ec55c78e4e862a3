"""All rules of a pipeline with the words they are written in, loaded and compiled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absift.errors import ConfigError
from absift.rules.classes import WordClass, build_classes
from absift.rules.engine import Engine
from absift.rules.layout import SheetMaker
from absift.rules.model import LabelRules, Rule, load_rules, plain, read_yaml
from absift.rules.normalise import Normalisers
from absift.rules.vocabulary import Vocabulary
from absift.settings import config_root
from absift.text.numbers import Number, NumberWords
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

    def settle(self) -> None:
        """Give signatures to all words and kinds of numbers that can be told beforehand.

        To be called again when something has registered patterns of its own.
        """
        self.vocabulary.settle()
        words = self.maker.number_words
        for kind, table in (("words", words.cardinals), ("ordinal", words.ordinals)):
            for word, value in table.items():
                for form in (word, word.capitalize(), word.upper()):
                    self.vocabulary.of_number(Number(0, 1, value, kind), form)

    def rules(self) -> Iterable[Rule]:
        """Give every rule, label by label."""
        for engine in self.engines.values():
            yield from engine.rules.rules


def load_rule_set(root: Path | None = None, *, settle: bool = True) -> RuleSet:
    """Load the vocabulary and the rules of a folder of configs.

    Args:
        root: The folder; the built-in one by default.
        settle: Whether the rules are to be ready for use; ``False`` where the caller still
            registers patterns of its own and calls :meth:`RuleSet.settle` itself.

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
    labels = merge([load_rules(path) for path in files])
    names = dict.fromkeys((*_LABEL_CLASSES, *(each.label for each in labels)))
    made = compile_rules(
        labels,
        Vocabulary(classes, labels=names),
        Normalisers(_tables(plain(data["normalise"]), sources["normalise"])),
        number_words(plain(data["numbers"]), str(sources["numbers"])),
        section_finder(plain(data["sections"]), str(sources["sections"])),
        _digest([*sources.values(), *files]),
    )
    if settle:
        made.settle()
    return made


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
    """Compile rules over one vocabulary; they are still to be settled.

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


def _tables(data: Mapping[str, Any], path: Path) -> Mapping[str, Mapping[str, list[str]]]:
    for name, table in data.items():
        words = list(table.values()) if isinstance(table, dict) else [None]
        if not all(isinstance(each, list) and all(map(_is_text, each)) for each in words):
            raise ConfigError(f"{path}: '{name}' must give a list of words for each value")
    return data


def number_words(data: Mapping[str, Any], where: str = "numbers.yaml") -> NumberWords:
    """Make number words from what ``configs/numbers.yaml`` holds.

    Args:
        data: The content of the file.
        where: Name of the file, for errors.

    Raises:
        ConfigError: A part is missing or malformed.
    """
    values = [_part(data, name, dict, where) for name in _VALUES]
    lists = [frozenset(_part(data, name, list, where)) for name in _LISTS]
    for name, held in zip(_VALUES, values, strict=True):
        if not all(_is_text(word) and type(value) is int for word, value in held.items()):
            raise ConfigError(f"{where}: '{name}' must give a whole number for each word")
    return NumberWords(*values, *lists)


def section_finder(data: Mapping[str, Any], where: str = "sections.yaml") -> SectionFinder:
    """Make a section finder from what ``configs/sections.yaml`` holds.

    Args:
        data: The content of the file.
        where: Name of the file, for errors.

    Raises:
        ConfigError: A part is missing or malformed.
    """
    headings = _part(data, "headings", dict, where)
    for name in headings:
        _part(headings, name, list, where)
    return SectionFinder(
        headings,
        _part(data, "abbreviations", list, where),
        _part(data, "marked_only", list, where),
    )


_VALUES = ("cardinals", "multipliers", "ordinals")
_LISTS = ("ordinal_endings", "joiners", "labelled")


def _part(data: Mapping[str, Any], name: str, kind: type, where: str) -> Any:  # noqa: ANN401
    held = data.get(name)
    if not isinstance(held, kind) or (isinstance(held, list) and not all(map(_is_text, held))):
        what = "a list of words" if kind is list else "a mapping"
        raise ConfigError(f"{where}: '{name}' must be {what}")
    return held


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _digest(paths: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:16]
