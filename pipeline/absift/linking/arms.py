"""Name the arms that the figures of a row belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from absift.linking.inventory import Inventory, Name
from absift.linking.lines import Line
from absift.linking.mentions import Mention, MentionFinder
from absift.linking.patterns import Patterns
from absift.linking.row import Row
from absift.linking.series import Series
from absift.linking.shared import SharedArms
from absift.records import ADVERSE_EVENT
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
        last: The arms that figures belonged to last, by how many they were.
        here: The same of the sentence at hand.
        used: Items of the sentence at hand that name arms of figures beside them.
        owned: Arms of the sentence at hand that have figures.
        pending: Earlier sentences without events, whose arms haven't been read yet.
    """

    arms: Inventory
    last: dict[int, tuple[str, ...]] = field(default_factory=dict)
    here: dict[int, tuple[str, ...]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    owned: set[str] = field(default_factory=set)
    pending: list[Line] = field(default_factory=list)

    def told(self, size: int) -> tuple[str, ...] | None:
        """Give the arms that so many figures without names belong to."""
        pair = self.arms.pair or self.arms.lettered
        return self.last.get(size) or (pair if size == 2 else None)


class ArmAssigner:
    """Gives the figures of a row their arms.

    Args:
        patterns: The patterns of linking.
        mentions: Tells what may name an arm.
    """

    def __init__(self, patterns: Patterns, mentions: MentionFinder) -> None:
        self.patterns = patterns
        self.mentions = mentions
        self.shared = SharedArms(patterns, mentions)

    def assign(self, row: Row, series: Series, edges: tuple[int, int]) -> Names:
        """Give the arms that stand beside the figures of a row.

        Args:
            row: The sentence.
            series: The figures.
            edges: The item behind the event or figure before, and that of the next one.
        """
        size = len(series)
        self._take_sizes(row, series)
        names: list[str | None] = [figure.arm for figure in series.figures]
        left, right = self._left(row, series, edges[0]), self._right(row, series, edges[1])
        for at, mention in self._between(row, series, led=left is not None):
            names[at] = names[at] or mention.name
        if size == 1:
            beside = right or left
            return (names[0] or (beside.name if beside else None),)
        shared = self.shared.find(row, series)
        if shared:
            return shared
        series.lead = left.name if left else None
        if not series.likely:
            listed = self._listed(row, series, edges[1])
            if len(listed) > 1 and not any(names[-len(listed) :]):
                names[-len(listed) :] = listed
        for at, mention in series.likely.items():
            names[at] = names[at] or mention.name
            if right and right.many:
                right.shorten()
        if names[-1] is None and (names[0] or series.around or (size == 2 and left)) and right:
            names[-1] = right.name
        if names[0] is None and (names[-1] or series.around) and left:
            names[0] = left.name
        if any(names) and not all(names):
            names = self._likely_edges(row, series, edges, names)
        if size == 2 and any(names) and not all(names):
            names = self._filled(row, series, names)
        return tuple(names)

    def _take_sizes(self, row: Row, series: Series) -> None:
        """Give counts the sizes that stand in brackets behind their arms ("3 on A (n = 20)")."""
        if len(series) == 1:
            return
        for figure, place in zip(series.figures, series.places, strict=True):
            match = self.patterns.of("sized").match(row.signs, place + 1)
            if match and "denominator" not in figure.rate:
                size = row.findings[match.end("d") - 1].attributes.get("value")
                if isinstance(size, int) and size >= figure.rate.get("numerator", size + 1):
                    figure.rate["denominator"] = size

    def _between(self, row: Row, series: Series, *, led: bool) -> Iterator[tuple[int, Mention]]:
        """Give the arms between the figures of a row, each with the figure that it stands by."""
        for at, (one, other) in enumerate(zip(series.places, series.places[1:], strict=False)):
            inside = [item for item in range(one + 1, other) if item in row.arms]
            group = series.around if series.around and one < series.around.first < other else None
            for item in inside:
                if group:
                    beyond = item > group.first and self._joined(row, group.last, item) > 0
                    yield at + beyond, row.arms[item]
                else:
                    lead = self._joined(row, one + 1, item)
                    trail = self._joined(row, item + 1, other)
                    yield at + (lead > trail or (lead == trail > 0 and led)), row.arms[item]

    def _joined(self, row: Row, first: int, last: int) -> int:
        """Tell how firmly a stretch joins two things: 2 by a word, 1 by a comma, 0 not at all."""
        held = set(row.signs[first:last])
        if held & self.patterns.signs("LINK_JOIN"):
            return 2
        return int(not held.isdisjoint(self.patterns.signs("COMMA")))

    def _left(self, row: Row, series: Series, start: int) -> Mention | None:
        """Give the arm right before a row."""
        fill = self.patterns.signs("LINK_LEAD")
        item = series.first - 1
        while item >= start and row.signs[item] in fill:
            item -= 1
        return row.arms.get(item) if item >= start else None

    def _right(self, row: Row, series: Series, stop: int) -> Mention | None:
        """Give the arm right behind a row."""
        item, fill = series.last, self.patterns.signs("LINK_FILL")
        while item < stop and row.signs[item] in fill:
            item += 1
        return row.arms.get(item) if item < stop else None

    def _listed(self, row: Row, series: Series, stop: int) -> list[str]:
        """Give the arms that stand in a list behind the last figure, as many as fit."""
        loose = self.patterns.signs("LINK_FILL", "LINK_JOIN", "COMMA")
        found: list[str] = []
        item = series.last
        while item < stop and len(found) < len(series):
            if item in row.arms:
                found.append(row.arms[item].name)
            elif row.signs[item] not in loose:
                break
            item += 1
        return found

    def _likely_edges(
        self, row: Row, series: Series, edges: tuple[int, int], names: list[str | None]
    ) -> list[str | None]:
        """Read what stands beside the outer figures where arms stand between the others."""
        if names[-1] is None:
            piece = f"{BOUNDARY}{row.signs[series.last : edges[1]]}{BOUNDARY}"
            match = self.patterns.of("after_weak").match(piece, 1)
            if match:
                found = self._mention(row, series.last - 1, match.span("arm"))
                names[-1] = found.name if found else None
        elif names[0] is None:
            piece = f"{BOUNDARY}{row.signs[edges[0] : series.first]}{BOUNDARY}"
            match = self.patterns.of("before").search(piece)
            if match:
                found = self._mention(row, edges[0] - 1, match.span("arm"))
                names[0] = found.name if found else None
        return names if all(names) or not series.likely else [None] * len(series)

    def _filled(self, row: Row, series: Series, names: list[str | None]) -> list[str | None]:
        """Give the second of two arms, where one stands beside and one other before or behind."""
        missing = names.index(None)
        stretch = (series.last, series.edges[1]) if missing else (series.edges[0], series.first)
        others = [name for name in self._named(row, *stretch).values() if name not in names]
        if len(others) == 1:
            names[missing] = others[0]
        return names

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
        whole = self._named(row, 0, len(row.signs))
        begin = max([edges[0], *(i + 1 for i in memory.used if i < series.first)])
        near = self._named(row, begin, series.first)
        for named in (near, self._named(row, series.last, edges[1])):
            if len(named) == size:
                return _without_shared_head(tuple(named.values()), arms)
        if size == 2 and len(near) == 1:
            key, name = next(iter(near.items()))
            others = [other for held, other in whole.items() if held != key]
            return name, others[0] if len(others) == 1 else None
        return tuple(whole.values()) if len(whole) == size else None

    def only(self, row: Row, series: Series, memory: Memory) -> Names | None:
        """Give the one arm that a sentence names for no other figure as the first of two."""
        named = {one.key: one.name for one in row.arms.values() if one.name not in memory.owned}
        return (next(iter(named.values())), None) if len(series) == 2 and len(named) == 1 else None

    def _named(self, row: Row, first: int, last: int) -> dict[Name, str]:
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

    def theme(self, row: Row, series: Series) -> str | None:
        """Give the one arm that a sentence begins with as that of all it tells.

        So in "Among the 12 women on zelorin, 3 had rash, and 2 had cough".
        """
        match = self.patterns.of("theme").match(f"{BOUNDARY}{row.signs}", 1)
        if not match or match.end() > series.first + 1:
            return None
        found = {
            row.arms[item].key: row.arms[item].name
            for item in range(match.end())
            if item in row.arms
        }
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

    def _mention(self, row: Row, offset: int, span: tuple[int, int]) -> Mention | None:
        first, last = offset + span[0], offset + span[1]
        if any(item in row.figures for item in range(first, last)):
            return None
        if last - first == 1 and first in row.arms:
            return row.arms[first]
        return self.mentions.mention(row, first, last)


def _without_shared_head(names: tuple[str, ...], arms: Inventory) -> tuple[str, ...]:
    """Drop the noun that the last arm's name has for all ("topical or intravenous lidocaine").

    It is shared where the abstract also joins it to the first arm ("topical lidocaine").
    """
    words = names[-1].split()
    joined = tuple(fold(word) for word in (*names[0].split(), words[-1]))
    if len(words) < 2 or joined not in arms.names:
        return names
    return *names[:-1], " ".join(words[:-1])
