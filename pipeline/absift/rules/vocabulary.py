"""Word classes, and the alphabet that patterns are matched in.

Every token becomes one character, its signature: two tokens share it exactly when
no rule can tell them apart, that is, when the same words and classes of the rules hold
for both. A pattern over words then is a regular expression over signatures, and a class of
a thousand words costs as much as one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from absift.errors import ConfigError
from absift.rules.classes import WordClass
from absift.rules.index import ANY, NUMBER_CLASSES, RuleIndex, apart
from absift.rules.notation import condition
from absift.rules.number_kinds import atoms_of, kinds_of
from absift.rules.shapes import Shapes
from absift.text.numbers import Number, may_be_year, parse_digits
from absift.text.tokens import fold

#: Stands between sentences; no atom matches it.
BOUNDARY = "\n"
#: The class of words that nearly every abstract has; it changes no match, only what is tried.
FREQUENT = "FREQUENT"

# Signatures are any characters that mean nothing in a regular expression; below U+10000, because
# Python's re looks up sets of those at once and walks through sets of others.
_FIRST_SIGNATURE = 0x100
_LAST_SIGNATURE = 0xD7FF
# Word forms that are remembered; the memory is emptied beyond that, so that it stays bounded.
_MOST_FORMS = 20_000


class Vocabulary:
    """The classes together with the signatures of the atoms that rules use.

    Args:
        classes: The classes by name, as :func:`build_classes` gives them.
        labels: Names of labels; a span that was found is one token of the class of its label.
    """

    def __init__(self, classes: Mapping[str, WordClass], labels: Iterable[str] = ()) -> None:
        self.classes = dict(classes)
        self.labels = tuple(labels)
        #: Which of all the rules written in this alphabet a sentence can match at all.
        self.index = RuleIndex(self.held)
        #: What held for each new signature, in order: who compiled over the signatures up to
        #: some place must do so again for the atoms named behind it.
        self.grown: list[frozenset[str]] = []
        #: Expressions of classes with phrases, with the version that each was made at.
        self.phrased: dict[str, tuple[int, str]] = {}
        self._parts: dict[str, frozenset[str]] = {}
        self._firsts: dict[str, frozenset[str]] = {}
        # How often patterns use each atom.
        self._used: Counter[str] = Counter()
        self._by_word: dict[str, set[str]] = {}
        self._by_exact: dict[str, set[str]] = {}
        self._shaped: list[tuple[str, re.Pattern[str]]] = []
        self._shapes = Shapes(())
        #: How often the words got signatures; who remembers any forgets them when it changes.
        self.settled = 0
        self._conditions: dict[str, tuple[str, float]] = {}
        self._signatures: dict[frozenset[str], str] = {}
        self._by_atom: dict[str, str] = {}
        self._label_signs: dict[str, str] = {}
        self._forms: dict[str, str] = {}
        self._numbers: dict[tuple[Any, ...], str] = {}

    @property
    def version(self) -> int:
        """How many signatures exist; patterns compiled at another version are to be renewed."""
        return len(self.grown)

    def knows(self, name: str) -> bool:
        """Tell whether a class of this name can stand in a pattern."""
        return (
            name in self.classes
            or name in NUMBER_CLASSES
            or name == ANY
            or name in self.labels
            or condition(name) is not None
        )

    def uses(self, name: str) -> bool:
        """Tell whether signatures tell an atom from others, or will when settled."""
        return name in self._used

    def use(self, name: str, *, is_class: bool) -> None:
        """Make signatures tell this atom from others; must come before any text is read."""
        self._used[name] += 1
        if self._used[name] > 1:
            return
        if not is_class:
            self._by_word.setdefault(name, set()).add(name)
        elif (bound := condition(name)) is not None:
            self._conditions[name] = bound
        elif name in self.classes:
            held = self.classes[name]
            for word in held.words:
                self._by_word.setdefault(word, set()).add(name)
            for word in held.exact:
                self._by_exact.setdefault(word, set()).add(name)
            self._shaped += [(name, shape) for shape in held.shapes]
            for phrase in held.phrases:
                for word in phrase:
                    self.use(word, is_class=False)

    def settle(self) -> None:
        """Give a signature to every word that the rules name, once all atoms are in use.

        Patterns are compiled over the signatures that exist; those that only a text brings
        (a number of a new kind, a word of a new shape) make some of them be compiled anew.
        """
        self._forms.clear()
        self._numbers.clear()
        if FREQUENT in self.classes:
            self.use(FREQUENT, is_class=True)
        self._shapes = Shapes(self._shaped)
        self.settled += 1
        known = self.version
        for word in sorted({*self._by_word, *self._by_exact}):
            for form in (word, word.capitalize(), word.upper()):
                self.of_word(form)
        for label in self.labels:
            self.of_label(label)
        for sign in "+-":
            self.of_sign(sign)
        for form in self._shapes.samples():
            self.of_word(form)
            value = parse_digits(form)
            if value is not None:
                self.of_number(Number(0, 0, value, "digits", may_be_year(form, value)), form)
        for number, form in kinds_of(self._by_word, self._conditions):
            self.of_number(number, form)
        self._reorder(known)

    def _reorder(self, known: int) -> None:
        """Give words that are alike signatures side by side, by the atoms used most before all.

        A class then is a few ranges of characters, which compiles and matches faster than as
        many single ones.
        """
        often = sorted(self._used, key=lambda name: (-self._used[name], name))
        rank = {name: place for place, name in enumerate(often)}
        new = self.grown[known:]
        new.sort(key=lambda held: sorted(rank.get(name, len(rank)) for name in held))
        old = self.grown[:known]
        for made in (self.grown, self._signatures, self._by_atom):
            made.clear()
        for remembered in (self._forms, self._numbers, self._label_signs, self.phrased):
            remembered.clear()
        for held in (*old, *new):
            self._signature(held)

    def _signature(self, held: frozenset[str]) -> str:
        made = self._signatures.get(held)
        if made is None:
            code = _FIRST_SIGNATURE + len(self._signatures)
            if code > _LAST_SIGNATURE:
                raise ConfigError("the rules tell more than 54,000 kinds of words apart")
            made = chr(code)
            self._signatures[held] = made
            for name in held:
                self._by_atom[name] = self._by_atom.get(name, "") + made
            self.grown.append(held)
        return made

    def held(self, sign: str) -> frozenset[str]:
        """Give the atoms that hold for a signature, none for a boundary."""
        place = ord(sign) - _FIRST_SIGNATURE
        return self.grown[place] if place >= 0 else frozenset()

    def changed(self, version: int) -> frozenset[str]:
        """Give the atoms whose patterns have grown since a version."""
        return frozenset().union(*self.grown[version:])

    def of_word(self, word: str) -> str:
        """Give the signature of a token that is no number."""
        made = self._forms.get(word)
        if made is None:
            if len(self._forms) > _MOST_FORMS:
                self._forms.clear()
            made = self._forms[word] = self.of_new_word(word)
        return made

    def of_new_word(self, word: str) -> str:
        """Give the same as :meth:`of_word`, for callers who remember it themselves."""
        return self._signature(frozenset(self._held(word)))

    def _held(self, word: str) -> set[str]:
        held = set(self._shapes.of(word))
        for table, form in ((self._by_word, fold(word)), (self._by_exact, word)):
            if form in table:
                held |= table[form]
        return held

    def of_number(self, number: Number, word: str) -> str:
        """Give the signature of a number; ``word`` is its text."""
        key = (number.value, number.kind, number.year, word)
        made = self._numbers.get(key)
        if made is None:
            if len(self._numbers) > _MOST_FORMS:
                self._numbers.clear()
            held = self._held(word) | atoms_of(number, self._conditions)
            made = self._numbers[key] = self._signature(frozenset(held))
        return made

    @property
    def frequent(self) -> frozenset[str]:
        """The signatures of words that nearly every abstract has."""
        return apart(self.signatures(FREQUENT))

    def of_sign(self, word: str) -> str:
        """Give the signature of a dash or a plus that begins a figure."""
        name = "PLUS" if word == "+" else "MINUS"
        return self._signature(frozenset({*self._held(word), name}))

    def of_label(self, label: str) -> str:
        """Give the signature of a span of this label."""
        made = self._label_signs.get(label)
        if made is None:
            made = self._label_signs[label] = self._signature(frozenset({label}))
        return made

    def parts(self, name: str) -> frozenset[str]:
        """Give an atom with the words of its phrases: all whose signatures its pattern holds."""
        made = self._parts.get(name)
        if made is None:
            words = {word for phrase in self._phrases(name) for word in phrase}
            made = self._parts[name] = frozenset({name, *words})
        return made

    def firsts(self, name: str) -> frozenset[str]:
        """Give an atom with the words that its phrases begin with."""
        made = self._firsts.get(name)
        if made is None:
            words = {phrase[0] for phrase in self._phrases(name)}
            made = self._firsts[name] = frozenset({name, *words})
        return made

    def _phrases(self, name: str) -> Iterable[tuple[str, ...]]:
        return self.classes[name].phrases if name in self.classes else ()

    def signatures(self, name: str) -> str:
        """Give all the signatures that exist by now of tokens for which an atom holds."""
        return self._by_atom.get(name, "")
