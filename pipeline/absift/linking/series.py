"""Join the figures that a sentence gives in one row, such as those of two arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from absift.linking.figures import Figure
from absift.linking.mentions import Mention, MentionFinder
from absift.linking.patterns import ARM, Patterns
from absift.linking.row import Group, Row
from absift.rules.vocabulary import BOUNDARY

_GAP = 16
_ACROSS = 12
# Words that say nothing of arms between two figures that are set against each other, at most.
_OTHER = 5
# The same between two that are only listed.
_FEW = 2
# Items behind the last figure in which its arm may stand.
_BEHIND = 5


@dataclass(slots=True)
class Series:
    """Figures of one row.

    Attributes:
        places: Their items.
        figures: The figures.
        likely: Names that stand where arms do, by the place of the figure in the row.
        around: The events that stand between the figures.
        arms: Names of their arms as written, ``None`` for one without.
        whole: The figure before it whose parts these figures are.
        lead: The arm that stands before the whole row, where none parts it.
        beside: Whether an arm stands right beside a figure.
        again: Whether it says more in the bracket of the row before ("(men: 4%; women: 2%)").
        inherits: Whether its arm is that of the figure that it goes into the details of.
        edges: The item behind the figures before, and that of the next ones.
    """

    places: list[int]
    figures: list[Figure]
    likely: dict[int, Mention] = field(default_factory=dict)
    around: Group | None = None
    arms: tuple[str | None, ...] = ()
    lead: str | None = None
    whole: Series | None = None
    beside: bool = False
    again: bool = False
    inherits: bool = False
    edges: tuple[int, int] = (0, 0)

    @property
    def first(self) -> int:
        """The first item."""
        return self.places[0]

    @property
    def last(self) -> int:
        """The item behind the last one."""
        return self.places[-1] + 1

    def __len__(self) -> int:
        return len(self.places)


class SeriesMaker:
    """Joins figures.

    Args:
        patterns: The patterns of linking.
        mentions: Tells what may name an arm.
    """

    def __init__(self, patterns: Patterns, mentions: MentionFinder) -> None:
        self.patterns = patterns
        self.mentions = mentions

    def make(self, row: Row, groups: Sequence[Group]) -> list[Series]:
        """Give the rows of figures of a sentence in order."""
        made: list[Series] = []
        for place, figure in row.figures.items():
            if made and self._take_in(row, groups, made[-1], place, figure):
                continue
            made.append(Series([place], [figure]))
        made = [part for one in made for part in self._parts(row, one)]
        kept = [one for one in made if not one.figures[0].tentative or one.around]
        kept = [one for one in kept if len(one) > 1 or not self._empty(one.figures[0])]
        firsts = [*(one.first for one in kept[1:]), len(row.signs)]
        lasts = [0, *(one.last for one in kept)]
        for one, last, first in zip(kept, lasts, firsts, strict=False):
            one.edges = (last, first)
        for before, one in pairwise(kept):
            if self._are_parts(row, before, one, groups):
                one.whole = before
        return kept

    def _parts(self, row: Row, one: Series) -> list[Series]:
        """Part figures that only commas stand between ("rash in 1 woman, 2 had cough").

        They are those of single events, unless arms or brackets tell them apart. What is the sum
        of the others stands for itself ("Seven men, 3 on zelorin and 4 on placebo, had rash").
        """
        counts = [figure.rate.get("numerator", 0) for figure in one.figures]
        armed = any(one.first < item < one.last + _BEHIND for item in row.arms)
        if len(one) > 2 and armed and not one.around and 0 < counts[0] == sum(counts[1:]):
            whole = Series(one.places[:1], one.figures[:1])
            likely = {at - 1: mention for at, mention in one.likely.items() if at}
            return [whole, Series(one.places[1:], one.figures[1:], likely)]
        if len(one) == 1 or one.around or one.likely or any(f.arm for f in one.figures):
            return [one]
        comma, joint = self.patterns.of("gap"), self.patterns.signs("COMMA")
        gap = row.signs[one.first + 1 : one.places[1]]
        if len(one) == 2 and not joint.isdisjoint(gap) and self._has_own(row, one.last):
            # "Rash in 3, and 2 had cough".
            return [Series([a], [f]) for a, f in zip(one.places, one.figures, strict=True)]
        gaps = [row.signs[a + 1 : b] for a, b in pairwise(one.places)]
        opened = row.signs[one.first - 1 : one.first] in self.patterns.signs("OPEN", "COLON")
        if opened or not all(comma.fullmatch(gap) for gap in gaps):
            return [one]
        return [Series([a], [f]) for a, f in zip(one.places, one.figures, strict=True)]

    def _has_own(self, row: Row, item: int) -> bool:
        """Tell whether a figure before an item is the subject of a clause of its own."""
        alone = self.patterns.signs("RESPECTIVELY").isdisjoint(row.signs[item:])
        return alone and bool(self.patterns.of("has_own").match(row.signs, item))

    def _are_parts(self, row: Row, before: Series, one: Series, groups: Sequence[Group]) -> bool:
        """Tell whether figures are the parts of the one before them."""
        counts = [figure.rate.get("numerator", 0) for figure in one.figures]
        total = before.figures[0].rate.get("numerator")
        if len(before) > 1 or len(one) < 2 or not 0 < sum(counts) == total:
            return False
        return not any(before.last <= group.first < one.first for group in groups)

    def _empty(self, figure: Figure) -> bool:
        """Tell whether a figure alone is none: "no rash" counts only against a number."""
        return figure.rate == {"numerator": 0}

    def _take_in(
        self, row: Row, groups: Sequence[Group], last: Series, place: int, figure: Figure
    ) -> bool:
        """Take a figure into the row before it if it belongs there."""
        gap = row.signs[last.last : place]
        if len(gap) > _GAP or not alike(last.figures[-1], figure):
            return False
        if self._is_closed(row, last, gap):
            return False
        inside = [group for group in groups if last.last <= group.first < place]
        if inside:
            if (
                last.around
                or len(inside) > 1
                or not self._across(row, groups, last, inside[0], place)
            ):
                return False
            last.around = inside[0]
        elif (
            figure.tentative
            or last.figures[0].tentative
            or not self._follows(row, last, gap, place)
        ):
            return False
        last.places.append(place)
        last.figures.append(figure)
        return True

    def _is_closed(self, row: Row, last: Series, gap: str) -> bool:
        """Tell whether a bracket that compares figures ends ("(4% vs 1%) and more cures (9%")."""
        signs = self.patterns.signs
        opened = row.signs[last.first - 1 : last.first] in signs("OPEN")
        if not opened or signs("CLOSE").isdisjoint(gap):
            return False
        against, inside = signs("LINK_AGAINST"), row.signs[last.first : last.last]
        if not against.isdisjoint(gap) or not signs("CLOSE").isdisjoint(inside):
            return False
        return not against.isdisjoint(inside)

    def _follows(self, row: Row, last: Series, gap: str, place: int) -> bool:
        if not self.patterns.signs("RESPECTIVELY").isdisjoint(gap):
            return False
        if self.patterns.label(ARM) in gap or last.figures[-1].arm:
            return self._armed(gap)
        joint, comma = self.patterns.of("joint"), self.patterns.of("gap")
        return (
            self._has_likely(row, last, gap)
            or bool(joint.fullmatch(gap))
            or bool(comma.fullmatch(gap))
        )

    def _armed(self, gap: str) -> bool:
        """Tell whether what stands between two figures sets one arm against another."""
        if self.patterns.of("armed").fullmatch(gap):
            return True
        signs = self.patterns.signs
        if not signs("LINK_STOPS").isdisjoint(gap) or signs("LINK_JOIN").isdisjoint(gap):
            return False
        loose = signs("LINK_FILL", "LINK_JOIN", "LINK_LEAD") | {self.patterns.label(ARM)}
        against = not signs("LINK_AGAINST").isdisjoint(gap)
        return sum(sign not in loose for sign in gap) <= (_OTHER if against else _FEW)

    def _has_likely(self, row: Row, last: Series, gap: str) -> bool:
        """Tell whether something stands between two figures where arms do, and keep it."""
        match = self.patterns.of("likely").fullmatch(f"{BOUNDARY}{gap}{BOUNDARY}", 1, len(gap) + 1)
        if not match:
            return False
        found: dict[int, Mention] = {}
        for name, at in (("a", len(last) - 1), ("b", len(last))):
            if match.start(name) >= 0:
                span = (last.last - 1 + edge for edge in match.span(name))
                made = self.mentions.mention(row, *span)
                if not made:
                    return False
                found[at] = made
        last.likely.update(found)
        return bool(found)

    def _across(
        self, row: Row, groups: Sequence[Group], last: Series, group: Group, place: int
    ) -> bool:
        """Tell whether a figure goes on behind the events that the row before is about.

        So in "There were seven bleeds with the drug and eight with placebo".
        """
        lead, trail = row.signs[last.last : group.first], row.signs[group.last : place]
        if len(lead) > _ACROSS or not self.patterns.of("across").fullmatch(trail):
            return False
        if not self.patterns.signs("LINK_STOPS").isdisjoint(lead):
            return False
        behind = self.patterns.of("behind_arm").match(row.signs + BOUNDARY, place + 1)
        if not behind:
            return False
        follows = next((other for other in groups if other.first >= place), None)
        reach = row.signs[behind.end() : follows.first] if follows else ""
        return not follows or not self.patterns.signs("LINK_ENDS").isdisjoint(reach)


def alike(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are of one kind: shares, or counts."""
    if one.rate.get("numerator") == 0 or other.rate.get("numerator") == 0:
        return True
    return ("percent" in one.rate) == ("percent" in other.rate)


def chunks(series: Series, row: Row, patterns: Patterns) -> list[Series]:
    """Part a row where it compares more than once ("4% vs 1%, 3% vs 0%").

    Returns:
        The parts if they are of one size, else the row itself.
    """
    against = patterns.signs("VERSUS")
    sides = [not against.isdisjoint(row.signs[one:other]) for one, other in pairwise(series.places)]
    if not any(sides) or all(sides) or series.around:
        return [series]
    made = [Series(series.places[:1], series.figures[:1])]
    for joined, place, figure in zip(sides, series.places[1:], series.figures[1:], strict=True):
        if joined:
            made[-1].places.append(place)
            made[-1].figures.append(figure)
        else:
            made.append(Series([place], [figure]))
    for one in made:
        one.edges = series.edges
    return made if len({len(one) for one in made}) == 1 else [series]
