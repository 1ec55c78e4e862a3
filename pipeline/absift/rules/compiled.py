"""One rule as regular expressions, and the look-up of the rules that a text can match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from absift.errors import ConfigError
from absift.rules.compile import SPAN, anchors, expression, needs_number, register
from absift.rules.model import EVIDENCE, SPANS, Rule
from absift.rules.notation import Capture, Node, Row, atoms, captures, parse
from absift.rules.sheet import Sheet
from absift.rules.token_patterns import to_node
from absift.rules.vocabulary import Vocabulary

# The group of a rule's ``span``; no capture of a rule file can have this name.
_SPAN_GROUP = "_span"
#: The class of a term of the lexicon that is still to be judged.
TERM = "TERM"


@dataclass(frozen=True, slots=True)
class Hit:
    """A match of a rule: items ``first`` to ``last`` are its span, ``at`` is ``SPAN``'s item."""

    rule: Rule
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]
    at: int = -1


class CompiledRule:
    """One rule as regular expressions, renewed when the vocabulary has grown."""

    def __init__(self, rule: Rule, vocabulary: Vocabulary) -> None:
        self.rule = rule
        self.vocabulary = vocabulary
        where = f"{rule.source}: rule {rule.id}"
        self.nodes = {
            "pattern": to_node(rule.tokens, where)
            if rule.pattern is None
            else _parse(rule.pattern, where)
        }
        for key, pattern in rule.contexts.items():
            self.nodes[key] = _parse(pattern, where)
        for node in self.nodes.values():
            register(node, vocabulary, where)
        self.span = _span_group(rule, self.nodes, where)
        _check_names(rule, self.nodes, where)
        # Evidence is about terms of which it isn't known yet whether the label fits.
        self.about = TERM if rule.kind == EVIDENCE else rule.label
        self.atoms = frozenset().union(
            *(vocabulary.parts(atom.name) for node in self.nodes.values() for atom in atoms(node))
        )
        self.sources: dict[str, str] = {}
        # Where these stand in the pattern, only a sentence that has one can match.
        self.needs_number = needs_number(self.nodes["pattern"])
        self.main: re.Pattern[str]
        self.before: list[tuple[bool, re.Pattern[str]]] = []
        self.sentence: list[tuple[bool, re.Pattern[str]]] = []

    def renew(self) -> None:
        sources = {
            key: expression(node, self.vocabulary, self.about) for key, node in self.nodes.items()
        }
        for key in sources.keys() - {"pattern"}:
            # The span itself is the pattern's; around it SPAN is any span of the label.
            sources[key] = sources[key].replace(f"(?P<{SPAN}>", "(?:")
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

    def anchors(self) -> list[frozenset[str]]:
        """Give sets of signatures of each of which a sentence must hold one, rarest first."""
        wanted = (node for key, node in self.nodes.items() if not key.startswith("not_"))
        return anchors(wanted, self.vocabulary)

    def hits(
        self, sheet: Sheet, match: re.Match[str], begin: int, end: int, anywhere: bool
    ) -> Iterator[Hit]:
        """Give the hits in the sentence ``begin`` to ``end``, from its first match on."""
        rule, signs, search = self.rule, sheet.signs, self.main.search
        following: re.Match[str] | None = match
        while following:
            hit = self._hit(rule, sheet, following, anywhere, begin, end)
            if hit:
                yield hit
            # From the next item on, not from the match's end: matches may overlap.
            following = search(signs, following.start() + 1, end)

    def _hit(
        self,
        rule: Rule,
        sheet: Sheet,
        match: re.Match[str],
        anywhere: bool,
        begin: int,
        end: int,
    ) -> Hit | None:
        """Make a hit of a match if all that must stand around it does."""
        first, last = match.span()
        if first == last or not self._stands(sheet.signs, first, begin, end):
            return None
        if (rule.sections or rule.not_sections) and not anywhere:
            section = sheet.section(first)
            if (rule.sections and section not in rule.sections) or section in rule.not_sections:
                return None
        captures = {
            name: match.span(name)
            for name in self.main.groupindex
            if name != SPAN and match.start(name) < match.end(name)
        }
        if self.span:
            if self.span not in captures:
                return None
            first, last = captures.pop(self.span)
        return Hit(rule, first, last, captures, -1 if rule.kind == SPANS else match.start(SPAN))

    def _stands(self, signs: str, first: int, begin: int, end: int) -> bool:
        """Tell whether what must and must not stand around a match does so."""
        for wanted, pattern in self.before:
            if bool(pattern.search(signs, begin, first)) is not wanted:
                return False
        for wanted, pattern in self.sentence:
            # With the boundary behind the sentence, where its edge is told by.
            if bool(pattern.search(signs, begin, end)) is not wanted:
                return False
        return True


def _check_names(rule: Rule, nodes: Mapping[str, Node], where: str) -> None:
    """Make sure that SPAN stands where the kind of rule wants it, and each capture once."""
    if rule.kind != SPANS and sum(atom.name == SPAN for atom in atoms(nodes["pattern"])) != 1:
        raise ConfigError(f"{where}: the pattern must name {SPAN} once")
    if rule.kind == SPANS and any(
        atom.name == SPAN for node in nodes.values() for atom in atoms(node)
    ):
        raise ConfigError(f"{where}: {SPAN} stands only in rules about spans that were found")
    taken: set[str] = set()
    for key, node in nodes.items():
        for name in (capture.name for capture in captures(node)):
            if key not in ("pattern", "after"):
                raise ConfigError(f"{where}: '{key}' can't capture '{name}'; 'after' can")
            if name in taken:
                raise ConfigError(f"{where}: '{key}' captures '{name}' a second time")
        taken |= {capture.name for capture in captures(node)}


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
        if child == wanted
        or (isinstance(child, Capture) and rule.span in (child.name, child.source))
    ]
    if len(places) != 1:
        raise ConfigError(
            f"{where}: span '{rule.span}' must be one element or capture of the pattern, "
            f"which has it {len(places)} times"
        )
    chosen = children[places[0]]
    marked = Capture(_SPAN_GROUP, chosen, rule.span)
    nodes["pattern"] = Row((*children[: places[0]], marked, *children[places[0] + 1 :]))
    return _SPAN_GROUP


class RuleIndex:
    """Tells which rules may match in which sentences, by their anchors.

    Args:
        compiled: Rules of one label and kind, about which it says "rule 0", "rule 1", ...
        numbers: The signatures of numbers.
        about: The signature that ``SPAN`` stands for; ``None`` for rules that find spans.
    """

    def __init__(
        self, compiled: Sequence[CompiledRule], numbers: Iterable[str], about: str | None
    ) -> None:
        self._numbers = frozenset(numbers)
        self._about = about
        self._with_number = [one.needs_number for one in compiled]
        self._always: list[int] = []
        self._by_sign: dict[str, list[int]] = {}
        self._also: list[frozenset[str] | None] = []
        for place, one in enumerate(compiled):
            rarest, *others = one.anchors() or (frozenset(),)
            if not rarest:
                self._always.append(place)
            for sign in rarest:
                self._by_sign.setdefault(sign, []).append(place)
            self._also.append(others[0] if others else None)

    def candidates(self, sheet: Sheet) -> list[tuple[int, int]]:
        """Give the rules that may match, each with its sentences as the bits of a number."""
        where = sheet.where
        everywhere = (1 << len(sheet.ranges)) - 1
        if self._about is not None:
            everywhere = where.get(self._about, 0)
            if not everywhere:
                return []
        masks = self._masks(where, everywhere)
        numbered = _either(where, self._numbers)
        # Many rules share what they need besides: each such need is looked at once.
        needs: dict[frozenset[str], int] = {}
        found = []
        for place, mask in enumerate(masks):
            if not mask:
                continue
            if self._with_number[place]:
                mask &= numbered
            also = self._also[place]
            if mask and also:
                second = needs.get(also)
                if second is None:
                    second = needs[also] = _either(where, also)
                mask &= second
            if mask:
                found.append((place, mask))
        return found

    def _masks(self, where: Mapping[str, int], everywhere: int) -> list[int]:
        """Give for each rule the sentences that hold its anchor."""
        masks = [0] * len(self._also)
        for place in self._always:
            masks[place] = everywhere
        by_sign = self._by_sign
        for sign in where.keys() & by_sign.keys():
            mask = where[sign] & everywhere
            if mask:
                for place in by_sign[sign]:
                    masks[place] |= mask
        return masks


def _either(where: Mapping[str, int], signs: frozenset[str]) -> int:
    """Give the sentences that hold one of the signatures at least."""
    mask = 0
    for sign in where.keys() & signs:
        mask |= where[sign]
    return mask
