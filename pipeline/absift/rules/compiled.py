"""One rule as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from absift.rules.compile import expression, first_signs, longest, one_of, register
from absift.rules.elements import about, check_names, span_group, trees
from absift.rules.index import SPAN, Wanted, needs
from absift.rules.model import FINDING, WITHIN, Rule
from absift.rules.notation import atoms
from absift.rules.pattern import Pattern, over_signs
from absift.rules.vocabulary import Vocabulary

_NEVER = "(?!)"


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
_Before = tuple[bool, Pattern, int]


class _Contexts(NamedTuple):
    """What a rule wants, or doesn't, before its match, in the sentence and within the span."""

    before: Sequence[_Before]
    sentence: Sequence[tuple[bool, Pattern]]
    within: Sequence[tuple[bool, Pattern]]


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
        self.nodes = trees(rule, where)
        for node in self.nodes.values():
            register(node, vocabulary, where)
        self.span = span_group(rule, self.nodes, where)
        check_names(rule, self.nodes, where)
        self.about = about(rule)
        self.atoms = frozenset().union(
            *(vocabulary.parts(atom.name) for node in self.nodes.values() for atom in atoms(node))
        )
        #: Whether the rule looks into the span.
        self.looks_within = not self.nodes.keys().isdisjoint(WITHIN)
        self.version = -1
        self._has_span = rule.kind not in FINDING
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
                [(wanted, over_signs(source), most) for wanted, source, most in self.before()],
                [(wanted, over_signs(source)) for wanted, source in self.sentence()],
                [
                    (wanted, over_signs(self._guarded(key)))
                    for key, wanted in (("within", True), ("not_within", False))
                    if key in self._sources
                ],
            )
        return self._contexts

    def fits(self, held: str) -> bool:
        """Tell whether a span is within as the rule wants it.

        Args:
            held: The items of the span, as :meth:`~absift.rules.sheet.Sheet.within` gives them.
        """
        for wanted, pattern in self.contexts.within:
            if (pattern.search(held, 1) is not None) is not wanted:
                return False
        return True

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
        # What is within a span that is a single item doesn't stand in the sentence.
        nodes = (
            node
            for key, node in self.nodes.items()
            if not key.startswith("not_") and key not in WITHIN
        )
        found = needs(nodes, self.vocabulary)
        if self._has_span:
            found.insert(0, frozenset({self.about}))
        return Wanted(found, self.rule.sections, self.rule.not_sections)

    def collect(
        self, found: list[Hit], signs: str, match: re.Match[str], begin: int, end: int
    ) -> None:
        """Add the hits in the sentence ``begin`` to ``end``, from its first match on."""
        search, before, sentence = self.main.search, self.contexts.before, self.contexts.sentence
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


def _captures(match: re.Match[str], names: Sequence[str]) -> dict[str, tuple[int, int]]:
    spans = [(name, match.span(name)) for name in names]
    return {name: span for name, span in spans if span[0] < span[1]}
