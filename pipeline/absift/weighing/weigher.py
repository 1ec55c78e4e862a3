"""Add up what the words around an item say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from operator import add
from types import MappingProxyType

from absift.compiled_parts import compiled
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.weighing import sums
from absift.weighing.sums import AFTER, BEFORE, EDGE, FAR, ITSELF, LEFT, PLACES, RIGHT, side
from absift.weighing.table import Table

#: A place, and an atom or another name that stands there.
Fact = tuple[str, str]

#: The places of the section, of the fifth of the abstract, and of what always holds.
SECTION, FIFTH, ALWAYS = "section", "fifth", "always"
_FIFTHS = tuple(map(str, range(1, 6)))

#: The places whose atoms are words and classes.
OF_WORDS = frozenset({*PLACES, LEFT, RIGHT, BEFORE, AFTER, ITSELF})

#: Weights are added up as whole thousandths, so that their order is no matter.
WHOLE = 1000

_NO_ROWS: Mapping[str, list[int]] = MappingProxyType({})
_SUMS = compiled("absift.weighing._sums") or sums


class Weigher:
    """Weighs for some questions at once what stands around an item.

    Args:
        tables: The tables of the questions.
        held: Gives the atoms that hold for a signature, as
            :meth:`absift.rules.vocabulary.Vocabulary.held` does.

    Attributes:
        outcomes: The outcomes of all tables, one table behind the other.
        heard: Where it is a list, the facts of all that is weighed are added to it.
    """

    def __init__(self, tables: Sequence[Table], held: Callable[[str], Iterable[str]]) -> None:
        self.tables = tuple(tables)
        self.outcomes = tuple(outcome for table in tables for outcome in table.outcomes)
        self.heard: list[tuple[int, int, list[Fact]]] | None = None
        self._held = held
        self._rows = _rows(self.tables)
        count = len(self.outcomes)
        self._sums = _SUMS.Sums(self._rows, count, held)
        self._nothing = (0,) * count
        self._always = [(ALWAYS, name) for name in self._rows.get(ALWAYS, {})]
        # Section and fifth, of which there are few, to what they add up to.
        self._parts: dict[tuple[str, int], list[int]] = {}

    def knows(self, fact: Fact) -> bool:
        """Tell whether a fact has a weight."""
        return fact[1] in self._rows.get(fact[0], {})

    @property
    def places(self) -> Set[str]:
        """The places in which anything has a weight."""
        return self._rows.keys()

    @property
    def atoms(self) -> Set[str]:
        """The words and classes that have a weight anywhere."""
        return frozenset().union(*(self._rows[place] for place in OF_WORDS & self.places))

    def weigh(self, sheet: Sheet, item: int, more: Sequence[Fact] = ()) -> list[int]:
        """Give the sum of all weights, in thousandths, for each outcome.

        Args:
            sheet: The abstract.
            item: The item that the questions are about.
            more: What is known of it beside the items around it.
        """
        first, last, section = sheet.sentence_and_section(item)
        signs = sheet.signs
        # As in `_fifth`: each call less tells, as all that may be a span is weighed.
        part = section, min(5 * item // len(signs), 4)
        here = self._parts.get(part) or self._here(part)
        total: list[int] = self._sums.of(
            signs, first, item, last, sheet.within(item), (here,), more
        )
        if self.heard is not None:
            facts = list(self.facts(sheet, item, more))
            self.heard.append((sheet.starts[item], sheet.ends[item], facts))
        return total

    def _here(self, part: tuple[str, int]) -> list[int]:
        """Give what always holds together with what a part of the abstract says."""
        facts = ((SECTION, part[0]), (FIFTH, _FIFTHS[part[1]]), *self._always)
        told = (self._rows.get(place, _NO_ROWS).get(name) for place, name in facts)
        known = (weights for weights in told if weights is not None)
        weights = zip(self._nothing, *known, strict=True)
        made = self._parts[part] = [sum(held) for held in weights]
        return made

    def facts(self, sheet: Sheet, item: int, more: Iterable[Fact] = ()) -> Iterator[Fact]:
        """Give all that is weighed, as often as it counts; arguments as of :meth:`weigh`."""
        signs, held = sheet.signs, self._held
        first, last, section = sheet.sentence_and_section(item)
        for place in PLACES:
            at = item + int(place)
            for atom in held(signs[at]) if first <= at < last else (EDGE,):
                yield place, atom
                yield side(place), atom
        far = signs[max(first, item - FAR) : item], signs[item + 1 : min(last, item + 1 + FAR)]
        for place, there in zip((BEFORE, AFTER), far, strict=True):
            for sign in there:
                for atom in held(sign):
                    yield place, atom
        for sign in sheet.within(item):
            for atom in (EDGE,) if sign == BOUNDARY else held(sign):
                yield ITSELF, atom
        yield SECTION, section
        yield FIFTH, _fifth(sheet, item)
        yield from more

    def reasons(
        self, sheet: Sheet, item: int, outcome: int, more: Iterable[Fact] = ()
    ) -> list[tuple[Fact, float]]:
        """Give what speaks for an outcome or against it, the strongest first.

        Args:
            sheet: The abstract.
            item: The item.
            outcome: Its index in :attr:`outcomes`.
            more: What is known of it beside.
        """
        summed: dict[Fact, float] = {}
        for place, name in self.facts(sheet, item, more):
            weight = self._rows.get(place, {}).get(name, self._nothing)[outcome] / WHOLE
            if weight:
                summed[place, name] = summed.get((place, name), 0.0) + weight
        return sorted(summed.items(), key=lambda each: (-abs(each[1]), each[0]))


def _fifth(sheet: Sheet, item: int) -> str:
    return _FIFTHS[min(5 * item // len(sheet.signs), 4)]


def _rows(tables: Sequence[Table]) -> dict[str, dict[str, list[int]]]:
    """Give the weights of all tables by place, those of one table behind those of another."""
    made: dict[str, dict[str, list[int]]] = {}
    outcomes = sum(len(table.outcomes) for table in tables)
    before = 0
    for table in tables:
        left, right = [0] * before, [0] * (outcomes - before - len(table.outcomes))
        for (place, name), weights in table.rows.items():
            whole = [round(weight * WHOLE) for weight in weights]
            if len(tables) > 1:
                whole = [*left, *whole, *right]
            placed = made.setdefault(place, {})
            held = placed.setdefault(name, whole)
            if held is not whole:
                placed[name] = list(map(add, held, whole))
        before += len(table.outcomes)
    return made
