"""Settle scope and stage of sizes by those that one sentence tells alike.

Two sizes that one phrase joins are groups that are compared; of a series of arms a word may be
missing that tells of one of them what it tells of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from absift.linking.patterns import Patterns
from absift.linking.sample_parts import (
    ARM,
    LEAST_SAMPLE,
    NO_STAGE,
    PARTS_RULE,
    SCREENED,
    SUBGROUP,
    TOTAL,
    set_scope,
    set_stage,
    size_of,
)
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

_RANDOMISED = "randomised"
_STUDIES = "studies"
# Items between two sizes that one phrase joins, at most, and those of the name behind a size.
_LONGEST = 20
# The same where it says that one is compared with the other.
_FARTHEST = 36
_NAME = 8
# Items behind a size in which a bracket says the sex.
_SEX = 4


class SeriesSettler:
    """Settles sizes that are told side by side.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def settle(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Mend scopes of pairs, and scopes and stages of series.

        Args:
            sheet: The abstract, with nothing collapsed.
            sizes: Its sizes in text order; they are changed.
        """
        self._settle_pairs(sheet, sizes)
        for one, following in pairwise(sizes):
            items = sheet.item_at(one.start), sheet.item_at(following.start)
            if sheet.sentence(items[0]) == sheet.sentence(items[1]):
                self._settle_next(sheet, one, following, items)

    def settle_told(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Give sizes the stage of the verb right before them; "randomised 90" tells of no part.

        Args:
            sheet: The abstract, with nothing collapsed.
            sizes: Its sizes; they are changed.
        """
        drawn, tried = self._patterns.signs("SIZE_DRAWN"), self._patterns.signs("SIZE_TRIED")
        for one in sizes:
            item = sheet.item_at(one.start)
            verb = sheet.signs[item - 1] if item > sheet.sentence(item)[0] else ""
            if verb in drawn:
                set_stage(one, _RANDOMISED)
                if one.attributes.get("scope") == SUBGROUP:
                    set_scope(one, TOTAL)
            elif verb in tried:
                set_stage(one, SCREENED)

    def _settle_pairs(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Make two sizes that one phrase joins arms: "20 men with gout and 12 controls".

        Where a sample that holds both was told of, they are left.
        """
        most = 0
        for one, following in pairwise(sizes):
            made, largest = size_of(one) + size_of(following), most
            if one.attributes.get("scope") == TOTAL:
                most = max(most, size_of(one))
            unit = one.attributes.get("unit")
            if unit != following.attributes.get("unit") or unit == _STUDIES or largest >= made:
                continue
            items = sheet.item_at(one.start), sheet.item_at(following.start)
            if self._joined(sheet, *items, given=one.attributes.get("scope") == SUBGROUP):
                set_scope(one, ARM)
                set_scope(following, ARM)

    def _settle_next(
        self, sheet: Sheet, one: Finding, following: Finding, items: tuple[int, int]
    ) -> None:
        """Give two neighbours of a sentence what one of them has, where both are arms.

        Sizes that stand alike in brackets, "one drug (n = 20) or another (n = 21)", are both arms
        if one is. The stage of an arm is that of the next one, which no verb tells another of.
        """
        of, signs = self._patterns.signs, sheet.signs
        alike = of("SIZE_EQUALS").issuperset(signs[item - 1] for item in items)
        if alike and {one.attributes.get("scope"), following.attributes.get("scope")} == {
            ARM,
            SUBGROUP,
        }:
            set_scope(one, ARM)
            set_scope(following, ARM)
        if self._sexes(sheet, *items):
            stage = one.attributes.get("stage")
            if following.attributes.get("stage") == NO_STAGE and stage not in (NO_STAGE, None):
                set_stage(following, str(stage))
        if not one.attributes.get("scope") == following.attributes.get("scope") == ARM:
            return
        stages = one.attributes.get("stage"), following.attributes.get("stage")
        if alike and stages == (NO_STAGE, _RANDOMISED):
            set_stage(one, _RANDOMISED)
        if stages[1] == NO_STAGE and stages[0] not in (NO_STAGE, SCREENED, None):
            behind = signs[items[1] : items[1] + _NAME]
            if of("SIZE_VERB").isdisjoint(behind) or (alike and stages[0] == _RANDOMISED):
                set_stage(following, str(stages[0]))

    def _sexes(self, sheet: Sheet, first: int, second: int) -> bool:
        """Tell whether a size is that of one sex in a bracket behind a sample or the other sex."""
        of, signs = self._patterns.signs, sheet.signs
        between = signs[first + 1 : second]
        if second - first > _NAME or of("SEX").isdisjoint(signs[second + 1 : second + _SEX]):
            return False
        opened = not of("OPEN").isdisjoint(between)
        told = opened or not of("SEX").isdisjoint(between)
        return told and of("CLOSE").isdisjoint(between)

    def _joined(self, sheet: Sheet, first: int, second: int, *, given: bool) -> bool:
        """Tell whether one phrase joins two sizes.

        Args:
            sheet: The abstract.
            first: The item of one size.
            second: That of the next.
            given: Whether the first is called a part; then only people of one sex are joined.
        """
        of, signs = self._patterns.signs, sheet.signs
        end = sheet.sentence(first)[1]
        if second >= end or signs[first - 1] in of("OPEN"):
            return False
        at = second - 1
        while at > first and signs[at] in of("SIZE_LEAD"):
            at -= 1
        between = signs[first + 1 : at]
        if not given and not of("SIZE_AGAINST").isdisjoint(signs[at - 2 : second]):
            return second - first <= _FARTHEST
        if signs[at] not in of("SIZE_JOINT") or not of("OPEN", "CLOSE").isdisjoint(between):
            return False
        last = min(second + _NAME, end)
        stops = of("SIZE_CUT")
        last = next((item for item in range(second + 1, last) if signs[item] in stops), last)
        names = (between, signs[second + 1 : last])
        if signs[second + 1] in of("SIZE_VERB") or not of("EACH").isdisjoint(names[1]):
            return False
        sex, other = (of("SEX").intersection(name[:3]) for name in names)
        if not all(names) or second - first > _LONGEST or (given and not sex):
            return False
        if sex != other and (given or (sex and other)):
            return False
        return not of("VERSUS").isdisjoint(signs[at]) or of("SIZE_VERB").isdisjoint(between)


def settle_studies(sizes: Sequence[Finding]) -> None:
    """Make the studies that a review tells of first all that it pooled, if none are called so.

    As many studies told of again are the same ones.

    Args:
        sizes: The sizes of an abstract in text order; they are changed.
    """
    studies = [one for one in sizes if one.attributes.get("unit") == _STUDIES]
    scopes = {one.attributes.get("scope") for one in studies}
    if scopes == {SUBGROUP} and size_of(studies[0]) == max(map(size_of, studies)):
        set_scope(studies[0], TOTAL)
    pooled = {size_of(one) for one in studies if one.attributes.get("scope") == TOTAL}
    for one in studies:
        if size_of(one) in pooled and one.attributes.get("scope") == SUBGROUP:
            set_scope(one, TOTAL)


def settle_again(sizes: Sequence[Finding]) -> None:
    """Make a sample that is as large as a group told of before, and no sample is, that group.

    Args:
        sizes: The sizes of an abstract in text order; they are changed.
    """
    known: dict[tuple[int, Any], Any] = {}
    keys = [(size_of(one), one.attributes.get("unit")) for one in sizes]
    summed = {
        key
        for one, key in zip(sizes, keys, strict=True)
        if one.attributes.get("scope") == TOTAL and one.why.get("scope") == PARTS_RULE
    }
    for one, key in zip(sizes, keys, strict=True):
        scope = one.attributes.get("scope")
        if scope == ARM and key in summed:
            set_scope(one, TOTAL)
        elif scope == TOTAL and known.get(key) == ARM and key[0] > LEAST_SAMPLE:
            set_scope(one, ARM)
        known.setdefault(key, one.attributes.get("scope"))
