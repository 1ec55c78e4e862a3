"""The look-up of the rules that a sentence can match at all.

A match of a rule holds one of some words, and one of some others, and so on: its needs. Each
rule has a bit for each of its needs, and each signature the bits of the needs that it meets.
What a sentence meets is then the union over its signatures, a few operations on whole numbers
for any number of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_

from absift.rules.notation import Atom, Capture, Choice, Node, Repeat, Row
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import ANY, NUMBER_CLASSES, SPAN, Vocabulary

#: Names of atoms one of which must hold for a token of each match.
Need = frozenset[str]

# How many of a rule's needs are looked at; a power of two.
_MOST_NEEDS = 8
# A word of the class FREQUENT, a sign or a number is met about as often as so many others.
_FREQUENT_WEIGHT = 40


def needs(nodes: Iterable[Node], vocabulary: Vocabulary) -> list[Need]:
    """Give the needs of whatever matches all the nodes, the one that is met most rarely first."""
    found = {need for node in nodes for need in _needs(node, vocabulary)}
    # What a smaller need asks for, a larger one that holds it asks for as well.
    least = [need for need in found if not any(other < need for other in found)]
    return sorted(least, key=lambda need: (_commonness(need, vocabulary), sorted(need)))


def _needs(node: Node, vocabulary: Vocabulary) -> Iterator[Need]:
    if isinstance(node, Atom):
        if not node.negated and node.name not in (ANY, SPAN):
            held = vocabulary.classes.get(node.name) if node.is_class else None
            yield frozenset({node.name, *(phrase[0] for phrase in (held.phrases if held else ()))})
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
    met = frozenset().union(*map(vocabulary.signatures, need))
    often = len(met & vocabulary.frequent) + sum(map(_is_common, need))
    return len(met) + _FREQUENT_WEIGHT * often


def _is_common(name: str) -> bool:
    """Tell whether an atom is a kind of number, or a comma, a bracket or the like."""
    return name in NUMBER_CLASSES or not any(map(str.isalnum, name))


class RuleIndex:
    """Tells which rules may match in which sentences.

    Args:
        wanted: The needs of rules, about which it says "rule 0", "rule 1", ...
        vocabulary: Tells what holds for signatures, also for those that it will have later.
        about: The signature that ``SPAN`` stands for; ``None`` for rules that find spans.
    """

    def __init__(
        self, wanted: Sequence[Sequence[Need]], vocabulary: Vocabulary, about: str | None
    ) -> None:
        width = len(wanted)
        self._about = about
        self._rules = (1 << width) - 1
        self._free = 0
        by_atom: dict[str, int] = {}
        for place, held in enumerate(wanted):
            for level in range(_MOST_NEEDS):
                bit = 1 << (level * width + place)
                if level >= len(held):
                    self._free |= bit
                    continue
                for name in held[level]:
                    by_atom[name] = by_atom.get(name, 0) | bit
        self._met = _Met(by_atom, vocabulary)
        self._folds = [width * step for step in _halves(_MOST_NEEDS)]

    def candidates(self, sheet: Sheet) -> list[tuple[int, int]]:
        """Give pairs of a rule and the place in ``ranges`` of a sentence that it may match in."""
        about, met, free = self._about, self._met.__getitem__, self._free
        found: list[tuple[int, int]] = []
        for sentence, kinds in enumerate(sheet.kinds):
            if about is not None and about not in kinds:
                continue
            mask = reduce(or_, map(met, kinds), free)
            for fold in self._folds:
                mask &= mask >> fold
            mask &= self._rules
            while mask:
                lowest = mask & -mask
                found.append((lowest.bit_length() - 1, sentence))
                mask ^= lowest
        found.sort()
        return found


class _Met(dict[str, int]):
    """Signature to the bits of the needs that it meets, worked out when first asked for."""

    def __init__(self, by_atom: dict[str, int], vocabulary: Vocabulary) -> None:
        super().__init__()
        self._by_atom = by_atom
        self._vocabulary = vocabulary

    def __missing__(self, sign: str) -> int:
        bits = 0
        for name in self._vocabulary.held(sign):
            bits |= self._by_atom.get(name, 0)
        self[sign] = bits
        return bits


def _halves(number: int) -> Iterator[int]:
    while number > 1:
        number //= 2
        yield number
