"""What stands around a term and tells of it: other terms, other sentences, the title.

Rules of evidence look at the sentence of a term. Whether "rash" is a harm also shows in what
they can't see: that it stands among four side effects, that the sentence before tells of adverse
events, that the title names a drug.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Any

from absift.errors import ConfigError
from absift.lexicon.candidates import Candidate
from absift.lexicon.entries import KINDS
from absift.rules.compile import expression, register
from absift.rules.notation import Node, parse
from absift.rules.pattern import Found, Pattern, over_signs
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary

_TITLE, _ABSTRACT = "title", "abstract"
#: Places where other terms are counted, and places where matches of a pattern are.
_OF_TERMS = frozenset({"list", "sentence"})
_OF_PATTERNS = frozenset({"before", "after", _TITLE, _ABSTRACT})
# Places of which a sign speaks of all terms alike.
_BACKDROP = frozenset({_TITLE, _ABSTRACT})
_KEYS = frozenset({"id", "where", "kinds", "pattern", "least", "of", "weight"})


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing that tells of a term.

    Attributes:
        id: Its name.
        where: Where it is looked for: in the term's ``list`` or ``sentence``, in the sentence
            ``before`` or ``after`` it, in the ``title``, anywhere in the ``abstract``.
        weight: What it adds to the score.
        least: How many there must be.
        of: The kinds of terms that it tells of.
        kinds: The kinds of the other terms that are counted.
        node: The pattern whose matches are counted in place of terms.
    """

    id: str
    where: str
    weight: float
    least: int
    of: frozenset[str]
    kinds: frozenset[str]
    node: Node | None


class Surroundings:
    """Weighs what stands around terms.

    Args:
        settings: The ``around`` settings: what is counted, where, and what it weighs.
        short: A text of fewer sentences is too short for anything to be missed in it: what is
            looked for in all of the ``abstract`` counts as found.
        vocabulary: The alphabet; not yet settled.
        where: What the settings belong to, for messages.

    Raises:
        ConfigError: A setting is malformed.
        KeyError: One lacks ``id``, ``where`` or ``weight``.
    """

    def __init__(
        self,
        settings: Iterable[Mapping[str, Any]],
        short: int,
        vocabulary: Vocabulary,
        where: str,
    ) -> None:
        self._short = short
        self._vocabulary = vocabulary
        self._signs = [_read(held, f"{where}: judge: around") for held in settings]
        for sign in self._signs:
            if sign.node is not None:
                register(sign.node, vocabulary, f"{where}: judge: around: {sign.id}")
        others = [sign for sign in self._signs if sign.node is None]
        self._of_sentence = [sign for sign in others if sign.where == "sentence"]
        self._of_list = [sign for sign in others if sign.where == "list"]
        self._patterns: list[tuple[_Sign, Pattern]] = []
        self._version = -1

    def weigh(
        self, sheet: Sheet, items: Mapping[int, Candidate], lists: Mapping[int, list[Candidate]]
    ) -> None:
        """Add to each term's score what stands around it.

        Args:
            sheet: The abstract; terms and generic mentions are single items.
            items: The terms by item.
            lists: For the item of each term, the list that it is part of, itself included.
        """
        if not items:
            return
        starts = [begin for begin, _ in sheet.ranges]
        sentences: dict[int, list[Candidate]] = {}
        for item, one in items.items():
            sentences.setdefault(bisect_right(starts, item) - 1, []).append(one)
        counted = self._counted(sheet, starts, {one.entry.kind for one in items.values()})
        for place, terms in sentences.items():
            reached = [sign for sign, found in counted if found is None or place in found]
            for one in terms if reached else ():
                kind = one.entry.kind
                for sign in reached:
                    if kind in sign.of:
                        one.weigh(sign.id, sign.weight)
                        if sign.where in _BACKDROP:
                            one.backdrop.add(sign.id)
        for terms in sentences.values():
            if len(terms) > 1:
                _weigh_others(self._of_sentence, terms)
        for terms in {id(held): held for held in lists.values()}.values():
            if len(terms) > 1:
                _weigh_others(self._of_list, terms)

    def _compiled(self) -> list[tuple[_Sign, Pattern]]:
        if self._version != self._vocabulary.version:
            self._version = self._vocabulary.version
            # Signs of one pattern share it, so that it is looked for once.
            shared: dict[str, Pattern] = {}
            self._patterns.clear()
            for sign in self._signs:
                if sign.node is not None:
                    source = expression(sign.node, self._vocabulary)
                    pattern = shared[source] = shared.get(source) or over_signs(source)
                    self._patterns.append((sign, pattern))
        return self._patterns

    def _counted(
        self, sheet: Sheet, starts: Sequence[int], kinds: AbstractSet[str]
    ) -> list[tuple[_Sign, AbstractSet[int] | None]]:
        """Give the signs of patterns that tell of some kinds of terms.

        Each with the sentences of whose terms it tells, ``None`` for all.
        """
        told: list[tuple[_Sign, AbstractSet[int] | None]] = []
        # Pattern to the sentence of each of its matches.
        known: dict[Pattern, list[int]] = {}
        for sign, pattern in self._compiled():
            if kinds.isdisjoint(sign.of):
                continue
            if sign.where in _BACKDROP:
                if self._in_backdrop(sign, pattern, sheet):
                    told.append((sign, None))
                continue
            found = known.get(pattern)
            if found is None:
                found = known[pattern] = [
                    bisect_right(starts, match.start()) - 1
                    for match in pattern.finditer(sheet.signs)
                ]
            step, least = 1 if sign.where == "before" else -1, sign.least
            if found:
                places = set(found) if least < 2 else {p for p in found if found.count(p) >= least}
                told.append((sign, {place + step for place in places}))
        return told

    def _in_backdrop(self, sign: _Sign, pattern: Pattern, sheet: Sheet) -> bool:
        """Tell whether a pattern is in the title, or in the abstract, as often as it must."""
        if sign.where == _TITLE:
            matches = _in_title(pattern, sheet)
        elif len(sheet.ranges) < self._short:
            return True
        else:
            matches = pattern.finditer(sheet.signs)
        # Whether there is a match of the least number is all that is asked.
        return next(islice(matches, sign.least - 1, None), None) is not None


def _weigh_others(signs: Iterable[_Sign], terms: Sequence[Candidate]) -> None:
    """Weigh what terms that stand together tell of each other."""
    kinds = [one.entry.kind for one in terms]
    for sign in signs:
        number = sum(map(sign.kinds.__contains__, kinds))
        if number < sign.least:
            continue
        for one, kind in zip(terms, kinds, strict=True):
            if kind in sign.of and number - (kind in sign.kinds) >= sign.least:
                one.weigh(sign.id, sign.weight)


def _in_title(pattern: Pattern, sheet: Sheet) -> Iterator[Found]:
    for (begin, end), section in zip(sheet.ranges, sheet.sections, strict=True):
        if section != _TITLE:
            return
        yield from pattern.finditer(sheet.signs, begin, end)


def _read(held: Mapping[str, Any], where: str) -> _Sign:
    name = held["id"]
    unknown = ", ".join(sorted(held.keys() - _KEYS))
    if unknown:
        raise ConfigError(f"{where}: {name}: unknown key '{unknown}'")
    by_pattern = "pattern" in held
    known = _OF_PATTERNS if by_pattern else _OF_TERMS
    if held["where"] not in known:
        places = ", ".join(sorted(known))
        what = "a pattern" if by_pattern else "other terms"
        raise ConfigError(f"{where}: {name}: for {what}, 'where' must be one of {places}")
    kinds, of = frozenset(held.get("kinds", KINDS)), frozenset(held.get("of", KINDS))
    if not kinds | of <= KINDS:
        wrong = ", ".join(sorted((kinds | of) - KINDS))
        raise ConfigError(f"{where}: {name}: '{wrong}' is no kind of term")
    return _Sign(
        id=name,
        where=held["where"],
        weight=float(held["weight"]),
        least=int(held.get("least", 1)),
        of=of,
        kinds=kinds,
        node=parse(held["pattern"]) if by_pattern else None,
    )
