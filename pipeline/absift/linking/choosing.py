"""Choose the events that figures are about by weights, in which what the rules say has a say."""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.row import Group, Row
from absift.linking.series import Series
from absift.weighing import rates as places
from absift.weighing.rates import RateWeigher
from absift.weighing.spans import RULE
from absift.weighing.sums import AFTER, BEFORE
from absift.weighing.weigher import Fact

# Items beside figures that are weighed, and items between them and events, at most.
_BESIDE = 4
_BETWEEN = 40
_MANY = 3
# Distances that are told apart.
_STEPS = (0, 1, 2, 3, 6, 12, 20)
# Numbers of people that are told apart.
_FEW = 2
_LEFT, _RIGHT, _AROUND = "left", "right", "around"


class OwnerChooser:
    """Chooses among the events beside figures, or none of them.

    Args:
        weigher: Weighs each choice; without it the rules' choice holds.
    """

    def __init__(self, weigher: RateWeigher | None) -> None:
        self.weigher = weigher

    def choose(
        self,
        row: Row,
        groups: Sequence[Group],
        made: Sequence[Series],
        place: int,
        *,
        said: Group | None,
        barred: Group | None,
        before: Group | None,
    ) -> Group | None:
        """Give the events that weigh most, ``None`` where none weighs more than nothing.

        Args:
            row: The sentence.
            groups: Its events.
            made: Its rows of figures.
            place: Which of them is asked about.
            said: The events that the rules say it is about.
            barred: Events that the rules say it can't be about.
            before: Those that the row before was given to.
        """
        if self.weigher is None:
            return said
        best, most = None, 0
        one = made[place]
        for group in _choices(groups, one, said, before):
            if group is barred:
                continue
            told = (
                _beside(row, one),
                _between(row, group, one),
                [*_facts(row, groups, made, place, group), *_told(group, one, said, before)],
            )
            weight = self.weigher.weigh(*told)
            if weight > most:
                best, most = group, weight
            if self.weigher.heard is not None:
                spans = tuple((found.start, found.end) for found in group.findings)
                rates = tuple(dict(figure.rate) for figure in one.figures)
                self.weigher.heard.append((spans, rates, self.weigher.facts(*told)))
        return best


def _choices(
    groups: Sequence[Group], one: Series, said: Group | None, before: Group | None
) -> list[Group]:
    """Give the events next to figures, those of the row before and those that the rules name."""
    left = next((group for group in reversed(groups) if group.last <= one.first), None)
    right = next((group for group in groups if group.first >= one.last), None)
    chosen: list[Group] = []
    for group in (said, left, right, before):
        if group is not None and not any(group is other for other in chosen):
            chosen.append(group)
    return chosen


def _beside(row: Row, one: Series) -> list[tuple[str, str]]:
    signs = row.signs
    return [
        (BEFORE, signs[max(0, one.first - _BESIDE) : one.first]),
        (AFTER, signs[one.last : one.last + _BESIDE]),
    ]


def _between(row: Row, group: Group, one: Series) -> tuple[str, str]:
    side, signs = _side(group, one), row.signs
    if side == _LEFT:
        return places.ON_LEFT, signs[max(group.last, one.first - _BETWEEN) : one.first]
    if side == _RIGHT:
        return places.ON_RIGHT, signs[one.last : min(group.first, one.last + _BETWEEN)]
    return places.ON_LEFT, ""


def _facts(
    row: Row, groups: Sequence[Group], made: Sequence[Series], place: int, group: Group
) -> list[Fact]:
    """Give where figures and events stand to each other, and what they are."""
    one = made[place]
    side = _side(group, one)
    first, last = (group.last, one.first) if side == _LEFT else (one.last, group.first)
    events = sum(first <= other.first and other.last <= last for other in groups)
    rows = sum(first <= other.first and other.last <= last for other in made)
    near = next((step for step in _STEPS if last - first <= step), "far")
    figure = one.figures[0]
    kind, count = _kind(one), figure.rate.get("numerator")
    asserted = sorted({str(found.attributes.get("assertion")) for found in group.findings})
    digits = row.text[row.starts[one.first]].isdigit()
    number = "none" if count is None else str(count) if count <= _FEW else "more"
    marks = {
        "tentative": figure.tentative,
        "part": one.whole is not None,
        "beside": one.beside,
        "led": one.lead is not None,
    }
    return [
        (places.SIDE, side),
        (places.EVENTS, f"{side} {_some(events)}"),
        (places.ROWS, f"{side} {_some(rows)}"),
        (places.DISTANCE, f"{side} {near}"),
        (places.FIGURES, kind),
        (places.FIGURES, f"{kind} {side} {_some(len(one))}"),
        (places.NUMBER, number),
        (places.NUMBER, "digits" if digits else "word"),
        (places.ARMS, f"{sum(map(bool, one.arms))} of {_some(len(one))}"),
        *((places.MARK, name) for name, holds in marks.items() if holds),
        (places.ASSERTION, " ".join(asserted)),
        (places.HARMS, _some(len(group.findings))),
        (places.GENERIC, str(any(found.attributes.get("generic") for found in group.findings))),
        (places.HELD, _some(len(group.rates) + len(group.own))),
        (places.SENTENCE, f"rows {_some(len(made))}"),
        (places.SENTENCE, f"events {_some(len(groups))}"),
        *([(places.SENTENCE, "first")] if place == 0 else []),
    ]


def _told(group: Group, one: Series, said: Group | None, before: Group | None) -> list[Fact]:
    """Give what the rules say of figures, and whose the row before was."""
    side = _side(group, one)
    chain = "none" if before is None else "same" if group is before else "other"
    if group is said:
        told = [(RULE, side), (RULE, f"{_kind(one)} {side} {_some(len(one))}")]
    else:
        told = [(places.PASSED, f"{side} {'none' if said is None else 'other'}")]
    return [(places.CHAIN, chain), *told]


def _side(group: Group, one: Series) -> str:
    if group.last <= one.first:
        return _LEFT
    return _RIGHT if group.first >= one.last else _AROUND


def _kind(one: Series) -> str:
    return " ".join(sorted(one.figures[0].rate))


def _some(count: int) -> str:
    return str(count) if count < _MANY else "more"
