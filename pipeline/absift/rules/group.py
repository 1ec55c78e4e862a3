"""Rules of one kind of one label, tried together on the sentences of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from absift.errors import ConfigError
from absift.rules import kernel
from absift.rules.compiled import CompiledRule, Hit
from absift.rules.index import STRIDE, RuleIndex, Wanted
from absift.rules.model import Rule
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary

if TYPE_CHECKING:
    from absift.rules._kernel import GroupMatcher

_Search = Callable[[str, int, int], "re.Match[str] | None"]
_place = attrgetter("place")


class RuleGroup:
    """Rules that are tried together.

    Args:
        rules: The rules, the higher priority first.
        vocabulary: The alphabet.
        index: Which rules sentences can match at all; that of the vocabulary by default.

    Raises:
        ConfigError: Rules are malformed; all such are named.
    """

    def __init__(
        self, rules: Sequence[Rule], vocabulary: Vocabulary, index: RuleIndex | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._index = index or vocabulary.index
        self._compiled: list[CompiledRule] = []
        problems: list[str] = []
        for rule in rules:
            try:
                self._compiled.append(CompiledRule(rule, vocabulary, len(self._compiled)))
            except ConfigError as error:
                problems.append(str(error))
        if problems:
            raise ConfigError("\n".join(problems))
        # To guess parts takes time: only what matches is asked whether it is in the right one.
        asked = (Wanted((), rule.sections, rule.not_sections) for rule in rules)
        self._parted = {place: one for place, one in enumerate(asked) if one.asks_for_parts}
        self._looks_within = any(one.looks_within for one in self._compiled)
        self._bits = [1 << place * STRIDE for place in range(len(rules))]
        self._all = sum(self._bits)
        self._version = -1
        self._search: list[_Search] = []
        self._first = self._index.add(len(rules), lambda: [one.wanted() for one in self._compiled])
        self._kernel: GroupMatcher | None = None

    def hits(self, sheet: Sheet, *, anywhere: bool = False) -> list[Hit]:
        """Give the matches, rule by rule.

        Args:
            sheet: Where to look.
            anywhere: Whether to look away from the sections that rules ask for.
        """
        if self._version != self._vocabulary.version:
            self._renew()
        if not self._compiled:
            return []
        found = None
        if self._kernel is not None:
            sections = None if anywhere else sheet.sections
            found = self._kernel.hits(sheet.signs, sheet.ranges, sections)
        if found is None:
            found = self._search_all(sheet, anywhere=anywhere)
        if self._looks_within:
            compiled = self._compiled
            found = [
                hit
                for hit in found
                if not (one := compiled[hit.place]).looks_within or one.fits(sheet.within(hit.at))
            ]
        if not anywhere and not self._parted.keys().isdisjoint(map(_place, found)):
            parted = self._parted
            found = [
                hit
                for hit in found
                if hit.place not in parted or parted[hit.place].allows(sheet.part(hit.first))
            ]
        found.sort(key=_place)
        return found

    def _search_all(self, sheet: Sheet, *, anywhere: bool) -> list[Hit]:
        """Do in Python what the compiled matcher does."""
        found: list[Hit] = []
        index, shift, every = self._index, self._first * STRIDE, self._all
        signs, ranges, bits = sheet.signs, sheet.ranges, self._bits
        search = self._search = self._search or self._searches()
        for place, possible in enumerate(sheet.possible(index)):
            mask = possible >> shift & every
            if not mask:
                continue
            if not anywhere:
                mask &= index.in_section(sheet.sections[place]) >> shift
            begin, end = ranges[place]
            while mask:
                which = (mask.bit_length() - 1) // STRIDE
                mask ^= bits[which]
                match = search[which](signs, begin, end)
                if match is not None:
                    self._compiled[which].collect(found, signs, match, begin, end)
        return found

    def _renew(self) -> None:
        """Make those rules compile anew that the vocabulary's new signatures change."""
        if self._version < 0 and self._compiled:
            self._kernel = kernel.group_matcher(
                self._index, self._first, len(self._compiled), self._renewed
            )
        self._version = self._vocabulary.version
        if self._kernel is not None:
            for place, one in enumerate(self._compiled):
                if not one.is_current():
                    self._kernel.forget(place)
        self._search = []

    def _searches(self) -> list[_Search]:
        """Give how to find the first match of each rule; many rules never need to be compiled."""
        made: list[_Search] = []
        for place, one in enumerate(self._compiled):
            is_made = self._kernel is None and one.is_current()
            made.append(one.main.search if is_made else self._first_search(place, made))
        return made

    def _first_search(self, place: int, searches: list[_Search]) -> _Search:
        """Give a search that compiles its rule when it is first needed, and then makes room."""

        def search(signs: str, begin: int, end: int) -> re.Match[str] | None:
            searches[place] = self._renewed(place).main.search
            return searches[place](signs, begin, end)

        return search

    def _renewed(self, place: int) -> CompiledRule:
        self._compiled[place].renew()
        return self._compiled[place]
