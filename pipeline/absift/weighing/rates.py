"""Weigh whether figures are those of harms: what stands between and around says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from absift.weighing.spans import RULE
from absift.weighing.sums import AFTER, BEFORE, Memory
from absift.weighing.table import Table
from absift.weighing.weigher import ALWAYS, WHOLE, Fact

#: The places of the items between figures and harms on their left and on their right.
ON_LEFT, ON_RIGHT = "on_left", "on_right"
#: The places whose atoms are words and classes; those before and after are beside the figures.
_BESIDE, _BETWEEN = (BEFORE, AFTER), (ON_LEFT, ON_RIGHT)
BAGS = frozenset({*_BESIDE, *_BETWEEN})
#: The places of what is known of figures and harms beside: on which side the harms stand, how many
#: others between and how far off, what the figures are and whose, what the harms are, what the
#: rules say that the figures are of, and what the row before was given to.
SIDE, EVENTS, ROWS, DISTANCE = "side", "events", "rows", "distance"
FIGURES, NUMBER, ARMS, MARK = "figures", "number", "arms", "mark"
ASSERTION, HARMS, GENERIC, HELD = "assertion", "harms", "generic", "held"
PASSED, CHAIN, SENTENCE = "passed", "chain", "sentence"
FACTS = frozenset(
    {SIDE, EVENTS, ROWS, DISTANCE, FIGURES, NUMBER, ARMS, MARK, ASSERTION, HARMS, GENERIC, HELD}
    | {PASSED, CHAIN, SENTENCE, RULE, ALWAYS}
)

#: Where harms stand, as offsets, with the rates that figures would give them, and all facts.
Heard = tuple[tuple[tuple[int, int], ...], tuple[dict[str, object], ...], list[Fact]]


class _Atoms(dict[str, frozenset[str]]):
    """A signature to those of its atoms that have a weight in one place."""

    def __init__(self, rows: Mapping[str, int], held: Callable[[str], Iterable[str]]) -> None:
        super().__init__()
        self.rows = rows
        self._held = held

    def __missing__(self, sign: str) -> frozenset[str]:
        made = self[sign] = frozenset(self.rows.keys() & self._held(sign))
        return made


class RateWeigher:
    """Adds up what speaks for figures being those of harms.

    Args:
        table: The weights; it has one outcome.
        held: Gives the atoms that hold for a signature, as
            :meth:`absift.rules.vocabulary.Vocabulary.held` does.

    Attributes:
        tables: The table alone.
        heard: Where it is a list, all that is weighed is added to it.
    """

    def __init__(self, table: Table, held: Callable[[str], Iterable[str]]) -> None:
        self.tables = (table,)
        self.heard: list[Heard] | None = None
        self._held = held
        # Whole thousandths, so that their order is no matter.
        self._rows = {fact: round(weights[0] * WHOLE) for fact, weights in table.rows.items()}
        self._always = self._rows.get((ALWAYS, ALWAYS), 0)
        by_place: dict[str, dict[str, int]] = {}
        for (place, name), weight in self._rows.items():
            by_place.setdefault(place, {})[name] = weight
        # What signatures weigh beside figures, and which of their atoms weigh anything between.
        self._beside = {place: Memory(by_place.get(place, {}), held) for place in _BESIDE}
        self._atoms = {place: _Atoms(by_place.get(place, {}), held) for place in _BETWEEN}

    @property
    def places(self) -> set[str]:
        """The places in which anything has a weight."""
        return {place for place, _ in self._rows}

    @property
    def atoms(self) -> set[str]:
        """The words and classes that have a weight anywhere."""
        return {atom for place, atom in self._rows if place in BAGS}

    def weigh(
        self, beside: Sequence[tuple[str, str]], between: tuple[str, str], facts: Sequence[Fact]
    ) -> int:
        """Give the sum of all weights, in thousandths.

        Args:
            beside: Places and the signatures that stand there; each item counts.
            between: The same of what stands between figures and harms; each atom counts once.
            facts: What is known beyond.
        """
        rows = self._rows
        total = self._always
        for fact in facts:
            total += rows.get(fact, 0)
        place, held = between
        if held:
            atoms = self._atoms[place]
            total += sum(map(atoms.rows.__getitem__, set().union(*map(atoms.__getitem__, held))))
        for place, bag in beside:
            total += sum(map(self._beside[place].__getitem__, bag))
        return total

    def _between(self, place: str, bag: str) -> list[Fact]:
        atoms = set().union(*map(self._held, set(bag)))
        return [(place, atom) for atom in atoms]

    def facts(
        self, beside: Iterable[tuple[str, str]], between: tuple[str, str], facts: Iterable[Fact]
    ) -> list[Fact]:
        """Give all that is weighed, as often as it counts; arguments as of :meth:`weigh`."""
        made = [*facts, *sorted(self._between(*between))]
        for place, bag in beside:
            made += [(place, atom) for sign in bag for atom in sorted(self._held(sign))]
        return made
