"""How far evidence about one mention of a term reaches: to its list, its sentence, its term."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from absift.lexicon.candidates import Candidate
from absift.rules.compile import expression, register
from absift.rules.engine import GENERIC
from absift.rules.notation import parse
from absift.rules.pattern import over_signs
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary

#: How far evidence can reach.
HERE, LIST, SENTENCE, ABSTRACT = "here", "list", "sentence", "abstract"
SCOPES = frozenset({HERE, LIST, SENTENCE, ABSTRACT})
_NEVER = "(?!)"


class Chain:
    """Tells which terms of a sheet stand in one list.

    Args:
        pattern: What joins two terms of a list, in the notation of rules.
        vocabulary: The alphabet; not yet settled.
        where: What the pattern belongs to, for messages.
    """

    def __init__(self, pattern: str, vocabulary: Vocabulary, where: str) -> None:
        self._node = parse(pattern)
        register(self._node, vocabulary, where)
        self._vocabulary = vocabulary
        self._between = over_signs(_NEVER)
        self._version = -1

    def lists(self, sheet: Sheet, items: Mapping[int, Candidate]) -> dict[int, list[Candidate]]:
        """Give for each term the list that it is part of, itself included.

        Args:
            sheet: A sheet in which terms and generic mentions are single items.
            items: The terms by item.
        """
        if self._version != self._vocabulary.version:
            self._between = over_signs(expression(self._node, self._vocabulary))
            self._version = self._vocabulary.version
        generic = self._vocabulary.of_label(GENERIC)
        lists: dict[int, list[Candidate]] = {}
        current: list[Candidate] = []
        last = -1
        for item in sorted(items):
            between = sheet.signs[last + 1 : item].replace(generic, "") if last >= 0 else BOUNDARY
            if BOUNDARY in between or (between and not self._between.fullmatch(between)):
                current = []
            current.append(items[item])
            lists[item] = current
            last = item
        return lists


class Reach:
    """The terms of one abstract, by what they stand together in.

    Args:
        sheet: A sheet in which terms and generic mentions are single items.
        items: The terms by item.
        chain: Tells lists.

    Attributes:
        lists: For each item, the terms in its list.
        places: For each term of the lexicon, by identity, the items of its mentions in text order.
        terms: Likewise the mentions themselves.
    """

    def __init__(self, sheet: Sheet, items: Mapping[int, Candidate], chain: Chain) -> None:
        self._sheet = sheet
        self._items = items
        self._order = sorted(items)
        self._in_order = [items[item] for item in self._order]
        self.lists = chain.lists(sheet, items)
        self.places: dict[int, list[int]] = defaultdict(list)
        for item in self._order:
            self.places[id(items[item].entry)].append(item)
        self.terms = {term: [items[at] for at in held] for term, held in self.places.items()}

    def by_scope(self) -> Mapping[str, Callable[[int], Sequence[Candidate]]]:
        """Give for each scope how to find what evidence about the term at an item speaks of."""
        return {
            HERE: lambda item: [self._items[item]],
            LIST: self.lists.__getitem__,
            SENTENCE: self.in_sentence,
            ABSTRACT: lambda item: self.terms[id(self._items[item].entry)],
        }

    def in_sentence(self, item: int) -> Sequence[Candidate]:
        """Give the terms in the sentence of any item, in text order."""
        first, last = self._sheet.sentence(item)
        begin, end = bisect_left(self._order, first), bisect_left(self._order, last)
        return self._in_order[begin:end]
