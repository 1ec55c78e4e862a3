"""The look-up of the rules that a sentence can match at all.

A match of a rule holds one of some words, and one of some others, and so on: its needs. Each
rule has a bit for each of its needs, and each signature the bits of the needs that it meets.
What a sentence meets is then the union over its signatures, a few operations on whole numbers
for any number of rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING

from absift.rules.notation import Atom, Capture, Choice, Node, Repeat, Row
from absift.text.parts import OF

if TYPE_CHECKING:
    from absift.rules.vocabulary import Vocabulary

#: Names of atoms one of which must hold for a token of each match.
Need = frozenset[str]
#: Matches every token.
ANY = "ANY"
#: In a rule about a span that was found, the span itself.
SPAN = "SPAN"
#: Classes that hold for numbers by what they are.
NUMBER_CLASSES = frozenset(
    {"NUMBER", "INTEGER", "DECIMAL", "DIGITS", "WORDS", "ORDINAL", "YEAR", "MINUS", "PLUS"}
)

#: How many of a rule's needs are looked at, and so how many bits lie between the bits of
#: neighbouring rules in an answer.
STRIDE = 4
# A word of the class FREQUENT, a sign or a number is met about as often as so many others.
_FREQUENT_WEIGHT = 40


@lru_cache(4096)
def apart(signs: str) -> frozenset[str]:
    """Give signatures as a set; rules have most of their classes in common."""
    return frozenset(signs)


def needs(nodes: Iterable[Node], vocabulary: Vocabulary) -> list[Need]:
    """Give the needs of whatever matches all the nodes, the one that is met most rarely first."""
    found = {need for node in nodes for need in _needs(node, vocabulary)}
    # What a smaller need asks for, a larger one that holds it asks for as well.
    least = [need for need in found if not any(other < need for other in found)]
    if len(least) < 2:
        return least
    return sorted(least, key=lambda need: (_commonness(need, vocabulary), sorted(need)))


def _needs(node: Node, vocabulary: Vocabulary) -> Iterator[Need]:
    if isinstance(node, Atom):
        if not node.negated and node.name not in (ANY, SPAN):
            yield vocabulary.firsts(node.name)
    elif isinstance(node, Row):
        for child in node.nodes:
            yield from _needs(child, vocabulary)
    elif isinstance(node, Choice):
        parts = [needs([child], vocabulary) for child in node.options]
        if all(parts):
            yield frozenset().union(*(part[0] for part in parts))
    elif isinstance(node, Capture) or (isinstance(node, Repeat) and node.least > 0):
        yield from _needs(node.node, vocabulary)


def _commonness(need: Need, vocabulary: Vocabulary) -> int:
    """Give how often a need may be met, in no unit but for comparison."""
    met = frozenset().union(*(apart(vocabulary.signatures(name)) for name in need))
    often = len(met & vocabulary.frequent) + sum(map(_is_common, need))
    return len(met) + _FREQUENT_WEIGHT * often


def _is_common(name: str) -> bool:
    """Tell whether an atom is a kind of number, or a comma, a bracket or the like."""
    return name in NUMBER_CLASSES or not any(map(str.isalnum, name))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one rule asks of a sentence.

    Attributes:
        needs: Its needs, the rarest first.
        sections: The sections that it must stand in; any if empty.
        not_sections: The sections that it must not stand in.
    """

    needs: Sequence[Need]
    sections: Collection[str] = ()
    not_sections: Collection[str] = ()

    def allows(self, section: str) -> bool:
        """Tell whether the rule may match in a section; ``body.methods`` is ``body``, too."""
        names = section, section.partition(OF)[0]
        if self.sections and names[0] not in self.sections and names[1] not in self.sections:
            return False
        return names[0] not in self.not_sections and names[1] not in self.not_sections

    def may_allow(self, section: str) -> bool:
        """Tell whether the rule may match in a section, or in some part of it."""
        within = {name.partition(OF)[0] for name in self.sections}
        return self.allows(section) or (section in within and section not in self.not_sections)

    @property
    def asks_for_parts(self) -> bool:
        """Whether it depends on what is guessed of text under no head."""
        return any(OF in name for name in (*self.sections, *self.not_sections))


class RuleIndex:
    """Tells which rules may match in a sentence, for all the rules of a vocabulary at once.

    Each rule has :data:`STRIDE` bits side by side, the lowest of which says in the end
    whether all its needs are met.

    Args:
        held: Gives the atoms that hold for a signature.
    """

    def __init__(self, held: Callable[[str], frozenset[str]]) -> None:
        self._wanted: list[Wanted] = []
        self._pending: list[Callable[[], Sequence[Wanted]]] = []
        self._size = 0
        self._by_atom: dict[str, int] = {}
        self._free = 0
        self._rules = 0
        self._met = _Met(self._by_atom, held)
        self._in_section: dict[str, int] = {}

    def add(self, size: int, wanted: Callable[[], Sequence[Wanted]]) -> int:
        """Take in rules; give the place of the first, under which the answers name it.

        Args:
            size: How many rules.
            wanted: Gives what they ask; called when every atom is in use.
        """
        first = self._size
        self._size += size
        self._pending.append(wanted)
        return first

    def possible(self, signs: Collection[str]) -> int:
        """Give the rules whose needs a set of signatures meets, one bit a rule.

        The bit of the rule at place *p* is that of 2 to the power ``p * STRIDE``.
        """
        if self._pending:
            self._take_in()
        mask = reduce(or_, map(self._met.__getitem__, signs), self._free)

        mask &= mask >> 2
        return mask & mask >> 1 & self._rules

    def met(self, sign: str) -> int:
        """Give the bits of the needs that a signature meets."""
        if self._pending:
            self._take_in()
        return self._met[sign]

    @property
    def free(self) -> int:
        """The bits of those needs of rules that are none."""
        if self._pending:
            self._take_in()
        return self._free

    def in_section(self, section: str) -> int:
        """Give the rules that may match in a section, in the form of :meth:`possible`.

        Those that ask for a part of it are among them.
        """
        made = self._in_section.get(section)
        if made is None:
            made = 0
            for place, one in enumerate(self._wanted):
                if one.may_allow(section):
                    made |= 1 << place * STRIDE
            self._in_section[section] = made
        return made

    def _take_in(self) -> None:
        new = [one for wanted in self._pending for one in wanted()]
        self._pending.clear()
        for place, one in enumerate(new, start=len(self._wanted)):
            self._rules |= 1 << place * STRIDE
            for level in range(STRIDE):
                bit = 1 << (place * STRIDE + level)
                if level >= len(one.needs):
                    self._free |= bit
                    continue
                for name in one.needs[level]:
                    self._by_atom[name] = self._by_atom.get(name, 0) | bit
        self._wanted += new
        self._met.clear()
        self._in_section.clear()


class _Met(dict[str, int]):
    """Signature to the bits of the needs that it meets, worked out when first asked for."""

    def __init__(self, by_atom: dict[str, int], held: Callable[[str], frozenset[str]]) -> None:
        super().__init__()
        self._by_atom = by_atom
        self._held = held

    def __missing__(self, sign: str) -> int:
        bits = 0
        for name in self._held(sign):
            bits |= self._by_atom.get(name, 0)
        self[sign] = bits
        return bits
