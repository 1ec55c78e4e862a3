"""Find the two arms that an abstract sets against each other."""

from __future__ import annotations

from collections.abc import Callable

from absift.linking.patterns import Patterns
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.tokens import fold

#: Words of a name, folded.
Name = tuple[str, ...]
# What two arms are called here.
_TWO = ("a", "b")
# The arms of a trial of two, the surest first.
_PAIRS = ("allotted_two", "opposed", "weighed")


class PairReader:
    """Reads which two arms an abstract compares.

    Args:
        patterns: The patterns of linking.
        core: Gives the words of a name that tell an arm from others.
    """

    def __init__(self, patterns: Patterns, core: Callable[[Sheet, int, int], Name]) -> None:
        self._patterns = patterns
        self._core = core

    def compared(self, sheet: Sheet) -> tuple[str, ...] | None:
        """Give the two arms that an abstract compares, as it writes them first."""
        for pattern in _PAIRS:
            match = self._patterns.of(pattern).search(sheet.signs)
            if match:
                ranges = [match.span(group) for group in _TWO]
                if all(self._core(sheet, *one) for one in ranges):
                    return tuple(self._written(sheet, *one) for one in ranges)
        return None

    def lettered(self, sheet: Sheet) -> tuple[str, ...] | None:
        """Give the two groups that an abstract tells apart by letters or numbers, in order."""
        letters, found = self._patterns.signs("LINK_LETTER"), dict[str, str]()
        for match in self._patterns.of("group_word").finditer(sheet.signs):
            if sheet.signs[match.end() : match.end() + 1] in letters:
                name = sheet.words(match.start(), match.end() + 1)
                found.setdefault(name.casefold(), name)
        return tuple(found[key] for key in sorted(found)) if len(found) == len(_TWO) else None

    def foil(self, sheet: Sheet) -> str | None:
        """Give the first name that says of itself that it is an arm, with its word "group"."""
        own, group = self._patterns.signs("LINK_FOIL"), self._patterns.signs("GROUP")
        item = next((i for i, sign in enumerate(sheet.signs) if sign in own), None)
        if item is None:
            return None
        grouped = sheet.signs[item + 1 : item + 2] in group
        return sheet.words(item, item + 1 + grouped)

    def drugs(self, sheet: Sheet) -> tuple[str, ...]:
        """Give the drugs that the first sentence names, folded, if they are two."""
        drug = self._patterns.signs("DRUG")
        begin = sheet.signs.find(BOUNDARY) + 1
        end = sheet.signs.find(BOUNDARY, begin)
        items = (item for item in range(begin, end) if sheet.signs[item] in drug)
        named = tuple(dict.fromkeys(fold(sheet.words(item, item + 1)) for item in items))
        return named if len(named) == len(_TWO) else ()

    def _written(self, sheet: Sheet, first: int, last: int) -> str:
        """Give a name as written, without a dose where it holds one."""
        end = first
        while end < last and sheet.number(end) is None:
            end += 1
        tail = self._patterns.signs("LINK_TAIL")
        while end - 1 > first and sheet.signs[end - 1] in tail:
            end -= 1
        return sheet.words(first, end if end > first else last)
