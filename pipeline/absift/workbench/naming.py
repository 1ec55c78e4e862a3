"""What the items of a sheet are called in the notation of rules."""

from __future__ import annotations

from collections.abc import Iterable

from absift.errors import ConfigError
from absift.rules.classes import WordClass
from absift.rules.index import NUMBER_CLASSES
from absift.rules.notation import Atom, Row, condition, parse
from absift.rules.ruleset import RuleSet
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, FREQUENT
from absift.text.tokens import fold

#: The most words of a class that an item is named by.
_WIDEST = 60


class Namer:
    """Names items by their classes.

    Args:
        rules: A rule set, ready for use.
    """

    def __init__(self, rules: RuleSet) -> None:
        self.vocabulary = rules.vocabulary
        held = rules.vocabulary.classes
        # Other parts have classes of their own in the vocabulary, which no rule file can name.
        self._classes = {name: held[name] for name in sorted(rules.classes - {FREQUENT})}
        self._known = {*self._classes, *NUMBER_CLASSES, *self.vocabulary.labels}
        self._by_word: dict[str, list[str]] = {}
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, one in self._classes.items():
            for word in one.words:
                self._by_word.setdefault(word, []).append(name)
            for phrase in one.phrases:
                self._phrases.setdefault(phrase[0], []).append((phrase, name))

    def classes(self, sheet: Sheet, item: int) -> list[str]:
        """Give all classes that hold for an item, whether or not a rule uses them."""
        word = sheet.words(item, item + 1)
        found = {
            name
            for name in self.vocabulary.held(sheet.signs[item])
            if name in self._known or condition(name) is not None
        }
        if found & set(self.vocabulary.labels):
            return sorted(found)
        found.update(self._by_word.get(fold(word), ()))
        found.update(name for name, held in self._classes.items() if _holds(held, word))
        return sorted(found)

    def phrases(self, sheet: Sheet, first: int, last: int) -> list[tuple[int, int, str]]:
        """Give the phrases of classes among items, as first item, the one behind, class."""
        words = [fold(sheet.words(item, item + 1)) for item in range(first, last)]
        return [
            (first + place, first + place + len(phrase), name)
            for place, word in enumerate(words)
            for phrase, name in self._phrases.get(word, ())
            if tuple(words[place : place + len(phrase)]) == phrase
        ]

    def name(self, sheet: Sheet, item: int) -> str:
        """Give one item as an element of a pattern: a label, a number, its class, or the word.

        Of several classes, the one with the fewest words: it says most. Where all are so wide
        that they say little, it is the word.
        """
        held = self.vocabulary.held(sheet.signs[item])
        for label in self.vocabulary.labels:
            if label in held:
                return label
        if "NUMBER" in held:
            return "NUMBER"
        word = sheet.words(item, item + 1)
        classes = [
            name
            for name in self.classes(sheet, item)
            if name in self._classes and 1 < self._size(name) <= _WIDEST
        ]
        if classes and any(map(str.isalnum, word)):
            return min(classes, key=lambda name: (self._size(name), name))
        return literal(word)

    def _size(self, name: str) -> int:
        held = self._classes[name]
        return len(held.words) + len(held.phrases) + (_WIDEST + 1) * len(held.shapes)

    def row(self, sheet: Sheet, items: Iterable[int]) -> list[str]:
        """Name several items, leaving out the edges of sentences."""
        return [self.name(sheet, item) for item in items if sheet.signs[item] != BOUNDARY]


def _holds(held: WordClass, word: str) -> bool:
    return word in held.exact or any(shape.fullmatch(word) for shape in held.shapes)


def literal(word: str) -> str:
    """Give a word as it stands in a pattern, in quotes where it would mean something else."""
    folded = fold(word)
    try:
        # Twice, since some characters mean something only with a blank behind them.
        if parse(f"{folded} {folded}") == Row((Atom(folded), Atom(folded))):
            return folded
    except ConfigError:
        pass
    return "ANY" if '"' in folded else f'"{folded}"'
