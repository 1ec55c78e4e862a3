"""Decide which terms of the lexicon an abstract presents as harms.

A term is only a word: "headache" may be the illness treated, the outcome measured or the
harm done. Rules of evidence speak for or against each mention; the mention is a harm if
what they say adds up to more than nothing. Weights and rules are data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from absift.errors import ConfigError
from absift.lexicon.lexicon import Entry, Lexicon
from absift.rules.compile import expression, register
from absift.rules.engine import GENERIC, TERM, Engine, Finding
from absift.rules.model import EVIDENCE
from absift.rules.notation import parse
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary

_SCOPES = frozenset({"here", "list", "sentence", "abstract"})


@dataclass(slots=True)
class Candidate:
    """A term that stands in an abstract, while it is being judged.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last character.
        entry: The lexicon's entry.
        score: Its prior and the weights of the evidence so far.
        reasons: The rules that spoke, with their weights.
    """

    start: int
    end: int
    entry: Entry
    score: float = 0.0
    reasons: dict[str, float] = field(default_factory=dict)

    @property
    def rule(self) -> str:
        """The rule that spoke loudest for the mention; the lexicon's kind if none did."""
        best = max(self.reasons, key=lambda rule: self.reasons[rule], default=None)
        if best is None or self.reasons[best] <= 0:
            return f"lexicon.{self.entry.kind}"
        return best

    def weigh(self, rule: str, weight: float) -> None:
        """Add a rule's weight, once however often the rule matches."""
        if rule not in self.reasons:
            self.reasons[rule] = weight
            self.score += weight


class Judge:
    """Finds the named harms of an abstract.

    Args:
        engine: The rules of the label; its evidence rules and ``judge`` settings are used.
        lexicon: The terms.
        vocabulary: The alphabet; not yet settled.

    Raises:
        ConfigError: ``judge`` lacks a setting, or an evidence rule has an unknown scope.
    """

    def __init__(self, engine: Engine, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self.engine = engine
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        settings = engine.rules.judge
        try:
            self.priors = dict(settings["priors"])
            self.sections = dict(settings["sections"])
            self._chain = parse(settings["chain"])
        except KeyError as error:
            raise ConfigError(f"label {engine.label}: 'judge' lacks {error}") from error
        register(self._chain, vocabulary, f"label {engine.label}: judge: chain")
        self._term_sign = vocabulary.of_label(TERM)
        self._between: re.Pattern[str] | None = None
        self._version = -1
        for rule in engine.rules.of(EVIDENCE):
            if rule.scope not in _SCOPES:
                known = ", ".join(sorted(_SCOPES))
                raise ConfigError(f"{rule.source}: scope '{rule.scope}' must be one of {known}")

    def candidates(self, sheet: Sheet, taken: Sequence[Finding]) -> list[Candidate]:
        """Find the terms of an abstract that overlap none of the findings."""
        words = [
            sheet.text[start:end] for start, end in zip(sheet.starts, sheet.ends, strict=True)
        ]
        found = [
            Candidate(sheet.starts[mention.first], sheet.ends[mention.last - 1], mention.entry)
            for mention in self.lexicon.find(words)
        ]
        return [
            one
            for one in found
            if not any(one.start < other.end and other.start < one.end for other in taken)
        ]

    def judge(self, sheet: Sheet, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Weigh the evidence and give the candidates that are harms.

        Args:
            sheet: A sheet in which candidates and generic mentions are single items.
            candidates: The terms, in text order.
        """
        items = {sheet.item_at(one.start): one for one in candidates}
        items = {item: one for item, one in items.items() if sheet.signs[item] == self._term_sign}
        for item, one in items.items():
            one.score = self.priors[one.entry.kind] + self.sections.get(sheet.section(item), 0.0)
        lists = self._lists(sheet, items)
        for hit in self.engine.hits(sheet, EVIDENCE):
            if hit.at in items:
                scope = self._scope(hit.rule.scope, sheet, hit.at, items, lists)
                for one in scope:
                    one.weigh(hit.rule.id, hit.rule.weight)
        return [one for one in candidates if one.score > 0]

    def _scope(
        self,
        scope: str,
        sheet: Sheet,
        at: int,
        items: dict[int, Candidate],
        lists: dict[int, list[Candidate]],
    ) -> Iterable[Candidate]:
        if scope == "here":
            return [items[at]]
        if scope == "list":
            return lists[at]
        if scope == "sentence":
            first, last = sheet.sentence(at)
            return [one for item, one in items.items() if first <= item < last]
        return [one for one in items.values() if one.entry is items[at].entry]

    def _lists(self, sheet: Sheet, items: dict[int, Candidate]) -> dict[int, list[Candidate]]:
        """Give for each candidate the list of terms that it is part of, itself included."""
        if self._version != self.vocabulary.version:
            self._between = re.compile(expression(self._chain, self.vocabulary))
            self._version = self.vocabulary.version
        generic = self.vocabulary.of_label(GENERIC)
        lists: dict[int, list[Candidate]] = defaultdict(list)
        current: list[Candidate] = []
        last = -1
        for item in sorted(items):
            between = sheet.signs[last + 1 : item].replace(generic, "") if last >= 0 else BOUNDARY
            if BOUNDARY in between or (between and not self._joins(between)):
                current = []
            current.append(items[item])
            lists[item] = current
            last = item
        return lists

    def _joins(self, between: str) -> bool:
        return bool(self._between and self._between.fullmatch(between))
