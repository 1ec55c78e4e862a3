"""Name the arms that the figures of a row belong to."""

from __future__ import annotations

from collections.abc import Iterator

from absift.linking.clauses import ClauseArms, Names
from absift.linking.mentions import Mention, MentionFinder
from absift.linking.patterns import Patterns
from absift.linking.row import Row
from absift.linking.series import Series
from absift.linking.shared import SharedArms
from absift.rules.vocabulary import BOUNDARY


class ArmAssigner:
    """Gives the figures of a row their arms.

    Args:
        patterns: The patterns of linking.
        mentions: Tells what may name an arm.
    """

    def __init__(self, patterns: Patterns, mentions: MentionFinder) -> None:
        self.patterns = patterns
        self.mentions = mentions
        self.shared = SharedArms(patterns, mentions)
        self.clauses = ClauseArms(patterns)

    def assign(self, row: Row, series: Series, edges: tuple[int, int]) -> Names:
        """Give the arms that stand beside the figures of a row.

        Args:
            row: The sentence.
            series: The figures.
            edges: The item behind the event or figure before, and that of the next one.
        """
        size = len(series)
        self._take_sizes(row, series)
        names: list[str | None] = [figure.arm for figure in series.figures]
        left, right = self._left(row, series, edges[0]), self._right(row, series, edges[1])
        for at, mention in self._between(row, series, led=left is not None):
            names[at] = names[at] or mention.name
        if size == 1:
            beside = right or left
            return (names[0] or (beside.name if beside else None),)
        shared = self.shared.find(row, series)
        if shared:
            return shared
        series.lead = left.name if left else None
        if not series.likely:
            listed = self._listed(row, series, edges[1])
            if len(listed) > 1 and not any(names[-len(listed) :]):
                names[-len(listed) :] = listed
        for at, mention in series.likely.items():
            names[at] = names[at] or mention.name
            if right and right.many:
                right.shorten()
        led = left is not None and all(names[1:-1])
        if names[-1] is None and (names[0] or series.around or led) and right:
            names[-1] = right.name
        if names[0] is None and (names[-1] or series.around) and left:
            names[0] = left.name
        if any(names) and not all(names):
            names = self._likely_edges(row, series, edges, names)
        if size == 2 and any(names) and not all(names):
            names = self._filled(row, series, names)
        return tuple(names)

    def _take_sizes(self, row: Row, series: Series) -> None:
        """Give counts the sizes that stand in brackets behind their arms ("3 on A (n = 20)")."""
        if len(series) == 1:
            return
        for figure, place in zip(series.figures, series.places, strict=True):
            match = self.patterns.of("sized").match(row.signs, place + 1)
            if match and "denominator" not in figure.rate:
                size = row.findings[match.end("d") - 1].attributes.get("value")
                if isinstance(size, int) and size >= figure.rate.get("numerator", size + 1):
                    figure.rate["denominator"] = size

    def _between(self, row: Row, series: Series, *, led: bool) -> Iterator[tuple[int, Mention]]:
        """Give the arms between the figures of a row, each with the figure that it stands by."""
        for at, (one, other) in enumerate(zip(series.places, series.places[1:], strict=False)):
            inside = [item for item in range(one + 1, other) if item in row.arms]
            group = series.around if series.around and one < series.around.first < other else None
            for item in inside:
                if group:
                    beyond = item > group.first and self._joined(row, group.last, item) > 0
                    yield at + beyond, row.arms[item]
                else:
                    lead = self._joined(row, one + 1, item)
                    trail = self._joined(row, item + 1, other)
                    yield at + (lead > trail or (lead == trail > 0 and led)), row.arms[item]

    def _joined(self, row: Row, first: int, last: int) -> int:
        """Tell how firmly a stretch joins two things: 2 by a word, 1 by a comma, 0 not at all."""
        held = set(row.signs[first:last])
        if held & self.patterns.signs("LINK_JOIN"):
            return 2
        return int(not held.isdisjoint(self.patterns.signs("COMMA")))

    def _left(self, row: Row, series: Series, start: int) -> Mention | None:
        """Give the arm right before a row."""
        fill = self.patterns.signs("LINK_LEAD")
        item = series.first - 1
        while item >= start and row.signs[item] in fill:
            item -= 1
        return row.arms.get(item) if item >= start else None

    def _right(self, row: Row, series: Series, stop: int) -> Mention | None:
        """Give the arm right behind a row."""
        item, fill = series.last, self.patterns.signs("LINK_FILL")
        while item < stop and row.signs[item] in fill:
            item += 1
        return row.arms.get(item) if item < stop else None

    def _listed(self, row: Row, series: Series, stop: int) -> list[str]:
        """Give the arms that stand in a list behind the last figure, as many as fit."""
        loose = self.patterns.signs("LINK_FILL", "LINK_JOIN", "COMMA")
        found: list[str] = []
        item = series.last
        while item < stop and len(found) < len(series):
            if item in row.arms:
                found.append(row.arms[item].name)
            elif row.signs[item] not in loose:
                break
            item += 1
        return found

    def weakly(self, row: Row, series: Series) -> str | None:
        """Give what stands behind a row where arms do, though nothing else names it."""
        piece = f"{BOUNDARY}{row.signs[series.last : series.edges[1]]}{BOUNDARY}"
        match = self.patterns.of("after_weak").match(piece, 1)
        found = self._mention(row, series.last - 1, match.span("arm")) if match else None
        return found.name if found else None

    def behind(self, row: Row, first: int, last: int) -> str | None:
        """Give what stands at the beginning of a stretch as an arm does, whatever it is called."""
        of, item = self.patterns.signs, first
        while item < last and row.signs[item] in of("LINK_FILL", "OCCUR") - of("OPEN", "CLOSE"):
            item += 1
        end, stops = item, of("LINK_STOP")
        while end < last and row.signs[end] not in stops and not self._is_figure(row, end):
            end += 1
        if row.signs[item - 1 : item] not in of("LINK_IN", "LINK_GIVEN", "LINK_DET") or end == item:
            return None
        found = self._mention(row, 0, (item, end))
        return found.name if found else None

    def _is_figure(self, row: Row, item: int) -> bool:
        return item in row.figures or item in row.findings

    def _likely_edges(
        self, row: Row, series: Series, edges: tuple[int, int], names: list[str | None]
    ) -> list[str | None]:
        """Read what stands beside the outer figures where arms stand between the others."""
        if names[-1] is None:
            names[-1] = self.weakly(row, series)
        elif names[0] is None:
            piece = f"{BOUNDARY}{row.signs[edges[0] : series.first]}{BOUNDARY}"
            match = self.patterns.of("before").search(piece)
            if match:
                found = self._mention(row, edges[0] - 1, match.span("arm"))
                names[0] = found.name if found else None
        return names if all(names) or not series.likely else [None] * len(series)

    def _filled(self, row: Row, series: Series, names: list[str | None]) -> list[str | None]:
        """Give the second of two arms, where one stands beside and one other before or behind."""
        missing = names.index(None)
        stretch = (series.last, series.edges[1]) if missing else (series.edges[0], series.first)
        others = [name for name in self.clauses.named(row, *stretch).values() if name not in names]
        if len(others) == 1:
            names[missing] = others[0]
        return names

    def _mention(self, row: Row, offset: int, span: tuple[int, int]) -> Mention | None:
        first, last = offset + span[0], offset + span[1]
        if any(item in row.figures for item in range(first, last)):
            return None
        if last - first == 1 and first in row.arms:
            return row.arms[first]
        if self.patterns.signs("LINK_LOOSE", "LINK_DET").issuperset(row.signs[first:last]):
            return None
        return self.mentions.mention(row, first, last)
