"""Name the arms of the figures of a sentence, from all that the abstract says of arms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from absift.linking.arms import ArmAssigner
from absift.linking.clauses import Memory, Names
from absift.linking.figures import Figure, FigureFinder
from absift.linking.lines import Line
from absift.linking.mentions import MentionFinder
from absift.linking.patterns import Patterns
from absift.linking.row import Group, Row, make_row
from absift.linking.series import Series, SeriesMaker


class ArmNamer:
    """Names the arms of figures, beside them, in their clauses, and from sentences before.

    Args:
        patterns: The patterns of linking.
        figures: Reads the figures of sentences.
        mentions: Finds where sentences name arms.
        series: Joins figures.
    """

    def __init__(
        self,
        patterns: Patterns,
        figures: FigureFinder,
        mentions: MentionFinder,
        series: SeriesMaker,
    ) -> None:
        self.patterns = patterns
        self.figures = figures
        self.mentions = mentions
        self.series = series
        self.assigner = ArmAssigner(patterns, mentions)
        self.clauses = self.assigner.clauses

    def row(self, line: Line, figures: list[Figure], memory: Memory) -> Row:
        """Lay out a sentence with its figures and the arms that it names as single items."""
        events = {i for i, one in line.findings.items() if one.label != "DURATION"}
        taken = events.union(*((one.first, one.last - 1) for one in figures))
        return make_row(line, figures, self.mentions.find(line, memory.arms, taken), self.patterns)

    def name(self, row: Row, groups: list[Group], made: list[Series], memory: Memory) -> None:
        """Name the arms that stand beside figures, then those that their clauses are about."""
        used = memory.used = set()
        for one in made:
            edges = [g.last for g in groups if g.last <= one.first]
            ends = [g.first for g in groups if g.first >= one.last]
            start, stop = max([*edges, one.edges[0]]), min([*ends, one.edges[1]])
            one.arms = self.assigner.assign(row, one, (start, stop))
            one.beside = any(one.arms)
            if one.beside:
                used.update(
                    i for i in row.arms if start <= i < stop and row.arms[i].name in one.arms
                )
        memory.here = {
            len(one): tuple(map(str, one.arms)) for one in made if len(one) > 1 and all(one.arms)
        }
        for place, one in enumerate(made):
            if len(one) == 1 and not one.arms[0]:
                arm = self._inherited(row, made, place) or self.clauses.subject(row, one, used)
                one.arms = (arm or self.clauses.theme(row, one),)
        self._pass_on(row, made)
        for told in memory.here.values():
            for arm in told:
                self.mentions.inventories.learn(memory.arms, arm)
        memory.owned = {arm for one in made for arm in one.arms if arm}

    def _pass_on(self, row: Row, made: list[Series]) -> None:
        """Give the arm behind a list to all of its figures ("2 rash, 1 cough on zelorin")."""
        for one, other in reversed(list(pairwise(made))):
            gap = row.signs[one.last : other.first]
            listed = len(one) == len(other) == 1 and self.patterns.of("counted_list").fullmatch(gap)
            if listed and not one.arms[0] and other.arms[0]:
                one.arms = other.arms

    def _inherited(self, row: Row, made: list[Series], place: int) -> str | None:
        """Give the arm of the figure that a bracket or a colon goes into the details of."""
        opens = self.patterns.signs("OPEN", "COLON")
        for before in reversed(made[:place]):
            between = row.signs[before.last : made[place].first]
            if len(before) > 1:
                return None
            if before.arms[0]:
                return before.arms[0] if not opens.isdisjoint(between) else None
        return None

    def completed(self, arms: Sequence[str | None], memory: Memory) -> tuple[str, ...] | None:
        """Give both of two arms where the text names one of those that it compares."""
        places = [place for place, arm in enumerate(arms) if arm]
        if len(arms) != 2 or len(places) != 1:
            return None
        named = str(arms[places[0]])
        pair = memory.told(2)
        if memory.arms.lettered and named.casefold() in map(str.casefold, memory.arms.lettered):
            pair = memory.arms.lettered
        if pair is None and memory.arms.foil:
            pair = (named, memory.arms.foil)
        if pair is None and any(drug in named.casefold() for drug in memory.arms.drugs):
            pair = memory.arms.drugs
        if pair is None:
            return None
        others = [arm for arm in pair if arm.casefold() not in named.casefold()]
        if len(others) != 1:
            return None
        return (others[0], named) if places[0] else (named, others[0])

    def missing(self, row: Row, series: Series, memory: Memory) -> Names | None:
        """Give the arms of figures that none stands beside."""
        found = self.clauses.compared(row, series, memory)
        found = found or memory.here.get(len(series))
        if found and all(found):
            return found
        if found:
            return self.completed(found, memory) or found
        told, only = memory.told(len(series)), self.clauses.only(row, series, memory)
        told = told and self._in_order(row, told)
        return told or (only and self.completed(only, memory)) or only

    def _in_order(self, row: Row, told: tuple[str, ...]) -> tuple[str, ...]:
        """Give arms in the order in which a sentence sets them against each other, if it does."""
        places: dict[str, int] = {}
        for item, one in row.arms.items():
            places.setdefault(one.name.casefold(), item)
        if any(arm.casefold() not in places for arm in told):
            return told
        if len(told) > len({*told[:1], *told[-1:]}):
            return told
        first, second = sorted(told, key=lambda arm: places[arm.casefold()])
        between = row.signs[places[first.casefold()] : places[second.casefold()]]
        against = not self.patterns.signs("LINK_THAN", "VERSUS").isdisjoint(between)
        return (first, second) if against else told

    def read(self, lines: Sequence[Line], memory: Memory) -> None:
        """Take in the arms of sentences that tell of no events."""
        for line in lines:
            row = self.row(line, self.figures.find(line), memory)
            made = self.series.make(row, [])
            self.name(row, [], made, memory)
            for one in made:
                if len(one) > 1 and all(one.arms):
                    memory.last[len(one)] = tuple(arm for arm in one.arms if arm)
