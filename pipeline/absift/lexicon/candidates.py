"""Find what an abstract may call a harm: terms of the lexicon and their abbreviations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from absift.lexicon.abbreviations import stands_for
from absift.lexicon.entries import NOT_A_HARM, Entry
from absift.lexicon.lexicon import Lexicon
from absift.lexicon.walk import Mention
from absift.rules.compile import expression, register
from absift.rules.engine import Finding
from absift.rules.model import Rule
from absift.rules.notation import parse
from absift.rules.pattern import over_signs
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary

# Patterns of the settings that say where names begin and end.
_PATTERNS = ("extend", "extend_after", "share", "trim", "worse")
# The most items before a term that can belong to its name.
_WIDEST_EXTENSION = 4
_NEVER = "(?!)"
# The kinds of terms that are another matter where they get worse.
_WORSENED = frozenset({"disease", "finding", "event"})
# The most words before a term that its abbreviation can stand for.
_MOST_WORDS_BEFORE = 2
# The items before a name of what shares its end: "gastric or" before "duodenal ulcer".
_SHARED = 2
# What can follow an abbreviation that a bracket opens with.
_ENDS_BRACKET = frozenset({")", ",", ";"})


@dataclass(slots=True)
class Candidate:
    """A term that stands in an abstract, while it is being judged.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character.
        entry: The lexicon's entry.
        score: Its prior and the weights of the evidence so far.
        reasons: The rules that spoke, with their weights.
        backdrop: Those of them that speak of all terms of the abstract alike.
        phrase: The rule that found it, where it is no term of the lexicon.
    """

    start: int
    end: int
    entry: Entry
    score: float = 0.0
    reasons: dict[str, float] = field(default_factory=dict)
    backdrop: set[str] = field(default_factory=set)
    phrase: Rule | None = None

    @property
    def named(self) -> dict[str, Any]:
        """The attributes of a harm that it would make."""
        if self.phrase is not None and self.phrase.set:
            return dict(self.phrase.set)
        return {"term": self.entry.term, "system": self.entry.system}

    @property
    def known_as(self) -> str:
        """What the weights of words know it by: a phrase is met in too many words."""
        return self.entry.term if self.phrase is None else self.phrase.id

    @property
    def rule(self) -> str:
        """The rule that spoke loudest for the very mention; what found it if none did."""
        best = max(
            (rule for rule in self.reasons if rule not in self.backdrop),
            key=lambda rule: self.reasons[rule],
            default=None,
        )
        if best is None or self.reasons[best] <= 0:
            return f"lexicon.{self.entry.kind}" if self.phrase is None else self.phrase.id
        return best

    def weigh(self, rule: str, weight: float) -> None:
        """Add a rule's weight, once however often the rule matches."""
        if weight and rule not in self.reasons:
            self.reasons[rule] = weight
            self.score += weight


class CandidateFinder:
    """Finds candidates on sheets.

    Args:
        lexicon: The terms.
        vocabulary: The alphabet; not yet settled.
        settings: The label's ``judge`` settings; ``extend`` is a pattern of the words before
            a term that belong to its name, ``extend_after`` of those behind it, ``share`` of
            what shares a name's end ("gastric or" before "duodenal ulcer"), ``trim`` of what a
            term begins with that is no part of its name ("opioid-induced"), and ``worse`` of
            words before it that make an illness a harm: "worsening of psoriasis".
        where: What the settings belong to, for messages.
    """

    def __init__(
        self, lexicon: Lexicon, vocabulary: Vocabulary, settings: Mapping[str, Any], where: str
    ) -> None:
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        self._nodes = {name: parse(settings[name]) for name in _PATTERNS}
        for name, node in self._nodes.items():
            register(node, vocabulary, f"{where}: judge: {name}")
        self._before = self._after = self._worse = over_signs(_NEVER)
        self._share = self._trim = over_signs(_NEVER)
        self._worsened: dict[str, Entry] = {}
        self._version = -1

    def find(self, sheet: Sheet, taken: Sequence[Finding]) -> list[Candidate]:
        """Find the terms of an abstract that overlap none of the findings."""
        if self._version != self.vocabulary.version:
            self._compile()
        words = sheet.items
        mentions = list(self.lexicon.find(words))
        mentions = _with_abbreviations(words, mentions)
        # Spans may overlap each other, so a finding before a place can reach beyond it.
        ordered = sorted((other.start, other.end) for other in taken)
        starts = [start for start, _ in ordered]
        reach = [0]
        for _, end in ordered:
            reach.append(max(reach[-1], end))
        found: list[Candidate] = []
        free = 0
        for mention, following in zip_longest(mentions, mentions[1:]):
            if mention.entry.kind == NOT_A_HARM:
                continue
            if mention.last - mention.first > 1:
                mention = self._trimmed(sheet, mention)
            entry, first = self._extended(sheet, mention, free)
            end = self._end(sheet, mention, following.first if following else len(words))
            start = sheet.starts[first]
            if reach[bisect_left(starts, end)] > start:
                start, end = sheet.starts[mention.first], sheet.ends[mention.last - 1]
                if reach[bisect_left(starts, end)] > start:
                    continue
            found.append(Candidate(start, end, entry))
            free = mention.last
        return found

    def _trimmed(self, sheet: Sheet, mention: Mention) -> Mention:
        """Leave out what a term begins with, if what stays is a term: "opioid-induced nausea"."""
        match = self._trim.match(sheet.signs, mention.first, mention.last - 1)
        if match:
            first = match.end()
            for rest in self.lexicon.find(sheet.items[first : mention.last]):
                if (rest.first, first + rest.last) == (0, mention.last):
                    return Mention(first, mention.last, mention.entry)
        return mention

    def _extended(self, sheet: Sheet, mention: Mention, free: int) -> tuple[Entry, int]:
        """Give the entry and the first item of a name that begins before its term does."""
        least = max(free, mention.first - _WIDEST_EXTENSION)
        match = self._before.search(sheet.signs, least, mention.first)
        first = match.start() if match else mention.first
        if first - _SHARED >= free and self._share.match(sheet.signs, first - _SHARED):
            first -= _SHARED
        if mention.entry.kind in _WORSENED:
            worse = self._worse.search(sheet.signs, max(free, first - _WIDEST_EXTENSION), first)
            if worse:
                return self._worsening(mention.entry), worse.start()
        return mention.entry, first

    def _end(self, sheet: Sheet, mention: Mention, least: int) -> int:
        """Give the offset behind a name that ends behind its term, before an item."""
        match = self._after.match(sheet.signs, mention.last, least)
        return sheet.ends[(match.end() if match else mention.last) - 1]

    def _worsening(self, entry: Entry) -> Entry:
        """Give the entry of an illness that gets worse."""
        made = self._worsened.get(entry.term)
        if made is None:
            name = f"worsening of {entry.term}"
            made = Entry(name, entry.system, "event", (), entry.source)
            self._worsened[entry.term] = made
        return made

    def _compile(self) -> None:
        sources = {
            name: f"(?:{expression(node, self.vocabulary)})" for name, node in self._nodes.items()
        }
        self._before = over_signs(rf"{sources['extend']}\Z")
        self._worse = over_signs(rf"{sources['worse']}\Z")
        self._after, self._share, self._trim = (
            over_signs(sources[name]) for name in ("extend_after", "share", "trim")
        )
        self._version = self.vocabulary.version


def _with_abbreviations(words: Sequence[str], mentions: Sequence[Mention]) -> list[Mention]:
    """Add the mentions of terms by abbreviations that the abstract gives them in brackets."""
    meant = dict(_defined(words, mentions))
    if not meant:
        return list(mentions)
    # Their plurals, too, unless these stand for something else.
    meant = {f"{short}s": entry for short, entry in meant.items()} | meant
    known = [
        Mention(place, place + 1, meant[word]) for place, word in enumerate(words) if word in meant
    ]
    places = {mention.first for mention in known}
    others = [one for one in mentions if places.isdisjoint(range(one.first, one.last))]
    return sorted([*known, *others], key=lambda mention: mention.first)


def _defined(words: Sequence[str], mentions: Sequence[Mention]) -> Iterator[tuple[str, Entry]]:
    most = len(words) - 2
    for mention in mentions:
        last = mention.last
        if last >= most or words[last] != "(" or words[last + 2] not in _ENDS_BRACKET:
            continue
        short = words[last + 1].removesuffix("s")
        # Words before a term can be part of what is abbreviated: "postoperative stroke (POS)".
        for first in range(mention.first, max(-1, mention.first - _MOST_WORDS_BEFORE - 1), -1):
            if first < mention.first and not words[first].isalpha():
                break
            if stands_for(short, words[first:last]):
                yield short, mention.entry
                break
