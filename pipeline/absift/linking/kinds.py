"""Give the percentages of one series one kind and its durations one role.

The figures of a series measure the same, however far the word stands that says what: "levels fell
by 12% with the drug (p = 0.01), 4% with placebo and 3% without either".
"""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import Patterns
from absift.records import DURATION, PERCENTAGE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: What set the kind, or the role, of a figure that goes on a series.
SERIES_RULE = {PERCENTAGE: "percentage.series", DURATION: "duration.series"}
_CHANGE, _SHARE, _OTHER = "change", "proportion", "other"
# The reason of an attribute that no rule set, where reasons are kept.
_DEFAULT = "default"
# Bounds stand between the figures of a series and are none of them.
_BOUNDS = frozenset({"confidence_level", "interval"})
# Items between two figures of one series, at most.
_FARTHEST = 24
# Items of the phrase behind a percentage that it may be a share of.
_PHRASE = 4


def settle_kinds(sheet: Sheet, findings: Sequence[Finding], patterns: Patterns) -> None:
    """Make percentages that nothing tells the kind of changes, where they go on a series of such.

    Args:
        sheet: The abstract, with nothing collapsed.
        findings: Its spans of all labels in text order; percentages are changed.
        patterns: Give the classes of ``configs/linking.yaml``.
    """
    last: Finding | None = None
    for one in findings:
        if one.label != PERCENTAGE:
            continue
        kind = one.attributes.get("kind")
        if kind in _BOUNDS:
            continue
        if last and _is_open(one, "kind", _SHARE) and _goes_on(sheet, last, one, patterns):
            one.attributes["kind"] = kind = _CHANGE
            one.why["kind"] = SERIES_RULE[PERCENTAGE]
        last = one if kind == _CHANGE else None


def settle_roles(sheet: Sheet, findings: Sequence[Finding], patterns: Patterns) -> None:
    """Give durations that nothing tells the role of that of the figure before, in one series.

    Args:
        sheet: The abstract, with nothing collapsed.
        findings: Its spans of all labels in text order; durations are changed.
        patterns: Give the classes of ``configs/linking.yaml``.
    """
    last: Finding | None = None
    for one in findings:
        if one.label != DURATION:
            continue
        role = one.attributes.get("role")
        if (
            last
            and _is_open(one, "role", _OTHER)
            and last.attributes.get("unit") == one.attributes.get("unit")
            and _is_near(sheet, last, one, patterns.signs("ROLE_BREAK"))
        ):
            one.attributes["role"] = role = last.attributes["role"]
            one.why["role"] = SERIES_RULE[DURATION]
        last = one if role != _OTHER else None


def _is_open(one: Finding, name: str, default: str) -> bool:
    """Tell whether a figure has an attribute only because no rule says otherwise."""
    return one.attributes.get(name) == default and one.why.get(name, _DEFAULT) == _DEFAULT


def _is_near(sheet: Sheet, last: Finding, one: Finding, breaks: frozenset[str]) -> bool:
    """Tell whether nothing stands between two figures that begins something else."""
    first, behind = sheet.item_at(last.end - 1) + 1, sheet.item_at(one.start)
    return behind - first <= _FARTHEST and breaks.isdisjoint(sheet.signs[first:behind])


def _goes_on(sheet: Sheet, last: Finding, one: Finding, patterns: Patterns) -> bool:
    """Tell whether a percentage goes on a series and is no count's share."""
    if not one.attributes.keys().isdisjoint(("numerator", "denominator")):
        return False
    if not _is_near(sheet, last, one, patterns.signs("KIND_BREAK")):
        return False
    item = sheet.item_at(one.end - 1) + 1
    return patterns.signs("PARTICIPANT").isdisjoint(sheet.signs[item : item + _PHRASE])
