"""Find where a sentence names an arm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from absift.linking.inventory import Inventory, InventoryMaker, Name
from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.linking.places import NamePlaces
from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE
from absift.rules.engine import Finding
from absift.text.tokens import fold

# Items between two names of which the second may have a word for both, at most.
_NEAR = 4
# Items between two letters that share the word "group", at most.
_JOINED = 2
# Words of a name such as "active treatment group", at most.
_KINDS = 3
# Items between two names that share a noun, at most.
_SHARED = 14


@dataclass(slots=True)
class Mention:
    """An arm where it is named.

    Attributes:
        first: The first item.
        last: The item behind the last.
        name: As written.
        key: What tells it from other arms, folded.
        stem: The name without the word "group" or the like that it ends in, if it does.
        many: Whether that word is a plural.
    """

    first: int
    last: int
    name: str
    key: Name
    stem: str = ""
    many: bool = False

    def shorten(self) -> None:
        """Leave out the word "group", which other names share."""
        self.name, self.stem = self.stem or self.name, ""


def may_name(one: Finding) -> bool:
    """Tell whether a finding may be part of a name: a length of time, or the strength of a drug."""
    if one.label == PERCENTAGE:
        return one.attributes.get("kind") == "other"
    return one.label == DURATION


class MentionFinder:
    """Finds the arms that sentences name.

    Args:
        patterns: The patterns of linking.
        inventories: Tells what is part of a name.
    """

    def __init__(self, patterns: Patterns, inventories: InventoryMaker) -> None:
        self.patterns = patterns
        self.inventories = inventories
        self.places = NamePlaces(patterns, inventories)

    def find(self, line: Line, arms: Inventory, taken: set[int]) -> list[Mention]:
        """Give the arms that a sentence names, in order, no two of which overlap.

        Args:
            line: The sentence.
            arms: The arms of the abstract.
            taken: Items that are no part of a name.
        """
        if not arms.compares:
            return []
        found: list[Mention] = []
        opens = self.patterns.signs("OPEN")
        blamed = {one.end() for one in self.patterns.of("blamed").finditer(line.signs)}
        for first, last in self.places.find(line, arms, taken):
            if (found and first < found[-1].last) or self._names_cause(line, last):
                continue
            if first in blamed and line.signs[last : last + 1] not in opens:
                continue
            made = self.mention(line, first, last)
            if made:
                self._take_people(line, made, found[-1] if found else None)
                found.append(made)
        self._share_heads(line, found)
        self._share_letters(line, found)
        return found

    def _names_cause(self, line: Line, item: int) -> bool:
        """Tell whether what stands before an item is the cause of a harm ("zelorin toxicity")."""
        signs, of = line.signs, self.patterns.signs
        if signs[item - 1 : item] in of("GROUP"):
            return False
        if signs[item : item + 1] in of("LINK_HYPHEN"):
            return signs[item + 1 : item + 2] in of("LINK_CAUSED")
        found = line.findings.get(item)
        return found is not None and found.label == ADVERSE_EVENT

    def _take_people(self, line: Line, one: Mention, before: Mention | None) -> None:
        """Take in what a treatment is glued to ("zelorin-treated", "zelorin-treated women").

        In "zelorin- and placebo-treated women" both names share it, and neither has it.
        """
        signs, of = line.signs, self.patterns.signs
        match = self.patterns.of("treated_people").match(signs, one.last)
        if not match:
            return
        if before is not None and one.first - before.last <= _SHARED:
            gap = signs[before.last : one.first]
            joined = bool(gap) and of("LINK_HYPHEN", "LINK_JOIN").issuperset(gap)
            if joined and signs[before.last - 1] not in of("PARTICIPANT"):
                return
        one.last = match.end()
        one.name = line.words(one.first, one.last)

    def mention(self, line: Line, first: int, last: int) -> Mention | None:
        """Make a mention of items; ``None`` where they can't name an arm."""
        signs, of = line.signs, self.patterns.signs
        tail, own, group = of("LINK_TAIL"), of("LINK_ARM"), of("GROUP")
        while first < last and signs[first] in of("LINK_DET", "LINK_IN", "LINK_GIVEN"):
            first += 1
        vague = of("GROUP", "LINK_VAGUE", "LINK_DET", "COUNT_SIGN")
        end = last
        while end > first and signs[end - 1] in tail and signs[end - 1] not in own:
            end -= 1
        if end - first > 1 and signs[end - 1] in of("LINK_COURSE"):
            # "Zelorin therapy" is zelorin, "triple therapy" is what it is.
            end -= "DRUG" in self.patterns.vocabulary.held(signs[end - 2])
        if vague.issuperset(signs[first:end]):
            # What names people only tells arms apart, too: "children", "women".
            end = last
        elif signs[end : end + 1] in of("PARTICIPANT") and self._needs_people(line, first, end):
            end += 1
        last = min(last, end)
        held = [i for i in range(first, last) if i in line.findings]
        if last <= first or not all(may_name(line.findings[i]) for i in held):
            return None
        kinds = 1 < last - first <= _KINDS and of("LINK_KIND").issuperset(signs[first : last - 1])
        if kinds and signs[last - 1] in group:
            lead = signs[max(0, first - 2) : first]
            if signs[last - 1] in of("LINK_GROUPS") and of("LIST_JOINER", "LINK_JOIN").isdisjoint(
                lead
            ):
                # "in both treatment groups", but "in the control versus the treatment groups"
                return None
            kind, many = line.words(first, last - 1), signs[last - 1] in of("LINK_GROUPS")
            return Mention(first, last, line.words(first, last), (fold(kind),), kind, many)
        words = set(signs[first:last])
        if self._is_lettered(line, first, last):
            return Mention(first, last, line.words(first, last), self._key(line, first, last))
        given = signs[max(0, first - 2) : first - 1] in of("LINK_GIVEN", "LINK_PLACE")
        if words <= vague and not (given and words <= of("LINK_MIXED")):
            return None
        timed = any(line.findings[i].label == DURATION for i in held)
        if timed and group.isdisjoint(signs):
            # A length of time names an arm only where groups are told of ("the 100-day group").
            return None
        numbered = all(item in line.numbers for item in range(first, last))
        if numbered and not self._is_further(line, first):
            return None
        made = Mention(first, last, line.words(first, last), self._key(line, first, last))
        if last - first > 1 and signs[last - 1] in group:
            stem = last - 1
            while stem - 1 > first and signs[stem - 1] in of("LINK_VAGUE"):
                stem -= 1
            made.stem = line.words(first, stem)
            made.many = signs[last - 1] in of("LINK_GROUPS")
        return made

    def _is_lettered(self, line: Line, first: int, last: int) -> bool:
        """Tell whether items are a letter and the word that it goes with ("regimen A")."""
        word, letter = self.patterns.signs("LINK_SCHEME"), self.patterns.signs("LINK_LETTER")
        return last - first == 2 and line.signs[first] in word and line.signs[last - 1] in letter

    def _is_further(self, line: Line, item: int) -> bool:
        """Tell whether a number is a further one of "groups 1, 2 and 3"."""
        of, at = self.patterns.signs, item
        while at and line.signs[at - 1] in of("COMMA", "LIST_JOINER", "INTEGER_WORD"):
            at -= 1
        listed = line.signs[item] in of("INTEGER_WORD") and at < item - 1
        return listed and line.signs[at - 1 : at] in of("LINK_GROUPS")

    def _needs_people(self, line: Line, first: int, last: int) -> bool:
        """Tell whether a name only ever stands before people ("elderly patients")."""
        stem, people = line.words(first, last), self.patterns.signs("PARTICIPANT")
        of_word = self.patterns.vocabulary.of_word
        behind = re.findall(rf"\b{re.escape(stem)}\b[ -]?(\w*)", line.text, re.IGNORECASE)
        return all(of_word(word) in people for word in behind)

    def _key(self, line: Line, first: int, last: int) -> Name:
        dropped = self.patterns.signs("GROUP", "LINK_TAIL", "LINK_VAGUE")
        kept = [item for item in range(first, last) if line.signs[item] not in dropped]
        return tuple(fold(line.words(item, item + 1)) for item in kept or range(first, last))

    def _share_letters(self, line: Line, found: list[Mention]) -> None:
        """Name letters alike: "arm B" in "arm A versus B", but "A" and "B" in "groups A and B".

        Numbers are no names by themselves: "group 1" and "group 2" in "groups 1 and 2".
        """
        letters, numbers = self.patterns.signs("LINK_LETTER"), self.patterns.signs("INTEGER_WORD")
        joiners, word, at = self.patterns.signs("COMMA", "LIST_JOINER", "VERSUS"), "", 0
        for one in found:
            if self._is_lettered(line, one.first, one.last):
                many = line.signs[one.first] in self.patterns.signs("LINK_GROUPS")
                bare = many and line.signs[one.last - 1] not in numbers
                word, at = self._single(line.words(one.first, one.first + 1)), one.last
                word = "" if bare else word
                if many and line.signs[one.last : one.last + 1] in joiners:
                    one.name = f"{word} {line.words(one.first + 1, one.last)}".strip()
            elif one.last - one.first == 1 and line.signs[one.first] in letters:
                if word and one.first - at <= _JOINED:
                    one.name, at = f"{word} {one.name}", one.last
            else:
                word = ""

    def _single(self, word: str) -> str:
        """Give the longest beginning of a word for groups that is the word for one."""
        of_word, signs = self.patterns.vocabulary.of_word, self.patterns.signs
        if of_word(word) not in signs("LINK_GROUPS"):
            return word
        single = signs("GROUP") - signs("LINK_GROUPS")
        forms = (word[:end] for end in range(len(word) - 1, 0, -1))
        return next((form for form in forms if of_word(form) in single), word)

    def _share_heads(self, line: Line, found: list[Mention]) -> None:
        """Drop the noun that the last of several names has for all ("in the A and B groups").

        It is shared where a name before it lacks it and no figure parts the two; not so in
        "4 in the low and 6 in the high group".
        """
        signs, of = line.signs, self.patterns.signs
        for before, one in pairwise(found):
            if not one.many or not one.stem or before.stem:
                continue
            gap = signs[before.last : one.first]
            if len(gap) > _SHARED or of("LIST_JOINER", "VERSUS").isdisjoint(gap):
                continue
            between = range(before.last, one.first)
            events = (i for i, held in line.findings.items() if held.label == ADVERSE_EVENT)
            if not any(item in between for item in (*events, *line.numbers)):
                one.shorten()
