"""Tell groups that one sentence sets side by side from a sample with its parts.

"31 men were given tabulin and 30 were given water" tells of two groups: the first number can't
hold the second, which stands beside it and not in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import Patterns
from absift.linking.sample_parts import ARM, SUBGROUP, TOTAL, set_scope, size_of
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

_PEOPLE = "participants"
# Items behind a size in which it may be told that it is a share of another one.
_NAME = 6
# Sizes behind one that may stand beside it.
_MOST = 5
# Items of a bracket, at most, and sizes around one that may be its sample: so bounded, the time
# that a text takes grows as its length does.
_ASIDE = 40
_NEIGHBOURS = 40
# Parts of which some are missing, or some are told of twice, still make up about the sample.
_LEAST_FIT, _MOST_FIT = 0.8, 1.15


class PairSettler:
    """Makes a sample a group where other groups stand beside it.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def settle(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Mend the scopes of sizes that stand side by side.

        Args:
            sheet: The abstract, with nothing collapsed.
            sizes: Its sizes in text order; they are changed.
        """
        people = [one for one in sizes if one.attributes.get("unit") == _PEOPLE]
        for place, one in enumerate(people):
            if one.attributes.get("scope") == TOTAL and size_of(one):
                row = self._beside(sheet, people, place)
                if row and self._apart(people, place, row):
                    for each in (one, *row):
                        if each.attributes.get("scope") != ARM:
                            set_scope(each, ARM)

    def settle_odd(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Make the only group that a sentence tells among other parts one of these.

        Either all stand behind a sign ("n ="), or it makes up a sample with another part.

        Args:
            sheet: The abstract, with nothing collapsed.
            sizes: Its sizes in text order; they are changed.
        """
        people = [one for one in sizes if one.attributes.get("unit") == _PEOPLE]
        samples = {size_of(one) for one in people if one.attributes.get("scope") == TOTAL}
        told: dict[int, list[Finding]] = {}
        for one in people:
            told.setdefault(sheet.sentence(sheet.item_at(one.start))[0], []).append(one)
        for row in told.values():
            arms = [one for one in row if one.attributes.get("scope") == ARM]
            parts = [one for one in row if one.attributes.get("scope") == SUBGROUP]
            if len(arms) != 1 or not parts:
                continue
            value = size_of(arms[0])
            if self._equals(sheet, arms[0]) or any(
                value + size_of(one) in samples for one in parts
            ):
                set_scope(arms[0], SUBGROUP)

    def _equals(self, sheet: Sheet, one: Finding) -> bool:
        """Tell whether a size stands behind a sign."""
        return sheet.signs[sheet.item_at(one.start) - 1] in self._patterns.signs("SIZE_EQUALS")

    def _beside(self, sheet: Sheet, people: Sequence[Finding], place: int) -> list[Finding]:
        """Give the sizes that the sentence of one sets beside it; none where one holds others."""
        of, signs = self._patterns.signs, sheet.signs
        one = people[place]
        item = sheet.item_at(one.start)
        begin, end = sheet.sentence(item)
        if self.bracketed(sheet, begin, item) or self._heads(sheet, item):
            return []
        row: list[Finding] = []
        joined = False
        for other in people[place + 1 : place + 1 + _MOST]:
            at = sheet.item_at(other.start)
            if at >= end:
                break
            if other.attributes.get("scope") == SUBGROUP or self.bracketed(sheet, item, at):
                continue
            if other.attributes.get("stage") != one.attributes.get("stage"):
                return []
            behind = signs[at + 1 : min(at + _NAME, end)]
            if not of("SIZE_SHARE", "EACH").isdisjoint(behind):
                return []
            before = at - 1
            while before > item and signs[before] in of("SIZE_LEAD"):
                before -= 1
            # "and, 20 women" as well as "in comparison with 20 women".
            joined = not of("SIZE_BESIDE").isdisjoint(signs[before - 1 : before + 1])
            if not joined and signs[before] not in of("SEP"):
                return []
            row.append(other)
        return row if joined else []

    def _apart(self, people: Sequence[Finding], place: int, row: Sequence[Finding]) -> bool:
        """Tell whether nothing in the abstract fits a sample with its parts."""
        value = size_of(people[place])
        made = sum(map(size_of, row))
        if len(row) > 1 and _LEAST_FIT * value <= made <= _MOST_FIT * value:
            return False
        known = (value, made + value)
        beside = {id(people[place]), *map(id, row)}
        for other in people[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]:
            if other.attributes.get("scope") != TOTAL or id(other) in beside:
                continue
            size = size_of(other)
            if size == value or (size > value and size not in known):
                return False
        return True

    def _heads(self, sheet: Sheet, item: int) -> bool:
        """Tell whether a size is one that others are taken from: "of the 40 men, ..."."""
        of, begin, at = self._patterns.signs, sheet.sentence(item)[0], item - 1
        while at >= begin and sheet.signs[at] in of("LINK_DET") - of("LINK_OF"):
            at -= 1
        return begin <= at < begin + 2 and sheet.signs[at] in of("LINK_OF")

    def bracketed(self, sheet: Sheet, first: int, item: int) -> bool:
        """Tell whether a bracket that opens behind one item, and not far away, holds another."""
        opens, closes = self._patterns.signs("OPEN"), self._patterns.signs("CLOSE")
        closed = 0
        for sign in reversed(sheet.signs[max(first, item - _ASIDE) : item]):
            if sign in closes:
                closed += 1
            elif sign in opens:
                if not closed:
                    return True
                closed -= 1
        return False
