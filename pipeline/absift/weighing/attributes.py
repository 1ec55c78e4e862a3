"""Settle the attributes of spans by what the words around them say of what rules set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.weighing.spans import RULE, WEIGHED
from absift.weighing.standing import STANDING, standing
from absift.weighing.weigher import Fact, Weigher

#: Told of each attribute that weights changed: the span, its name, what spoke (the loudest first).
Tell = Callable[[Finding, str, Sequence[tuple[Fact, float]]], None]


class AttributeWeigher:
    """Gives attributes of one label the values that weigh most.

    Spans of a rule that no table has a row of, such as one that was laid over the others, keep
    what rules say.

    Args:
        attributes: The attributes.
        weigher: Weighs their values; a table an attribute, in their order.
    """

    def __init__(self, attributes: Sequence[str], weigher: Weigher) -> None:
        self.weigher = weigher
        self.attributes = tuple(attributes)
        self._compares = not weigher.places.isdisjoint(STANDING)
        # Each attribute with its values and where their weights begin.
        self._questions = list[tuple[str, tuple[str, ...], int]]()
        first = 0
        for name, table in zip(self.attributes, weigher.tables, strict=True):
            self._questions.append((name, table.outcomes, first))
            first += len(table.outcomes)

    def settle(self, sheet: Sheet, found: Iterable[Finding], tell: Tell | None = None) -> None:
        """Change the attributes that other values are weightier for than those that they have.

        Args:
            sheet: A sheet in which the spans are single items.
            found: Spans of the label, with their attributes.
            tell: Called with each attribute that is changed.
        """
        ordered = sorted(found, key=lambda one: one.start)
        weigher, learns = self.weigher, self.weigher.heard is not None
        compared: Sequence[Sequence[Fact]] = [()] * len(ordered)
        if learns or self._compares:
            compared = standing(ordered, self.attributes)
        for one, facts in zip(ordered, compared, strict=True):
            if not learns and not weigher.knows((RULE, one.rule)):
                continue
            item = sheet.item_at(one.start)
            beside = (*self._said(one), *facts)
            weights = weigher.weigh(sheet, item, beside)
            for name, outcomes, first in self._questions:
                held = one.attributes.get(name)
                if held not in outcomes:
                    continue
                here = weights[first : first + len(outcomes)]
                best = here.index(max(here))
                if here[best] > here[outcomes.index(held)]:
                    one.attributes[name] = outcomes[best]
                    one.why[name] = f"{one.label.lower()}.{name}.{WEIGHED}"
                    if tell is not None:
                        tell(one, name, weigher.reasons(sheet, item, first + best, beside))

    def _said(self, one: Finding) -> tuple[Fact, ...]:
        """Give the values that the attributes have by now, and the rule of the span."""
        said = [(name, str(one.attributes.get(name))) for name in self.attributes]
        return (*said, (RULE, one.rule))


def settle(
    weighers: Mapping[str, AttributeWeigher],
    sheet: Sheet,
    found: Sequence[Finding],
    tell: Tell | None = None,
) -> None:
    """Settle the attributes of spans of all labels; see :meth:`AttributeWeigher.settle`."""
    by_label: dict[str, list[Finding]] = {}
    for one in found:
        by_label.setdefault(one.label, []).append(one)
    for label, weigher in weighers.items():
        if label in by_label:
            weigher.settle(sheet, by_label[label], tell)
