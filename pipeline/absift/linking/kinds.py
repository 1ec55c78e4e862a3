"""Give percentages of one series one kind.

The figures of a series measure the same, however far the word stands that says what: "levels fell
by 12% with the drug (p = 0.01), 4% with placebo and 3% without either".
"""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import Patterns
from absift.records import PERCENTAGE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: What set the kind of a percentage that goes on a series.
SERIES_RULE = "percentage.series"
_CHANGE, _SHARE = "change", "proportion"
# The reason of an attribute that no rule set, where reasons are kept.
_DEFAULT = "default"
# Bounds stand between the figures of a series and are none of them.
_BOUNDS = frozenset({"confidence_level", "interval"})
# Items between two figures of one series, at most.
_FARTHEST = 24


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
        if last and _is_open(one) and _goes_on(sheet, last, one, patterns):
            one.attributes["kind"] = kind = _CHANGE
            one.why["kind"] = SERIES_RULE
        last = one if kind == _CHANGE else None


def _is_open(one: Finding) -> bool:
    """Tell whether a percentage is a share only because no rule says otherwise."""
    return one.attributes.get("kind") == _SHARE and one.why.get("kind", _DEFAULT) == _DEFAULT


def _goes_on(sheet: Sheet, last: Finding, one: Finding, patterns: Patterns) -> bool:
    """Tell whether nothing stands between two percentages that begins something else."""
    if not one.attributes.keys().isdisjoint(("numerator", "denominator")):
        return False
    first, behind = sheet.item_at(last.end - 1) + 1, sheet.item_at(one.start)
    if behind - first > _FARTHEST:
        return False
    between = sheet.signs[first:behind]
    after = sheet.signs[sheet.item_at(one.end - 1) + 1 :][:4]
    return patterns.signs("KIND_BREAK").isdisjoint(between) and patterns.signs(
        "PARTICIPANT"
    ).isdisjoint(after)
