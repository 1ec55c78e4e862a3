"""Rule files joined: those about one label, and layers laid over what is below them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from absift.errors import ConfigError
from absift.rules.ambiguity import is_empty
from absift.rules.engine import GENERIC, TERM
from absift.rules.entries import read_normalisers
from absift.rules.files import RESERVED
from absift.rules.index import ANY, NUMBER_CLASSES, SPAN
from absift.rules.model import LabelRules, Rule, RuleFile
from absift.rules.normalise import Normalisers
from absift.rules.notation import captures, parse
from absift.rules.reading import read_yaml, suggestion
from absift.rules.token_patterns import to_node
from absift.text.sections import BODY, TITLE


def merge(files: Iterable[LabelRules]) -> list[LabelRules]:
    """Join the rules of files that are about the same label, in the order of the files.

    Returns:
        The labels in the order in which they are found: by ``order``, then as they came.
    """
    joined: dict[str, LabelRules] = {}
    for each in files:
        old = joined.get(each.label)
        joined[each.label] = each if old is None else _joined(old, each)
    return sorted(joined.values(), key=lambda each: each.place)


def _joined(old: LabelRules, new: LabelRules) -> LabelRules:
    return LabelRules(
        new.label,
        (*old.rules, *new.rules),
        {**old.defaults, **new.defaults},
        {**old.normalise, **new.normalise},
        {**old.judge, **new.judge},
        old.order if new.order is None else new.order,
        old.sees if new.sees is None else new.sees,
        {**old.where, **new.where},
    )


def lay_over(
    below: Sequence[RuleFile], layers: Sequence[Sequence[RuleFile]], problems: list[str]
) -> list[LabelRules]:
    """Lay the rules of layers over those of files below.

    Args:
        below: The files of the lowest layer.
        layers: The files of each layer above it, the lowest first.
        problems: Takes what is wrong: a rule to replace or to switch off that isn't there.
    """
    labels = merge(_labels(below))
    for file in below:
        problems += [f"{where}: 'off' stands only in a layer over others" for _, where in file.off]
    for files in layers:
        labels = _over(labels, files, problems)
    return labels


def _labels(files: Iterable[RuleFile]) -> Iterator[LabelRules]:
    return (file.label for file in files if file.label is not None)


def _over(
    labels: list[LabelRules], files: Sequence[RuleFile], problems: list[str]
) -> list[LabelRules]:
    known = {rule.id: rule for each in labels for rule in each.rules}
    gone: set[str] = set()
    for name, where in (pair for file in files for pair in file.off):
        if name not in known:
            problems.append(f"{where}: 'off': no rule {name}{suggestion(name, known)}")
        gone.add(name)
    new: dict[str, Rule] = {}
    added: list[LabelRules] = []
    for each in _labels(files):
        fresh = []
        for rule in each.rules:
            problem = _misplaced(rule, known, new)
            if problem:
                problems.append(f"{rule.source}: rule {rule.id}: {problem}")
            elif rule.replace:
                new[rule.id] = rule
            else:
                fresh.append(rule)
        added.append(replace(each, rules=tuple(fresh)))
    kept = [
        replace(
            each,
            rules=tuple(new.get(rule.id, rule) for rule in each.rules if rule.id not in gone),
        )
        for each in labels
    ]
    return merge([*kept, *added])


def _misplaced(rule: Rule, known: Mapping[str, Rule], new: Mapping[str, Rule]) -> str | None:
    old = known.get(rule.id)
    if not rule.replace:
        if old is None:
            return None
        return f"stands in {old.source} already; add 'replace: true', or give it another id"
    if old is None:
        return f"there is no such rule to replace{suggestion(rule.id, known)}"
    if rule.id in new:
        return f"is replaced in {new[rule.id].source} already"
    if (old.label, old.kind) != (rule.label, rule.kind):
        return f"can replace only a rule about {old.label} under '{old.kind}:'"
    return None


@dataclass(frozen=True, slots=True)
class WordTables:
    """Classes and tables of words.

    Attributes:
        classes: Class to its entries.
        normalisers: Normaliser to its words by value.
        where: Those that a layer makes or extends, to file and line.
    """

    classes: Mapping[str, Any]
    normalisers: Mapping[str, Mapping[str, list[str]]]
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def merge_words(below: WordTables, files: Iterable[RuleFile]) -> WordTables:
    """Extend classes and tables with the entries of rule files."""
    classes, tables = dict(below.classes), dict(below.normalisers)
    where = dict(below.where)
    for file in files:
        for name, entries in file.classes.items():
            held = classes.get(name, [])
            classes[name] = [*held, *entries] if isinstance(held, list) else held
        for name, table in file.normalisers.items():
            old = tables.get(name, {})
            tables[name] = {
                value: [*old.get(value, ()), *table.get(value, ())] for value in {**old, **table}
            }
        where.update(file.where)
    return WordTables(classes, tables, where)


def read_tables(path: Path, problems: list[str]) -> RuleFile:
    """Read a file whose every key is a normaliser, as ``normalise.yaml`` of the configs is."""
    try:
        data = read_yaml(path)
    except ConfigError as error:
        problems.append(str(error))
        return RuleFile(path)
    read = read_normalisers({"normalisers": data}, path, problems)
    return RuleFile(path, normalisers=read.entries, where=read.where)


def check_labels(labels: Sequence[LabelRules], sections: set[str]) -> Iterator[str]:
    """Name the sections and labels that rules ask for and that there aren't."""
    names = {each.label for each in labels}
    known = {TITLE, BODY, *sections}
    for each in labels:
        for name in sorted((each.sees or frozenset()) - names):
            yield f"label {each.label}: 'sees': no label {name}{suggestion(name, names)}"
        for rule in each.rules:
            for name in sorted((rule.sections | rule.not_sections) - known):
                near = suggestion(name, known) or f"; known are {', '.join(sorted(known))}"
                yield f"{rule.source}: rule {rule.id}: no section '{name}'{near}"
            yield from _odd_pattern(rule)


def _odd_pattern(rule: Rule) -> Iterator[str]:
    """Say where a pattern can match no word at all, or captures a field of the span itself."""
    where = f"{rule.source}: rule {rule.id}"
    try:
        node = to_node(rule.tokens, where) if rule.pattern is None else parse(rule.pattern)
        after = rule.contexts.get("after")
        behind = parse(after) if after and any(f"{name}=" in after for name in RESERVED) else None
    except ConfigError:
        return  # said where the rule is compiled
    if is_empty(node):
        yield f"{where}: the pattern can match without a word; leave out a '?', '*' or {{0,n}}"
    found = {capture.name for each in (node, behind) if each for capture in captures(each)}
    for name in sorted(found & RESERVED - {rule.span}):
        yield f"{where}: no attribute can be called '{name}'"


def with_known_normalisers(
    each: LabelRules, normalisers: Normalisers, problems: list[str]
) -> LabelRules:
    """Leave out the normalisers that a label asks for and that there aren't, and name them."""
    known = {}
    for name, kind in each.normalise.items():
        try:
            normalisers.get(kind, each.where.get(f"normalise.{name}", f"label {each.label}"))
        except ConfigError as error:
            problems.append(str(error))
        else:
            known[name] = kind
    return replace(each, normalise=known)


def check_names(labels: Sequence[LabelRules], classes: Iterable[str]) -> Iterator[str]:
    """Name the labels that are called as a class is."""
    taken = {*classes, *NUMBER_CLASSES, ANY, SPAN, TERM, GENERIC}
    for each in labels:
        if each.label in taken:
            where = each.where.get("label", "a rule file")
            yield f"{where}: label {each.label}: a class has this name; choose another"


__all__ = [
    "WordTables",
    "check_labels",
    "check_names",
    "lay_over",
    "merge",
    "merge_words",
    "read_tables",
    "with_known_normalisers",
]
