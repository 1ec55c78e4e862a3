"""Check the sizes of groups against the size of the sample that they make up.

Parts that add up to a sample confirm each other: numbers behind it in its own sentence are
sizes too, whatever words stand around them, and groups that add up to a sample elsewhere are
its arms and have its stage. What is added carries a rule id of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from absift.linking.patterns import Patterns
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: The rule of sizes that were found because they add up.
PARTS_RULE = "sample_size.parts"
TOTAL, ARM, SUBGROUP, STAGE_DEFAULT = "total", "arm", "subgroup", "enrolled"
# Fewer than these are made up by chance too easily.
_LEAST = 5
_MOST_PARTS = 6
# Items between a sample and its first part, and between two parts.
_LEAD = 30
_GAP = 24
# Items behind the last part that may still say that it is an outcome.
_REACH = 12
# Items around a lone group in which nothing calls it a group.
_NEAR = 8
# The largest sample whose parts may be fewer than ``_LEAST``.
_SMALL = 60


class SampleSettler:
    """Finds parts that make up a sample and settles scope and stage of both.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def settle(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Add the sizes that are known by their sum, and mend scopes and stages by sums.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels; sizes are changed, and new ones appended.
        """
        sizes = [one for one in findings if one.label == SAMPLE_SIZE and _whole(one) is not None]
        if not sizes:
            return
        sizes.sort(key=lambda one: one.start)
        if len(sheet.numbers) > 2:
            added = self._parts(sheet, findings, sizes)
            if added:
                findings += added
                sizes = sorted([*sizes, *added], key=lambda one: one.start)
        for sample in sizes:
            if sample.attributes.get("scope") == TOTAL:
                _inherit(sheet, sample, sizes)
        _part(sizes)
        scopes = [one.attributes.get("scope") for one in sizes]
        if TOTAL not in scopes and scopes.count(ARM) == 1:
            # A single group with nothing to be compared with is the whole sample.
            lone = sizes[scopes.index(ARM)]
            item = sheet.item_at(lone.start)
            begin, end = sheet.sentence(item)
            near = sheet.signs[max(begin, item - _NEAR) : min(end, item + 2 * _NEAR)]
            if self._patterns.signs("SIZE_ARM").isdisjoint(near):
                lone.attributes["scope"] = TOTAL

    def _parts(
        self, sheet: Sheet, findings: Sequence[Finding], sizes: Sequence[Finding]
    ) -> list[Finding]:
        """Give new sizes that stand in the sentence of a sample and add up to it."""
        known = {sheet.item_at(one.start): one for one in sizes}
        closed = [(one.start, one.end) for one in findings if one.label != SAMPLE_SIZE]
        closed.sort()
        numbers = sorted(sheet.numbers)
        added: dict[int, Finding] = {}
        for item, sample in known.items():
            value = _whole(sample)
            if value is None or value < _LEAST:
                continue
            end = sheet.sentence(item)[1]
            low, high = bisect_right(numbers, item), bisect_left(numbers, end)
            parts = self._open(sheet, numbers[low:high], known, closed, value)
            for window in _windows(sheet, parts, value):
                fresh = [part for part in window if part not in known and part not in added]
                if fresh and not self._joined(sheet, (item, value), window, fresh, parts):
                    continue
                self._settle(sheet, sample, window, known, added)
                break
        return list(added.values())

    def _open(
        self,
        sheet: Sheet,
        numbers: Sequence[int],
        known: dict[int, Finding],
        closed: Sequence[tuple[int, int]],
        value: int,
    ) -> list[int]:
        """Give the numbers that can be a part: those found as sizes, and counts of nothing else."""
        named, measure = (self._patterns.signs(name) for name in ("LINK_NAMED", "LINK_MEASURE"))
        out = []
        for item in numbers:
            number = sheet.numbers[item]
            if item in known:
                if not isinstance(number.value, int) or number.value < value:
                    out.append(item)
                continue
            if number.kind == "ordinal" or not isinstance(number.value, int) or number.year:
                continue
            if not 0 < number.value < value or _inside(closed, sheet.starts[item]):
                continue
            if sheet.signs[item - 1] in named or sheet.signs[item + 1] in measure:
                continue
            if self._tied(sheet, item):
                continue
            out.append(item)
        return out

    def _tied(self, sheet: Sheet, item: int) -> bool:
        """Tell whether a number is one end of a ratio, a range or a name with a dash."""
        ties = self._patterns.signs("DASH") | self._patterns.signs("LINK_OF")
        if sheet.signs[item - 1] in ties and sheet.ends[item - 1] == sheet.starts[item]:
            return True
        return sheet.signs[item + 1] in ties and item + 2 in sheet.numbers

    def _joined(
        self,
        sheet: Sheet,
        whole: tuple[int, int],
        window: Sequence[int],
        fresh: Sequence[int],
        parts: Sequence[int],
    ) -> bool:
        """Tell whether numbers that add up are told as parts and not as outcomes."""
        sample, value = whole
        stops = self._patterns.signs("SIZE_STOP")
        places = [sample, *window]
        reach = [_LEAD, *[_GAP] * (len(window) - 1)]
        if any(b - a > far for a, b, far in zip(places, places[1:], reach, strict=False)):
            return False
        if value > _SMALL and any(sheet.numbers[part].value < _LEAST for part in fresh):
            return False
        end = window[-1] + 1
        while end < len(sheet.signs) and end < window[-1] + _REACH and end not in parts:
            end += 1
        end = min(end, sheet.sentence(sample)[1])
        return stops.isdisjoint(sheet.signs[sample:end])

    def _settle(
        self,
        sheet: Sheet,
        sample: Finding,
        window: Sequence[int],
        known: dict[int, Finding],
        added: dict[int, Finding],
    ) -> None:
        found = [known.get(part) or added.get(part) for part in window]
        scopes = [one.attributes.get("scope") for one in found if one]
        scope = next((one for one in (ARM, SUBGROUP) if one in scopes), None)
        if scope is None:
            scope = self._scope(sheet, window)
        for part, one in zip(window, found, strict=True):
            if one is None:
                number = sheet.numbers[part]
                attributes = {"value": number.value, "scope": scope}
                attributes["stage"] = sample.attributes.get("stage", STAGE_DEFAULT)
                attributes["unit"] = sample.attributes.get("unit", "participants")
                added[part] = Finding(
                    sheet.starts[part], sheet.ends[part], SAMPLE_SIZE, PARTS_RULE, attributes
                )
            elif one.attributes.get("scope") == TOTAL:
                one.attributes["scope"] = scope
        if scope == ARM and sample.attributes.get("scope") == ARM:
            sample.attributes["scope"] = TOTAL

    def _scope(self, sheet: Sheet, window: Sequence[int]) -> str:
        """Tell arms, which a sentence allots or treats, from other parts."""
        first, last = window[0], min(window[-1] + 8, sheet.sentence(window[0])[1])
        closes = self._patterns.signs("CLOSE")
        last = next((at for at in range(window[-1], last) if sheet.signs[at] in closes), last)
        sex = self._patterns.signs("SEX")
        if not sex.isdisjoint(sheet.signs[first:last]):
            return SUBGROUP
        begin = sheet.sentence(first)[0]
        allotted = self._patterns.signs("SIZE_ALLOTTED").isdisjoint(sheet.signs[begin:last])
        named = self._patterns.signs("SIZE_ARM").isdisjoint(sheet.signs[first:last])
        return SUBGROUP if allotted and named else ARM


def _part(sizes: Sequence[Finding]) -> None:
    """Make a later size of no stage a part of the sample told before, if less than half of it."""
    most: dict[Any, int] = {}
    for one in sizes:
        if one.attributes.get("scope") != TOTAL or one.attributes.get("unit") == "other":
            continue
        value, stage, unit = _whole(one) or 0, one.attributes.get("stage"), one.attributes.get("unit")
        if stage == STAGE_DEFAULT and 2 * value < most.get(unit, 0):
            one.attributes["scope"] = SUBGROUP
        elif stage in (STAGE_DEFAULT, "randomised"):
            most[unit] = max(value, most.get(unit, 0))


def _inherit(sheet: Sheet, sample: Finding, sizes: Sequence[Finding]) -> None:
    """Make groups that add up to a sample its arms, at its stage if they have none."""
    value = _whole(sample)
    if value is None or value < _LEAST:
        return
    rest = [
        one
        for one in sizes
        if one is not sample
        and one.attributes.get("scope") in (ARM, TOTAL)
        and (_whole(one) or value) < value
        and one.attributes.get("unit") == sample.attributes.get("unit")
    ]
    for first in range(len(rest)):
        made = 0
        for count, one in enumerate(rest[first : first + _MOST_PARTS], start=1):
            made += _whole(one) or 0
            if made == value and count > 1:
                group = rest[first : first + count]
                if any(part.attributes.get("scope") == ARM for part in group):
                    _take(sheet, sample, group)
                return
            if made >= value:
                break


def _take(sheet: Sheet, sample: Finding, group: Sequence[Finding]) -> None:
    stage = sample.attributes.get("stage")
    begin, last = sheet.sentence(sheet.item_at(sample.start))
    begin, end = sheet.starts[begin], sheet.starts[sheet.sentence(min(last + 1, len(sheet.signs) - 1))[1]]
    for one in group:
        one.attributes["scope"] = ARM
        near = begin <= one.start < end
        if near and one.attributes.get("stage") == STAGE_DEFAULT and stage != "screened":
            one.attributes["stage"] = stage


def _windows(sheet: Sheet, parts: Sequence[int], value: int) -> Iterator[list[int]]:
    """Give the rows of neighbouring numbers that add up to a value."""
    for first in range(min(len(parts), 4)):
        made = 0
        for count, item in enumerate(parts[first : first + _MOST_PARTS], start=1):
            made += int(sheet.numbers[item].value)
            if made == value and count > 1:
                yield list(parts[first : first + count])
            if made >= value:
                break


def _whole(one: Finding) -> int | None:
    value: Any = one.attributes.get("value")
    return value if isinstance(value, int) else None


def _inside(closed: Sequence[tuple[int, int]], offset: int) -> bool:
    place = bisect_right(closed, (offset, 1 << 60)) - 1
    return place >= 0 and closed[place][1] > offset
