"""The labels of a user's own rules and the attributes that these can give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from absift.records import LABELS
from absift.rules.layers import find_layers
from absift.rules.model import LabelRules
from absift.rules.notation import captures, parse
from absift.rules.ruleset import load_rule_set

#: What every label may have: numbers in a span are read whether or not a rule captures them.
_NUMBERS = frozenset({"value", "low", "high"})
_SIGN = "_sign"


def own_labels(layers: Iterable[str | Path]) -> Mapping[str, frozenset[str]]:
    """Give the labels that layers add to absift's own, each with its possible attributes.

    Args:
        layers: Files and folders of rules.

    Raises:
        ConfigError: A rule file can't be used.
    """
    rules = load_rule_set(layers=find_layers(layers), settle=False)
    return {
        label: attributes_of(engine.rules)
        for label, engine in rules.engines.items()
        if label not in LABELS
    }


def attributes_of(label: LabelRules) -> frozenset[str]:
    """Give the attributes that a label's rules can set."""
    found = set(label.attributes()) | _NUMBERS
    for rule in label.rules:
        for pattern in (rule.pattern, rule.contexts.get("after")):
            if pattern is not None:
                found |= {capture.name for capture in captures(parse(pattern))} - {rule.span}
    return frozenset(name for name in found if not name.endswith(_SIGN))
