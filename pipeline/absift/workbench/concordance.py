"""A pattern over a corpus: each match with the words around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from absift.errors import ConfigError
from absift.extraction.passes import find_adverse_events, find_figures
from absift.extraction.toolkit import Toolkit
from absift.records import ADVERSE_EVENT, Abstract
from absift.rules.ambiguity import is_empty
from absift.rules.engine import Engine, collapsed
from absift.rules.model import SPANS, LabelRules, Rule
from absift.rules.normalise import Normalisers
from absift.rules.notation import atoms, parse
from absift.rules.sheet import Sheet

#: The label of a pattern that is only tried.
TRIED = "TRIED"


@dataclass(frozen=True, slots=True)
class Match:
    """One match of a pattern.

    Attributes:
        id: The abstract's id.
        left: The text before the match, up to the beginning of its sentence.
        text: The words matched.
        right: The text behind the match, up to the end of its sentence.
        section: The section that it stands in.
        captures: What the pattern captured, as written.
    """

    id: str
    left: str
    text: str
    right: str
    section: str
    captures: Mapping[str, str]


class Concordance:
    """Looks a pattern up.

    Args:
        toolkit: Rules and words.
        pattern: In the notation of rule files.
        label: A label as whose rule the pattern is to be read: spans found before it are single
            items. By default only those are whose label the pattern names.

    Raises:
        ConfigError: The pattern is malformed, or there is no such label.
    """

    def __init__(self, toolkit: Toolkit, pattern: str, label: str | None = None) -> None:
        engines = toolkit.rules.engines
        if label is not None and label not in engines:
            raise ConfigError(f"no label {label}; there are {', '.join(engines)}")
        node = parse(pattern)
        if is_empty(node):
            raise ConfigError(f"the pattern {pattern!r} can match without a word")
        named = {atom.name for atom in atoms(node)}
        order = list(engines)
        if label is None:
            self._sees = frozenset(named & set(order))
        else:
            sees = engines[label].rules.sees
            before = order[: order.index(label)]
            self._sees = frozenset(before if sees is None else sees)
        self._toolkit = toolkit
        rule = Rule(id="tried", label=TRIED, kind=SPANS, pattern=pattern, source="the pattern")
        vocabulary = toolkit.rules.vocabulary
        self._engine = Engine(LabelRules(TRIED, (rule,), {}, {}), vocabulary, Normalisers({}))
        # The pattern may tell words apart that no rule did.
        toolkit.rules.settle()

    def matches(self, abstracts: Iterable[Abstract]) -> Iterator[Match]:
        """Give the matches, abstract by abstract; of several that overlap, the longest."""
        for abstract in abstracts:
            sheet = self._sheet(abstract)
            hits = list(self._engine.hits(sheet, SPANS))
            found = {(one.start, one.end) for one in self._engine.resolve(sheet, hits)}
            for hit in hits:
                place = (sheet.starts[hit.first], sheet.ends[hit.last - 1])
                if place in found:
                    found.discard(place)
                    captured = {name: sheet.words(*pair) for name, pair in hit.captures.items()}
                    yield _match(abstract.id, sheet, hit.first, hit.last, captured)

    def _sheet(self, abstract: Abstract) -> Sheet:
        toolkit, sees = self._toolkit, self._sees
        base = toolkit.rules.maker.make(abstract.text, has_title=True if abstract.title else None)
        if not sees:
            return base
        found = find_figures(toolkit, base, toolkit.first)
        if ADVERSE_EVENT in sees:
            sheet = collapsed(base, toolkit.rules.vocabulary, found) if found else base
            found += find_adverse_events(toolkit, base, sheet, found)
        if sees & set(toolkit.later):
            found += find_figures(toolkit, base, toolkit.later, tuple(found))
        seen = [one for one in found if one.label in sees]
        return collapsed(base, toolkit.rules.vocabulary, seen)


def _match(name: str, sheet: Sheet, first: int, last: int, captures: Mapping[str, str]) -> Match:
    start, end = sheet.starts[first], sheet.ends[last - 1]
    begin, stop = sheet.sentence(first)
    return Match(
        name,
        sheet.text[sheet.starts[begin] : start],
        sheet.text[start:end],
        sheet.text[end : sheet.ends[max(stop - 1, last - 1)]],
        sheet.section(first),
        captures,
    )


def line(match: Match, width: int) -> str:
    """Give a match as one line, its words in the middle, as wide as ``width`` columns."""
    middle = f"[{' '.join(match.text.split())}]"
    side = max(10, (width - 40) // 2)
    left = " ".join(match.left.split())[-side:]
    gap = " " if match.right[:1].isspace() else ""
    right = " ".join(match.right.split())[: max(10, width - side - len(middle) - 16)]
    return f"{match.id[:12]:12} {left:>{side}} {middle}{gap}{right}".rstrip()
