"""Runs the rules of one label over sheets.

A rule is tried only on abstracts that hold its anchor, the rarest element it can't
match without, so that a thousand rules cost little more than those that apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from absift.errors import ConfigError
from absift.rules.compile import SPAN, anchor, expression, register
from absift.rules.model import ATTRIBUTES, EVIDENCE, SPANS, LabelRules, Rule
from absift.rules.normalise import Normaliser, Normalisers
from absift.rules.notation import Capture, Node, Row, atoms, parse
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary

_SIGN = "_sign"
#: The class of a term of the lexicon that is still to be judged.
TERM = "TERM"
#: The class of a mention that names no particular harm, while terms are judged.
GENERIC = "GENERIC"


@dataclass(slots=True)
class Finding:
    """A span while it is being worked on; ``attributes`` grow from step to step."""

    start: int
    end: int
    label: str
    rule: str
    attributes: dict[str, Any] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule: items ``first`` to ``last`` are its span, ``at`` is ``SPAN``'s item."""

    rule: Rule
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]
    at: int = -1


class _Compiled:
    """One rule as regular expressions, renewed when the vocabulary has grown."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self.vocabulary = vocabulary
        where = f"{rule.source}: rule {rule.id}"
        self.nodes = {"pattern": _parse(rule.pattern or "", where)}
        for key, pattern in rule.contexts.items():
            self.nodes[key] = _parse(pattern, where)
        for node in self.nodes.values():
            register(node, vocabulary, where)
        self.span = _span_group(rule, self.nodes, where)
        if rule.kind != SPANS and sum(atom.name == SPAN for atom in atoms(self.nodes["pattern"])) != 1:
            raise ConfigError(f"{where}: the pattern must name {SPAN} once")
        # Evidence is about terms of which it isn't known yet whether the label fits.
        self.about = TERM if rule.kind == EVIDENCE else rule.label
        self.sources: dict[str, str] = {}
        self.main: re.Pattern[str]
        self.before: list[tuple[bool, re.Pattern[str]]] = []
        self.sentence: list[tuple[bool, re.Pattern[str]]] = []

    def renew(self) -> None:
        sources = {
            key: expression(node, self.vocabulary, self.about)
            for key, node in self.nodes.items()
        }
        if sources == self.sources:
            return
        self.sources = sources
        main = sources["pattern"]
        if "after" in sources:
            main += f"(?={sources['after']})"
        if "not_after" in sources:
            main += f"(?!{sources['not_after']})"
        self.main = re.compile(main)
        self.before = [
            (wanted, re.compile(f"(?:{sources[key]})\\Z"))
            for key, wanted in (("before", True), ("not_before", False))
            if key in sources
        ]
        self.sentence = [
            (wanted, re.compile(sources[key]))
            for key, wanted in (("sentence", True), ("not_sentence", False))
            if key in sources
        ]

    def anchor(self) -> frozenset[str] | None:
        """Give the rarest signatures of which an abstract must hold one for a match."""
        found = [
            made
            for key, node in self.nodes.items()
            if not key.startswith("not_") and (made := anchor(node, self.vocabulary))
        ]
        return min(found, key=lambda made: (len(made), sorted(made))) if found else None

    def hits(self, sheet: Sheet, *, anywhere: bool = False) -> Iterator[Hit]:
        rule, signs, search = self.rule, sheet.signs, self.main.search
        match = search(signs)
        while match:
            hit = self._hit(rule, sheet, match, anywhere)
            if hit:
                yield hit
            # From the next item on, not from the match's end: matches may overlap.
            match = search(signs, match.start() + 1)

    def _hit(
        self, rule: Rule, sheet: Sheet, match: re.Match[str], anywhere: bool
    ) -> Hit | None:
        """Make a hit of a match if all that must stand around it does."""
        first, last = match.span()
        if first == last or not self._stands(sheet, first):
            return None
        if (rule.sections or rule.not_sections) and not anywhere:
            section = sheet.section(first)
            if (rule.sections and section not in rule.sections) or section in rule.not_sections:
                return None
        captures = {
            name: match.span(name)
            for name in self.main.groupindex
            if name != SPAN and match.start(name) >= 0
        }
        if self.span:
            first, last = captures.pop(self.span)
        return Hit(rule, first, last, captures, -1 if rule.kind == SPANS else match.start(SPAN))

    def _stands(self, sheet: Sheet, first: int) -> bool:
        """Tell whether what must and must not stand around a match does so."""
        if self.before or self.sentence:
            begin, end = sheet.sentence(first)
            for wanted, pattern in self.before:
                if bool(pattern.search(sheet.signs, begin, first)) is not wanted:
                    return False
            for wanted, pattern in self.sentence:
                if bool(pattern.search(sheet.signs, begin, end)) is not wanted:
                    return False
        return True


def _parse(pattern: str, where: str) -> Node:
    try:
        return parse(pattern)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error


def _span_group(rule: Rule, nodes: dict[str, Node], where: str) -> str | None:
    """Make the element that ``span`` names a capture, and give the capture's name."""
    if rule.span is None:
        return None
    node = nodes["pattern"]
    children = node.nodes if isinstance(node, Row) else (node,)
    wanted = _parse(rule.span, where)
    places = [
        i
        for i, child in enumerate(children)
        if child == wanted or (isinstance(child, Capture) and rule.span in (child.name, child.source))
    ]
    if len(places) != 1:
        raise ConfigError(
            f"{where}: span '{rule.span}' must be one element or capture of the pattern, "
            f"which has it {len(places)} times"
        )
    chosen = children[places[0]]
    marked = Capture("span", chosen, rule.span)
    nodes["pattern"] = Row((*children[: places[0]], marked, *children[places[0] + 1 :]))
    return "span"


class Engine:
    """The rules of one label, compiled.

    Args:
        rules: The label's rules.
        vocabulary: The shared alphabet; call its ``settle`` once every engine is made.
        normalisers: What captures are turned into values with.
    """

    def __init__(
        self, rules: LabelRules, vocabulary: Vocabulary, normalisers: Normalisers
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
        self._compiled: dict[str, list[_Compiled]] = {}
        for kind in (SPANS, ATTRIBUTES, EVIDENCE):
            ordered = sorted(
                (rule for rule in rules.of(kind) if rule.pattern is not None),
                key=lambda rule: -rule.priority,
            )
            self._compiled[kind] = [_Compiled(rule, vocabulary) for rule in ordered]
        self._index: dict[str, tuple[list[int], dict[str, list[int]]]] = {}
        self._version = -1

    def _renew(self) -> None:
        """Compile what the vocabulary's new signatures changed, and index rules by anchor."""
        for kind, compiled in self._compiled.items():
            always: list[int] = []
            by_sign: dict[str, list[int]] = {}
            for place, one in enumerate(compiled):
                one.renew()
                found = one.anchor()
                if found is None:
                    always.append(place)
                for sign in found or ():
                    by_sign.setdefault(sign, []).append(place)
            self._index[kind] = (always, by_sign)
        self._version = self.vocabulary.version

    def hits(self, sheet: Sheet, kind: str, *, anywhere: bool = False) -> Iterator[Hit]:
        """Give the matches of all rules of a kind, rule by rule, the higher priority first.

        Args:
            sheet: Where to look.
            kind: The kind of rules.
            anywhere: Whether to look away from the sections that rules ask for.
        """
        if self._version != self.vocabulary.version:
            self._renew()
        about = {ATTRIBUTES: self.label, EVIDENCE: TERM}.get(kind)
        if about and self.vocabulary.of_label(about) not in sheet.signs:
            return
        always, by_sign = self._index[kind]
        places = set(always)
        for sign in set(sheet.signs).intersection(by_sign):
            places.update(by_sign[sign])
        compiled = self._compiled[kind]
        for place in sorted(places):
            yield from compiled[place].hits(sheet, anywhere=anywhere)

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
        order = sorted(
            enumerate(hits),
            key=lambda pair: (
                -pair[1].rule.priority,
                not pair[1].rule.block,
                pair[1].first - pair[1].last,
                pair[1].first,
                pair[0],
            ),
        )
        taken = bytearray(len(sheet.signs))
        found: list[Finding] = []
        for _, hit in order:
            if any(taken[hit.first : hit.last]):
                continue
            taken[hit.first : hit.last] = b"\1" * (hit.last - hit.first)
            if keep_blocks or not hit.rule.block:
                found.append(self._finding(sheet, hit))
        found.sort(key=lambda finding: finding.start)
        return found

    def _finding(self, sheet: Sheet, hit: Hit) -> Finding:
        made = Finding(
            sheet.starts[hit.first], sheet.ends[hit.last - 1], self.label, hit.rule.id
        )
        self._capture(sheet, hit, made)
        if not {"value", "low"} & made.attributes.keys():
            value = self._number(sheet, hit.first, hit.last)
            if value is not None:
                made.attributes["value"] = value
        for name, value in hit.rule.set.items():
            made.attributes[name] = value
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
        by_start = {finding.start: finding for finding in findings}
        for hit in self.hits(sheet, ATTRIBUTES):
            finding = by_start.get(sheet.starts[hit.at])
            if finding is None:
                continue
            before = set(finding.attributes)
            self._capture(sheet, hit, finding)
            for name, value in hit.rule.set.items():
                finding.attributes.setdefault(name, value)
            for name in finding.attributes.keys() - before:
                finding.why[name] = hit.rule.id
        for finding in findings:
            for name, value in self.rules.defaults.items():
                finding.attributes.setdefault(name, value)


def collapsed(sheet: Sheet, vocabulary: Vocabulary, findings: Iterable[Finding]) -> Sheet:
    """Give a sheet in which each finding is one item of its label's class."""
    return sheet.collapse(
        (finding.start, finding.end, vocabulary.of_label(finding.label)) for finding in findings
    )


__all__ = ["BOUNDARY", "Engine", "Finding", "Hit", "collapsed"]
