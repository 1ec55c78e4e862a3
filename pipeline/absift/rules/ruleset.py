"""All rules of a pipeline with the words they are written in, loaded and compiled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from absift.errors import ConfigError
from absift.rules.classes import build_classes
from absift.rules.engine import GENERIC, TERM, Engine, collapsed
from absift.rules.files import read_rule_file
from absift.rules.layers import NORMALISE, Layer, layers_digest
from absift.rules.layout import SheetMaker
from absift.rules.merge import (
    WordTables,
    check_labels,
    check_names,
    lay_over,
    merge_words,
    read_tables,
    with_known_normalisers,
)
from absift.rules.model import Entry, LabelRules, Rule, RuleFile
from absift.rules.normalise import Normalisers
from absift.rules.reading import plain, read_yaml
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.rules.word_files import is_text, number_words, part_guesser, section_finder
from absift.settings import config_root
from absift.text.numbers import Number, NumberWords
from absift.text.parts import PartGuesser
from absift.text.sections import SectionFinder


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules, compiled over one vocabulary.

    Attributes:
        engines: Label to its engine, in the order in which labels are to be found.
        maker: Lays texts out in the rules' alphabet.
        vocabulary: The alphabet.
        digest: Hash over all files that the rule set was made from.
        classes: Names of the classes that rules can be written in.
        terms: Terms of the lexicon that stand in rule files, those of lower layers first.
        versions: The versions that rule files give themselves, by the name of the file.
    """

    engines: Mapping[str, Engine]
    maker: SheetMaker
    vocabulary: Vocabulary
    digest: str
    classes: frozenset[str] = frozenset()
    terms: tuple[Entry, ...] = ()
    versions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def settle(self) -> None:
        """Give signatures to all words and kinds of numbers that can be told beforehand.

        To be called again when something has registered patterns of its own.
        """
        self.vocabulary.settle()
        words = self.maker.number_words
        multiplied = {
            f"{word} {times}": value * size
            for word, value in words.cardinals.items()
            for times, size in words.multipliers.items()
        }
        cardinals = {**words.cardinals, **multiplied}
        for kind, table in (("words", cardinals), ("ordinal", words.ordinals)):
            for word, value in table.items():
                for form in (word, word.capitalize(), word.upper()):
                    self.vocabulary.of_number(Number(0, 1, value, kind), form)

    def seen_by(self, engine: Engine, sheet: Sheet) -> Sheet:
        """Give the sheet that the rules of a label see: spans found before are single items.

        Of labels that a lexicon takes part in, only what rules find by themselves.
        """
        sees = engine.rules.sees
        for label, other in self.engines.items():
            if label == engine.label:
                break
            if sees is None or label in sees:
                sheet = collapsed(sheet, self.vocabulary, other.find(sheet))
        return sheet

    def rules(self) -> Iterable[Rule]:
        """Give every rule, label by label."""
        for engine in self.engines.values():
            yield from engine.rules.rules


def load_rule_set(
    root: Path | None = None, layers: Sequence[Layer] = (), *, settle: bool = True
) -> RuleSet:
    """Load the vocabulary and the rules of a folder of configs, with layers over them.

    Args:
        root: The folder; the built-in one by default.
        layers: What is laid over it, the lowest first.
        settle: Whether the rules are to be ready for use; ``False`` where the caller still
            registers patterns of its own and calls :meth:`RuleSet.settle` itself.

    Raises:
        ConfigError: A file is missing or malformed, or rules contradict each other; all that
            is wrong in any of the files is named.
    """
    root = root or config_root()
    problems: list[str] = []
    sources = {name: root / f"{name}.yaml" for name in _WORD_FILES}
    data = {name: read_yaml(path) for name, path in sources.items()}
    below = [read_rule_file(path, problems) for path in sorted((root / "rules").glob("*.yaml"))]
    above = [[_read_layered(path, problems) for path in layer.files] for layer in layers]
    labels = lay_over(below, above, problems)
    sections = section_finder(plain(data["sections"]), str(sources["sections"]))
    parter = part_guesser(plain(data["sections"]), str(sources["sections"]))
    problems += check_labels(labels, {*data["sections"]["headings"], *parter.parts})
    merged = merge_words(
        WordTables(
            _listed(data["vocabulary"], sources["vocabulary"]),
            _tables(plain(data["normalise"]), sources["normalise"]),
        ),
        [file for files in above for file in files],
    )
    normalisers = Normalisers(merged.normalisers)
    labels = [with_known_normalisers(each, normalisers, problems) for each in labels]
    try:
        classes = build_classes(merged.classes, str(sources["vocabulary"]), merged.where)
    except ConfigError as error:
        raise ConfigError("\n".join([*problems, str(error)])) from error
    problems += check_names(labels, classes)
    made = compile_rules(
        labels,
        Vocabulary(classes, labels=(*(each.label for each in labels), TERM, GENERIC)),
        normalisers,
        number_words(plain(data["numbers"]), str(sources["numbers"])),
        sections,
        parter,
        _digest([*sources.values(), *(file.path for file in below)], layers),
        problems=problems,
    )
    files = [*below, *(file for layer in above for file in layer)]
    made = replace(
        made,
        classes=frozenset(classes),
        terms=tuple(term for file in files for term in file.terms),
        versions={file.path.name: file.version for file in files if file.version is not None},
    )
    if settle:
        made.settle()
    return made


_WORD_FILES = ("vocabulary", "normalise", "numbers", "sections")


def _read_layered(path: Path, problems: list[str]) -> RuleFile:
    """Read a file of a layer, which may be one of tables as a folder of configs has it."""
    return read_tables(path, problems) if path.name == NORMALISE else read_rule_file(path, problems)


def compile_rules(
    labels: Sequence[LabelRules],
    vocabulary: Vocabulary,
    normalisers: Normalisers,
    words: NumberWords,
    sections: SectionFinder,
    parter: PartGuesser | None,
    digest: str,
    *,
    problems: Iterable[str] = (),
) -> RuleSet:
    """Compile rules over one vocabulary; they are still to be settled.

    Args:
        labels: The labels in the order in which they are found.
        vocabulary: The alphabet.
        normalisers: What captures are turned into values with.
        words: The language's number words.
        sections: Finds sentences and sections.
        parter: Guesses the parts of text under no head.
        digest: Hash over the files.
        problems: What was found wrong with the rules before.

    Raises:
        ConfigError: Two rules share an id, a pattern is malformed, or there were problems
            before; all such are named.
    """
    problems = list(problems)
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
    return RuleSet(engines, SheetMaker(vocabulary, words, sections, parter), vocabulary, digest)


def _listed(data: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    classes = plain(data.get("classes"))
    if not isinstance(classes, dict):
        raise ConfigError(f"{path}: expected 'classes:' with a list of words for each class")
    return classes


def _tables(data: Mapping[str, Any], path: Path) -> Mapping[str, Mapping[str, list[str]]]:
    for name, table in data.items():
        words = list(table.values()) if isinstance(table, dict) else [None]
        if not all(isinstance(each, list) and all(map(is_text, each)) for each in words):
            raise ConfigError(f"{path}: '{name}' must give a list of words for each value")
    return data


def _digest(paths: Iterable[Path], layers: Sequence[Layer]) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    total.update(layers_digest(layers).encode())
    return total.hexdigest()[:16]
