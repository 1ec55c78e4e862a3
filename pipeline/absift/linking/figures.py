"""Read the figures of a sentence: percentages with their counts, counts, counts of counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from absift.linking.patterns import Patterns
from absift.linking.sums import whole
from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE, SAMPLE_SIZE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.numbers import Number

Rate = dict[str, Any]
# Items of a sentence that are linked together, at most.
_LONGEST = 600
# Words of a phrase that begins with a count, at most.
_PHRASE = 4
_LINKED = frozenset({ADVERSE_EVENT, PERCENTAGE})


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
            if _worth(held, high - low, rates=rates):
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


class FigureFinder:
    """Finds the figures of sentences.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def count(self, line: Line, item: int) -> int | None:
        """Give the number of people or things that an item counts, or ``None``."""
        number = line.numbers.get(item)
        if number is None or number.kind == "ordinal" or number.year:
            return None
        if self._is_label(line, item):
            return None
        if not isinstance(number.value, int):
            return None
        if self._is_named(line, item) or self._is_measured(line, item):
            return None
        return number.value

    def _is_label(self, line: Line, item: int) -> bool:
        """Tell whether a number is part of a name ("H(2)", "2D6") or of a list ("(4) We")."""
        signs, of = line.signs, self.patterns.signs
        if line.text[line.ends[item] : line.ends[item] + 1].isalpha():
            return True
        if not item or signs[item - 1] not in of("OPEN"):
            return False
        if item == 1 or line.ends[item - 2] == line.starts[item - 1]:
            return True
        alone = signs[item + 1 : item + 2] in of("CLOSE")
        return alone and signs[item - 2] in of("SEP", "LIST_JOINER")

    def _is_named(self, line: Line, item: int) -> bool:
        """Tell whether what stands before a number makes it a name, a grade or a statistic."""
        if not item:
            return False
        signs, of = line.signs, self.patterns.signs
        before = signs[item - 1]
        place = item
        while place > 1 and signs[place - 1] in of("LINK_SPREAD") and place - 2 in line.numbers:
            place -= 2
        if place and signs[place - 1] in of("LINK_NAMED"):
            return True
        lead = line.text[line.starts[item] - 1]
        if (place < item and before in of("RANGE_TO")) or lead.isalnum() or lead in ")′'/":
            return True
        if line.words(item - 1, item) == "=":
            # "n = 11" counts; "P = 3" doesn't.
            return item < 2 or signs[item - 2] not in of("COUNT_SIGN")
        if before in of("DASH") and line.ends[item - 1] == line.starts[item]:
            return item < 2 or line.ends[item - 2] == line.starts[item - 1]
        return not of("LINK_STATISTIC").isdisjoint(signs[max(0, item - 4) : item])

    def _is_measured(self, line: Line, item: int) -> bool:
        """Tell whether what stands behind a number makes it a measure or a range."""
        signs, of = line.signs, self.patterns.signs
        behind = signs[item + 1 : item + 2]
        if not behind:
            return False
        unit = item
        while signs[unit + 1 : unit + 2] in of("LINK_SPREAD") and unit + 2 in line.numbers:
            unit += 2
        if signs[unit + 1 : unit + 2] in of("LINK_MEASURE"):
            return True
        if behind in of("CLOSE") and of("OPEN").isdisjoint(signs[max(0, item - 8) : item]):
            # "1) fever, 2) rash": the number of a list's item.
            return True
        if behind in of("DASH") and line.ends[item] == line.starts[item + 1]:
            return line.ends[item + 1 : item + 2] == line.starts[item + 2 : item + 3]
        if self._counts_things(line, item):
            return True
        return item + 2 in line.numbers and (
            behind in of("RANGE_TO") or line.words(item + 1, item + 2) == "/"
        )

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
            if one.first == place and one.rate.keys() == {"numerator"} and isinstance(size, int):
                if one.rate["numerator"] <= size:
                    one.rate["denominator"] = size

    def _counts_things(self, line: Line, item: int) -> bool:
        """Tell whether a number counts what is neither people nor events ("two drugs")."""
        signs, of = line.signs, self.patterns.signs
        stops = of("LINK_STOP")
        if signs[item + 1 : item + 2] in of("LINK_OF") and signs[item + 2 : item + 3] in of("LINK_DET"):
            item += 2
        end = item + 1
        while end < len(signs) and end - item <= _PHRASE and signs[end] not in stops:
            found = line.findings.get(end)
            if found or signs[end] in of("LINK_COUNTED", "HARM_NOUN") or end in line.numbers:
                return False
            end += 1
        if end - item <= 1 or end - item > _PHRASE:
            return False
        # A verb behind a number has the number as its subject ("two needed surgery").
        return any(
            line.words(i, i + 1)[-1:] == "s" and signs[i] not in of("LINK_VERB")
            for i in range(item + 1, end)
        )

    def find(self, line: Line) -> list[Figure]:
        """Give the figures of a sentence in order."""
        ratios = self.ratios(line)
        taken: set[int] = set()
        for one in ratios:
            taken.update(range(one.first, one.last))
        for match in self.patterns.of("odds").finditer(line.signs):
            taken.update((match.start("n"), match.start("d")))
        for match in self.patterns.of("bound").finditer(line.signs):
            taken.add(match.start("n"))
        free = (item for item in line.numbers if item not in taken)
        counts = {i: count for i in free if (count := self.count(line, i)) is not None}
        figures: list[Figure] = []
        for item, found in line.findings.items():
            if found.label == PERCENTAGE and found.attributes.get("kind") == "proportion":
                value = found.attributes.get("value")
                if value is not None and value >= 0:
                    figures.append(self._percentage(line, item, found, ratios, counts))
        figures += ratios
        figures += [Figure(item, item + 1, {"numerator": n}) for item, n in counts.items()]
        for match in self.patterns.of("sampled").finditer(line.signs):
            item = match.end("n") - 1
            figures.append(Figure(item, item + 1, {"numerator": line.findings[item].attributes["value"]}))
        figures += self._words(line)
        self._take_total(line, figures)
        figures.sort(key=lambda one: one.first)
        return figures

    def ratios(self, line: Line) -> list[Figure]:
        """Give the counts of a sentence that are given out of a total ("14/15", "7 of 16")."""
        out: list[Figure] = []
        for match in self.patterns.of("ratio").finditer(line.signs):
            first, last = match.start("n"), match.end("d")
            top = line.numbers[first].value
            size = line.numbers.get(last - 1)
            bottom = size.value if size else line.findings[last - 1].attributes.get("value")
            if first and line.signs[first - 1] in self.patterns.signs("LINK_NAMED"):
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
        deny = self.patterns.signs("LINK_NO")
        if (none | once | deny).isdisjoint(line.signs):
            return
        for item, sign in enumerate(line.signs):
            behind = line.signs[item + 1 : item + 2]
            if sign in none and behind not in self.patterns.signs("LINK_COMES"):
                yield Figure(item, item + 1, {"numerator": 0})
            elif sign in deny and ADVERSE_EVENT in self._labels(line, item + 1):
                yield Figure(item, item + 1, {"numerator": 0}, tentative=True)
            elif sign in once and (not behind or behind in self.patterns.signs("LINK_ENDS")):
                yield Figure(item, item + 1, {"numerator": 1})


    def _labels(self, line: Line, first: int) -> set[str]:
        """Give the labels of the findings shortly behind an item."""
        near = range(first, first + _PHRASE)
        return {line.findings[item].label for item in near if item in line.findings}


def _reach(first: int, last: int, item: int) -> int:
    return first - item if first > item else item - last + 1
