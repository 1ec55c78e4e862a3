"""The labels of a user's own rules and the attributes that these can give."""

from __future__ import annotations

from collections.abc import Mapping

from absift.records import ATTRIBUTES, LABELS
from absift.rules.model import LabelRules
from absift.rules.notation import captures, parse
from absift.rules.ruleset import RuleSet

#: What every label may have: numbers in a span are read whether or not a rule captures them.
_NUMBERS = frozenset({"value", "low", "high"})
_SIGN = "_sign"


def own_labels(rules: RuleSet) -> Mapping[str, frozenset[str]]:
    """Give the labels that a rule set has beside absift's own, each with its attributes."""
    return {
        label: attributes_of(engine.rules)
        for label, engine in rules.engines.items()
        if label not in LABELS
    }


def own_columns(rules: RuleSet) -> Mapping[str, str]:
    """Give the attributes that absift's own labels don't have, as columns of a table.

    Returns:
        Attribute to the type of its column, by name: ``float`` where every label that has it
        gives it by the normaliser ``number``, ``boolean`` by ``true``, else ``string``.
    """
    known = {name for names in ATTRIBUTES.values() for name in names} | _NUMBERS
    types: dict[str, set[str]] = {}
    for engine in rules.engines.values():
        for name in attributes_of(engine.rules) - known:
            kind = _TYPES.get(engine.rules.normalise.get(name, ""), "string")
            types.setdefault(name, set()).add(kind)
    return {
        name: kinds.pop() if len(kinds) == 1 else "string" for name, kinds in sorted(types.items())
    }


_TYPES: Mapping[str, str] = {"number": "float", "true": "boolean"}


def attributes_of(label: LabelRules) -> frozenset[str]:
    """Give the attributes that a label's rules can set."""
    found = set(label.attributes()) | _NUMBERS
    for rule in label.rules:
        for pattern in (rule.pattern, rule.contexts.get("after")):
            if pattern is not None:
                found |= {capture.name for capture in captures(parse(pattern))} - {rule.span}
    return frozenset(name for name in found if not name.endswith(_SIGN))
