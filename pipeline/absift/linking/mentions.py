"""Find where a sentence names an arm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from absift.linking.inventory import Inventory, InventoryMaker
from absift.linking.lines import Line
from absift.linking.pairs import Name
from absift.linking.patterns import Patterns
from absift.linking.widening import NameWidener
from absift.records import ADVERSE_EVENT, DURATION
from absift.rules.vocabulary import BOUNDARY
from absift.text.tokens import fold

# Words that stand before a group's name, at most.
_LEAD = 4
# Items between two names of which the second may have a word for both, at most.
_NEAR = 4
# Items between two letters that share the word "group", at most.
_JOINED = 2
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


class MentionFinder:
    """Finds the arms that sentences name.

    Args:
        patterns: The patterns of linking.
        inventories: Tells what is part of a name.
    """

    def __init__(self, patterns: Patterns, inventories: InventoryMaker) -> None:
        self.patterns = patterns
        self.inventories = inventories
        self.widener = NameWidener(patterns, inventories)

    def find(self, line: Line, arms: Inventory, taken: set[int]) -> list[Mention]:
        """Give the arms that a sentence names, in order, no two of which overlap.

        Args:
            line: The sentence.
            arms: The arms of the abstract.
            taken: Items that are no part of a name.
        """
        if not arms.compares:
            return []
        spans = [*self._groups(line, taken), *self._given(line, taken)]
        spans += self._named(line, arms, taken)
        found: list[Mention] = []
        for first, last in sorted(spans, key=lambda one: (one[0], -one[1])):
            if (found and first < found[-1].last) or self._names_cause(line, last):
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
        """Take in the people that a treatment is glued to where they are the subject.

        So in "zelorin-treated women had rash", but not in "in zelorin-treated women", nor in
        "zelorin- and placebo-treated women".
        """
        signs, of = line.signs, self.patterns.signs
        match = self.patterns.of("treated_people").match(signs, one.last)
        if not match:
            return
        leads, lead = of("LINK_PLACE", "LINK_OF", "CLOSE"), one.first - 1
        while lead >= 0 and signs[lead] in of("LINK_DET") and signs[lead] not in leads:
            lead -= 1
        led = lead >= 0 and (lead in line.numbers or signs[lead] in leads)
        if before is not None and one.first - before.last <= _NEAR:
            alone = signs[before.last - 1] not in of("PARTICIPANT")
            led = led or (alone and signs[before.last] in of("LINK_HYPHEN", "LINK_JOIN"))
        if not led:
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
        if vague.issuperset(signs[first:end]):
            # What names people only tells arms apart, too: "children", "women".
            end = last
        elif signs[end : end + 1] in of("PARTICIPANT") and self._needs_people(line, first, end):
            end += 1
        last = min(last, end)
        held = [i for i in range(first, last) if i in line.findings]
        if last <= first or any(line.findings[i].label != DURATION for i in held):
            return None
        if signs[last - 1] in group and signs[last - 2] in of("LINK_KIND") and last - first == 2:
            lead = signs[max(0, first - 2) : first]
            if signs[last - 1] in of("LINK_GROUPS") and of("LIST_JOINER", "LINK_JOIN").isdisjoint(
                lead
            ):
                # "in both treatment groups", but "in the control versus the treatment groups"
                return None
            kind, many = line.words(first, first + 1), signs[last - 1] in of("LINK_GROUPS")
            return Mention(first, last, line.words(first, last), (fold(kind),), kind, many)
        words = set(signs[first:last])
        if signs[first] in group and last - first == 2:
            return Mention(first, last, line.words(first, last), self._key(line, first, last))
        if words <= vague:
            return None
        if held and group.isdisjoint(signs):
            # A length of time names an arm only where groups are told of ("the 100-day group").
            return None
        if all(item in line.numbers for item in range(first, last)):
            return None
        made = Mention(first, last, line.words(first, last), self._key(line, first, last))
        if last - first > 1 and signs[last - 1] in group:
            stem = last - 1
            while stem - 1 > first and signs[stem - 1] in of("LINK_VAGUE"):
                stem -= 1
            made.stem = line.words(first, stem)
            made.many = signs[last - 1] in of("LINK_GROUPS")
        return made

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

    def _groups(self, line: Line, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give the names that end in the word "group", and those like "group A"."""
        signs, of = line.signs, self.patterns.signs
        closed = of("LINK_STOP", "LINK_DET")
        for match in self.patterns.of("group_word").finditer(signs):
            first = last = match.start()
            if signs[last + 1 : last + 2] in of("LINK_LETTER") and last + 1 not in taken:
                yield from self._lettered(line, last, taken)
                continue
            while first and last - first < _LEAD and first - 1 not in taken:
                if signs[first - 1] in closed and not self.widener.is_prefix(line, first - 1):
                    break
                first -= 1
            if first < last:
                yield first, last + 1

    def _lettered(self, line: Line, item: int, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give "group A", and each further letter of "group A and B"."""
        signs, of = line.signs, self.patterns.signs
        at = item + 1
        yield item, at + 1
        while signs[at + 1 : at + 2] in of("COMMA", "LIST_JOINER"):
            at += 1 + (signs[at + 2 : at + 3] in of("LIST_JOINER"))
            if signs[at + 1 : at + 2] not in of("LINK_LETTER") or at + 1 in taken:
                return
            at += 1
            yield at, at + 1

    def _given(self, line: Line, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give names by words such as "receiving" and "-treated", and doses that are arms."""
        group = self.patterns.signs("GROUP")
        loose_words = self.patterns.signs("LINK_LOOSE")
        for name in ("given", "dosed", "treated", "against"):
            for match in self.patterns.of(name).finditer(line.signs + BOUNDARY):
                first, last = match.span("arm")
                if name == "treated" and line.signs[match.end() : match.end() + 1] in group:
                    last = match.end() + 1
                while first < last and name == "treated" and first in line.numbers:
                    first += 1
                while last in line.numbers and self.inventories.is_part(line, last):
                    # "17beta-zelorin": up to the next blank.
                    last += 1
                    while last < len(line.signs) and line.starts[last] == line.ends[last - 1]:
                        last += 1
                stops = taken
                if name != "dosed":
                    parts = self.inventories.is_part
                    stops = taken | {item for item in line.numbers if not parts(line, item)}
                last = next((item for item in range(first, last) if item in stops), last)
                loose = name == "against" and loose_words.issuperset(line.signs[first:last])
                if first < last and not loose:
                    yield first, last

    def _named(self, line: Line, arms: Inventory, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Give the names that the abstract has told of elsewhere."""
        own = self.patterns.signs("LINK_ARM")
        at = 0
        while at < len(line.signs):
            length = arms.longest(line, at) or int(line.signs[at] in own)
            aim = at and line.signs[at - 1] in self.patterns.signs("LINK_CONTROLLED")
            if not length or aim or not taken.isdisjoint(range(at, at + length)):
                at += 1
                continue
            first, last = self.widener.widened(line, at, at + length, taken)
            yield first, last
            at = last

    def _share_letters(self, line: Line, found: list[Mention]) -> None:
        """Name letters alike: "arm B" in "arm A versus B", but "A" and "B" in "groups A and B"."""
        letters, group = self.patterns.signs("LINK_LETTER"), self.patterns.signs("GROUP")
        word, at = "", 0
        for one in found:
            if one.last - one.first == 2 and line.signs[one.first] in group:
                many = line.signs[one.first] in self.patterns.signs("LINK_GROUPS")
                word, at = "" if many else line.words(one.first, one.first + 1), one.last
                if many:
                    one.name = line.words(one.first + 1, one.last)
            elif one.last - one.first == 1 and line.signs[one.first] in letters:
                if word and one.first - at <= _JOINED:
                    one.name, at = f"{word} {one.name}", one.last
            else:
                word = ""

    def _share_heads(self, line: Line, found: list[Mention]) -> None:
        """Drop the noun that the last of several names has for all ("in the A and B groups").

        It is shared where a name before it lacks it and stands by it, or by a figure in the
        same way: "4 in the low and 6 in the high group".
        """
        signs, of = line.signs, self.patterns.signs
        for before, one in pairwise(found):
            if not one.stem or before.stem:
                continue
            gap = signs[before.last : one.first]
            if len(gap) > _SHARED or of("LIST_JOINER", "VERSUS").isdisjoint(gap):
                continue
            between = range(before.last, one.first)
            if any(i in line.findings and line.findings[i].label == ADVERSE_EVENT for i in between):
                continue
            counted = any(item in line.numbers for item in between)
            counted = counted and signs[before.last - 1] not in of("LINK_DOSE")
            if one.many or (counted and gap[-1:] in of("LINK_DET")):
                one.shorten()
