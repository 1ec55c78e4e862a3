"""Read the figures of a sentence: percentages with their counts, counts, counts of counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from absift.linking.counts import CountReader
from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.linking.sums import whole
from absift.records import ADVERSE_EVENT, PERCENTAGE, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.vocabulary import BOUNDARY

Rate = dict[str, Any]
# Items behind "no" in which the event that it denies stands.
_DENIED = 4


@dataclass(slots=True)
class Figure:
    """A figure of a sentence.

    Attributes:
        first: The first item.
        last: The item behind the last.
        rate: What it says: numerator, denominator, percent.
        arm: The arm that is named inside it ("3 on placebo (5%)").
        tentative: Whether it counts only in a row with others ("no rash with A, 3 with B").
    """

    first: int
    last: int
    rate: Rate = field(default_factory=dict)
    arm: str | None = None
    tentative: bool = False


class FigureFinder:
    """Finds the figures of sentences.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns
        self.counts = CountReader(patterns)

    def _take_total(self, line: Line, figures: list[Figure]) -> None:
        """Give a count the total that its sentence begins with ("Of 81 women, 6 had rash")."""
        match = self.patterns.of("of_total").match(f"{BOUNDARY}{line.signs}", 1)
        if not match:
            return
        item, place = match.start("d") - 1, match.start("n") - 1
        size = line.findings[item].attributes.get("value") if item in line.findings else None
        if size is None and item in line.numbers:
            size = line.numbers[item].value
        for one in figures:
            counts = one.first == place and one.rate.keys() == {"numerator"}
            if counts and isinstance(size, int) and one.rate["numerator"] <= size:
                one.rate["denominator"] = size

    def find(self, line: Line) -> list[Figure]:
        """Give the figures of a sentence in order."""
        ratios = self.ratios(line)
        taken: set[int] = set()
        for one in ratios:
            taken.update(range(one.first, one.last))
        for match in self.patterns.of("bound").finditer(line.signs):
            taken.add(match.start("n"))
        free = (item for item in line.numbers if item not in taken)
        counts = {i: count for i in free if (count := self.counts.value(line, i)) is not None}
        figures: list[Figure] = []
        for item, found in line.findings.items():
            if found.label == PERCENTAGE and found.attributes.get("kind") == "proportion":
                value = found.attributes.get("value")
                above = self._is_bound(line, item)
                if value is not None and value >= 0 and not above:
                    figures.append(self._percentage(line, item, found, ratios, counts))
        figures += ratios
        figures += [Figure(item, item + 1, {"numerator": n}) for item, n in counts.items()]
        figures += self._sampled(line)
        figures += self._words(line)
        figures += self._summed(line, figures)
        self._take_total(line, figures)
        figures.sort(key=lambda one: one.first)
        return self._merged(line, figures)

    def _merged(self, line: Line, figures: list[Figure]) -> list[Figure]:
        """Join a count with the figure in brackets that repeats it ("Six (5%, 6/120)")."""
        opens, fill = self.patterns.signs("OPEN"), self.patterns.signs("LINK_COUNTED")
        kept: list[Figure] = []
        for one in figures:
            before = kept[-1] if kept else None
            if before is not None and before.rate == {"numerator": one.rate.get("numerator")}:
                gap = line.signs[before.last : one.first]
                if gap[-1:] in opens and gap and len(one.rate) > 1 and fill.issuperset(gap[:-1]):
                    one.first, one.tentative = before.first, False
                    kept.pop()
            kept.append(one)
        return kept

    def _is_bound(self, line: Line, item: int) -> bool:
        """Tell whether a percentage is only exceeded ("> 5%", "> or = 5%")."""
        signs, above = line.signs, self.patterns.signs("LINK_ABOVE")
        if item and signs[item - 1] in above:
            return True
        return (
            item > 2
            and signs[item - 1] in self.patterns.signs("SIZE_EQUALS")
            and (signs[item - 3] in above)
        )

    def _sampled(self, line: Line) -> Iterator[Figure]:
        """Find sizes that rather count those who had an event."""
        done: set[int] = set()
        if ADVERSE_EVENT not in {one.label for one in line.findings.values()}:
            return
        for name in ("sampled", "seen_in", "seen_next"):
            for match in self.patterns.of(name).finditer(line.signs):
                item = match.end("n") - 1
                size = line.findings[item].attributes.get("value")
                if item not in done and isinstance(size, int):
                    done.add(item)
                    yield Figure(item, item + 1, {"numerator": size})

    def _summed(self, line: Line, figures: list[Figure]) -> Iterator[Figure]:
        """Find sizes that add up to a count before them, or are the sum of those behind.

        So in "8 had rash (zelorin, n = 5; placebo, n = 3)", "Eight, 5 on zelorin and 3 on
        placebo, had rash".
        """
        labels = {one.label for one in line.findings.values()}
        if ADVERSE_EVENT not in labels or SAMPLE_SIZE not in labels:
            return
        held = {one.first: one.rate.get("numerator") for one in figures}
        sizes: dict[int, int] = {}
        for item, found in line.findings.items():
            value = found.attributes.get("value")
            if found.label == SAMPLE_SIZE and item not in held and isinstance(value, int):
                sizes[item] = value
        ordered = sorted((item, n) for item, n in {**held, **sizes}.items() if n)
        for at, (item, total) in enumerate(ordered):
            parts = _adding_up([n for _, n in ordered[at + 1 :]], total)
            places = [item, *(place for place, _ in ordered[at + 1 : at + 1 + parts])]
            alike = len({place in sizes for place in places[1:]}) == 1
            if not parts or not alike or all(place in sizes for place in places):
                continue
            if item in sizes and item:
                # Of sizes only the one that the sentence begins with counts those behind.
                continue
            for place in places:
                if place in sizes:
                    yield Figure(place, place + 1, {"numerator": sizes[place]})
            return

    def ratios(self, line: Line, *, named: bool = False) -> list[Figure]:
        """Give the counts of a sentence that are given out of a total ("14/15", "7 of 16").

        Args:
            line: The sentence.
            named: Whether to give what only looks like one, too ("grade 3/4").
        """
        out: list[Figure] = []
        for match in self.patterns.of("ratio").finditer(line.signs):
            first, last = match.start("n"), match.end("d")
            top = line.numbers[first].value
            size = line.numbers.get(last - 1)
            bottom = size.value if size else line.findings[last - 1].attributes.get("value")
            if first and not named and line.signs[first - 1] in self.patterns.signs("LINK_NAMED"):
                continue
            if line.signs[last : last + 1] in self.patterns.signs("LINK_MEASURE"):
                continue
            if not isinstance(top, int) or not isinstance(bottom, int) or bottom <= 1:
                continue
            # "170/100" is a blood pressure; "14 of 12" is meant as a share.
            if top <= bottom or last - first > 3 or line.words(first + 1, first + 2).isalpha():
                out.append(Figure(first, last, {"numerator": top, "denominator": bottom}))
        return out

    def _percentage(
        self,
        line: Line,
        item: int,
        found: Finding,
        ratios: list[Figure],
        counts: dict[int, int],
    ) -> Figure:
        """Make the figure of a percentage; what it takes in leaves ``ratios`` and ``counts``."""
        made = self._counted(line, item, found, ratios, counts)
        if "denominator" in made.rate:
            self._reach_total(line, made, counts)
        return made

    def _reach_total(self, line: Line, figure: Figure, counts: dict[int, int]) -> None:
        """Take in the total that stands behind a percentage ("11% of 84", "30 [28%] of 107")."""
        match = self.patterns.of("total_behind").match(line.signs, figure.last)
        if not match:
            return
        place = match.end("d") - 1
        found, number = line.findings.get(place), line.numbers.get(place)
        size = found.attributes.get("value") if found else number.value if number else None
        if size == figure.rate["denominator"]:
            counts.pop(place, None)
            figure.last = place + 1

    def _counted(
        self,
        line: Line,
        item: int,
        found: Finding,
        ratios: list[Figure],
        counts: dict[int, int],
    ) -> Figure:
        """Make the figure of a percentage and its count."""
        value = found.attributes["value"]
        top, bottom = found.attributes.get("numerator"), found.attributes.get("denominator")
        rate: Rate = {}
        if top is not None:
            rate["numerator"] = top
        if bottom is not None:
            rate["denominator"] = bottom
        rate["percent"] = whole(value)
        near = [one for one in ratios if _reach(one.first, one.last, item) <= 8]
        for one in sorted(near, key=lambda one: _reach(one.first, one.last, item)):
            if one.rate["numerator"] == top and one.rate["denominator"] == bottom:
                ratios.remove(one)
                return self._joined(line, one.first, one.last, item, rate)
        if top is None:
            return Figure(item, item + 1, rate)
        places = [i for i, n in counts.items() if n == top and abs(i - item) <= 14]
        if not places:
            return Figure(item, item + 1, rate)
        place = min(places, key=lambda i: (i > item, abs(i - item)))
        del counts[place]
        return self._joined(line, place, place + 1, item, rate)

    def _joined(self, line: Line, first: int, last: int, item: int, rate: Rate) -> Figure:
        """Span the count and the percentage unless an event stands between."""
        low, high = min(first, item), max(last, item + 1)
        between = range(low, high)
        if any(i in line.findings and line.findings[i].label == ADVERSE_EVENT for i in between):
            return Figure(first, last, rate)
        return Figure(low, high, rate)

    def _words(self, line: Line) -> Iterator[Figure]:
        """Find the words that count: ``none`` and ``no`` against a number, ``once``."""
        none, once = self.patterns.signs("LINK_NONE"), self.patterns.signs("LINK_ONCE")
        deny, another = self.patterns.signs("LINK_NO"), self.patterns.signs("LINK_ANOTHER")
        single = self.patterns.signs("LINK_SINGLE")
        if (none | once | deny | another | single).isdisjoint(line.signs):
            return
        ends = {"", *self.patterns.signs("LINK_ENDS")}
        people = ends | self.patterns.signs("PARTICIPANT")
        for match in self.patterns.of("nobody").finditer(line.signs):
            yield Figure(match.start(), match.start() + 1, {"numerator": 0}, tentative=True)
        for item, sign in enumerate(line.signs):
            behind = line.signs[item + 1 : item + 2]
            if sign in none and behind not in self.patterns.signs("LINK_COMES"):
                yield Figure(item, item + 1, {"numerator": 0})
            elif sign in deny and ADVERSE_EVENT in self._labels(line, item + 1):
                yield Figure(item, item + 1, {"numerator": 0}, tentative=True)
            elif (
                (sign in once and behind in ends)
                or (sign in another | single and behind in people)
                or (sign in single and ADVERSE_EVENT in self._labels(line, item + 1, 1))
            ):
                yield Figure(item, item + 1, {"numerator": 1})

    def _labels(self, line: Line, first: int, reach: int = _DENIED) -> set[str]:
        """Give the labels of the findings shortly behind an item."""
        near = range(first, first + reach)
        return {line.findings[item].label for item in near if item in line.findings}


def _reach(first: int, last: int, item: int) -> int:
    return first - item if first > item else item - last + 1


def _adding_up(counts: list[int], total: int) -> int:
    """Give how many of the first counts add up to a total, 0 if fewer than two do."""
    done = 0
    for place, count in enumerate(counts, 1):
        done += count
        if done >= total:
            return place if done == total and place > 1 else 0
    return 0
