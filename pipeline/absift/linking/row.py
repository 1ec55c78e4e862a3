"""A sentence whose figures and arms are single items, and the events that share figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from absift.linking.figures import Figure, Rate
from absift.linking.lines import Line
from absift.linking.mentions import Mention
from absift.linking.patterns import ARM, FIGURE, Patterns
from absift.records import ADVERSE_EVENT, SAMPLE_SIZE
from absift.rules.engine import Finding

_LINKED = frozenset({ADVERSE_EVENT, SAMPLE_SIZE})


@dataclass(slots=True)
class Row(Line):
    """A sentence for linking.

    Attributes:
        figures: Item to the figure that it is.
        arms: Item to the arm that it names.
    """

    figures: dict[int, Figure] = field(default_factory=dict)
    arms: dict[int, Mention] = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    """Adverse events that share their figures.

    Attributes:
        items: Their items in text order.
        findings: The events.
        rates: What the text reports of all of them.
        own: What it reports of single ones, by their place among ``findings``.
    """

    items: list[int]
    findings: list[Finding]
    rates: list[Rate] = field(default_factory=list)
    own: dict[int, list[Rate]] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The first item."""
        return self.items[0]

    @property
    def last(self) -> int:
        """The item behind the last one."""
        return self.items[-1] + 1

    def settle(self) -> None:
        """Give the events the rates that were found of them."""
        for place, one in enumerate(self.findings):
            rates = [*self.rates, *self.own.get(place, ())]
            if rates:
                one.attributes["rates"] = [dict(rate) for rate in rates]


def make_row(
    line: Line, figures: Sequence[Figure], mentions: Sequence[Mention], patterns: Patterns
) -> Row:
    """Make figures and arms single items; an arm inside a figure becomes the figure's own."""
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    row = Row(line.text, "", starts, ends, {}, {})
    items: dict[int, int] = {}
    things: list[Figure | Mention] = sorted(
        [*figures, *mentions], key=lambda one: (one.first, -one.last)
    )
    done = 0
    owner: Figure | None = None
    idle = _asides(line, things, patterns)
    for one in [*things, None]:
        if one is not None and one.first in idle:
            continue
        first = len(line.signs) if one is None else one.first
        if first < done:
            if owner is not None and isinstance(one, Mention) and owner.arm is None:
                owner.arm = one.name
            continue
        for item in range(done, first):
            if item in idle:
                continue
            items[item] = len(signs)
            signs.append(line.signs[item])
            starts.append(line.starts[item])
            ends.append(line.ends[item])
        if one is None:
            break
        place = len(signs)
        if isinstance(one, Figure):
            row.figures[place], owner = one, one
            signs.append(patterns.label(FIGURE))
        else:
            row.arms[place], owner = one, None
            signs.append(patterns.label(ARM))
        starts.append(line.starts[one.first])
        ends.append(line.ends[one.last - 1])
        done = one.last
    row.signs = "".join(signs)
    row.findings.update((items[i], found) for i, found in line.findings.items() if i in items)
    row.numbers.update((items[i], number) for i, number in line.numbers.items() if i in items)
    return row


def _asides(line: Line, things: Sequence[Figure | Mention], patterns: Patterns) -> set[int]:
    """Give the items of brackets that hold nothing to link, such as "(p = 0.04, A versus B)"."""
    opens, closes = patterns.signs("OPEN"), patterns.signs("CLOSE")
    if opens.isdisjoint(line.signs):
        return set()
    tested = patterns.signs("LINK_TESTED")
    busy = {item for one in things for item in range(one.first, one.last)}
    figures = {i for one in things if isinstance(one, Figure) for i in range(one.first, one.last)}
    held = {i for i, one in line.findings.items() if one.label in _LINKED}
    idle: set[int] = set()
    begin: int | None = None
    for item, sign in enumerate(line.signs):
        if sign in opens:
            begin = item
        elif sign in closes and begin is not None:
            inside = set(range(begin, item + 1))
            test = line.signs[begin + 1] in tested
            if inside.isdisjoint(held) and inside.isdisjoint(figures if test else busy):
                idle |= inside
            begin = None
    return idle


def group_events(row: Row, patterns: Patterns) -> list[Group]:
    """Join events that a list or a cause joins and no figure or arm parts."""
    groups: list[Group] = []
    chain, cause = patterns.of("chain"), patterns.of("cause")
    predicate, detailed = patterns.of("predicate"), patterns.of("detailed")
    own = patterns.of("own_figure")
    figure, arm = patterns.label(FIGURE), patterns.label(ARM)
    events = sorted((item, one) for item, one in row.findings.items() if one.label == ADVERSE_EVENT)
    for item, one in events:
        if groups:
            begin, last = groups[-2].last if len(groups) > 1 else 0, groups[-1].last
            gap = _without_asides(row.signs[last:item], figure, patterns)
            if figure not in gap:
                if one.attributes.get("generic") and predicate.fullmatch(gap):
                    groups[-1].items.append(item)
                    continue
                # "Side effects (rash: 8, cough: 2)": figures of its own part a harm from the rest.
                opened = groups[-1].findings[-1].attributes.get("generic") and detailed.match(
                    row.signs, item + 1
                )
                # "4% had rash, and mortality was 1%": so do they behind events that have theirs.
                counted = figure in row.signs[begin : groups[-1].first]
                opened = opened or (counted and own.match(row.signs, item + 1))
                chained = chain.fullmatch(gap) and arm not in gap and not opened
                if chained or cause.fullmatch(gap):
                    groups[-1].items.append(item)
                    groups[-1].findings.append(one)
                    continue
        groups.append(Group([item], [one]))
    return groups


def _without_asides(gap: str, figure: str, patterns: Patterns) -> str:
    """Leave out what stands in closed brackets and holds no figure."""
    opens, closes = patterns.signs("OPEN"), patterns.signs("CLOSE")
    kept = ""
    for sign in gap:
        kept += sign
        if sign in closes:
            begin = next((i for i in reversed(range(len(kept))) if kept[i] in opens), None)
            if begin is not None and figure not in kept[begin:]:
                kept = kept[:begin]
    return kept
