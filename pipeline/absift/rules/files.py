"""Rule files: YAML to the rule model, with everything that is wrong named at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from absift.errors import ConfigError
from absift.rules.entries import read_classes, read_normalisers, read_off, read_terms
from absift.rules.model import (
    ATTRIBUTES,
    CONTEXTS,
    DOUBTS,
    EVIDENCE,
    PHRASES,
    SPANS,
    LabelRules,
    Rule,
    RuleFile,
)
from absift.rules.reading import LINE, LINES, line_of, plain, read_yaml, suggestion

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_ATTRIBUTE = re.compile(r"[a-z][a-z_]*\Z")
#: Fields of a span in a record, which no attribute can be called by.
RESERVED = frozenset({"start", "end", "text", "label", "rule", "section", "why"})
_LARGEST = 2**63


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_weights(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_number, plain(value).values()))


_TEXT = ("a text, in quotes if need be", lambda value: isinstance(value, str))
_TEXTS = ("a list of texts, in quotes if need be", _is_texts)
_NAMES = ("a name or a list of names", lambda value: isinstance(value, str) or _is_texts(value))
_FLAG = ("true or false", lambda value: isinstance(value, bool))
#: What the value of each key of a rule must be.
_SHAPES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    **dict.fromkeys(("pattern", "span", "scope", *CONTEXTS), _TEXT),
    **dict.fromkeys(("match", "no_match"), _TEXTS),
    **dict.fromkeys(("section", "not_section"), _NAMES),
    **dict.fromkeys(("block", "replace"), _FLAG),
    "tokens": ("a list of token patterns", lambda value: isinstance(value, list) and bool(value)),
    "set": ("a mapping", lambda value: isinstance(value, dict)),
    "priority": ("a whole number", lambda value: _is_number(value) and isinstance(value, int)),
    "weight": ("a number", _is_number),
    "weights": ("a number for each kind of term", _is_weights),
}
_KEYS = frozenset({"id", *_SHAPES})
_KINDS = (SPANS, PHRASES, ATTRIBUTES, EVIDENCE, DOUBTS)
_LABEL_KEYS = ("defaults", "normalise", "judge", "order", "sees", *_KINDS)
_FILE_KEYS = frozenset(
    {"label", "version", "off", "classes", "normalisers", "lexicon", *_LABEL_KEYS}
)


def load_rules(path: Path) -> LabelRules:
    """Read a rule file that is about a label.

    Raises:
        ConfigError: Something in it is not as the format wants it; all such places are named.
    """
    problems: list[str] = []
    read = read_rule_file(path, problems)
    if read.label is None and not problems:
        problems.append(f"{path}:1: 'label' must be a name in capitals, such as DURATION")
    if problems or read.label is None:
        raise ConfigError("\n".join(problems))
    return read.label


def read_rule_file(path: Path, problems: list[str]) -> RuleFile:
    """Read a rule file as far as it can be read.

    Args:
        path: The file.
        problems: Takes what is wrong, each with file and line.
    """
    try:
        data = read_yaml(path)
    except ConfigError as error:
        problems.append(str(error))
        return RuleFile(path)
    problems += _unknown(data, _FILE_KEYS, lambda key: f"{path}:{line_of(data, key)}")
    version = data.get("version")
    if version is not None and not isinstance(version, str | int | float):
        problems.append(f"{path}:{line_of(data, 'version')}: 'version' must be a text or a number")
    classes, tables = read_classes(data, path, problems), read_normalisers(data, path, problems)
    return RuleFile(
        path,
        _label(data, path, problems),
        None if version is None else str(version),
        read_off(data, path, problems),
        classes.entries,
        tables.entries,
        read_terms(data, path, problems),
        {**classes.where, **tables.where},
    )


def _unknown(
    data: Mapping[Any, Any], known: Iterable[str], where: Callable[[object], str]
) -> list[str]:
    return [
        f"{where(key)}: unknown key '{key}'"
        f"{suggestion(key, known) or '; known are ' + ', '.join(sorted(known))}"
        for key in data
        if key not in known and key not in (LINE, LINES)
    ]


def _label(data: Mapping[str, Any], path: Path, problems: list[str]) -> LabelRules | None:
    """Read what a file says of its label; without one it can only change what others hold."""
    label = data.get("label")
    if label is None and not any(key in data for key in _LABEL_KEYS) and len(data) > 2:
        return None
    if not isinstance(label, str) or not _LABEL.match(label):
        problems.append(
            f"{path}:{line_of(data, 'label')}: 'label' must be a name in capitals, such as DURATION"
        )
        label = "?"
    rules: list[Rule] = []
    for kind in _KINDS:
        rules += _rules(data, kind, label, path, problems)
    parts = {key: _mapping(data, key, path, problems) for key in ("defaults", "normalise", "judge")}
    where = {"label": f"{path}:{line_of(data, 'label')}"} | {
        f"{key}.{name}": f"{path}:{line_of(data[key], name)}"
        for key, part in parts.items()
        for name in part
    }
    problems += _bad_attributes(parts["defaults"], "defaults", lambda n: where[f"defaults.{n}"])
    problems += [
        f"{where[f'normalise.{name}']}: the normaliser of '{name}' must be a name, not {value!r}"
        for name, value in parts["normalise"].items()
        if not isinstance(value, str)
    ]
    order, sees = data.get("order"), data.get("sees")
    if "order" in data and not _is_number(order):
        problems.append(f"{path}:{line_of(data, 'order')}: 'order' must be a number, not {order!r}")
        order = None
    if "sees" in data and not _is_texts(sees):
        problems.append(f"{path}:{line_of(data, 'sees')}: 'sees' must be a list of labels")
        sees = None
    return LabelRules(
        label,
        tuple(rules),
        parts["defaults"],
        {name: kind for name, kind in parts["normalise"].items() if isinstance(kind, str)},
        parts["judge"],
        order,
        None if sees is None else frozenset(sees),
        where,
    )


def _mapping(
    data: Mapping[str, Any], key: str, path: Path, problems: list[str]
) -> Mapping[str, Any]:
    held = data.get(key) or {}
    if isinstance(held, dict):
        return dict(plain(held))
    problems.append(f"{path}:{line_of(data, key)}: '{key}' must be a mapping, not {plain(held)!r}")
    return {}


def _bad_attributes(
    values: Mapping[Any, Any], key: str, where: Callable[[object], str]
) -> Iterable[str]:
    """Name the attributes that no record can hold."""
    for name, value in values.items():
        if not isinstance(name, str) or not _ATTRIBUTE.match(name):
            yield f"{where(name)}: '{key}': an attribute has a name like low_dose, not {name!r}"
        elif name in RESERVED:
            yield f"{where(name)}: '{key}': no attribute can be called '{name}'"
        elif not _is_json(value):
            yield (
                f"{where(name)}: '{key}': '{name}' must be a text, a number, true, false, or a "
                f"list of these, not {value!r}"
            )


def _is_json(value: object) -> bool:
    if isinstance(value, list):
        return all(not isinstance(item, list) and _is_json(item) for item in value)
    if isinstance(value, str):
        return value.isprintable() or "\n" in value
    return isinstance(value, bool) or (_is_number(value) and abs(float(value)) < _LARGEST)  # type: ignore[arg-type]


def _rules(
    data: Mapping[str, Any], kind: str, label: str, path: Path, problems: list[str]
) -> Iterable[Rule]:
    entries = data.get(kind) or []
    line = line_of(data, kind)
    if not isinstance(entries, list):
        problems.append(f"{path}:{line}: '{kind}' must be a list of rules")
        return
    for entry in entries:
        if not isinstance(entry, dict):
            problems.append(
                f"{path}:{line}: '{kind}': a rule must be a mapping with an 'id', not {entry!r}"
            )
            continue
        found = _problems(entry, path)
        problems += found
        if not found:
            yield _rule(entry, label, kind, f"{path}:{line_of(entry)}")


def _problems(entry: Mapping[str, Any], path: Path) -> list[str]:
    name = entry.get("id")

    def where(key: object = None) -> str:
        return f"{path}:{line_of(entry, key)}: rule {name}"

    found = _unknown(entry, _KEYS, where)
    if not isinstance(name, str) or not name.isprintable() or not name.strip():
        found.append(f"{path}:{line_of(entry)}: a rule needs an 'id', such as 'id: dose.plain'")
    found += [
        f"{where(key)}: '{key}' must be {what}, not {plain(entry[key])!r}"
        for key, (what, fits) in _SHAPES.items()
        if key in entry and not fits(entry[key])
    ]
    if ("pattern" in entry) == ("tokens" in entry):
        found.append(f"{where()}: give either 'pattern' or 'tokens'")
    if isinstance(entry.get("set"), dict):
        found += _bad_attributes(plain(entry["set"]), "set", lambda _: where("set"))
    return found


def _rule(entry: Mapping[str, Any], label: str, kind: str, source: str) -> Rule:
    return Rule(
        id=entry["id"],
        label=label,
        kind=kind,
        pattern=entry.get("pattern"),
        tokens=tuple(plain(entry.get("tokens") or ())),
        span=entry.get("span"),
        set=plain(entry.get("set") or {}),
        contexts={key: entry[key] for key in CONTEXTS if key in entry},
        sections=_names(entry.get("section")),
        not_sections=_names(entry.get("not_section")),
        priority=entry.get("priority", 0),
        block=entry.get("block", False),
        weight=float(entry.get("weight", 0)),
        scope=entry.get("scope", "here"),
        weights=plain(entry.get("weights") or {}),
        match=tuple(entry.get("match") or ()),
        no_match=tuple(entry.get("no_match") or ()),
        replace=entry.get("replace", False),
        source=source,
    )


def _names(value: str | list[str] | None) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value or ())
