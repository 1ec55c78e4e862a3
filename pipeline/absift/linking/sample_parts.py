"""Find sizes by their sum: numbers behind a sample that make it up are its parts.

Whatever words stand around them, "(59 + 50 + 52)" behind 161 patients are groups of these.
A size that is found so carries the rule id :data:`PARTS_RULE`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from absift.linking.patterns import Patterns
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: The rule of sizes that were found because they add up.
PARTS_RULE = "sample_size.parts"
TOTAL, ARM, SUBGROUP = "total", "arm", "subgroup"
#: The stage of a size of which the text says none, and that before a sample is taken in.
NO_STAGE, SCREENED = "enrolled", "screened"
#: A text of fewer sentences is no abstract: what it doesn't tell says nothing of its study.
LEAST_SENTENCES = 4
#: Smaller samples are made up by chance too easily.
LEAST_SAMPLE = 5
MOST_PARTS = 6
# The largest sample whose parts may be smaller than ``LEAST_SAMPLE``.
_SMALL_SAMPLE = 60
# Numbers behind a sample that are looked at: a text may be one sentence from end to end.
_MOST_BEHIND = 100
# Items between a sample and its first part, and between two parts.
_LEAD = 30
_GAP = 24
# Items behind the last part that may still say that it is an outcome, or what it is called.
_REACH = 12
_NAME = 8
# Items that name one part, right behind its number.
_LABEL = 4
# Items before a row of sizes in which it may be told that they were allotted.
_DRAWN = 60
# Numbers between a sample and its first part, at most.
_SKIP = 3


@dataclass(slots=True)
class _Reading:
    """An abstract while its parts are looked for; items point to sizes found before and now."""

    sheet: Sheet
    numbers: list[int]
    known: dict[int, Finding]
    closed: list[tuple[int, int]]
    added: dict[int, Finding] = field(default_factory=dict)

    def size(self, item: int) -> Finding | None:
        return self.known.get(item) or self.added.get(item)


def size_of(one: Finding) -> int:
    """Give the value of a size; 0 where it has no whole one."""
    value = one.attributes.get("value")
    return value if isinstance(value, int) else 0


def set_scope(one: Finding, scope: str) -> None:
    """Set the scope of a size and note that a sum told it."""
    one.attributes["scope"] = scope
    one.why["scope"] = PARTS_RULE


def set_stage(one: Finding, stage: str) -> None:
    """Set the stage of a size and note that a size beside it told it."""
    if one.attributes.get("stage") != stage:
        one.attributes["stage"] = stage
        one.why["stage"] = PARTS_RULE


class PartFinder:
    """Finds the parts of samples in the samples' own sentences.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def find(
        self, sheet: Sheet, findings: Sequence[Finding], sizes: Sequence[Finding]
    ) -> list[Finding]:
        """Give new sizes; those that were there get the scope that the sum tells.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels; no part stands inside another one.
            sizes: Its sizes.
        """
        known = {sheet.item_at(one.start): one for one in sizes}
        closed = sorted((one.start, one.end) for one in findings if one.label != SAMPLE_SIZE)
        reading = _Reading(sheet, sorted(sheet.numbers), known, closed)
        for item, sample in known.items():
            if size_of(sample) < LEAST_SAMPLE:
                continue
            parts = self._candidates(reading, item)
            for row in _rows(sheet, parts, size_of(sample)):
                if self._told_as_parts(reading, item, row, parts):
                    self._settle(reading, sample, row)
                    break
        return list(reading.added.values())

    def _candidates(self, reading: _Reading, sample: int) -> list[int]:
        """Give the numbers behind a sample in its sentence that can be its parts."""
        numbers, end = reading.numbers, reading.sheet.sentence(sample)[1]
        first = bisect_right(numbers, sample)
        behind = numbers[first : min(bisect_left(numbers, end), first + _MOST_BEHIND)]
        if len(behind) < 2:
            return []
        known, most = reading.sheet.numbers, size_of(reading.known[sample])
        values = [(item, known[item].value) for item in behind]
        small = [(item, n) for item, n in values if isinstance(n, int) and 0 < n < most]
        if sum(n for _, n in small) < most:
            return []
        return [item for item, _ in small if self._counts(reading, item)]

    def _counts(self, reading: _Reading, item: int) -> bool:
        """Tell whether a whole number is a size or may be one: a count of nothing else."""
        sheet = reading.sheet
        number = sheet.numbers[item]
        if item in reading.known:
            return True
        if number.kind == "ordinal" or number.year or inside(reading.closed, sheet.starts[item]):
            return False
        if sheet.ends[item] == sheet.starts[item + 1] and sheet.text[sheet.ends[item]].isalpha():
            return False
        before, behind = sheet.signs[item - 1], sheet.signs[item + 1]
        named = before in self._signs("LINK_NAMED") and before not in self._signs("SIZE_PLUS")
        if named or behind in self._signs("LINK_MEASURE"):
            return False
        # One end of a ratio or a range, or a name with a dash.
        ties = self._signs("DASH") | self._signs("LINK_OF")
        if before in ties and sheet.ends[item - 1] == sheet.starts[item]:
            return False
        return behind not in ties | self._signs("RANGE_TO") or item + 2 not in sheet.numbers

    def _told_as_parts(
        self, reading: _Reading, sample: int, row: Sequence[int], parts: Sequence[int]
    ) -> bool:
        """Tell whether numbers that add up are sizes already or are told as parts, not outcomes."""
        sheet = reading.sheet
        fresh = [sheet.numbers[item].value for item in row if reading.size(item) is None]
        if not fresh:
            return True
        if size_of(reading.known[sample]) > _SMALL_SAMPLE and min(fresh) < LEAST_SAMPLE:
            return False
        if row[0] - sample > _LEAD or any(b - a > _GAP for a, b in pairwise(row)):
            return False
        end = min(row[-1] + _REACH, sheet.sentence(sample)[1])
        end = next((item for item in parts if row[-1] < item < end), end)
        return self._signs("SIZE_STOP").isdisjoint(sheet.signs[sample:end])

    def _settle(self, reading: _Reading, sample: Finding, row: Sequence[int]) -> None:
        """Make the numbers of a row sizes of one scope."""
        sheet = reading.sheet
        found = [reading.size(item) for item in row]
        scopes = {one.attributes.get("scope") for one in found if one}
        scope = next((scope for scope in (ARM, SUBGROUP) if scope in scopes), None)
        # Parts that no word calls arms are of some kinds of patients, whatever a rule made of them.
        if scope is None or (scope == ARM and not any(self._named(sheet, row))):
            scope = self._scope(sheet, row)
        for item, one in zip(row, found, strict=True):
            if one is None:
                attributes = {**sample.attributes, "value": sheet.numbers[item].value}
                one = Finding(
                    sheet.starts[item], sheet.ends[item], SAMPLE_SIZE, PARTS_RULE, attributes
                )
                reading.added[item] = one
                set_scope(one, scope)
            elif one.attributes.get("scope") != scope:
                set_scope(one, scope)
        if scope == ARM == sample.attributes.get("scope") and not _follows_arm(reading, sample):
            set_scope(sample, TOTAL)

    def allotted(self, sheet: Sheet, group: Sequence[Finding]) -> bool:
        """Tell whether sizes that add up to a sample are told as its arms.

        Either a sentence says of each of them that it was allotted or treated, or one is called the
        control, or all stand behind a sign ("n =") not far from where they were allotted.
        """
        items = [sheet.item_at(one.start) for one in group]
        allots, foils = self._signs("SIZE_ALLOTTED"), self._signs("LINK_FOIL")
        equals, drawn = self._signs("SIZE_EQUALS"), self._signs("RANDOM_VERB")
        each, called = True, False
        for item in items:
            begin, end = sheet.sentence(item)
            behind = sheet.signs[item : min(item + _NAME, end)]
            if not self._signs("SEX").isdisjoint(behind):
                return False
            each = each and not allots.isdisjoint(sheet.signs[begin:item] + behind)
            called = called or not foils.isdisjoint(behind)
        alike = all(sheet.signs[item - 1] in equals for item in items)
        near = sheet.signs[max(0, items[0] - _DRAWN) : items[0]]
        return each or called or (alike and not drawn.isdisjoint(near))

    def _named(self, sheet: Sheet, row: Sequence[int]) -> list[bool]:
        """Tell of each of a row of parts whether it has a name that arms have.

        Short names that are the same for all of them tell none from the others.
        """
        begin, end = sheet.sentence(row[0])
        named, short = self._signs("SIZE_NAMED"), self._signs("CAPITAL")
        surely: list[bool] = []
        names: list[set[str]] = []
        for item in row:
            near = range(max(begin, item - _LABEL), min(item + _LABEL, end))
            surely.append(not named.isdisjoint(sheet.signs[near.start : near.stop]))
            names.append({sheet.items[at] for at in near if sheet.signs[at] in short})
        alike = all(name == names[0] for name in names)
        return [sure or bool(name and not alike) for sure, name in zip(surely, names, strict=True)]

    def _scope(self, sheet: Sheet, row: Sequence[int]) -> str:
        """Tell arms, which a sentence allots, treats or calls so, from other parts."""
        begin, end = sheet.sentence(row[0])
        last = min(row[-1] + _NAME, end)
        closes = self._signs("CLOSE")
        last = next((item for item in range(row[-1], last) if sheet.signs[item] in closes), last)
        names = sheet.signs[row[0] : last]
        if not self._signs("SEX").isdisjoint(names):
            return SUBGROUP
        if all(self._named(sheet, row)):
            return ARM
        allotted = not self._signs("SIZE_ALLOTTED").isdisjoint(sheet.signs[begin:last])
        return ARM if allotted or not self._signs("SIZE_ARM").isdisjoint(names) else SUBGROUP

    def _signs(self, name: str) -> frozenset[str]:
        return self._patterns.signs(name)


def _follows_arm(reading: _Reading, sample: Finding) -> bool:
    """Tell whether an arm of its sentence stands before a size: then it is one of their series."""
    sheet = reading.sheet
    begin = sheet.starts[sheet.sentence(sheet.item_at(sample.start))[0]]
    return any(
        one.attributes.get("scope") == ARM and begin <= one.start < sample.start
        for one in reading.known.values()
    )


def _rows(sheet: Sheet, parts: Sequence[int], value: int) -> Iterator[list[int]]:
    """Give the rows of neighbouring numbers that add up to a value."""
    for first in range(min(len(parts), _SKIP + 1)):
        made = 0
        for count, item in enumerate(parts[first : first + MOST_PARTS], start=1):
            made += int(sheet.numbers[item].value)
            if made == value and count > 1:
                yield list(parts[first : first + count])
            if made >= value:
                break


def inside(closed: Sequence[tuple[int, int]], offset: int) -> bool:
    """Tell whether one of some spans, sorted, holds the character at an offset."""
    place = bisect_right(closed, (offset, 1 << 60)) - 1
    return place >= 0 and closed[place][1] > offset
