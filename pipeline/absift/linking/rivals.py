"""Tell which arms an abstract sets against each other, from all mentions of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from absift.linking.inventory import Inventory
from absift.linking.lines import Line
from absift.linking.mentions import Mention, MentionFinder
from absift.linking.patterns import Patterns
from absift.rules.sheet import Sheet
from absift.text.tokens import fold

# How much more an arm must weigh than any other that is taken for the second one.
_SURER = 1.5
# Mentions that one counts for where the words around it say that it is an arm.
_TELLING = 2
# Arms of which one must be known to tell the other.
_TWO = 2


@dataclass(slots=True)
class Rival:
    """An arm of an abstract.

    Attributes:
        words: What tells it from others, folded.
        first: Where it is first named, as an item of the abstract.
        lettered: Whether it is told by a letter or a number.
        forms: How often it is written so.
        weight: How surely it is an arm.
        told: Whether words around a mention say that it is one.
    """

    words: set[str]
    first: int
    lettered: bool
    forms: dict[str, int] = field(default_factory=dict)
    weight: int = 0
    told: bool = False


class RivalFinder:
    """Finds arms over a whole abstract.

    Args:
        patterns: The patterns of linking.
        mentions: Finds where sentences name arms.
    """

    def __init__(self, patterns: Patterns, mentions: MentionFinder) -> None:
        self.patterns = patterns
        self.mentions = mentions

    def other(self, sheet: Sheet, arms: Inventory, name: str) -> str | None:
        """Give the arm that an abstract sets against one, as it writes it most often.

        Args:
            sheet: The abstract, nothing collapsed.
            arms: What it says of its arms.
            name: The arm that is known.

        Returns:
            ``None`` if more than one may be meant, or if the one that is known is none of the
            two that the abstract tells most of.
        """
        words, lettered = self._words(name), self._is_lettered(name)
        found = [one for one in self._find(sheet, arms) if one.lettered == lettered]
        rest = [one for one in found if not self._overlap(one.words, words)]
        if not rest or all(one in rest for one in found[:_TWO]):
            return None
        without = next((one for one in rest if self._denies(one.words, words)), None)
        if without is not None:
            return self._form(without, grouped=self._is_grouped(name))
        if len(rest) > 1 and rest[0].weight < _SURER * rest[1].weight:
            return None
        return self._form(rest[0], grouped=self._is_grouped(name))

    def apart(self, names: Sequence[str], name: str) -> list[str]:
        """Give those of some names that share no telling word with another; none if all do so."""
        words = self._words(name)
        others = [one for one in names if words.isdisjoint(self._words(one))]
        return others if len(others) < len(names) else []

    def all(self, sheet: Sheet, arms: Inventory, size: int) -> tuple[str, ...] | None:
        """Give all arms of an abstract: by their letters, or in the order of their first mention.

        Args:
            sheet: The abstract, nothing collapsed.
            arms: What it says of its arms.
            size: How many they must be.

        Returns:
            ``None`` if there are more or fewer.
        """
        found = self._find(sheet, arms)
        lettered = [one for one in found if one.lettered]
        if len(lettered) == size:
            return tuple(sorted(self._form(one, grouped=False) for one in lettered))
        if size != _TWO or len(found) < _TWO:
            return None
        if len(found) > _TWO and found[1].weight < _SURER * found[_TWO].weight:
            return None
        if not all(self._is_sure(one) for one in found[:_TWO]):
            return None
        two = sorted(found[:_TWO], key=lambda one: one.first)
        return tuple(self._form(one, grouped=False) for one in two)

    def _find(self, sheet: Sheet, arms: Inventory) -> list[Rival]:
        """Give the arms of an abstract, the surest first; shorter names count for the longer."""
        line = Line(sheet.text, sheet.signs, sheet.starts, sheet.ends, {}, dict(sheet.numbers))
        named: dict[frozenset[str], Rival] = {}
        for one in self.mentions.find(line, arms, set()):
            words, lettered = self._words(one.name), self._is_lettered(one.name)
            if not lettered and not self._is_telling(words):
                continue
            rival = named.setdefault(frozenset(words), Rival(words, one.first, lettered))
            told = self._is_told(line, one)
            rival.weight += _TELLING if told else 1
            rival.told = rival.told or told
            rival.forms[one.name] = rival.forms.get(one.name, 0) + 1
        merged: list[Rival] = []
        for rival in sorted(named.values(), key=lambda one: -one.weight):
            same = next((one for one in merged if self._overlap(one.words, rival.words)), None)
            if same is None:
                merged.append(rival)
            else:
                same.weight += rival.weight
                same.told = same.told or rival.told
                same.first = min(same.first, rival.first)
        return sorted(merged, key=lambda one: -one.weight)

    def _overlap(self, one: set[str], other: set[str]) -> bool:
        """Tell whether words may name one arm; "no zelorin" isn't "zelorin"."""
        return (one <= other or other <= one) and not self._denies(one, other)

    def _denies(self, one: set[str], other: set[str]) -> bool:
        """Tell whether one name is the other with a word that denies it."""
        denying, of_word = self.patterns.signs("LINK_NOT"), self.patterns.vocabulary.of_word
        return one != other and all(of_word(word) in denying for word in one ^ other)

    def _form(self, rival: Rival, *, grouped: bool) -> str:
        """Give an arm as written most often, with the word "group" if another has it.

        A letter has it wherever the abstract gives it so ("group A", not the "A" of "groups A").
        """
        forms = [form for form in rival.forms if self._is_grouped(form) == grouped]
        if rival.lettered:
            longest = max(len(form.split()) for form in rival.forms)
            forms = [form for form in rival.forms if len(form.split()) == longest]
        return max(forms or rival.forms, key=lambda form: rival.forms[form])

    def _is_telling(self, words: set[str]) -> bool:
        """Tell whether a name has a word that says more than "later" or "12%"."""
        loose, of_word = (
            self.patterns.signs("LINK_LOOSE", "GROUP"),
            self.patterns.vocabulary.of_word,
        )
        kept = (word for word in words if of_word(word) not in loose)
        return any(character.isalpha() for word in kept for character in word)

    def _is_told(self, line: Line, one: Mention) -> bool:
        """Tell whether a mention, or the word before it, says that it is an arm."""
        signs, of = line.signs, self.patterns.signs
        if one.stem or not of("LINK_FOIL").isdisjoint(signs[one.first : one.last]):
            return True
        return signs[max(0, one.first - 1) : one.first] in of("LINK_GIVEN", "LINK_AGAINST")

    def _is_sure(self, one: Rival) -> bool:
        """Tell whether an arm is named more than once, and as an arm or a drug."""
        held, of_word = self.patterns.vocabulary.held, self.patterns.vocabulary.of_word
        drug = any("DRUG" in held(of_word(word)) for word in one.words)
        return one.weight > _TELLING and (one.told or drug)

    def _is_lettered(self, name: str) -> bool:
        """Tell whether a name is a letter or a number, such as "group A" or "B"."""
        of_word, signs = self.patterns.vocabulary.of_word, self.patterns.signs
        parts = name.split()
        if of_word(parts[-1]) not in signs("LINK_LETTER"):
            return False
        return len(parts) == 1 or of_word(fold(parts[0])) in signs("GROUP")

    def _is_grouped(self, name: str) -> bool:
        last = self.patterns.vocabulary.of_word(fold(name).split()[-1])
        return last in self.patterns.signs("GROUP")

    def _words(self, name: str) -> set[str]:
        """Give the words that tell a name from others, folded."""
        vague = self.patterns.signs("GROUP", "LINK_TAIL", "LINK_VAGUE", "LINK_HYPHEN")
        of_word = self.patterns.vocabulary.of_word
        words = fold(name).replace("-", " ").replace("/", " ").split()
        return {word for word in words if of_word(word) not in vague} or set(words)
