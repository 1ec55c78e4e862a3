"""Choose the events that figures are about by weights, in which what the rules say has a say."""

from __future__ import annotations

from collections.abc import Sequence

from absift.linking.chains import ChainFinder
from absift.linking.owners import OwnerFinder
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


#: Places and what stands there, beside figures and between them and events; and what else is known.
_Weighed = tuple[list[tuple[str, str]], tuple[str, str], list[Fact]]


class OwnerChooser:
    """Chooses among the events beside figures, or none of them.

    Args:
        owners: Says what the rules say.
        chains: Tells which rows of figures go on with those before.
        weigher: Weighs each choice; without it the rules' choice holds.
    """

    def __init__(
        self, owners: OwnerFinder, chains: ChainFinder, weigher: RateWeigher | None
    ) -> None:
        self.owners = owners
        self.chains = chains
        self.weigher = weigher

    def choose(
        self,
        row: Row,
        groups: Sequence[Group],
        made: Sequence[Series],
        place: int,
        before: Group | None,
    ) -> tuple[Group | None, bool, bool]:
        """Choose the events of a row of figures.

        Args:
            row: The sentence.
            groups: Its events.
            made: Its rows of figures.
            place: Which of them is asked about.
            before: The events beside the row before.

        Returns:
            The events beside it, whether they stand before it, and whether it is about them.
        """
        one = made[place]
        owner, on_left = self.owners.find(row, groups, one)
        if owner is None and one.whole is not None:
            owner, on_left = self.owners.find(row, groups, one.whole)
        goes_on = owner is None and before is not None
        if goes_on and self.chains.goes_on(row, made[place - 1], one):
            owner, on_left = before, True
        if owner is None and self.owners.is_shared(row, one):
            return None, False, False
        barred = owner if owner and self.owners.barred(row, owner, one) else None
        said = None if barred else owner
        chosen = said
        if self.weigher is not None:
            choices = [
                (group, _weighed(row, groups, made, place, group, said=said, before=before))
                for group in _choices(groups, one, said, before)
                if group is not barred
            ]
            chosen = _weightiest(self.weigher, one, choices)
        if chosen is None or chosen is said:
            return owner, on_left, chosen is not None
        return chosen, chosen.first < one.last, True


def _weightiest(
    weigher: RateWeigher, one: Series, choices: Sequence[tuple[Group, _Weighed]]
) -> Group | None:
    """Give the events that weigh most, ``None`` where none weigh more than nothing."""
    best, most = None, 0
    for group, weighed in choices:
        weight = weigher.weigh(*weighed)
        if weight > most:
            best, most = group, weight
        if weigher.heard is not None:
            spans = tuple((found.start, found.end) for found in group.findings)
            rates = tuple(dict(figure.rate) for figure in one.figures)
            weigher.heard.append((spans, rates, weigher.facts(*weighed)))
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


def _weighed(
    row: Row,
    groups: Sequence[Group],
    made: Sequence[Series],
    place: int,
    group: Group,
    *,
    said: Group | None,
    before: Group | None,
) -> _Weighed:
    """Give all that is weighed of a choice: see :meth:`RateWeigher.weigh`."""
    one = made[place]
    facts = [*_facts(row, groups, made, place, group), *_told(group, one, said, before)]
    return _beside(row, one), _between(row, group, one), facts


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
