"""Runs the rules of one label over sheets.

A rule is tried only on sentences that hold what it can't match without, so that a thousand
rules cost little more than those that apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from absift.errors import ConfigError
from absift.rules.compiled import Hit
from absift.rules.elements import GENERIC, TERM
from absift.rules.group import RuleGroup
from absift.rules.index import RuleIndex
from absift.rules.model import ATTRIBUTES, DOUBTS, EVIDENCE, PHRASES, SPANS, LabelRules
from absift.rules.normalise import Normaliser, Normalisers
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary

_SIGN = "_sign"


@dataclass(slots=True)
class Finding:
    """A span while it is being worked on; ``attributes`` grow from step to step."""

    start: int
    end: int
    label: str
    rule: str
    attributes: dict[str, Any] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)


class Engine:
    """The rules of one label, compiled.

    Args:
        rules: The label's rules.
        vocabulary: The shared alphabet; call its ``settle`` once every engine is made.
        normalisers: What captures are turned into values with.
        index: Which rules sentences can match at all; that of the vocabulary by default. One
            of its own is for engines that come when sheets were made already.

    Raises:
        ConfigError: Rules are malformed; all such are named.
    """

    def __init__(
        self,
        rules: LabelRules,
        vocabulary: Vocabulary,
        normalisers: Normalisers,
        index: RuleIndex | None = None,
    ) -> None:
        self.label = rules.label
        self.rules = rules
        self.vocabulary = vocabulary
        self._normalise: dict[str, Normaliser] = {
            name: normalisers.get(kind, f"label {rules.label}")
            for name, kind in rules.normalise.items()
        }
        self._number = normalisers.get("number", rules.label)
        self._text = normalisers.get("text", rules.label)
        self._groups: dict[str, RuleGroup] = {}
        problems: list[str] = []
        for kind in (SPANS, PHRASES, ATTRIBUTES, EVIDENCE, DOUBTS):
            ordered = sorted(rules.of(kind), key=lambda rule: -rule.priority)
            try:
                self._groups[kind] = RuleGroup(ordered, vocabulary, index)
            except ConfigError as error:
                problems.append(str(error))
        if problems:
            raise ConfigError("\n".join(problems))

    def hits(self, sheet: Sheet, kind: str, *, anywhere: bool = False) -> list[Hit]:
        """Give the matches of all rules of a kind, rule by rule, the higher priority first.

        Args:
            sheet: Where to look.
            kind: The kind of rules.
            anywhere: Whether to look away from the sections that rules ask for.
        """
        return self._groups[kind].hits(sheet, anywhere=anywhere)

    def find(self, sheet: Sheet) -> list[Finding]:
        """Find the label's spans: no two overlap, the higher priority and the longer win."""
        return self.resolve(sheet, self.hits(sheet, SPANS))

    def resolve(
        self, sheet: Sheet, hits: Iterable[Hit], *, keep_blocks: bool = False
    ) -> list[Finding]:
        """Choose among overlapping matches and make findings of those that stay.

        Args:
            sheet: Where the hits are.
            hits: Matches of the label's rules about spans.
            keep_blocks: Whether to give what block rules matched, too.
        """
        order = sorted(hits, key=_urgency)
        if not order:
            return []
        taken = bytearray(len(sheet.signs))
        found: list[Finding] = []
        for hit in order:
            # A block holds where another block lies over it, too; only spans give way.
            first, last = hit.first, hit.last
            stays = keep_blocks or not hit.rule.block
            if stays and taken.find(1, first, last) >= 0:
                continue
            taken[first:last] = b"\1" * (last - first)
            if stays:
                found.append(self._finding(sheet, hit))
        found.sort(key=lambda finding: finding.start)
        return found

    def _finding(self, sheet: Sheet, hit: Hit) -> Finding:
        made = Finding(sheet.starts[hit.first], sheet.ends[hit.last - 1], self.label, hit.rule.id)
        if hit.captures:
            self._capture(sheet, hit, made)
        held = made.attributes
        if "value" not in held and "low" not in held:
            value = self._number(sheet, hit.first, hit.last)
            if value is not None:
                held["value"] = value
        held.update(hit.rule.set)
        return made

    def _capture(self, sheet: Sheet, hit: Hit, finding: Finding) -> None:
        for name, (first, last) in hit.captures.items():
            if name.endswith(_SIGN) or name in finding.attributes:
                continue
            if name in self._normalise:
                value = self._normalise[name](sheet, first, last)
            else:
                value = self._number(sheet, first, last)
                if value is None:
                    value = self._text(sheet, first, last)
            if name + _SIGN in hit.captures and isinstance(value, int | float):
                value = -value
            if value is not None:
                finding.attributes[name] = value

    def describe(self, sheet: Sheet, findings: Sequence[Finding]) -> None:
        """Set the attributes of spans that the rules about found spans give, then the defaults.

        Args:
            sheet: A sheet in which the label's spans are single items.
            findings: The label's spans; an attribute that one has already stays.
        """
        by_place = {(finding.start, finding.end): finding for finding in findings}
        starts, ends = sheet.starts, sheet.ends
        for hit in self.hits(sheet, ATTRIBUTES):
            finding = by_place.get((starts[hit.at], ends[hit.at]))
            if finding is None:
                continue
            attributes, rule = finding.attributes, hit.rule
            known = len(attributes)
            if hit.captures:
                self._capture(sheet, hit, finding)
            for name, value in rule.set.items():
                attributes.setdefault(name, value)
            # What is new stands behind what was there.
            for name in islice(attributes, known, None):
                finding.why[name] = rule.id
        defaults = self.rules.defaults.items()
        for finding in findings:
            for name, value in defaults:
                finding.attributes.setdefault(name, value)


def _urgency(hit: Hit) -> tuple[int, bool, int, int, int]:
    """Sort key of hits: the higher priority first, then blocks, the longer, the earlier."""
    rule, first, last, _, _, place = hit
    return -rule.priority, not rule.block, first - last, first, place


def collapsed(sheet: Sheet, vocabulary: Vocabulary, findings: Iterable[Finding]) -> Sheet:
    """Give a sheet in which each finding is one item of its label's class."""
    return sheet.collapse(
        (finding.start, finding.end, vocabulary.of_label(finding.label)) for finding in findings
    )


__all__ = ["BOUNDARY", "GENERIC", "TERM", "Engine", "Finding", "Hit", "collapsed"]
