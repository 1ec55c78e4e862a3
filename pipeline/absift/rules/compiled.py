"""One rule as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from absift.errors import ConfigError
from absift.rules.compile import expression, first_signs, longest, one_of, register
from absift.rules.index import SPAN, Wanted, needs
from absift.rules.model import DOUBTS, EVIDENCE, SPANS, Rule
from absift.rules.notation import Capture, Node, Row, atoms, captures, parse
from absift.rules.token_patterns import to_node
from absift.rules.vocabulary import Vocabulary

_NEVER = "(?!)"
# The group of a rule's ``span``; no capture of a rule file can have this name.
_SPAN_GROUP = "_span"
#: The class of a term of the lexicon that is still to be judged.
TERM = "TERM"
#: The class of a mention that names no particular harm, while terms are judged.
GENERIC = "GENERIC"


class Hit(NamedTuple):
    """A match of a rule.

    Attributes:
        rule: The rule.
        first: The first item of its span.
        last: The item behind its span.
        captures: Name to the first item of what is captured and the one behind it.
        at: The item of ``SPAN``; -1 for rules that find spans.
        place: The place of the rule among those of its kind.
    """

    rule: Rule
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]
    at: int
    place: int


#: Whether it is wanted, what it is, and how far back a match of it can begin at most.
_Before = tuple[bool, re.Pattern[str], int]


class _Contexts(NamedTuple):
    """What a rule wants, or doesn't, before its match and anywhere in the sentence."""

    before: Sequence[_Before]
    sentence: Sequence[tuple[bool, re.Pattern[str]]]


NOTHING: Mapping[str, tuple[int, int]] = MappingProxyType({})


class CompiledRule:
    """One rule as regular expressions, made when it is first tried, renewed as words are added.

    Args:
        rule: The rule.
        vocabulary: The alphabet.
        place: The place of the rule among those of its kind.

    Raises:
        ConfigError: A pattern is malformed or names what doesn't exist.
    """

    def __init__(self, rule: Rule, vocabulary: Vocabulary, place: int) -> None:
        self.rule = rule
        self.place = place
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
        self.about = about(rule)
        self.atoms = frozenset().union(
            *(vocabulary.parts(atom.name) for node in self.nodes.values() for atom in atoms(node))
        )
        self.version = -1
        self._has_span = rule.kind != SPANS
        self._sources: dict[str, str] = {}
        self._main: re.Pattern[str] | None = None
        self._names: tuple[str, ...] = ()
        self._contexts: _Contexts | None = None

    def is_current(self) -> bool:
        """Tell whether the rule is compiled over all signatures that it can meet."""
        if self.version < 0 or not self.atoms.isdisjoint(self.vocabulary.changed(self.version)):
            return False
        self.version = self.vocabulary.version
        return True

    def renew(self) -> None:
        """Take in what the vocabulary's new signatures change."""
        self.version = self.vocabulary.version
        sources = {
            key: expression(node, self.vocabulary, self.about) for key, node in self.nodes.items()
        }
        for key in sources.keys() - {"pattern"}:
            # The span itself is the pattern's; around it SPAN is any span of the label.
            sources[key] = sources[key].replace(f"(?P<{SPAN}>", "(?:")
        if sources != self._sources:
            self._sources = sources
            self._main = self._contexts = None

    @property
    def source(self) -> str:
        """The expression of the pattern with what must and must not follow."""
        source = self._guarded("pattern")
        if "after" in self._sources:
            source += f"(?={self._sources['after']})"
        if "not_after" in self._sources:
            source += f"(?!{self._sources['not_after']})"
        return source

    @property
    def main(self) -> re.Pattern[str]:
        """``source``, compiled."""
        if self._main is None:
            self._main = re.compile(self.source)
            groups = self._main.groupindex
            self._names = tuple(name for name in groups if name not in (SPAN, self.span))
        return self._main

    def before(self) -> list[tuple[bool, str, int]]:
        """Give what must and must not stand before a match.

        Returns:
            Whether it is wanted, its expression, and how far back it begins at most, in items.
        """
        return [
            (wanted, f"{self._guarded(key)}\\Z", longest(self.nodes[key], self.vocabulary))
            for key, wanted in (("before", True), ("not_before", False))
            if key in self._sources
        ]

    def sentence(self) -> list[tuple[bool, str]]:
        """Give what must and must not stand anywhere in the sentence, as expressions."""
        return [
            (wanted, self._guarded(key))
            for key, wanted in (("sentence", True), ("not_sentence", False))
            if key in self._sources
        ]

    @property
    def contexts(self) -> _Contexts:
        """What must and must not stand around a match.

        Compiled once there is a match: many rules never have any.
        """
        if self._contexts is None:
            self._contexts = _Contexts(
                [(wanted, re.compile(source), most) for wanted, source, most in self.before()],
                [(wanted, re.compile(source)) for wanted, source in self.sentence()],
            )
        return self._contexts

    def _guarded(self, key: str) -> str:
        """Give an expression that looks at what it can begin with first, once for a place.

        Without that, each alternative that it begins with is tried at each place.
        """
        source = self._sources[key]
        first = first_signs(self.nodes[key], self.vocabulary)
        if first is None or source.startswith("["):
            return f"(?:{source})"
        return f"(?={one_of(first)})(?:{source})" if first else _NEVER

    def wanted(self) -> Wanted:
        """Give what the rule asks of a sentence."""
        nodes = (node for key, node in self.nodes.items() if not key.startswith("not_"))
        found = needs(nodes, self.vocabulary)
        if self._has_span:
            found.insert(0, frozenset({self.about}))
        return Wanted(found, self.rule.sections, self.rule.not_sections)

    def collect(
        self, found: list[Hit], signs: str, match: re.Match[str], begin: int, end: int
    ) -> None:
        """Add the hits in the sentence ``begin`` to ``end``, from its first match on."""
        search, (before, sentence) = self.main.search, self.contexts
        rule, place, group, names = self.rule, self.place, self.span or 0, self._names
        for wanted, pattern in sentence:
            # With the boundary behind the sentence, where its edge is told by.
            if (pattern.search(signs, begin, end) is not None) is not wanted:
                return
        following: re.Match[str] | None = match
        while following is not None:
            start = following.start()
            if start >= end:
                # Nothing, found at the end of the text, would be found there for ever.
                return
            first, last = following.span(group)
            if first < last and (not before or _stands(before, signs, start, begin)):
                captures = _captures(following, names) if names else NOTHING
                at = following.start(SPAN) if self._has_span else -1
                found.append(Hit(rule, first, last, captures, at, place))
            # From the next item on, not from the match's end: matches may overlap.
            following = search(signs, start + 1, end)


def _stands(before: Sequence[_Before], signs: str, first: int, begin: int) -> bool:
    """Tell whether what must and must not stand before a match does so."""
    for wanted, pattern, most in before:
        found = pattern.search(signs, max(begin, first - most), first)
        if (found is not None) is not wanted:
            return False
    return True


def about(rule: Rule) -> str:
    """Give the class that ``SPAN`` stands for in a rule.

    Evidence is about what isn't known yet to be of the label.
    """
    return {EVIDENCE: TERM, DOUBTS: GENERIC}.get(rule.kind, rule.label)


def _captures(match: re.Match[str], names: Sequence[str]) -> dict[str, tuple[int, int]]:
    spans = [(name, match.span(name)) for name in names]
    return {name: span for name, span in spans if span[0] < span[1]}


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
