"""Find spans by rules and, where these are silent, by what the words around items say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from absift.rules.compiled import NOTHING, Hit
from absift.rules.engine import Engine, Finding
from absift.rules.model import SPANS, Rule
from absift.rules.sheet import Sheet
from absift.weighing.weigher import Fact, Weigher

#: The places of the rule that found a span, and of the block rule that speaks against one.
RULE, BLOCK = "rule", "block"
#: Stands in them for whichever rule it is.
ANY = "any"
WEIGHED = "weighed"


class SpanWeigher:
    """Finds the spans of a label.

    A span is what the weights say, together with that of the rule which found it. A rule without
    a weight of its own, such as one that was laid over the others, always has its way.

    Args:
        engine: The rules of the label.
        items: The class of the items that can be spans without a rule.
        weigher: Weighs them; it has a single outcome.

    Attributes:
        label: The label.
    """

    def __init__(self, engine: Engine, items: str, weigher: Weigher) -> None:
        self.label = engine.label
        self.weigher = weigher
        self._engine = engine
        self._items = items
        self._rule = Rule(
            id=f"{engine.label.lower()}.{WEIGHED}",
            label=engine.label,
            kind=SPANS,
            pattern=items,
            source=f"label {engine.label}: weights",
        )

    @property
    def rule(self) -> str:
        """The rule that spans have which no rule of a file found."""
        return self._rule.id

    def find(self, sheet: Sheet) -> list[Finding]:
        """Find the label's spans in a sheet."""
        engine = self._engine
        hits = engine.hits(sheet, SPANS)
        found = engine.resolve(sheet, hits)
        kept = [one for one in found if not self._is_overruled(sheet, one)]
        made = engine.resolve(sheet, self._more(sheet, hits, found))
        return sorted([*kept, *made], key=lambda one: one.start) if made else kept

    def overruled(self, sheet: Sheet) -> list[Finding]:
        """Give what rules find in a sheet and the words around speak against."""
        hits = self._engine.hits(sheet, SPANS)
        return [one for one in self._engine.resolve(sheet, hits) if self._is_overruled(sheet, one)]

    def _is_overruled(self, sheet: Sheet, one: Finding) -> bool:
        facts = ((RULE, one.rule), (RULE, ANY))
        if not self.weigher.knows(facts[0]) and self.weigher.heard is None:
            return False
        return self.weigher.weigh(sheet, sheet.item_at(one.start), facts)[0] < 0

    def _more(self, sheet: Sheet, hits: Sequence[Hit], found: Sequence[Finding]) -> Iterator[Hit]:
        """Give the items that are spans though no rule took them for any."""
        items = self._engine.vocabulary.signatures(self._items)
        taken = {start for one in found for start in range(one.start, one.end)}
        blocks: dict[int, Rule] = {}
        for hit in hits:
            if hit.rule.block:
                for item in range(hit.first, hit.last):
                    blocks.setdefault(item, hit.rule)
        for item in sheet.numbers:
            if sheet.signs[item] not in items or sheet.starts[item] in taken:
                continue
            facts = self._facts(blocks.get(item))
            if facts is not None and self.weigher.weigh(sheet, item, facts)[0] > 0:
                yield Hit(self._rule, item, item + 1, NOTHING, -1, 0)

    def _facts(self, block: Rule | None) -> tuple[Fact, ...] | None:
        """Give what is known of an item beside its words; ``None`` where a block holds."""
        if block is None:
            return ()
        facts = ((BLOCK, block.id), (BLOCK, ANY))
        return facts if self.weigher.knows(facts[0]) or self.weigher.heard is not None else None

    def reasons(self, sheet: Sheet, one: Finding) -> list[tuple[Fact, float]]:
        """Give what the words around speak for a span or against it, the loudest first.

        Args:
            sheet: The sheet that it was found in.
            one: The span.
        """
        return self.weigher.reasons(sheet, sheet.item_at(one.start), 0)
