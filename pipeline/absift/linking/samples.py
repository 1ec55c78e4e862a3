"""Settle scope and stage of sizes by what they add up to.

Groups that add up to a sample are its arms and have its stage, a group that is alone in its
abstract is the whole sample, and a small size behind a large sample is a part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from absift.linking.patterns import Patterns
from absift.linking.sample_only import OnlySampleFinder
from absift.linking.sample_pairs import PairSettler
from absift.linking.sample_parts import (
    ARM,
    LEAST_SAMPLE,
    LEAST_SENTENCES,
    MOST_PARTS,
    NO_STAGE,
    SCREENED,
    SUBGROUP,
    TOTAL,
    PartFinder,
    set_scope,
    set_stage,
    size_of,
)
from absift.linking.sample_series import SeriesSettler, settle_again, settle_studies
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

# The stages of a sample that has parts.
_STUDIED = frozenset({NO_STAGE, "randomised"})
_OTHER_UNIT, _PEOPLE = "other", "participants"
# How many times larger than its controls a group may be.
_MOST_OPPOSITE = 4
# Sizes behind a sample (before it: half as many) that may be its arms; so bounded, the time that
# a text takes grows as its length does.
_NEIGHBOURS = 40
# The share of an earlier sample below which a size is a part of it.
_LEAST_SHARE = 0.7
# Characters between a sample and its arms that add up to it.
_NEAR = 500
# Items around a lone group in which nothing calls it a group.
_BEFORE, _BEHIND = 5, 8


class SampleSettler:
    """Finds parts that make up a sample and settles scope and stage of both.

    Args:
        patterns: Give the classes of ``configs/linking.yaml``.
    """

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns
        self._parts = PartFinder(patterns)
        self._pairs = PairSettler(patterns)
        self._series = SeriesSettler(patterns)
        self._only = OnlySampleFinder(patterns)

    def settle(self, sheet: Sheet, findings: list[Finding]) -> None:
        """Add the sizes that are known by their sum, and mend scopes and stages by sums.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels; sizes are changed, and new ones appended.
        """
        sizes = [one for one in findings if one.label == SAMPLE_SIZE and size_of(one)]
        only = self._only.find(sheet, findings, sizes)
        if only:
            findings.append(only)
            sizes.append(only)
        if not sizes:
            return
        sizes.sort(key=lambda one: one.start)
        added = self._parts.find(sheet, findings, sizes)
        if added:
            findings += added
            sizes = sorted([*sizes, *added], key=lambda one: one.start)
        settle_studies(sizes)
        self._series.settle(sheet, sizes)
        for place, sample in enumerate(sizes):
            if size_of(sample) < LEAST_SAMPLE:
                continue
            first = max(0, place - _NEIGHBOURS // 2)
            near = sizes[first : place + _NEIGHBOURS]
            if sample.attributes.get("scope") == ARM and _sums_up(
                sheet, place - first, near, self._patterns.signs("SIZE_EQUALS")
            ):
                set_scope(sample, TOTAL)
            if sample.attributes.get("scope") == TOTAL:
                self._settle_arms(sheet, sample, near)
        _settle_beside(sheet, sizes)
        self._pairs.settle(sheet, sizes)
        if sum(one.attributes.get("scope") == ARM for one in sizes) > 1:
            settle_again(sizes)
        _settle_parts(sheet, sizes, self._patterns.signs("SIZE_CONTROLS"))
        self._settle_opposite(sheet, sizes)
        self._settle_uncompared(sheet, sizes)
        self._settle_only(sheet, sizes)

    def settle_weighed(self, sheet: Sheet, findings: Sequence[Finding]) -> None:
        """Mend once more what the words around sizes made of scopes that a sum contradicts.

        Args:
            sheet: The abstract, with nothing collapsed.
            findings: Its spans of all labels; sizes are changed.
        """
        sizes = [one for one in findings if one.label == SAMPLE_SIZE and size_of(one)]
        sizes.sort(key=lambda one: one.start)
        self._series.settle_told(sheet, sizes)
        _settle_beside(sheet, sizes)
        self._pairs.settle_odd(sheet, sizes)
        self._settle_only(sheet, sizes)

    def _settle_uncompared(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Make groups that nothing in the abstract compares or allots parts of the sample.

        A sentence that calls groups so, or names what they were given, is believed.
        """
        arms = [one for one in sizes if one.attributes.get("scope") == ARM]
        if len(arms) < 2 or len(sheet.ranges) < LEAST_SENTENCES:
            return
        if not self._patterns.signs("SIZE_COMPARED").isdisjoint(sheet.signs):
            return
        named = self._patterns.signs("SIZE_NAMED", "CAPITAL", "SIZE_ALLOTTED")
        for one in arms:
            begin, end = sheet.sentence(sheet.item_at(one.start))
            if named.isdisjoint(sheet.signs[begin:end]):
                set_scope(one, SUBGROUP)

    def _settle_opposite(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Make the only sample an arm where nobody was drawn and the only other group is controls.

        These were taken from elsewhere: "45 men with gout were seen. The controls were 40 women."
        """
        people = [one for one in sizes if one.attributes.get("unit") == _PEOPLE]
        arms = [one for one in people if one.attributes.get("scope") == ARM]
        samples = [one for one in people if one.attributes.get("scope") == TOTAL]
        if len({size_of(one) for one in arms}) != 1 or len({size_of(one) for one in samples}) != 1:
            return
        size, sample = size_of(arms[0]), size_of(samples[0])
        if sample in (size * len(arms), 2 * size) or sample > _MOST_OPPOSITE * size:
            return
        if not self._patterns.signs("RANDOM_VERB").isdisjoint(sheet.signs):
            return
        if _is_called(sheet, arms[0], self._patterns.signs("SIZE_CONTROLS")):
            for one in samples:
                set_scope(one, ARM)

    def _settle_only(self, sheet: Sheet, sizes: Sequence[Finding]) -> None:
        """Make a single group of people the whole sample unless it is called a group."""
        people = [one for one in sizes if one.attributes.get("unit") == _PEOPLE]
        scopes = [one.attributes.get("scope") for one in people]
        if TOTAL in scopes or scopes.count(ARM) != 1:
            return
        one = people[scopes.index(ARM)]
        item = sheet.item_at(one.start)
        begin, end = sheet.sentence(item)
        rest = [sheet.item_at(other.start) for other in people if other is not one]
        # It is one of the parts that its sentence tells of, but for those that a bracket holds.
        if any(begin <= at < end and not self._pairs.bracketed(sheet, begin, at) for at in rest):
            set_scope(one, SUBGROUP)
            return
        near = sheet.signs[max(begin, item - _BEFORE) : min(end, item + _BEHIND)]
        if self._patterns.signs("GROUP", "LINK_ARM").isdisjoint(near):
            set_scope(one, TOTAL)

    def _settle_arms(self, sheet: Sheet, sample: Finding, sizes: Sequence[Finding]) -> None:
        """Make groups that add up to a sample its arms, at its stage if they have none."""
        value, unit = size_of(sample), sample.attributes.get("unit")
        rest = [
            one
            for one in sizes
            if size_of(one) < value
            and one.attributes.get("scope") in (ARM, TOTAL)
            and one.attributes.get("unit") == unit
        ]
        for first in range(len(rest)):
            made = 0
            for count, one in enumerate(rest[first : first + MOST_PARTS], start=1):
                made += size_of(one)
                if made == value and count > 1:
                    group = rest[first : first + count]
                    if any(one.attributes.get("scope") == ARM for one in group) or (
                        self._parts.allotted(sheet, group)
                    ):
                        _take(sheet, sample, group)
                    return
                if made >= value:
                    break


def _sums_up(sheet: Sheet, place: int, sizes: Sequence[Finding], equals: frozenset[str]) -> bool:
    """Tell whether a size is the sum of the arms right before it or right behind it.

    Where a larger sample is told of, or another arm of its sentence stands on its other side, it
    is an arm itself, which two others equal by chance.
    """
    value, start = size_of(sizes[place]), sizes[place].start
    if any(one.attributes.get("scope") == TOTAL and size_of(one) > value for one in sizes):
        return False
    for step in (-1, 1):
        made, at, other = 0, place + step, place - step
        if 0 <= other < len(sizes) and sizes[other].attributes.get("scope") == ARM:
            begin, end = sheet.sentence(sheet.item_at(start))
            if begin <= sheet.item_at(sizes[other].start) < end:
                continue
        before = set()
        while 0 <= at < len(sizes) and made < value and sizes[at].attributes.get("scope") == ARM:
            # Arms stand alike: all of them behind a sign ("n =") or none.
            before.add(sheet.signs[sheet.item_at(sizes[at].start) - 1] in equals)
            if abs(sizes[at].start - start) > _NEAR or len(before) > 1:
                break
            made += size_of(sizes[at])
            at += step
            if made == value and abs(at - place) > 2:
                return True
    return False


def _settle_beside(sheet: Sheet, sizes: Sequence[Finding]) -> None:
    """Make a sample a group if a group of its sentence that follows is no smaller.

    It can't hold that one, so that both are groups: "32 boys with asthma and 32 controls".
    """
    for one, following in pairwise(sizes):
        if (
            one.attributes.get("scope") == TOTAL
            and following.attributes.get("scope") == ARM
            and one.attributes.get("unit") == following.attributes.get("unit") == _PEOPLE
            and size_of(following) >= size_of(one)
            and sheet.sentence(sheet.item_at(one.start))
            == sheet.sentence(sheet.item_at(following.start))
        ):
            set_scope(one, ARM)


def _take(sheet: Sheet, sample: Finding, group: Sequence[Finding]) -> None:
    """Give the arms of a sample their scope and, next to it, its stage."""
    stage = sample.attributes.get("stage", NO_STAGE)
    first, last = sheet.sentence(sheet.item_at(sample.start))
    # The sentence of the sample and the next one.
    last = sheet.sentence(min(last + 1, len(sheet.signs) - 1))[1]
    begin, end = sheet.starts[first], sheet.starts[last]
    for one in group:
        if one.attributes.get("scope") != ARM:
            set_scope(one, ARM)
        if (
            begin <= one.start < end
            and stage not in (NO_STAGE, SCREENED)
            and one.attributes.get("stage") == NO_STAGE
        ):
            set_stage(one, stage)


def _is_called(sheet: Sheet, one: Finding, names: frozenset[str]) -> bool:
    """Tell whether one of some words stands near a size in its sentence."""
    item = sheet.item_at(one.start)
    begin, end = sheet.sentence(item)
    return not names.isdisjoint(sheet.signs[max(begin, item - _BEHIND) : min(end, item + _BEHIND)])


def _settle_parts(sheet: Sheet, sizes: Sequence[Finding], controls: frozenset[str]) -> None:
    """Make a size of no stage a part of an earlier sample that is much larger.

    The arms of one sentence are such a sample together, and controls are an arm. Other units than
    participants and studies are left: they may differ among themselves.
    """
    most: dict[Any, int] = {}
    made, sentence = 0, -1
    for one in sizes:
        stage, unit = one.attributes.get("stage"), one.attributes.get("unit")
        if unit == _OTHER_UNIT:
            continue
        begin = sheet.sentence(sheet.item_at(one.start))[0]
        made, sentence = (made if begin == sentence else 0), begin
        if one.attributes.get("scope") == ARM:
            made += size_of(one)
            most[unit] = max(made, most.get(unit, 0))
        if one.attributes.get("scope") != TOTAL:
            continue
        if stage == NO_STAGE and size_of(one) < _LEAST_SHARE * most.get(unit, 0):
            set_scope(one, ARM if _is_called(sheet, one, controls) else SUBGROUP)
        elif stage in _STUDIED:
            most[unit] = max(size_of(one), most.get(unit, 0))
