"""What rule files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from absift.rules.reading import plain, read_yaml

#: Kinds of rules: one finds spans, one phrases that are judged as terms are, one sets attributes
#: of spans, two weigh evidence: on terms and on mentions that name no particular harm.
SPANS, PHRASES, ATTRIBUTES = "rules", "phrases", "attributes"
EVIDENCE, DOUBTS = "evidence", "doubts"
#: The kinds that find something; the others speak of what was found.
FINDING = frozenset({SPANS, PHRASES})

#: Patterns around a match, and such as look into the span that ``SPAN`` names.
AROUND = ("before", "not_before", "after", "not_after", "sentence", "not_sentence")
WITHIN = ("within", "not_within")
CONTEXTS = (*AROUND, *WITHIN)
#: Where a label comes whose rule file gives it no place.
DEFAULT_ORDER = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        id: Its name, unique in the rule set.
        label: The label that it is about.
        kind: :data:`SPANS`, :data:`PHRASES`, :data:`ATTRIBUTES`, :data:`EVIDENCE` or
            :data:`DOUBTS`.
        pattern: In the notation of :mod:`absift.rules.notation`.
        tokens: spaCy token patterns in place of ``pattern``.
        span: The element or the capture that is the span; the whole match by default.
        set: Attributes that a match sets.
        contexts: Patterns that must or must not stand ``before``, ``after``, in the ``sentence``
            or ``within`` the span.
        sections: Sections that the match must stand in; any if empty.
        not_sections: Sections that it must not stand in.
        priority: The higher wins where matches overlap.
        block: A match forbids spans of the label there instead of making one.
        weight: Of evidence: positive for, negative against; of a phrase: what it begins with.
        scope: Of evidence: how far it reaches, ``here``, ``sentence`` or ``abstract``.
        weights: Of evidence: the weight for terms of some kinds, in place of ``weight``.
        match: Examples, the spans in square brackets.
        no_match: Examples in which the rule must find nothing.
        replace: It takes the place of the rule of this id in a lower layer.
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
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    replace: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class LabelRules:
    """The rules of one label, in the order of their files.

    Attributes:
        label: The label.
        rules: All its rules, of every kind.
        defaults: Attributes that hold where no rule sets them.
        normalise: Attribute to the name of the normaliser of what a rule captures for it.
        judge: How evidence is weighed: ``priors``, ``sections``, ``chain`` and others.
        order: Labels of a lower order are found before it, and can be named in its patterns.
        sees: The labels whose spans are single items to its rules; all found before if ``None``.
        where: Settings, such as ``normalise.unit``, to the file and line that they stand in.
    """

    label: str
    rules: tuple[Rule, ...]
    defaults: Mapping[str, Any]
    normalise: Mapping[str, str]
    judge: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    order: float | None = None
    sees: frozenset[str] | None = None
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: str) -> tuple[Rule, ...]:
        """Give the rules of one kind."""
        return tuple(rule for rule in self.rules if rule.kind == kind)

    @property
    def place(self) -> float:
        """The order, or that of labels that give none."""
        return DEFAULT_ORDER if self.order is None else self.order

    def attributes(self) -> frozenset[str]:
        """Give the names that the rules can set, but for the captures of patterns."""
        named = (name for rule in self.rules for name in rule.set)
        return frozenset({*self.defaults, *self.normalise, *named})


@dataclass(frozen=True, slots=True)
class Entry:
    """A preferred term of a lexicon, of a file of its own or in a rule file.

    Attributes:
        term: Its name.
        system: The body system, in plain English.
        kind: ``harm`` (the word itself says a harm of an intervention), ``effect`` (mostly met as
            a side effect), ``event``, ``disease`` (mostly what is treated), ``finding`` or
            ``none``.
        synonyms: Its other surface forms.
        source: File and line.
    """

    term: str
    system: str
    kind: str
    synonyms: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class RuleFile:
    """All that one rule file holds.

    Attributes:
        path: The file.
        label: Its label with its rules; ``None`` in a file that only changes what others hold.
        version: The version that the file gives itself.
        off: Ids of rules of lower layers to switch off, with file and line.
        classes: Word classes to make or to extend.
        normalisers: Tables of words to make or to extend.
        terms: Terms to add to the lexicon.
        where: Names of classes and tables to the file and line that they stand in.
    """

    path: Path
    label: LabelRules | None = None
    version: str | None = None
    off: tuple[tuple[str, str], ...] = ()
    classes: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    normalisers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    terms: tuple[Entry, ...] = ()
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


__all__ = [
    "AROUND",
    "ATTRIBUTES",
    "CONTEXTS",
    "DEFAULT_ORDER",
    "DOUBTS",
    "EVIDENCE",
    "SPANS",
    "WITHIN",
    "Entry",
    "LabelRules",
    "Rule",
    "RuleFile",
    "plain",
    "read_yaml",
]
