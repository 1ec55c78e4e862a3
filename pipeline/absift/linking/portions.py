"""Give percentages the totals that others of their sentence, or all of them together, tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.linking.sums import agrees, decimals
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding

# What shares add up to, and how far off rounding may take them.
_ALL = 100
_ROUNDED = 0.25


class PortionFinder:
    """Finds what the shares of a sentence have in common.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def share(self, line: Line, shares: Mapping[int, Finding]) -> None:
        """Give a count the total of a share before it ("rash (22 [43%] of 51), burns (ten [20%])").

        It is the last of those that make the sum right.

        Args:
            line: The sentence.
            shares: Its percentages that are shares, by their items, in order; changed.
        """
        totals: list[int] = []
        for item, one in shares.items():
            top, size = one.attributes.get("numerator"), one.attributes.get("denominator")
            if size is not None:
                totals.append(size)
            elif top:
                digits = decimals(line.words(item, item + 1))
                for total in reversed(totals):
                    if agrees(top, total, one.attributes["value"], digits):
                        one.attributes["denominator"] = total
                        break

    def compose(self, line: Line, shares: Mapping[int, Finding]) -> None:
        """Give shares that add up to all of it the sample that stands before them.

        So in "80 cysts (30% large, 45% small and 25% flat)".

        Args:
            line: The sentence.
            shares: Its percentages that are shares, by their items, in order; changed.
        """
        places = [i for i, one in shares.items() if "denominator" not in one.attributes]
        against = self.patterns.signs("VERSUS", "RESPECTIVELY")
        sizes = [i for i, one in line.findings.items() if one.label == SAMPLE_SIZE]
        while len(places) > 1 and sizes:
            length = _adding_to_all(shares[item].attributes["value"] for item in places)
            run, places = places[:length], places[max(1, length) :]
            before = [item for item in sizes if run and item < run[0]]
            size = line.findings[before[-1]].attributes.get("value") if before else None
            if not isinstance(size, int) or not against.isdisjoint(line.signs[run[0] : run[-1]]):
                continue
            if all(possible(size, shares[item], line.words(item, item + 1)) for item in run):
                for item in run:
                    shares[item].attributes["denominator"] = size


def _adding_to_all(values: Iterable[float]) -> int:
    """Give how many of the first shares add up to 100, 0 if fewer than two do."""
    done = 0.0
    for place, value in enumerate(values, 1):
        done += value
        if abs(done - _ALL) < _ROUNDED:
            return place if place > 1 else 0
        if done > _ALL:
            break
    return 0


def possible(size: int, one: Finding, text: str) -> bool:
    """Tell whether the count of a percentage, or else any count, is that share of a total.

    For any count this is the GRIM test.

    Args:
        size: The total.
        one: The percentage.
        text: The percentage as written.
    """
    percent, digits = one.attributes["value"], decimals(text)
    top = one.attributes.get("numerator")
    if top is not None:
        return agrees(top, size, percent, digits)
    near = int(size * percent / 100)
    return any(agrees(count, size, percent, digits) for count in (near, near + 1))
