"""Name the arms of the figures of a sentence, from all that the abstract says of arms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from absift.linking.arms import ArmAssigner
from absift.linking.clauses import Memory, Names
from absift.linking.figures import Figure, FigureFinder
from absift.linking.lines import Line
from absift.linking.mentions import MentionFinder, may_name
from absift.linking.patterns import ARM, Patterns
from absift.linking.rivals import RivalFinder
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
        self.rivals = RivalFinder(patterns, mentions)

    def row(self, line: Line, figures: list[Figure], memory: Memory) -> Row:
        """Lay out a sentence with its figures and the arms that it names as single items."""
        events = {i for i, one in line.findings.items() if not may_name(one)}
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
                arm = self._inherited(row, made, place) or self.clauses.behind(row, one, groups)
                arm = arm or self.clauses.subject(row, one, used)
                arm = arm or self.clauses.theme(row, one)
                one.arms = (arm or self._carried(row, groups, made[:place], one),)
        self._pass_on(row, made)
        if memory.arms.compares:
            self._place_weakly(row, groups, made)
        for told in memory.here.values():
            for arm in told:
                self.mentions.inventories.learn(memory.arms, arm)
        memory.owned = {arm for one in made for arm in one.arms if arm}

    def _place_weakly(self, row: Row, groups: list[Group], made: list[Series]) -> None:
        """Read what stands in the place of an arm behind a figure, where the next ones have arms.

        So "the combination" in "3 on the combination, 5 on zelorin and 9 on placebo".
        """
        for one, other in pairwise(made):
            if len(one) > 1 or one.arms[0] or not (other.lead or any(other.arms)):
                continue
            events = [one.first <= group.first < other.first for group in groups]
            if not any(events):
                one.arms = (self.assigner.weakly(row, one),)
            elif sum(events) == 1:
                first = groups[events.index(True)].last
                one.arms = (self.assigner.behind(row, first, other.first),)

    def _pass_on(self, row: Row, made: list[Series]) -> None:
        """Give the arm behind a list to all of its figures ("2 rash, 1 cough on zelorin")."""
        for one, other in reversed(list(pairwise(made))):
            gap = row.signs[one.last : other.first]
            listed = len(one) == len(other) == 1 and self.patterns.of("counted_list").fullmatch(gap)
            if listed and not one.arms[0] and other.arms[0]:
                one.arms = other.arms

    def _inherited(self, row: Row, made: list[Series], place: int) -> str | None:
        """Give the arm of the figure that a bracket or a colon goes into the details of."""
        opens, ends = self.patterns.signs("OPEN", "COLON"), self.patterns.signs("CLOSE")
        for before in reversed(made[:place]):
            between = row.signs[before.last : made[place].first]
            if len(before) > 1:
                return None
            if before.arms[0]:
                goes_on = before.inherits and ends.isdisjoint(between)
                made[place].inherits = goes_on or not opens.isdisjoint(between)
                return before.arms[0] if made[place].inherits else None
        return None

    def _carried(
        self, row: Row, groups: list[Group], made: list[Series], one: Series
    ) -> str | None:
        """Give the arm of the clause before ("3 women on zelorin had rash and 2 had cough")."""
        before = made[-1] if made else None
        if before is None or len(before) > 1 or not before.arms[0]:
            return None
        events = [group for group in groups if before.last <= group.first < one.first]
        if len(events) != 1 or row.signs[one.first - 1] not in self.patterns.signs("LIST_JOINER"):
            return None
        told = any(before.last <= item < events[0].first for item in row.arms)
        after = row.signs[events[0].last : one.first]
        after = after if told and self.patterns.signs("LINK_STOPS").isdisjoint(after) else ""
        alike = after and self.patterns.label(ARM) not in after
        own = self.patterns.of("has_own").match(row.signs, one.last)
        return before.arms[0] if alike and own else None

    def completed(self, arms: Sequence[str | None], memory: Memory) -> tuple[str, ...] | None:
        """Give both of two arms where the text names one of those that it compares."""
        places = [place for place, arm in enumerate(arms) if arm]
        if len(arms) != 2 or len(places) != 1:
            return None
        named = str(arms[places[0]])
        other = self._other(named, memory)
        if other is None:
            return None
        return (other, named) if places[0] else (named, other)

    def _other(self, named: str, memory: Memory) -> str | None:
        """Give the arm that is set against one, by the figures before or by the abstract."""
        others = self.rivals.apart(memory.last.get(2, ()), named)
        if len(others) == 1:
            return others[0]
        return self.rivals.other(memory.sheet, memory.arms, named)

    def _told(self, size: int, memory: Memory) -> tuple[str, ...] | None:
        """Give the arms that so many figures without names belong to."""
        last = memory.last.get(size)
        return last or self.rivals.all(memory.sheet, memory.arms, size)

    def missing(self, row: Row, series: Series, memory: Memory) -> Names | None:
        """Give the arms of figures that none stands beside."""
        found = self.clauses.compared(row, series, memory)
        found = found or memory.here.get(len(series))
        if found and all(found):
            return found
        if found:
            return self.completed(found, memory) or found
        listed = self.assigner.shared.listed(row, len(series))
        if listed:
            return listed
        told, only = self._told(len(series), memory), self.clauses.only(row, series, memory)
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
