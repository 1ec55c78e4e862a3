"""What a rule file holds, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml

from absift.errors import ConfigError

#: Kinds of rules: one finds spans, one sets attributes of spans, one weighs evidence.
SPANS, ATTRIBUTES, EVIDENCE = "rules", "attributes", "evidence"

_CONTEXTS = ("before", "not_before", "after", "not_after", "sentence", "not_sentence")
_KEYS = frozenset(
    {"id", "pattern", "tokens", "span", "set", "section", "not_section", "priority", "block"}
    | {"weight", "scope", "match", "no_match", *_CONTEXTS}
)
_LABEL = re.compile(r"[A-Z][A-Z0-9_]*\Z")


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TEXT = ("a text, in quotes if need be", lambda value: isinstance(value, str))
_TEXTS = ("a list of texts, in quotes if need be", _is_texts)
_NAMES = ("a name or a list of names", lambda value: isinstance(value, str) or _is_texts(value))
#: What the value of each key of a rule must be.
_SHAPES: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    **dict.fromkeys(("pattern", "span", "scope", *_CONTEXTS), _TEXT),
    **dict.fromkeys(("match", "no_match"), _TEXTS),
    **dict.fromkeys(("section", "not_section"), _NAMES),
    "tokens": ("a list of token patterns", lambda value: isinstance(value, list) and bool(value)),
    "set": ("a mapping", lambda value: isinstance(value, dict)),
    "block": ("true or false", lambda value: isinstance(value, bool)),
    "priority": ("a whole number", lambda value: _is_number(value) and isinstance(value, int)),
    "weight": ("a number", _is_number),
}
_FILE_KEYS = frozenset({"label", "defaults", "normalise", "judge", SPANS, ATTRIBUTES, EVIDENCE})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: Its name, unique in the rule set.
        label: The label that it is about.
        kind: :data:`SPANS`, :data:`ATTRIBUTES` or :data:`EVIDENCE`.
        pattern: In the notation of :mod:`absift.rules.notation`.
        tokens: spaCy token patterns in place of ``pattern``.
        span: The element or the capture that is the span; the whole match by default.
        set: Attributes that a match sets.
        contexts: Patterns that must or must not stand ``before``, ``after`` or in the ``sentence``.
        sections: Sections that the match must stand in; any if empty.
        not_sections: Sections that it must not stand in.
        priority: The higher wins where matches overlap.
        block: A match forbids spans of the label there instead of making one.
        weight: Of evidence: positive for, negative against.
        scope: Of evidence: how far it reaches, ``here``, ``sentence`` or ``abstract``.
        match: Examples, the spans in square brackets.
        no_match: Examples in which the rule must find nothing.
        source: File and line of the rule.
    """

    id: str
    label: str
    kind: str
    pattern: str | None = None
    tokens: tuple[Mapping[str, Any], ...] = ()
    span: str | None = None
    set: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    contexts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    sections: frozenset[str] = frozenset()
    not_sections: frozenset[str] = frozenset()
    priority: int = 0
    block: bool = False
    weight: float = 0.0
    scope: str = "here"
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class LabelRules:
    """The rules of one label, in the order of their files.

    Attributes:
        label: The label.
        rules: All its rules, of every kind.
        defaults: Attributes that hold where no rule sets them.
        normalise: Attribute to the name of the normaliser of what a rule captures for it.
        judge: How evidence is weighed: ``priors``, ``sections`` and ``chain``.
    """

    label: str
    rules: tuple[Rule, ...]
    defaults: Mapping[str, Any]
    normalise: Mapping[str, str]
    judge: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: str) -> tuple[Rule, ...]:
        """Give the rules of one kind."""
        return tuple(rule for rule in self.rules if rule.kind == kind)


if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:
    # The parser in C, many times as fast, where PyYAML was built with it.
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LinedLoader(_Loader):
    """A YAML loader that keeps the line of each mapping under ``__line__``.

    As in YAML 1.2, only ``true`` and ``false`` are truth values: in lists of words,
    ``no`` and ``on`` are words.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, pairs in _Loader.yaml_implicit_resolvers.items()
    }


def _mapping_with_line(loader: _LinedLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if isinstance(key, yaml.ScalarNode):
            if key.value in seen:
                # YAML would keep the last one and drop the others without a word.
                raise yaml.MarkedYAMLError(
                    problem=f"the key '{key.value}' stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
    made = loader.construct_mapping(node, deep=True)
    made["__line__"] = node.start_mark.line + 1
    return made


_LinedLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping; every mapping in it has its line under ``__line__``.

    Raises:
        ConfigError: The file is missing, no YAML, or no mapping.
    """
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LinedLoader)
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: expected a mapping at the top, such as 'label: DURATION'")
    return data


def plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Give a YAML value without its line numbers."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items() if key != "__line__"}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def load_rules(path: Path) -> LabelRules:
    """Read a rule file.

    Raises:
        ConfigError: Something in it is not as the format wants it; all such places are named.
    """
    data = read_yaml(path)
    problems = [
        f"{path}: unknown key '{key}'; known are {', '.join(sorted(_FILE_KEYS))}"
        for key in data
        if key not in _FILE_KEYS and key != "__line__"
    ]
    label = data.get("label")
    if not isinstance(label, str) or not _LABEL.match(label):
        problems.append(f"{path}: 'label' must be a name in capitals, such as DURATION")
        label = "?"
    problems += [
        f"{path}: '{key}' must be a mapping, not {plain(data[key])!r}"
        for key in ("defaults", "normalise", "judge")
        if not isinstance(data.get(key) or {}, dict)
    ]
    rules: list[Rule] = []
    for kind in (SPANS, ATTRIBUTES, EVIDENCE):
        entries = data.get(kind) or []
        if not isinstance(entries, list):
            problems.append(f"{path}: '{kind}' must be a list of rules")
            continue
        for entry in entries:
            rule = _rule(entry, label, kind, path, problems)
            if rule:
                rules.append(rule)
    if problems:
        raise ConfigError("\n".join(problems))
    defaults = plain(data.get("defaults") or {})
    return LabelRules(
        label,
        tuple(rules),
        defaults,
        plain(data.get("normalise") or {}),
        plain(data.get("judge") or {}),
    )


def _rule(entry: object, label: str, kind: str, path: Path, problems: list[str]) -> Rule | None:
    if not isinstance(entry, dict):
        problems.append(f"{path}: a rule must be a mapping with an 'id', not {entry!r}")
        return None
    source = f"{path}:{entry.get('__line__', '?')}"
    name = entry.get("id")
    found = [
        f"{source}: rule {name}: unknown key '{key}'; known are {', '.join(sorted(_KEYS))}"
        for key in entry
        if key not in _KEYS and key != "__line__"
    ]
    if not isinstance(name, str) or not name:
        found.append(f"{source}: a rule needs an 'id'")
    found += [
        f"{source}: rule {name}: '{key}' must be {what}, not {plain(entry[key])!r}"
        for key, (what, fits) in _SHAPES.items()
        if key in entry and not fits(entry[key])
    ]
    if ("pattern" in entry) == ("tokens" in entry):
        found.append(f"{source}: rule {name}: give either 'pattern' or 'tokens'")
    if found:
        problems += found
        return None
    return Rule(
        id=str(name),
        label=label,
        kind=kind,
        pattern=entry.get("pattern"),
        tokens=tuple(plain(entry.get("tokens") or ())),
        span=entry.get("span"),
        set=plain(entry.get("set") or {}),
        contexts={key: entry[key] for key in _CONTEXTS if key in entry},
        sections=_names(entry.get("section")),
        not_sections=_names(entry.get("not_section")),
        priority=entry.get("priority", 0),
        block=entry.get("block", False),
        weight=float(entry.get("weight", 0)),
        scope=entry.get("scope", "here"),
        match=tuple(entry.get("match") or ()),
        no_match=tuple(entry.get("no_match") or ()),
        source=source,
    )


def _names(value: str | list[str] | None) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value or ())
