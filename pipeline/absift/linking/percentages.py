"""Give percentages the counts that stand in their sentence but not right beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from absift.linking.figures import Figure, FigureFinder, Rate
from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.linking.portions import PortionFinder, possible
from absift.linking.sums import agrees, decimals
from absift.records import PERCENTAGE, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.pattern import Found
from absift.rules.vocabulary import BOUNDARY

#: Kinds of percentages that are a count over a total.
_SHARES = frozenset({"proportion", "other"})
# Patterns of what shares are of, in the order in which they count.
_SIZED = ("composition", "counted_of", "share_of", "sized_share", "total_share")
_NEAR = 4
# Items from a ratio to the percentage that only cut off decimals make of it.
_BESIDE = 8
_FAR = 16
# Percentage points by which a figure that is printed in one may be rounded badly.
_BADLY = 1


class PercentageLinker:
    """Links percentages to counts and totals, where the arithmetic confirms them.

    Args:
        patterns: The patterns of linking.
        figures: Tells counts from other numbers.
    """

    def __init__(self, patterns: Patterns, figures: FigureFinder) -> None:
        self.patterns = patterns
        self.figures = figures
        self.portions = PortionFinder(patterns)

    def link(self, line: Line) -> None:
        """Set ``numerator`` and ``denominator`` of a sentence's percentages."""
        shares: dict[int, Finding] = {}
        for item, one in line.findings.items():
            if one.label != PERCENTAGE:
                continue
            if "value" in one.attributes and one.attributes.get("kind", "proportion") in _SHARES:
                shares[item] = one
            else:
                # A bound or a change is no share of anything, whatever stands beside it.
                one.attributes.pop("numerator", None)
                one.attributes.pop("denominator", None)
        if not shares:
            return
        ratios = self.figures.ratios(line)
        self._repair(line, shares, ratios)
        open_ones = {i: one for i, one in shares.items() if "denominator" not in one.attributes}
        if open_ones:
            self._beside(line, open_ones)
            self._far(line, open_ones, ratios)
            self.portions.share(line, shares)
            self.portions.compose(line, shares)

    def _repair(self, line: Line, shares: Mapping[int, Finding], ratios: list[Figure]) -> None:
        """Take back a link that the arithmetic gives to another percentage of the sentence."""
        for item, one in shares.items():
            rate = {name: one.attributes.get(name) for name in ("numerator", "denominator")}
            top, bottom = rate.values()
            if top is None or bottom is None:
                continue
            if top == bottom and one.attributes["value"] < 100:
                # "1,703 (52% male)": a sample and a share of it, no count.
                del one.attributes["numerator"]
            elif self._fits(line, item, rate):
                continue
            elif self._explicit(line, rate, ratios):
                if any(self._fits(line, other, rate) for other in shares if other != item):
                    del one.attributes["numerator"], one.attributes["denominator"]
            elif self._is_count(line, one):
                del one.attributes["denominator"]
            else:
                del one.attributes["numerator"]
                if any(ratio.rate == rate for ratio in self.figures.ratios(line, named=True)):
                    # "grade 3/4 rash (8%)"
                    del one.attributes["denominator"]

    def _explicit(self, line: Line, rate: Rate, ratios: list[Figure]) -> bool:
        """Tell whether the text itself joins a count and its total ("n of N").

        Only then is a sum that doesn't come out a contradiction and not a wrong link: "Among 108
        patients, 29 (65%) men" gives the share of all the men. "(n = 217/219)" gives the sizes of
        two populations.
        """
        for ratio in ratios:
            if ratio.rate == rate:
                return not ratio.first or line.words(ratio.first - 1, ratio.first) != "="
        return False

    def _fits(self, line: Line, item: int, rate: Rate, *, truncated: bool = False) -> bool:
        percent, digits = (
            line.findings[item].attributes["value"],
            decimals(line.words(item, item + 1)),
        )
        top, bottom = rate["numerator"], rate["denominator"]
        return agrees(top, bottom, percent, digits, truncated=truncated)

    def _beside(self, line: Line, shares: Mapping[int, Finding]) -> None:
        """Set the numerators that stand right beside; take back what counts nobody."""
        near: dict[int, int] = {}
        for name in ("count_behind", "count_before"):
            for match in self.patterns.of(name).finditer(line.signs):
                count = self._count(line, match.start("n"))
                if count is not None:
                    near[match.start("p")] = count
        for match in self.patterns.of("split_ratio").finditer(line.signs):
            item, place = match.start("p"), match.end("d") - 1
            top, size = self._size(line, match.start("n"), least=1), self._size(line, place)
            if item in shares and top is not None and size is not None:
                rate: Rate = {"numerator": top, "denominator": size}
                if self._fits(line, item, rate, truncated=True):
                    near[item] = top
                    shares[item].attributes["denominator"] = size
        for item, one in shares.items():
            if item in near:
                one.attributes["numerator"] = near[item]
            elif "numerator" in one.attributes and not self._is_count(line, one):
                del one.attributes["numerator"]

    def _is_count(self, line: Line, one: Finding) -> bool:
        """Tell whether any number of the value of a numerator counts something."""
        top = one.attributes["numerator"]
        counts = self.figures.counts
        return any(
            number.value == top and counts.value(line, item, things=True) is not None
            for item, number in line.numbers.items()
        ) or any(
            found.label == SAMPLE_SIZE and found.attributes.get("value") == top
            for found in line.findings.values()
        )

    def _count(self, line: Line, item: int) -> int | None:
        found = line.findings.get(item)
        if found is not None:
            value = found.attributes.get("value")
            return value if isinstance(value, int) else None
        return self.figures.counts.value(line, item, things=True)

    def _size(self, line: Line, item: int, least: int = 2) -> int | None:
        """Give the whole number that an item is or a sample is of, if it isn't too small."""
        found, number = line.findings.get(item), line.numbers.get(item)
        if found is not None:
            value = found.attributes.get("value")
        else:
            value = number.value if number is not None and not number.year else None
        return value if isinstance(value, int) and value >= least else None

    def _far(self, line: Line, shares: Mapping[int, Finding], ratios: list[Figure]) -> None:
        """Link to ratios and totals that stand farther away."""
        totals = list(self._totals(line))
        sized: dict[str, list[Found]] = {}
        for item, one in shares.items():
            near = [ratio for ratio in ratios if abs(ratio.first - item) <= _FAR]
            fitting = [ratio for ratio in near if self._fits(line, item, ratio.rate)] or [
                ratio
                for ratio in near
                if abs(ratio.first - item) <= _BESIDE
                and self._fits(line, item, ratio.rate, truncated=True)
            ]
            fitting = fitting or [
                ratio for ratio in near if self._printed_beside(line, ratio, item)
            ]
            nearest = min(fitting, key=lambda ratio: abs(ratio.first - item), default=None)
            if nearest and (
                self._alone(line, nearest, item, shares) or not self._parted(line, nearest, item)
            ):
                one.attributes.update(nearest.rate)
                continue
            before = [size for place, size in totals if place < item]
            if not before or not self._from_total(line, item, one, before):
                sized = sized or self._sized(line)
                self._from_sizes(line, item, one, sized)

    def _printed_beside(self, line: Line, ratio: Figure, item: int) -> bool:
        """Tell whether a ratio and a percentage are one figure, if badly rounded ("2/9, 23%")."""
        gap = line.signs[ratio.last : item] or line.signs[item + 1 : ratio.first]
        top, bottom = ratio.rate["numerator"], ratio.rate["denominator"]
        near = abs(100 * top / bottom - line.findings[item].attributes["value"]) < _BADLY
        return near and len(gap) == 1 and gap in self.patterns.signs("OPEN", "SEP")

    def _alone(self, line: Line, ratio: Figure, item: int, shares: Mapping[int, Finding]) -> bool:
        """Tell whether a percentage is the only one that a ratio can be ("2/9 v 5/9 (22, 56%)")."""
        return [i for i in shares if self._fits(line, i, ratio.rate)] == [item]

    def _parted(self, line: Line, ratio: Figure, item: int) -> bool:
        """Tell whether another percentage stands between a ratio and a percentage."""
        between = range(min(ratio.last, item + 1), max(ratio.first, item))
        return any(i in line.findings and line.findings[i].label == PERCENTAGE for i in between)

    def _totals(self, line: Line) -> Iterator[tuple[int, int]]:
        """Give the items and values of what a sentence may take shares of."""
        for item, one in line.findings.items():
            value = one.attributes.get("value")
            if one.label == SAMPLE_SIZE and isinstance(value, int) and value > 1:
                yield item, value
        match = self.patterns.of("head_total").match(f"{BOUNDARY}{line.signs}{BOUNDARY}", 1)
        if match:
            item = match.start("d") - 1
            number = line.numbers[item]
            if isinstance(number.value, int) and number.value > 1 and not number.year:
                yield item, number.value

    def _from_total(self, line: Line, item: int, one: Finding, totals: list[int]) -> bool:
        """Link to the nearest total before that makes the sum right."""
        percent, digits = one.attributes["value"], decimals(line.words(item, item + 1))
        top = one.attributes.get("numerator")
        if top is None:
            top = self._count_before(line, item)
        if top is None:
            return False
        for size in reversed(totals):
            if top <= size and agrees(top, size, percent, digits):
                one.attributes["numerator"] = top
                one.attributes["denominator"] = size
                return True
        return False

    def _count_before(self, line: Line, item: int) -> int | None:
        """Give the count that stands shortly before a percentage ("436 males, 42.9%")."""
        for place in range(item - 1, max(-1, item - 1 - _NEAR), -1):
            if place in line.findings:
                is_sample = line.findings[place].label == SAMPLE_SIZE
                return self._count(line, place) if is_sample else None
            if place in line.numbers:
                return self.figures.counts.value(line, place)
        return None

    def _sized(self, line: Line) -> dict[str, list[Found]]:
        """Give what tells sizes that shares are of: pattern to matches, counted from 1."""
        signs = f"{BOUNDARY}{line.signs}{BOUNDARY}"
        return {name: list(self.patterns.of(name).finditer(signs, 1)) for name in _SIZED}

    def _from_sizes(
        self, line: Line, item: int, one: Finding, sized: Mapping[str, list[Found]]
    ) -> None:
        """Give a share the size of what its sentence says that it is a share of.

        So for "46 adults (mean age 31; 65% women)", for "Among 80 women, 12% had pain" and for
        "(8%) in the drug group (n = 25)".
        """
        at = item + 1
        for name, matches in sized.items():
            for match in matches:
                if name == "total_share":
                    # A count on the way is what the share is about: "Among 80, 12 fell (4% v 9%)".
                    counted = any(match.end() <= place + 1 < at for place in line.numbers)
                    holds = match.end() <= at and not counted
                    holds = holds and one.attributes.get("kind") == "proportion"
                elif name != "composition":
                    holds = match.start("p") == at
                    holds = holds and one.attributes.get("kind") == "proportion"
                else:
                    holds = match.start("p") <= at < match.end()
                size = self._size(line, match.end("d") - 2)
                if name == "share_of":
                    size = self._count(line, match.end("d") - 2)
                if name == "counted_of":
                    # "17 (41.5%) smokers out of 41", where the sum is right.
                    holds = holds and "numerator" in one.attributes
                told = name in ("share_of", "sized_share") and "numerator" not in one.attributes
                if holds and size and (told or possible(size, one, line.words(item, item + 1))):
                    one.attributes["denominator"] = size
                    return
