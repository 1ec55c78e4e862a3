"""Find the arms that a sentence names, but not beside the figures that are theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from absift.linking.inventory import Inventory, Name
from absift.linking.patterns import ARM, Patterns
from absift.linking.row import Group, Row
from absift.linking.series import Series
from absift.records import ADVERSE_EVENT
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.tokens import fold

# Words of a sentence before "compared with", at most.
_LEAD = 3

Names = tuple[str | None, ...]


@dataclass(slots=True)
class Memory:
    """What earlier sentences of an abstract say of arms.

    Attributes:
        arms: The arms of the abstract.
        sheet: The abstract, nothing collapsed.
        last: The arms that figures belonged to last, by how many they were.
        here: The same of the sentence at hand.
        used: Items of the sentence at hand that name arms of figures beside them.
        owned: Arms of the sentence at hand that have figures.
    """

    arms: Inventory
    sheet: Sheet
    last: dict[int, tuple[str, ...]] = field(default_factory=dict)
    here: dict[int, tuple[str, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    owned: set[str] = field(default_factory=set)


class ClauseArms:
    """Finds the arms of figures that none stands beside.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def compared(self, row: Row, series: Series, memory: Memory) -> Names | None:
        """Give the arms that a sentence compares, for figures that no arm stands beside.

        Those between the figures before and these come first, then those up to the next
        figures, then all of the sentence. Of two arms one may stand here and the other elsewhere.

        Args:
            row: The sentence.
            series: The figures.
            memory: The arms of the abstract, and those that have their figures.
        """
        size, edges, arms = len(series), series.edges, memory.arms
        whole = self.named(row, 0, len(row.signs))
        begin = max([edges[0], *(i + 1 for i in memory.used if i < series.first)])
        pair = self._pair(row, begin, series.first) if size == 2 else None
        if pair:
            return _without_shared_head(pair, arms)
        near = self.named(row, begin, series.first)
        for named in (near, self.named(row, series.last, edges[1])):
            if len(named) == size:
                return _without_shared_head(tuple(named.values()), arms)
        if size == 2 and len(near) == 1:
            key, name = next(iter(near.items()))
            others = [other for held, other in whole.items() if held != key]
            if not others and self._is_second(row, begin, series.first):
                return None, name
            return name, others[0] if len(others) == 1 else None
        return tuple(whole.values()) if len(whole) == size else None

    def _pair(self, row: Row, first: int, last: int) -> tuple[str, ...] | None:
        """Give the last two arms of a stretch where one is set against the other.

        So in "As with zelorin, rash was seen more often on bitorin than on zelorin (8% v 1%)".
        """
        items = [item for item in row.arms if first <= item < last][-2:]
        if len(items) < 2 or row.arms[items[0]].key == row.arms[items[1]].key:
            return None
        of, gap = self.patterns.signs, row.signs[items[0] + 1 : items[1]]
        if not of("LINK_STOPS", "COMMA").isdisjoint(gap) or of("LINK_AGAINST").isdisjoint(gap):
            return None
        return tuple(row.arms[item].name for item in items)

    def only(self, row: Row, series: Series, memory: Memory) -> Names | None:
        """Give the one arm that a sentence names for no other figure as one of two.

        It is the first, unless what stands before it says that another is set against it.
        """
        free = [(i, one) for i, one in row.arms.items() if one.name not in memory.owned]
        if len(series) != 2 or len({one.key for _, one in free}) != 1:
            return None
        item, one = free[-1]
        second = self._is_second(row, item, item + 1)
        return (None, one.name) if second else (one.name, None)

    def _is_second(self, row: Row, first: int, last: int) -> bool:
        """Tell whether others are set against the one arm named in a stretch ("than with A")."""
        item = next(item for item in range(first, last) if item in row.arms)
        before = row.signs[max(0, item - _LEAD) : item]
        return item > _LEAD and not self.patterns.signs("LINK_AGAINST").isdisjoint(before)

    def named(self, row: Row, first: int, last: int) -> dict[Name, str]:
        """Give the arms that are named between two items, each once, in order."""
        named: dict[Name, str] = {}
        for item, one in row.arms.items():
            if first <= item < last:
                named.setdefault(one.key, one.name)
        if len(named) > 1 and self._is_set_against(row, first):
            # "Compared with placebo, zelorin caused more rash (8% v 1%)".
            key = next(iter(named))
            named[key] = named.pop(key)
        return named

    def _is_set_against(self, row: Row, first: int) -> bool:
        """Tell whether a stretch begins with what the others are compared with."""
        item = first
        while item < len(row.signs) and item not in row.arms:
            if row.signs[item] in self.patterns.signs("LINK_AGAINST"):
                return item - first < _LEAD
            item += 1
        return False

    def subject(self, row: Row, series: Series, used: set[int]) -> str | None:
        """Give the one arm that the clause of a figure names elsewhere."""
        first, last = series.first, series.last
        if not row.arms:
            return None
        while first and not self._ends_clause(row, first - 1):
            first -= 1
        while last < len(row.signs) and not self._ends_clause(row, last):
            last += 1
        found = {
            row.arms[item].key: row.arms[item].name
            for item in range(first, last)
            if item in row.arms and item not in used
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def behind(self, row: Row, series: Series, groups: Sequence[Group]) -> str | None:
        """Give the arm right behind the events of a figure ("one rash on A, two burns on B")."""
        of, stop = self.patterns.signs, series.edges[1]
        events = [one for one in groups if series.last <= one.first < stop]
        gap = row.signs[series.last : events[0].first] if events else ""
        apart = of("LINK_STOPS", "OPEN", "CLOSE") | {self.patterns.label(ARM)}
        if len(events) != 1 or not apart.isdisjoint(gap):
            return None
        fill, item = of("LINK_FILL", "OCCUR") - of("OPEN", "CLOSE"), events[0].last
        while item < stop and row.signs[item] in fill:
            item += 1
        led = not of("LINK_IN", "LINK_GIVEN").isdisjoint(row.signs[events[0].last : item])
        return row.arms[item].name if led and item < stop and item in row.arms else None

    def of_all(self, row: Row, series: Series) -> str | None:
        """Give the words for all arms that a figure is said to be of ("2 in each group")."""
        match = self.patterns.of("of_all").match(row.signs, series.last)
        return row.words(*match.span("arm")) if match else None

    def theme(self, row: Row, series: Series) -> str | None:
        """Give the one arm that a clause or its sentence begins with as that of all it tells.

        So in "Among the 12 women on zelorin, 3 had rash, and 2 had cough".
        """
        begin = series.first
        while begin and row.signs[begin - 1] not in self.patterns.signs("LINK_CLAUSE"):
            begin -= 1
        return self._theme(row, begin, series.first) or self._theme(row, 0, series.first)

    def _theme(self, row: Row, first: int, last: int) -> str | None:
        """Give the one arm that a stretch begins with, before an item."""
        match = self.patterns.of("theme").match(f"{BOUNDARY}{row.signs[first:last]}", 1)
        if not match:
            return None
        items = range(first, first + match.end())
        found = {row.arms[item].key: row.arms[item].name for item in items if item in row.arms}
        return next(iter(found.values())) if len(found) == 1 else None

    def _ends_clause(self, row: Row, item: int) -> bool:
        """Tell whether a clause ends at an item; a list of events doesn't."""
        signs = self.patterns.signs
        if row.signs[item] not in signs("COMMA"):
            return row.signs[item] in signs("LINK_CLAUSE")
        listed = row.findings.get(item + 2)
        if row.signs[item + 1 : item + 2] not in signs("LINK_JOIN"):
            return False
        return listed is None or listed.label != ADVERSE_EVENT


def _without_shared_head(names: tuple[str, ...], arms: Inventory) -> tuple[str, ...]:
    """Drop the noun that the last arm's name has for all ("topical or intravenous lidocaine").

    It is shared where the abstract also joins it to the first arm ("topical lidocaine").
    """
    words = names[-1].split()
    joined = tuple(fold(word) for word in (*names[0].split(), words[-1]))
    if len(words) < 2 or joined not in arms.names:
        return names
    return *names[:-1], " ".join(words[:-1])
