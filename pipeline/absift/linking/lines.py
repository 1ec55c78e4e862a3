"""Lay out the sentences that hold figures to link."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from absift.linking.patterns import Patterns
from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.numbers import Number

_LINKED = frozenset({ADVERSE_EVENT, PERCENTAGE})
# Items of a sentence that are linked together, at most.
_LONGEST = 600


@dataclass(slots=True)
class Line:
    """One sentence with its findings as single items.

    Attributes:
        text: The abstract.
        signs: A signature an item, without the ends of the sentence.
        starts: Offset of each item's first character.
        ends: Offset behind each item's last character.
        findings: Item to the finding that it is.
        numbers: Item to the number that it is.
    """

    text: str
    signs: str
    starts: list[int]
    ends: list[int]
    findings: dict[int, Finding]
    numbers: dict[int, Number]

    def words(self, first: int, last: int) -> str:
        """Give the text from item ``first`` to item ``last`` (exclusive)."""
        return self.text[self.starts[first] : self.ends[last - 1]]


def lines(sheet: Sheet, findings: Sequence[Finding], patterns: Patterns) -> Iterator[Line]:
    """Lay out the sentences that hold figures to link.

    Args:
        sheet: The abstract, nothing collapsed.
        findings: Its findings sorted by start, the longer first.
        patterns: Give the signatures of labels.
    """
    found = {one.label for one in findings}
    if found.isdisjoint(_LINKED):
        return
    rates = ADVERSE_EVENT in found
    another = patterns.signs("LINK_ANOTHER", "LINK_SINGLE")
    numbers = sorted(sheet.numbers)
    signs, ends = sheet.signs, sheet.ends
    at, done = 0, len(findings)
    begin = signs.find(BOUNDARY) + 1
    while at < done:
        end = signs.find(BOUNDARY, begin)
        if end < 0:
            return
        if end > begin and findings[at].start < ends[end - 1]:
            # What no one can read in one breath is linked piece by piece.
            stop = min(end, begin + _LONGEST)
            limit, first = ends[stop - 1], at
            while at < done and findings[at].start < limit:
                at += 1
            held = findings[first:at]
            while stop < end and held and max(one.end for one in held) > limit:
                stop, limit = stop + 1, ends[stop]
            low, high = bisect_left(numbers, begin), bisect_left(numbers, stop)
            # "Another man" counts without a number.
            counts = high - low + (not another.isdisjoint(signs[begin:stop]))
            if _worth(held, counts, rates=rates):
                yield _lay_out(sheet, (begin, stop), held, numbers[low:high], patterns)
            if stop < end:
                begin = stop
                continue
        begin = end + 1


def _worth(held: Sequence[Finding], numbers: int, *, rates: bool) -> bool:
    """Tell whether a sentence may have something to link."""
    labels = [one.label for one in held]
    if ADVERSE_EVENT in labels:
        return numbers > labels.count(DURATION)
    if PERCENTAGE not in labels:
        return False
    if rates and labels.count(PERCENTAGE) > 1:
        # The arms that such a sentence names may be those of a later one.
        return True
    if any("numerator" in one.attributes for one in held if one.label == PERCENTAGE):
        return True
    # A percentage alone has nothing to be linked with.
    return SAMPLE_SIZE in labels or numbers > labels.count(PERCENTAGE) + labels.count(DURATION)


def _lay_out(
    sheet: Sheet,
    edges: tuple[int, int],
    held: Sequence[Finding],
    numbers: Sequence[int],
    patterns: Patterns,
) -> Line:
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    found: dict[int, Finding] = {}
    shifts: list[tuple[int, int, int]] = []
    done, end = edges
    for one in held:
        first = bisect_left(sheet.starts, one.start, done, end)
        last = bisect_left(sheet.starts, one.end, first, end)
        if first >= last or sheet.starts[first] != one.start:
            continue
        shifts.append((done, first, len(starts)))
        signs += (sheet.signs[done:first], patterns.label(one.label))
        starts += sheet.starts[done:first]
        ends += sheet.ends[done:first]
        found[len(starts)] = one
        starts.append(one.start)
        ends.append(one.end)
        done = last
    shifts.append((done, end, len(starts)))
    signs.append(sheet.signs[done:end])
    starts += sheet.starts[done:end]
    ends += sheet.ends[done:end]
    kept: dict[int, Number] = {}
    at = 0
    for first, last, place in shifts:
        while at < len(numbers) and numbers[at] < last:
            if numbers[at] >= first:
                kept[numbers[at] - first + place] = sheet.numbers[numbers[at]]
            at += 1
    return Line(sheet.text, "".join(signs), starts, ends, found, kept)
