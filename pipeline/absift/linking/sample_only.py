"""Find the sample of an abstract in which no rule found one.

A count of participants may stand in words that no rule knows. Where an abstract tells of no other
sample or group, its largest count of participants is the sample nearly always.
"""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import Patterns
from absift.linking.sample_parts import (
    LEAST_SAMPLE,
    LEAST_SENTENCES,
    NO_STAGE,
    SUBGROUP,
    TOTAL,
    inside,
    size_of,
)
from absift.records import ADVERSE_EVENT, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: The rule of a sample that was found because there is no other.
ONLY_RULE = "sample_size.only"
# Items behind a number in which its participants are named, and those in which an outcome is.
_NAME = 8
_OUTCOME = 5
# Items in a bracket that is passed over, at most: one that never closes isn't searched to the end.
_ASIDE = 40
_RANDOMISED = "randomised"
_PARTICIPANTS = "participants"


class OnlySampleFinder:
    """Finds the largest count of participants where no sample was found.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def find(
        self, sheet: Sheet, findings: Sequence[Finding], sizes: Sequence[Finding]
    ) -> Finding | None:
        """Give the sample of an abstract that has none among its sizes.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels; the sample stands in none of them.
            sizes: Its sizes.

        Returns:
            A new size, larger than all others; ``None`` where there is a sample, or nothing that
            could be one.
        """
        known = [one for one in sizes if one.attributes.get("unit") == _PARTICIPANTS]
        if len(sheet.ranges) < LEAST_SENTENCES or any(
            one.attributes.get("scope") != SUBGROUP for one in known
        ):
            return None
        # Without any figure, nobody looked for them, or there is no study.
        if all(one.label == ADVERSE_EVENT for one in findings):
            return None
        most = max([LEAST_SAMPLE - 1, *map(size_of, known)])
        closed = sorted((one.start, one.end) for one in findings)
        # A sentence about harms counts those who had them.
        harms = {
            sheet.sentence(sheet.item_at(one.start))[0]
            for one in findings
            if one.label == ADVERSE_EVENT
        }
        best = None
        for item, number in sorted(sheet.numbers.items()):
            value = number.value
            if (
                isinstance(value, int)
                and value > most
                and number.kind != "ordinal"
                and not number.year
                and not inside(closed, sheet.starts[item])
                and sheet.sentence(item)[0] not in harms
                and self._counts(sheet, item)
            ):
                best, most = item, value
        return None if best is None else self._made(sheet, best, most)

    def _counts(self, sheet: Sheet, item: int) -> bool:
        """Tell whether a number counts participants who are told of without an outcome."""
        signs, of = sheet.signs, self._patterns.signs
        if signs[item - 1] in of("SIZE_BARRED"):
            return False
        at = item - 1
        while signs[at] in of("LINK_DET") - of("LINK_OF"):
            at -= 1
        if signs[at] in of("LINK_OF") and (
            at - 1 in sheet.numbers or signs[at - 1] in of("CLOSE", "PERCENT")
        ):
            return False
        people, stops = of("PEOPLE"), of("BASE_STOP", "PERCENT") - of("DASH")
        # "This 800-patient trial".
        place = item + 2 if signs[item + 1] in of("DASH") else item + 1
        end = sheet.sentence(item)[1]
        for _ in range(_NAME):
            place = self._past_asides(sheet, place, end)
            if place >= end:
                return False
            if signs[place] in people:
                return of("OUTCOME_CORE", "PERCENT").isdisjoint(signs[place : place + _OUTCOME])
            # "480 patients" as well as "480 normotensive type 2 diabetic patients".
            staged = signs[place - 1] in of("STAGED")
            if signs[place] in stops or (place in sheet.numbers and not staged):
                return False
            place += 1
        return False

    def _past_asides(self, sheet: Sheet, place: int, end: int) -> int:
        """Give the item behind brackets and ages ("12 fit (6 female) 19- to 44-year-old men")."""
        signs, of = sheet.signs, self._patterns.signs
        opens, closes, dash = of("OPEN"), of("CLOSE"), of("DASH")
        while place < end:
            if signs[place] in opens:
                inside = range(place, min(end, place + _ASIDE))
                place = next((at + 1 for at in inside if signs[at] in closes), end)
            elif place in sheet.numbers and signs[place + 1] in dash:
                place += 2 if signs[place + 2] in of("RANGE_TO") else 3
            elif signs[place] in of("RANGE_TO") and place + 1 in sheet.numbers:
                place += 1
            else:
                break
        return place

    def _made(self, sheet: Sheet, item: int, value: int) -> Finding:
        behind = sheet.signs[item : sheet.sentence(item)[1]]
        drawn = not self._patterns.signs("RANDOM_VERB").isdisjoint(behind)
        attributes = {
            "value": value,
            "scope": TOTAL,
            "stage": _RANDOMISED if drawn else NO_STAGE,
            "unit": _PARTICIPANTS,
        }
        return Finding(sheet.starts[item], sheet.ends[item], SAMPLE_SIZE, ONLY_RULE, attributes)
