"""Tell which rows of figures are about the events of the row beside them."""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import ARM, Patterns
from absift.linking.row import Row
from absift.linking.series import Series, alike
from absift.records import ADVERSE_EVENT

# Items between two figures of arms that are set against each other, at most.
_AGAINST = 22
# The same where the first arm is one that nothing else names.
_LISTED = 8
# The same in a list of arms with their figures, and of these the words that say nothing of arms,
# behind the events and before them.
_PARALLEL = 16
_OTHER = 5
_FEW = 2


class ChainFinder:
    """Finds rows of figures that go on with each other.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def goes_on(self, row: Row, last: Series, series: Series) -> bool:
        """Tell whether a row sets another arm against the one before ("compared with A (3%)")."""
        gap = row.signs[last.last : series.first]
        if not self.patterns.signs("LINK_LIKEWISE").isdisjoint(gap):
            # "12% on A; the corresponding figures on B and C were 8% and 9%".
            return True
        if series.again and series.arms == last.arms:
            return not self._holds_event(row, last, series)
        if not series.arms[0] and not series.lead:
            return False
        named = all(series.arms) and not last.arms[-1] and len(gap) <= _LISTED
        if named and not self.patterns.signs("COMMA").isdisjoint(gap):
            return not self._holds_event(row, last, series)
        against = not self.patterns.signs("VERSUS", "LINK_THAN").isdisjoint(gap)
        against = against and bool(last.arms[0]) and len(gap) <= _AGAINST
        if against or self.patterns.of("armed").fullmatch(gap):
            return True
        return self._is_parallel(row, last, series, _OTHER) and self._ends(row, series)

    def in_bracket(self, row: Row, last: Series, series: Series) -> bool:
        """Tell whether two rows stand in one bracket, with a semicolon between them."""
        gap = row.signs[last.last : series.first]
        if self.patterns.signs("LINK_STOPS").isdisjoint(gap):
            return False
        opens, closes = self.patterns.signs("OPEN"), self.patterns.signs("CLOSE")
        before = row.signs[: last.last]
        depth = sum((sign in opens) - (sign in closes) for sign in before)
        for sign in gap:
            depth += (sign in opens) - (sign in closes)
            if depth < 1:
                return False
        return True

    def leading(self, row: Row, rows: Sequence[Series], events: int) -> Sequence[Series]:
        """Give the rows before the last that stand in one list with it, before the events."""
        first = len(rows) - 1
        if not self.patterns.signs("CLOSE").isdisjoint(row.signs[rows[-1].last + 1 : events]):
            return ()
        while first and self._is_parallel(row, rows[first - 1], rows[first], _FEW):
            first -= 1
        return rows[first:-1]

    def _is_parallel(self, row: Row, last: Series, series: Series, other: int) -> bool:
        """Tell whether two rows stand in one list, each with its arm ("3 on A 5 mg, 2 on B")."""
        if not (all(last.arms) and all(series.arms)) or not set(last.arms).isdisjoint(series.arms):
            return False
        gap, signs = row.signs[last.last : series.first], self.patterns.signs
        if len(gap) > _PARALLEL or self._holds_event(row, last, series):
            return False
        if not alike(last.figures[-1], series.figures[0]):
            return False
        lead = len(gap)
        while lead and gap[lead - 1] in signs("LINK_IN", "LINK_GIVEN", "LINK_DET"):
            lead -= 1
        joints = signs("LINK_JOIN", "COMMA", "LIST_JOINER")
        if gap[max(0, lead - 1) : lead] not in joints or not signs("LINK_STOPS").isdisjoint(gap):
            return False
        loose = signs("LINK_FILL", "LINK_JOIN", "LINK_LEAD") | {self.patterns.label(ARM)}
        return sum(sign not in loose for sign in gap) <= other

    def _ends(self, row: Row, series: Series) -> bool:
        """Tell whether nothing is said of a row but its arm ("and 2 on placebo.")."""
        item, fill = series.last, self.patterns.signs("LINK_FILL")
        while item < len(row.signs) and (item in row.arms or row.signs[item] in fill):
            item += 1
        ends = self.patterns.signs("LINK_ENDS", "COMMA", "LIST_JOINER", "SENTENCE_END", "OPEN")
        return row.signs[item : item + 1] in {"", *ends}

    def _holds_event(self, row: Row, last: Series, series: Series) -> bool:
        events = (row.findings.get(item) for item in range(last.last, series.first))
        return any(one is not None and one.label == ADVERSE_EVENT for one in events)
