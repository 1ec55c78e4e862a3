"""Name the arm that a figure belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from absift.linking.figures import Figure, Line
from absift.linking.patterns import Patterns
from absift.records import DURATION
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.tokens import fold

#: How surely a stretch of text names an arm.
SURE, LIKELY = 2, 1
_LISTS = {2: "listed_two", 3: "listed_three"}
_COMPARED = {2: ("compared", "between", "grouped", "subject"), 3: ("grouped_three",)}
_GROUPS = "abc"
# Words that a group's name has at most, of those that are looked at.
_LONGEST = 3
_FIGURE = re.compile(r"\s\d")


class ArmFinder:
    """Finds the arms of figures.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def compares(self, sheet: Sheet) -> bool:
        """Tell whether an abstract compares groups at all."""
        of = self.patterns.signs
        telling = of("VERSUS") | of("RANDOMISED") | of("LINK_ARM") | of("GROUP")
        return not telling.isdisjoint(sheet.signs)

    def inventory(self, sheet: Sheet) -> frozenset[str]:
        """Give the names, folded, that an abstract calls a group or an arm."""
        names: set[str] = set()
        signs, of = sheet.signs, self.patterns.signs
        closed = of("LINK_STOP") | of("LINK_DET") | {BOUNDARY}
        for match in self.patterns.of("group_word").finditer(signs):
            first = last = match.start()
            while last - first < _LONGEST and signs[first - 1] not in closed:
                first -= 1
            if first < last:
                names.add(fold(sheet.words(first, last)))
            if signs[last + 1] in of("LINK_LETTER"):
                names.add(fold(sheet.words(last, last + 2)))
        return frozenset(names)

    def behind(
        self, line: Line, first: int, last: int, known: frozenset[str]
    ) -> tuple[str, int] | None:
        """Give the arm that stands right behind a figure and how sure that is.

        Args:
            line: The sentence.
            first: The item behind the figure.
            last: The item of the next figure or event.
            known: Names of arms, folded.
        """
        piece = f"{BOUNDARY}{line.signs[first:last]}{BOUNDARY}"
        offset = first - 1
        for name, sure in _BEHIND:
            match = self.patterns.of(name).match(piece, 1)
            if match:
                arm = self._name(line, offset + match.start("arm"), offset + match.end("arm"))
                if arm:
                    is_sure = sure == SURE or self.is_known(line, offset, match, arm, known)
                    return arm, SURE if is_sure else LIKELY
        return None

    def before(
        self, line: Line, first: int, last: int, known: frozenset[str]
    ) -> tuple[str, int] | None:
        """Give the arm that stands right before a figure; arguments as for :meth:`behind`."""
        piece = f"{BOUNDARY}{line.signs[first:last]}{BOUNDARY}"
        match = self.patterns.of("before").search(piece)
        if not match:
            return None
        offset = first - 1
        arm = self._name(line, offset + match.start("arm"), offset + match.end("arm"))
        if not arm:
            return None
        return arm, SURE if self.is_known(line, offset, match, arm, known) else LIKELY

    def is_known(
        self, line: Line, offset: int, match: object, arm: str, known: frozenset[str]
    ) -> bool:
        """Tell whether a name is one that the abstract or the language gives to arms."""
        begin, end = (offset + edge for edge in match.span("arm"))  # type: ignore[attr-defined]
        signs = set(line.signs[begin:end])
        for name in ("LINK_ARM", "GROUP", "LINK_DOSE"):
            if signs & self.patterns.signs(name):
                return True
        return fold(arm) in known

    def listed(self, line: Line, first: int, last: int, size: int) -> tuple[str, ...] | None:
        """Give the arms that stand in a list behind the last of ``size`` figures."""
        if size not in _LISTS:
            return None
        piece = f"{BOUNDARY}{line.signs[first:last]}{BOUNDARY}"
        return self._all(line, first - 1, self.patterns.of(_LISTS[size]).match(piece, 1), size)

    def compared(self, line: Line, size: int) -> tuple[str, ...] | None:
        """Give the arms that a sentence compares."""
        piece = BOUNDARY + line.signs + BOUNDARY
        for name in _COMPARED.get(size, ()):
            found = self._all(line, -1, self.patterns.of(name).search(piece), size)
            if found:
                return _without_shared_head(found, line.text)
        return None

    def head(self, line: Line, known: frozenset[str]) -> str | None:
        """Give the arm that the beginning of a sentence names for the whole of it."""
        match = self.patterns.of("head").match(BOUNDARY + line.signs + BOUNDARY, 1)
        if not match:
            return None
        arm = self._name(line, match.start("arm") - 1, match.end("arm") - 1)
        return arm if arm and self.is_known(line, -1, match, arm, known) else None

    def allotted(self, sheet: Sheet) -> dict[int, tuple[str, ...]]:
        """Give the arms that an abstract allots to or compares, by how many they are."""
        found: dict[int, tuple[str, ...]] = {}
        whole = Line(sheet.text, sheet.signs, sheet.starts, sheet.ends, {}, sheet.numbers)
        for size, name in ((3, "allotted_three"), (2, "allotted_two"), (2, "compared")):
            if size not in found:
                arms = self._all(whole, 0, self.patterns.of(name).search(sheet.signs), size)
                if arms:
                    found[size] = _without_doses(arms)
        return found

    def _all(self, line: Line, offset: int, match: object, size: int) -> tuple[str, ...] | None:
        if not match:
            return None
        names = []
        for group in _GROUPS[:size]:
            first, last = match.span(group)  # type: ignore[attr-defined]
            name = self._name(line, offset + first, offset + last)
            if not name:
                return None
            names.append(name)
        return tuple(names)

    def _name(self, line: Line, first: int, last: int) -> str:
        """Give an arm's name as written; empty where the words can't be one."""
        tail, arms = self.patterns.signs("LINK_TAIL"), self.patterns.signs("LINK_ARM")
        while last > first and line.signs[last - 1] in tail and line.signs[last - 1] not in arms:
            last -= 1
        if last <= first or set(line.signs[first:last]) <= self.patterns.signs("GROUP"):
            return ""
        labels = {line.findings[i].label for i in range(first, last) if i in line.findings}
        if labels - {DURATION}:
            return ""
        if labels and last - first == 1 and not self.patterns.signs("GROUP") & set(line.signs):
            # A length of time names an arm only where groups are told of ("the 100-day group").
            return ""
        if all(item in line.numbers for item in range(first, last)):
            return ""
        return line.words(first, last)


_BEHIND: Sequence[tuple[str, int]] = (
    ("after_group", SURE),
    ("after_given", SURE),
    ("after_weak", LIKELY),
    ("after_bracket", LIKELY),
    ("after_bare", LIKELY),
)


def _without_doses(arms: tuple[str, ...]) -> tuple[str, ...]:
    """Cut names at their first figure where that leaves different names."""
    short = tuple(_FIGURE.split(arm)[0].strip() for arm in arms)
    return short if all(short) and len(set(short)) == len(arms) else arms


def _without_shared_head(arms: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Drop the noun that the last arm's name has for all ("topical or intravenous lidocaine").

    It is shared where the text also joins it to the first arm ("topical lidocaine").
    """
    words = arms[-1].split()
    if len(words) < 2 or f"{arms[0]} {words[-1]}".casefold() not in text.casefold():
        return arms
    return *arms[:-1], " ".join(words[:-1])


def assign(
    finder: ArmFinder,
    line: Line,
    run: Sequence[Figure],
    start: int,
    stop: int,
    known: frozenset[str],
) -> tuple[str | None, ...]:
    """Name the arms of figures in a row; ``None`` for one without.

    Args:
        finder: Reads the arms.
        line: The sentence.
        run: The figures.
        start: The item behind the event or figure before the row.
        stop: The item of the event or figure behind the row.
        known: Names of arms, folded.
    """
    edges = [*(one.first for one in run[1:]), stop]
    behind = [
        finder.behind(line, one.last, edge, known) for one, edge in zip(run, edges, strict=True)
    ]
    starts = [start, *(one.last for one in run[:-1])]
    before = [
        finder.before(line, edge, one.first, known) for one, edge in zip(run, starts, strict=True)
    ]
    size = len(run)
    if size == 1:
        for found in (behind[0], before[0]):
            if found and found[1] == SURE:
                return (found[0],)
        return (None,)
    led = behind[-1] is None or (before[0] is not None and before[0][1] == SURE)
    if led and all(before):
        return tuple(found[0] if found else None for found in before)
    if not any(behind[:-1]):
        listed = finder.listed(line, run[-1].last, stop, size)
        if listed:
            return listed
        if size == 2 and behind[1] and before[0]:
            return before[0][0], behind[1][0]
        return (None,) * size
    if all(behind) or (behind[-1] and all(behind[1:]) and size > 2):
        return tuple(found[0] if found else None for found in behind)
    if all(before):
        return tuple(found[0] if found else None for found in before)
    return tuple(found[0] if found and found[1] == SURE else None for found in behind)
