"""The arms that an abstract names: what its figures may belong to."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.text.tokens import fold, tokenize

#: Words of a name, folded.
Name = tuple[str, ...]
# Words that a name has at most, of those that are looked at.
_LONGEST = 4
# Letters of a word that may name an arm by itself, at least.
_TELLING = 5
# Words before the abbreviation of a drug in which it is named.
_NEAR = 5
# A word that no class names: it has what any word has.
_UNKNOWN = "xqxqxq"


@dataclass(slots=True)
class Inventory:
    """What an abstract says of its arms.

    Attributes:
        names: The names of arms.
        signs: The signatures of words that names begin with.
        lengths: First word of a name to how many words such names have, the longest first.
        compares: Whether the abstract tells of more than one group.
    """

    names: set[Name] = field(default_factory=set)
    signs: set[str] = field(default_factory=set)
    lengths: dict[str, list[int]] = field(default_factory=dict)
    compares: bool = False

    def add(self, name: Name) -> None:
        """Take in a name."""
        self.names.add(name)
        held = self.lengths.setdefault(name[0], [])
        if len(name) not in held:
            held.append(len(name))
            held.sort(reverse=True)

    def longest(self, line: Line, at: int) -> int:
        """Give how many items of a sentence from ``at`` on are a name, 0 for none."""
        if line.signs[at] not in self.signs:
            return 0
        for length in self.lengths.get(fold(line.words(at, at + 1)), ()):
            items = range(at, min(at + length, len(line.signs)))
            if tuple(fold(line.words(item, item + 1)) for item in items) in self.names:
                return length
        return 0


class InventoryMaker:
    """Reads the arms of abstracts.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def make(
        self, sheet: Sheet, events: Collection[str] = (), sizes: Collection[int] = ()
    ) -> Inventory:
        """Read the arms of an abstract.

        Args:
            sheet: The abstract, nothing collapsed.
            events: Words of its adverse events, folded; alone they name no arm.
            sizes: Where the sizes of its arms start, as offsets.
        """
        of, signs = self.patterns.signs, sheet.signs
        found = Inventory()
        telling = of("VERSUS", "RANDOMISED", "LINK_ARM", "GROUP")
        found.compares = not telling.isdisjoint(signs) or self._weighs(sheet)
        if not found.compares:
            return found
        common = set(events)
        for first, last in (*self._ranges(sheet), *self._sized(sheet, sizes)):
            name = self.core(sheet, first, last)
            if name and not common.issuperset(name):
                found.add(name)
                short = self._abbreviation(sheet, last)
                if short:
                    found.add(short)
        self._abbreviate(sheet, found)
        self._shorten(found)
        for word in found.lengths:
            self._sign(found, word)
        return found

    def learn(self, arms: Inventory, name: str) -> None:
        """Take in a name that only its place among figures told of ("4% with A and 2% with B")."""
        words, of_word = tokenize(name).words, self.patterns.vocabulary.of_word
        vague = self.patterns.signs("LINK_LOOSE", "GROUP", "LINK_TAIL", "LINK_DET")
        while words and of_word(words[-1]) in vague:
            words.pop()
        if not words or len(words) > _LONGEST or len(words[0]) < 2 or of_word(words[0]) in vague:
            return
        key = tuple(map(fold, words))
        if key not in arms.names:
            arms.add(key)
            self._sign(arms, key[0])

    def _sign(self, arms: Inventory, word: str) -> None:
        """Note the signatures of a word that names begin with."""
        forms = (word, word.capitalize(), word.upper())
        arms.signs.update(map(self.patterns.vocabulary.of_word, forms))

    def _weighs(self, sheet: Sheet) -> bool:
        """Tell whether an abstract compares two things that have names."""
        matches = self.patterns.of("weighed").finditer(sheet.signs)
        return any(all(self.core(sheet, *one.span(group)) for group in "ab") for one in matches)

    def _ranges(self, sheet: Sheet) -> Iterator[tuple[int, int]]:
        """Give the items of what may name arms."""
        signs = sheet.signs
        drug = self.patterns.signs("DRUG")
        for match in self.patterns.of("used").finditer(signs):
            first, last = match.span("arm")
            if not drug.isdisjoint(signs[first:last]):
                yield first, last
        for name in (
            "given",
            "treated",
            "opposed",
            "weighed",
            "grouped",
            "allotted_two",
            "allotted_many",
        ):
            pattern = self.patterns.of(name)
            groups: tuple[str, ...] = ()
            for match in pattern.finditer(signs):
                groups = groups or tuple(pattern.groupindex)
                for group in groups:
                    if match.start(group) >= 0:
                        yield match.span(group)
        closed = self.patterns.signs("LINK_STOP", "LINK_DET") | {BOUNDARY}
        letters = self.patterns.signs("LINK_LETTER")
        for match in self.patterns.of("group_word").finditer(signs):
            first = last = match.start()
            if signs[match.end() : match.end() + 1] in letters:
                continue
            while last - first < _LONGEST and signs[first - 1] not in closed:
                first -= 1
            yield first, last

    def _sized(self, sheet: Sheet, sizes: Collection[int]) -> Iterator[tuple[int, int]]:
        """Give the items of names that the sizes of arms stand behind ("zelorin (n = 40)")."""
        if not sizes:
            return
        for match in self.patterns.of("sized_name").finditer(sheet.signs):
            first, last = match.span("arm")
            if sheet.starts[match.start("n")] in sizes and self._is_telling(sheet, first, last):
                yield first, last

    def _is_telling(self, sheet: Sheet, first: int, last: int) -> bool:
        """Tell whether a name has a drug or an abbreviation in it."""
        held = self.patterns.vocabulary.held
        return any("DRUG" in held(sign) for sign in sheet.signs[first:last]) or any(
            sum(map(str.isupper, sheet.words(item, item + 1))) > 1 for item in range(first, last)
        )

    def core(self, sheet: Sheet, first: int, last: int) -> Name:
        """Give the words that tell an arm from others, folded; none if there aren't any."""
        signs, of = sheet.signs, self.patterns.signs
        vague = of("LINK_VAGUE", "LINK_TAIL", "GROUP")
        while first < last and signs[first] in of("LINK_DET", "LINK_VAGUE"):
            first += 1
        end = first
        while end < last and end - first < _LONGEST:
            if sheet.number(end) is not None and not self.is_part(sheet, end):
                break
            end += 1
        if end == last - 1 and self._is_numbered(sheet, end):
            end += 1
        while end > first and signs[end - 1] in vague and signs[end - 1] not in of("LINK_ARM"):
            end -= 1
        if of("LINK_LOOSE").issuperset(signs[first:end]):
            return ()
        if end - first == 1 and len(sheet.words(first, end)) < 2:
            return ()
        if end < len(signs) and end > first and signs[end] in of("LINK_INITIAL"):
            end += 1
        # What is glued to a name is part of it: "K-7", "zelorin/placebo"; so is a letter behind.
        while end > first and end < len(signs) and self.is_glued(sheet, end):
            end += 1
        return tuple(fold(sheet.words(item, item + 1)) for item in range(first, end))

    def _is_numbered(self, sheet: Sheet, item: int) -> bool:
        """Tell whether a number goes on with an abbreviation before it ("ABC 100")."""
        before = sheet.words(item - 1, item)
        return len(before) > 1 and before.isupper() and sheet.words(item, item + 1).isdigit()

    def numbers(self, line: Line, item: int, arms: Inventory) -> bool:
        """Tell whether a number is that of an arm's name ("ABC 100")."""
        if not item or not arms.names:
            return False
        return (fold(line.words(item - 1, item)), line.words(item, item + 1)) in arms.names

    def is_part(self, text: Sheet | Line, item: int) -> bool:
        """Tell whether a number is part of a word: "17beta", "6ABC", "AR-7"; not of "10mg"."""
        signs, of = text.signs, self.patterns.signs
        if item + 1 < len(signs) and text.starts[item + 1] == text.ends[item]:
            behind = text.text[text.starts[item + 1] : text.ends[item + 1]]
            if behind.isalpha() and signs[item + 1] not in of("LINK_MEASURE", "LINK_DOSE"):
                return True
        hyphened = item > 1 and signs[item - 1] in of("LINK_HYPHEN")
        if not hyphened or text.ends[item - 2] != text.starts[item - 1]:
            return False
        return (
            text.ends[item - 1] == text.starts[item]
            and text.text[text.ends[item - 2] - 1].isalpha()
        )

    def is_glued(self, text: Sheet | Line, item: int) -> bool:
        """Tell whether an item goes on with the name before it."""
        signs, of = text.signs, self.patterns.signs
        if signs[item] in of("LINK_GLUED") or text.starts[item] != text.ends[item - 1]:
            return False
        if signs[item] in of("LINK_HYPHEN"):
            behind = signs[item + 1 : item + 2]
            return bool(behind) and behind not in of("LINK_GLUED") and behind != BOUNDARY
        return signs[item - 1] in of("LINK_HYPHEN")

    def _abbreviation(self, sheet: Sheet, item: int) -> Name:
        """Give the abbreviation that stands in brackets behind a name."""
        signs, of = sheet.signs, self.patterns.signs
        if signs[item : item + 1] not in of("OPEN") or signs[item + 2 : item + 3] not in of(
            "CLOSE"
        ):
            return ()
        word = sheet.words(item + 1, item + 2)
        return (fold(word),) if sum(map(str.isupper, word)) > 1 else ()

    def _abbreviate(self, sheet: Sheet, found: Inventory) -> None:
        """Take in the abbreviations of drugs and their combinations ("amoxicillin (AMX)")."""
        opens, drug = self.patterns.signs("OPEN"), self.patterns.signs("DRUG")
        signs = sheet.signs
        if drug.isdisjoint(signs):
            return
        for item in [item for item, sign in enumerate(signs) if sign in opens]:
            if not drug.isdisjoint(signs[max(0, item - _NEAR) : item]):
                short = self._abbreviation(sheet, item)
                if short:
                    found.add(short)

    def _is_drug(self, sign: str) -> bool:
        """Tell whether a word may be a drug's name: known as one, or not known at all."""
        vocabulary = self.patterns.vocabulary
        held = vocabulary.held(sign)
        return "DRUG" in held or held <= vocabulary.held(vocabulary.of_word(_UNKNOWN))

    def _shorten(self, found: Inventory) -> None:
        """Let the one word that only one arm has name it, too ("nifedipine" for a long name)."""
        vocabulary = self.patterns.vocabulary
        known: dict[str, int] = {}
        longer = [name for name in found.names if len(name) > 1]
        for name in longer:
            for word in name:
                known[word] = known.get(word, 0) + 1
        for word, times in known.items():
            telling = times == 1 and len(word) >= _TELLING and word.isalpha()
            if telling and self._is_drug(vocabulary.of_word(word)):
                found.add((word,))
