"""Find the places of a sentence where names of arms stand."""

from __future__ import annotations

from collections.abc import Iterator

from absift.linking.inventory import Inventory, InventoryMaker
from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.linking.widening import NameWidener
from absift.rules.vocabulary import BOUNDARY

# Words that stand before a group's name, at most.
_LEAD = 4


class NamePlaces:
    """Finds the items that may name arms, by words around them and by what is known of arms.

    Args:
        patterns: The patterns of linking.
        inventories: Tells what is part of a name.
    """

    def __init__(self, patterns: Patterns, inventories: InventoryMaker) -> None:
        self.patterns = patterns
        self.inventories = inventories
        self.widener = NameWidener(patterns, inventories)

    def find(self, line: Line, arms: Inventory, taken: set[int]) -> list[tuple[int, int]]:
        """Give the first item of each name and the one behind its last, the longer first.

        Args:
            line: The sentence.
            arms: The arms of the abstract.
            taken: Items that are no part of a name.
        """
        spans = [*self._groups(line, taken), *self._given(line, taken)]
        spans += self._named(line, arms, taken)
        spans += self._keys(line, taken)
        return sorted(spans, key=lambda one: (one[0], -one[1]))

    def _groups(self, line: Line, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give the names that end in "group" or "regimen", and those like "group A"."""
        signs, of = line.signs, self.patterns.signs
        closed, named = of("LINK_STOP", "LINK_DET"), of("GROUP", "LINK_REGIMEN")
        for match in self.patterns.of("scheme_word").finditer(signs):
            first = last = match.start()
            if signs[last + 1 : last + 2] in of("LINK_LETTER") and last + 1 not in taken:
                yield from self._lettered(line, last, taken)
                continue
            if signs[last] not in named:
                continue
            while first and last - first < _LEAD and first - 1 not in taken:
                if signs[first - 1] in closed and not self.widener.is_prefix(line, first - 1):
                    break
                first -= 1
            if first < last:
                yield first, last + 1

    def _keys(self, line: Line, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give the names of a bracket that tells the order of figures ("events (warm/cold)")."""
        if not self.patterns.of("paired").search(line.signs):
            return
        for match in self.patterns.of("key").finditer(line.signs):
            held = taken.union(line.numbers)
            if held.isdisjoint(range(match.start("a"), match.end("b"))):
                yield match.span("a")
                yield match.span("b")

    def _lettered(self, line: Line, item: int, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give "group A", and each further letter of "group A and B"."""
        signs, of = line.signs, self.patterns.signs
        at = item + 1
        yield item, at + 1
        while signs[at + 1 : at + 2] in of("COMMA", "LIST_JOINER"):
            at += 1 + (signs[at + 2 : at + 3] in of("LIST_JOINER"))
            if signs[at + 1 : at + 2] not in of("LINK_LETTER") or at + 1 in taken:
                return
            at += 1
            yield at, at + 1

    def _given(self, line: Line, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give names by words such as "receiving" and "-treated", and doses that are arms."""
        group = self.patterns.signs("GROUP")
        loose_words = self.patterns.signs("LINK_LOOSE")
        for name in ("given", "dosed", "treated", "against"):
            for match in self.patterns.of(name).finditer(line.signs + BOUNDARY):
                first, last = match.span("arm")
                if name == "treated" and line.signs[match.end() : match.end() + 1] in group:
                    last = match.end() + 1
                while first < last and name == "treated" and first in line.numbers:
                    first += 1
                while last in line.numbers and self.inventories.is_part(line, last):
                    # "17beta-zelorin": up to the next blank.
                    last += 1
                    while last < len(line.signs) and line.starts[last] == line.ends[last - 1]:
                        last += 1
                stops = (
                    item
                    for item in range(first, last)
                    if item in taken or (name != "dosed" and self._is_figure(line, item))
                )
                last = next(stops, last)
                loose = name == "against" and loose_words.issuperset(line.signs[first:last])
                if first < last and not loose:
                    yield first, last

    def _is_figure(self, line: Line, item: int) -> bool:
        """Tell whether an item is a number that is no part of a word."""
        return item in line.numbers and not self.inventories.is_part(line, item)

    def _named(self, line: Line, arms: Inventory, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give the names that the abstract has told of elsewhere."""
        signs, own, known = line.signs, self.patterns.signs("LINK_ARM"), arms.signs
        controlled = self.patterns.signs("LINK_CONTROLLED")
        at = 0
        while at < len(signs):
            if signs[at] not in known and signs[at] not in own:
                at += 1
                continue
            length = arms.longest(line, at) or int(signs[at] in own)
            aim = at and signs[at - 1] in controlled
            if not length or aim or not taken.isdisjoint(range(at, at + length)):
                at += 1
                continue
            first, last = self.widener.widened(line, at, at + length, taken)
            yield first, last
            at = last
