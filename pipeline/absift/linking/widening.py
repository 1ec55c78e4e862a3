"""Take in what belongs to the name of an arm around the words that tell it from others."""

from __future__ import annotations

from absift.linking.inventory import InventoryMaker
from absift.linking.lines import Line
from absift.linking.patterns import Patterns

# Words between a name and the word "group", or before a name in its phrase, at most.
_REACH = 3


class NameWidener:
    """Widens names.

    Args:
        patterns: The patterns of linking.
        inventories: Tells what is part of a name.
    """

    def __init__(self, patterns: Patterns, inventories: InventoryMaker) -> None:
        self.patterns = patterns
        self.inventories = inventories

    def widened(self, line: Line, first: int, last: int, taken: set[int]) -> tuple[int, int]:
        """Take in what stands before a name in its phrase, and the word "group" behind it."""
        signs, of = line.signs, self.patterns.signs
        stops = of("LINK_STOP", "LINK_DET")
        begin = first
        if self._is_joined(line, first):
            begin = first = first - 2
        while begin and begin - 1 not in taken and signs[begin - 1] not in stops:
            if begin - 1 in line.findings or begin - 1 in line.numbers:
                break
            if signs[begin - 1] in of("LINK_NO") and not self.is_prefix(line, begin - 1):
                break
            begin -= 1
        opened = begin and (
            signs[begin - 1] in of("LINK_IN", "LINK_GIVEN", "LINK_DET", "LINK_JOIN", "LINK_NO")
        )
        if opened and first - begin <= _REACH:
            first = begin
        while last < len(signs) and last not in taken and self.inventories.is_glued(line, last):
            last += 1
        if signs[last : last + 1] in of("LINK_SALT"):
            last += 1
        if self._goes_on(line, last, taken):
            last += 1
        if signs[last : last + 1] in of("LINK_PLUS"):
            end = last + 1
            while end < len(signs) and end - last <= _REACH and signs[end] not in stops:
                if end in taken or end in line.findings or end in line.numbers:
                    break
                end += 1
            last = end if end > last + 1 else last
        if signs[last : last + 1] in of("LINK_ALONE"):
            last += 1
        dose = self.patterns.of("dose").match(signs, last)
        dose = dose or self.patterns.of("strength").match(signs, last)
        if dose and taken.isdisjoint(range(last, dose.end())):
            grouped = signs[dose.end() : dose.end() + 1] in of("GROUP")
            return first, dose.end() + grouped
        end = last
        while end < len(signs) and end - last < _REACH and end not in taken:
            if signs[end] in of("GROUP"):
                lettered = signs[end + 1 : end + 2] in of("LINK_LETTER")
                return first, last if lettered else end + 1
            if signs[end] in stops or end in line.findings or end in line.numbers:
                break
            end += 1
        return first, last

    def _is_joined(self, line: Line, item: int) -> bool:
        """Tell whether a hyphen joins a name to what stands before it ("non-zelorin")."""
        if item < 2 or line.signs[item - 1] not in self.patterns.signs("LINK_HYPHEN"):
            return False
        glued = (
            line.ends[item - 1] == line.starts[item]
            and line.ends[item - 2] == line.starts[item - 1]
        )
        return glued and item - 2 not in line.findings

    def _goes_on(self, line: Line, item: int, taken: set[int]) -> bool:
        """Tell whether an abbreviation goes on with a name ("zelorin SR")."""
        if item >= len(line.signs) or item in taken or item in line.findings:
            return False
        of = self.patterns.signs
        if item in line.numbers:
            # "ABC 500": a number that counts nobody and measures nothing.
            behind = line.signs[item + 1 : item + 2]
            named = line.words(item - 1, item)[0].isupper() and line.words(item, item + 1).isdigit()
            return named and (not behind or behind in of("OPEN", "CLOSE", "SEP", "LINK_STOP"))
        if line.signs[item] in of("LINK_STOP"):
            return False
        return sum(map(str.isupper, line.words(item, item + 1))) > 1

    def is_prefix(self, line: Line, item: int) -> bool:
        """Tell whether "no" begins a name ("the no-drug group")."""
        no, hyphen = self.patterns.signs("LINK_NO"), self.patterns.signs("LINK_HYPHEN")
        return line.signs[item] in no and line.signs[item + 1] in hyphen
