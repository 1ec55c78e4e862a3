"""Choose the events that figures are about."""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.patterns import ARM, Patterns
from absift.linking.row import Group, Row
from absift.linking.series import Series
from absift.rules.vocabulary import BOUNDARY

_FAR = 24
_NEAR = 20
_SHARE = 5
_COUNT = 8
# Items from the number of events to their name.
_EVENTS = 4
# Items in front of an event in which a word may deny it.
_NO = 4
# Items before a figure that a sentence begins with, at most.
_LEAD = 2
# Items behind a figure in which its arm may stand.
_BEHIND = 5


class OwnerFinder:
    """Finds the events of figures.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def find(self, row: Row, groups: Sequence[Group], series: Series) -> tuple[Group | None, bool]:
        """Choose the events that a row of figures is about, and whether they stand before it.

        Args:
            row: The sentence.
            groups: Its events.
            series: The figures.
        """
        if series.around:
            return series.around, True
        if self.is_shared(row, series):
            return None, False
        left = self._left(row, groups, series)
        right = next((g for g in groups if g.first >= series.last), None)
        next_to_left = left is not None and left.last >= series.edges[0]
        armed = len(series) > 1 and all(series.arms[1:])
        signs = self.patterns.signs
        to_left = self._gap(row, left.last, series.first) if left else None
        to_right = self._gap(row, series.last, right.first) if right else None
        raw_right = row.signs[series.last : right.first] if right else ""
        inside = right is not None and signs("CLOSE").isdisjoint(raw_right)
        if left and to_left and to_left[0] in signs("OPEN"):
            begins = len(to_left) == 1 or to_left[1:] in signs("LINK_COMES")
            if to_right is not None and inside and begins and not self._loose(to_right):
                return right, False
            if next_to_left or armed:
                return left, True
        if to_left and to_left[-1] in signs("OPEN"):
            to_left = to_left[:-1]
        if left and to_left and self._is_detailed(groups, left, to_left, series):
            left, to_left, next_to_left = None, None, False
        tight_left = to_left is not None and next_to_left and not self._loose(to_left)
        if to_right and self._leads(row, series):
            # "In two men on the drug, rash was seen."
            comma = next((i for i, sign in enumerate(to_right) if sign in signs("COMMA")), -1)
            to_right = to_right[comma + 1 :]
        tight_right = (
            right is not None
            and to_right is not None
            and signs("LINK_STOPS").isdisjoint(to_right)
            and self._is_next(row, series, right.first)
            and self._reaches(to_right, series)
        )
        colon = to_left and next_to_left and to_left[-1] in signs("COLON")
        if colon and not tight_right and to_left and not self._loose(to_left[:-1]):
            return left, True
        leads = not to_left or to_left[-1] in signs("LINK_INTO")
        comes = to_left is not None and to_left[-1:] in signs("LINK_COMES")
        if tight_left and leads and not (comes and tight_right):
            return left, True
        if tight_right:
            return (None if self._share(to_right) else right), False
        if tight_left and left and (not left.rates or len(series) > 1):
            return left, True
        if left and to_left is not None and next_to_left and len(to_left) <= _NEAR:
            free = armed or signs("LINK_STOPS").isdisjoint(to_left)
            if free and (not left.rates or len(series) > 1):
                return left, True
        return None, False

    def _is_detailed(self, groups: Sequence[Group], left: Group, gap: str, series: Series) -> bool:
        """Tell whether a figure is that of what events included ("... included swelling in 12")."""
        if self.patterns.signs("LINK_HELD").isdisjoint(gap[:-1]):
            return False
        return not any(left.last <= group.first < series.first for group in groups)

    def is_shared(self, row: Row, series: Series) -> bool:
        """Tell whether a figure is that of each of several arms ("8 (47%; four in each group)")."""
        behind = row.signs[series.last : series.last + 3]
        return len(series) == 1 and bool(self.patterns.of("of_each").match(behind))

    def _left(self, row: Row, groups: Sequence[Group], series: Series) -> Group | None:
        """Give the events before figures; not those that others were for the most part."""
        before = [group for group in groups if group.last <= series.first]
        while len(before) > 1 and series.edges[0] <= before[-2].last:
            other, last = before[-2:]
            aside = self.patterns.of("mostly").fullmatch(row.signs[other.last : last.first])
            behind = row.signs[last.last : series.first]
            if not aside or self.patterns.signs("OCCUR").isdisjoint(behind):
                break
            before.pop()
        return before[-1] if before else None

    def _reaches(self, gap: str, series: Series) -> bool:
        """Tell whether figures reach over what stands between them and an event behind.

        They do if it is their cause, however far ("12 left the study, due to rash"). A bare count
        far off rather counts those whom a whole clause is about.
        """
        stops = self.patterns.signs("LINK_STOPS", "OPEN")
        if self.patterns.of("because").search(gap + BOUNDARY) and stops.isdisjoint(gap):
            return True
        bare = all(figure.rate.keys() == {"numerator"} for figure in series.figures)
        return not self._loose(gap) and not (bare and len(gap) > _COUNT)

    def _is_next(self, row: Row, series: Series, item: int) -> bool:
        """Tell whether no other figures stand before an event ("9 men reported 12 events")."""
        opens, closes = self.patterns.signs("OPEN"), self.patterns.signs("CLOSE")
        depth = self._depth(row, series)
        for place in range(series.last, item):
            depth += (row.signs[place] in opens) - (row.signs[place] in closes)
            if place in row.figures and depth <= 0:
                counts = row.figures[place].rate.keys() == {"numerator"}
                counts = counts and series.figures[0].rate.keys() == {"numerator"}
                parted = not self.patterns.signs("CLOSE", "SEP").isdisjoint(
                    row.signs[series.last : item]
                )
                return counts and not parted and item - place <= _EVENTS
        return True

    def _depth(self, row: Row, series: Series) -> int:
        """Tell how many brackets a figure ends in that it doesn't begin in ("8 (47%; ...")."""
        opens, closes = self.patterns.signs("OPEN"), self.patterns.signs("CLOSE")
        closed = row.signs[series.last : series.last + 1] in closes
        text = row.text[row.starts[series.first] : row.ends[series.last - 1]]
        inside = text.count("(") + text.count("[") - text.count(")") - text.count("]")
        before = sum(sign in opens for sign in row.signs[: series.first])
        return inside if not closed and not before else 0

    def _leads(self, row: Row, series: Series) -> bool:
        """Tell whether a sentence begins with a figure and a preposition before it."""
        return series.first <= _LEAD and row.signs[0] in self.patterns.signs("LINK_IN")

    def barred(self, row: Row, owner: Group, series: Series) -> bool:
        """Tell whether figures can't be those of events though they stand by them.

        So in "No damage was seen in 13", "because of rash or lack of effect" and, behind a
        figure of all, "(27% mild, 3% severe)"; not in "no difference in rash (4% v 3%)".
        """
        signs = self.patterns.signs
        begin = max(0, owner.first - _NO)
        before = row.signs[begin : owner.first]
        denied = not signs("LINK_NO").isdisjoint(before) or any(
            figure.tentative and begin <= item < owner.first for item, figure in row.figures.items()
        )
        opposed = not signs("VERSUS").isdisjoint(row.signs[series.first : series.last])
        denied = denied and not opposed and signs("LINK_ALIKE").isdisjoint(before)
        counted = any(figure.rate.get("numerator") == 0 for figure in series.figures)
        if denied and not counted and series.first > owner.first:
            return True
        between = range(series.last, owner.first)
        denies = any(
            (row.signs[i] in signs("LINK_DENIED") and row.signs[i + 1] not in signs("LINK_FINISH"))
            or (i in row.figures and row.figures[i].tentative)
            for i in between
        )
        if denies and not counted:
            return True
        if len(series) == 1 and owner.rates and self._of_part(row, series.last):
            return True
        if len(series) == 1 and owner.rates and self._of_detail(row, series):
            return True
        return bool(self.patterns.of("mixed").match(row.signs, owner.last))

    def _of_detail(self, row: Row, series: Series) -> bool:
        """Tell whether a bracket says more of a count ("15 deaths (11 from cardiac causes)")."""
        signs, behind = self.patterns.signs, row.signs[series.last : series.last + _BEHIND]
        opened = row.signs[series.first - 1 : series.first] in signs("OPEN")
        goes_on = behind[:1] not in signs("CLOSE", "SEP") and self.patterns.label(ARM) not in behind
        return bool(opened and goes_on and "percent" not in series.figures[0].rate)

    def _of_part(self, row: Row, item: int) -> bool:
        signs = self.patterns.signs
        graded = row.signs[item : item + 1] in signs("LINK_DEGREE")
        return graded and row.signs[item + 1 : item + 2] in signs("SEP", "CLOSE")

    def _gap(self, row: Row, first: int, last: int) -> str:
        """Give what stands between two places, without closed brackets and arms."""
        opens, closes = self.patterns.signs("OPEN"), self.patterns.signs("CLOSE")
        arm = self.patterns.label(ARM)
        leads = self.patterns.signs("LINK_IN", "LINK_GIVEN", "LINK_DET")
        kept: list[str] = []
        for sign in row.signs[first:last]:
            if sign == arm:
                while kept and kept[-1] in leads:
                    kept.pop()
            elif sign not in closes:
                kept.append(sign)
            else:
                while kept and kept[-1] not in opens:
                    kept.pop()
                if kept:
                    kept.pop()
        comma = self.patterns.signs("COMMA")
        at = next(
            (i for i, sign in enumerate(kept) if sign in self.patterns.signs("RESPECTIVELY")), -1
        )
        if at >= 0:
            first = at - 1 if at and kept[at - 1] in comma else at
            last = at + 2 if at + 1 < len(kept) and kept[at + 1] in comma else at + 1
            del kept[first:last]
        gap = "".join(kept)
        if gap[:1] in comma and gap[1:]:
            # "X, as defined by Y, was seen in 12": what stands between commas is passed over.
            closing = next((i for i, sign in enumerate(gap[1:], start=1) if sign in comma), 0)
            gap = gap[closing + 1 :] if closing else gap
        return gap

    def _loose(self, gap: str) -> bool:
        breaks = self.patterns.signs("SEP", "OPEN")
        joins = self.patterns.signs("LIST_JOINER")
        return len(gap) > _FAR or not breaks.isdisjoint(gap) or gap[:1] in joins

    def _share(self, to_right: str | None) -> bool:
        """Tell whether figures are a share of the events themselves ("81% of the infections")."""
        if not to_right or not 2 <= len(to_right) <= _SHARE:
            return False
        signs = self.patterns.signs
        if not signs("PARTICIPANT").isdisjoint(to_right):
            return False
        return to_right[0] in signs("LINK_OF") and to_right[1] in signs("LINK_DET")
