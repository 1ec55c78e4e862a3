"""Rules of one kind of one label, tried together on the sentences of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from operator import attrgetter

from absift.errors import ConfigError
from absift.rules.compiled import CompiledRule, Hit
from absift.rules.index import STRIDE, RuleIndex
from absift.rules.model import Rule
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.text.parts import OF

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
        # To guess parts takes time; few rules ask for it.
        self._parted = any(
            OF in name for rule in rules for name in rule.sections | rule.not_sections
        )
        self._bits = [1 << place * STRIDE for place in range(len(rules))]
        self._all = sum(self._bits)
        self._version = -1
        self._search: list[_Search] = []
        self._shift = STRIDE * self._index.add(
            len(rules), lambda: [one.wanted() for one in self._compiled]
        )

    def hits(self, sheet: Sheet, *, anywhere: bool = False) -> list[Hit]:
        """Give the matches, rule by rule.

        Args:
            sheet: Where to look.
            anywhere: Whether to look away from the sections that rules ask for.
        """
        if self._version != self._vocabulary.version:
            self._renew()
        found: list[Hit] = []
        if not self._compiled:
            return found
        index, shift, every = self._index, self._shift, self._all
        signs, ranges, search, bits = sheet.signs, sheet.ranges, self._search, self._bits
        for place, possible in enumerate(sheet.possible(index)):
            mask = possible >> shift & every
            if not mask:
                continue
            if not anywhere:
                section = (sheet.parts if self._parted else sheet.sections)[place]
                mask &= index.in_section(section) >> shift
            begin, end = ranges[place]
            while mask:
                which = (mask.bit_length() - 1) // STRIDE
                mask ^= bits[which]
                match = search[which](signs, begin, end)
                if match is not None:
                    self._compiled[which].collect(found, signs, match, begin, end)
        found.sort(key=_place)
        return found

    def _renew(self) -> None:
        """Make those rules compile anew that the vocabulary's new signatures change."""
        self._version = self._vocabulary.version
        self._search = [
            one.main.search if one.is_current() else self._first_search(place)
            for place, one in enumerate(self._compiled)
        ]

    def _first_search(self, place: int) -> _Search:
        """Give a search that compiles its rule when it is first needed: many never are."""

        def search(signs: str, begin: int, end: int) -> re.Match[str] | None:
            one = self._compiled[place]
            one.renew()
            self._search[place] = one.main.search
            return one.main.search(signs, begin, end)

        return search
