"""Read the arms that "respectively" shares figures out among, whatever they are called."""

from __future__ import annotations

from absift.linking.mentions import MentionFinder
from absift.linking.patterns import Patterns
from absift.linking.row import Row
from absift.linking.series import Series
from absift.records import ADVERSE_EVENT, DURATION

# Words of one name, at most.
_WORDS = 4


class SharedArms:
    """Finds the names in "5% and 3% in young and elderly women, respectively".

    Args:
        patterns: The patterns of linking.
        mentions: Tells what may name an arm.
    """

    def __init__(self, patterns: Patterns, mentions: MentionFinder) -> None:
        self.patterns = patterns
        self.mentions = mentions

    def find(self, row: Row, series: Series) -> tuple[str, ...]:
        """Give as many names as there are figures, or none.

        Args:
            row: The sentence.
            series: Its figures; those of other rows may stand before the names.
        """
        signs, of = row.signs, self.patterns.signs
        shared = of("RESPECTIVELY")
        if shared.isdisjoint(signs[series.last :]):
            return ()
        stop = next(i for i in range(series.last, len(signs)) if signs[i] in shared)
        while stop > series.last and signs[stop - 1] in of("COMMA"):
            stop -= 1
        first = stop
        while first > series.last and signs[first - 1] not in of("LINK_SHARED", "LINK_GIVEN"):
            first -= 1
            if self._is_other(row, first):
                return ()
        if first == series.last:
            return ()
        return self._names(row, first, stop, len(series))

    def listed(self, row: Row, size: int) -> tuple[str, ...]:
        """Give the names of a list of so many groups, wherever it stands, or none.

        So in "The low-dose, high-dose and placebo groups had as much rash (3%, 4% and 2%)".
        """
        signs, of = row.signs, self.patterns.signs
        plural, stops = of("LINK_GROUPS"), of("LINK_STOP") - of("LIST_JOINER")
        for item, sign in enumerate(signs):
            if sign not in plural and not (item in row.arms and row.arms[item].many):
                continue
            first = item
            while first and signs[first - 1] not in stops and not self._is_other(row, first - 1):
                first -= 1
            names = self._names(row, first, item + 1, size)
            if names:
                return names
        return ()

    def _is_other(self, row: Row, item: int) -> bool:
        """Tell whether an item is no part of a name: a figure, an event, a length of time."""
        found = row.findings.get(item)
        held = found is not None and found.label in (ADVERSE_EVENT, DURATION)
        return held or item in row.figures

    def _name(self, row: Row, part: list[int]) -> str:
        one = row.arms.get(part[0]) if len(part) == 1 else None
        if one is not None:
            return one.stem if one.stem and one.many else one.name
        return row.words(part[0], part[-1] + 1)

    def _is_dosed(self, row: Row, part: list[int]) -> bool:
        """Tell whether numbers name arms: as doses, or as those of groups."""
        naming = self.patterns.signs("LINK_DOSE", "GROUP", "PARTICIPANT")
        return not naming.isdisjoint(row.signs[item] for item in part)

    def _names(self, row: Row, first: int, last: int, size: int) -> tuple[str, ...]:
        """Part a list into names; its last noun is dropped where all share it."""
        signs, of = row.signs, self.patterns.signs
        parts: list[list[int]] = [[]]
        for item in range(first, last):
            if signs[item] in of("LIST_JOINER"):
                parts.append([])
            elif parts[-1] or signs[item] not in of("LINK_DET"):
                parts[-1].append(item)
        parts = [part for part in parts if part]
        stops = of("LINK_STOP")
        if len(parts) != size or any(
            len(part) > _WORDS or any(signs[item] in stops for item in part) for part in parts
        ):
            return ()
        if all(part[0] in row.numbers for part in parts) and not self._is_dosed(row, parts[-1]):
            return ()
        tail = parts[-1]
        if len(tail) > 1 and signs[parts[0][-1]] not in of("GROUP"):
            # "In young and elderly women", but "on zelorin and placebo" of their patients.
            people = parts[0][0] in row.arms and signs[tail[-1]] in of("PARTICIPANT")
            if people or signs[tail[-1]] in of("GROUP"):
                tail.pop()
        for part in parts:
            if len(part) > 1 and signs[part[-1]] in of("LINK_HYPHEN"):
                part.pop()
        names = tuple(self._name(row, part) for part in parts)
        vague = of("LINK_LOOSE", "GROUP")
        if len(set(names)) < size or all(vague.issuperset(signs[i] for i in p) for p in parts):
            return ()
        return names
