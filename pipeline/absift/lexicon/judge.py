"""Decide which terms of the lexicon an abstract presents as harms.

A term is only a word: "headache" may be the illness treated, the outcome measured or the
harm done. Rules of evidence speak for or against each mention; the mention is a harm if
what they say adds up to more than nothing. Weights and rules are data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from absift.errors import ConfigError
from absift.lexicon.around import Surroundings
from absift.lexicon.candidates import Candidate, CandidateFinder
from absift.lexicon.entries import KINDS, Entry
from absift.lexicon.generic import GenericJudge, Rejected
from absift.lexicon.lexicon import Lexicon
from absift.lexicon.phrases import UNLISTED, with_phrases
from absift.lexicon.reach import SCOPES, Chain, Reach
from absift.lexicon.topic import Topics
from absift.rules.engine import GENERIC, TERM, Engine, Finding
from absift.rules.model import EVIDENCE, SPANS, LabelRules, Rule
from absift.rules.normalise import Normalisers
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.weighing.spans import RULE
from absift.weighing.weigher import WHOLE, Weigher
from absift.weighing.weights import KIND, NAME, SYSTEM

#: What speaks for or against a mention by what its term is elsewhere in the abstract.
ECHO = "harm.elsewhere"
#: What the words around a mention say; the place of what the rules have said.
WORDS, SCORE = "harm.words", "score"
#: The place of terms in a text of one sentence, which has no beginning and no end.
ALONE = "alone"
#: The kind of a harm that the lexicon doesn't hold and that a list tells.
LISTED = "event"


class Judge:
    """Finds the named harms of an abstract.

    Args:
        engine: The rules of the label; its evidence rules and ``judge`` settings are used.
            ``listed`` among the settings holds patterns of lists of terms in which harms stand
            that no lexicon holds.
        lexicon: The terms.
        vocabulary: The alphabet; not yet settled.
        words: Weighs the words around terms, beside the rules of evidence.

    Raises:
        ConfigError: ``judge`` lacks a setting, or an evidence rule has an unknown scope.
    """

    def __init__(
        self,
        engine: Engine,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        words: Weigher | None = None,
    ) -> None:
        self.engine = engine
        self.words = words
        self.lexicon = lexicon
        self.vocabulary = vocabulary
        settings: Mapping[str, Any] = engine.rules.judge
        where = f"label {engine.label}"
        try:
            self.priors = dict(settings["priors"])
            self.sections = dict(settings["sections"])
            self.places = {name: list(steps) for name, steps in settings["places"].items()}
            self.echo = dict(settings["echo"])
            self.certain = float(settings["certain"])
            self._chain = Chain(settings["chain"], vocabulary, f"{where}: judge: chain")
            self._lister = _lister(settings["listed"], engine, vocabulary)
            self._around = Surroundings(settings["around"], settings["short"], vocabulary, where)
            self._topics = Topics(settings["topic"], settings["short"], where)
            self._generic = GenericJudge(engine, settings["generic"], lexicon)
            self._finder = CandidateFinder(lexicon, vocabulary, settings, where)
        except KeyError as error:
            raise ConfigError(f"{where}: 'judge' lacks {error}") from error
        self._term_sign = vocabulary.of_label(TERM)
        _check(engine.rules.of(EVIDENCE))

    def candidates(self, sheet: Sheet, taken: Sequence[Finding]) -> list[Candidate]:
        """Find the terms and phrases of an abstract that overlap none of the findings."""
        return with_phrases(self.engine, sheet, self._finder.find(sheet, taken), taken)

    def sift(
        self, sheet: Sheet, generic: Sequence[Finding], candidates: Sequence[Candidate]
    ) -> tuple[Sheet, list[Finding], list[Rejected]]:
        """Part the generic mentions that are harms from those that are none.

        Args:
            sheet: The abstract; its figures are single items.
            generic: What the rules found.
            candidates: The terms.

        Returns:
            A sheet in which the terms and the mentions that stay are single items, these
            mentions, and the others.
        """
        terms = [(one.start, one.end, self._term_sign) for one in candidates]
        sign = self.vocabulary.of_label(GENERIC)
        made = sheet.collapse([*((one.start, one.end, sign) for one in generic), *terms])
        rejected = self._generic.rejected(made, generic) if generic else []
        if not rejected:
            return made, list(generic), []
        gone = {one.mention.start for one in rejected}
        kept = [one for one in generic if one.start not in gone]
        made = sheet.collapse([*((one.start, one.end, sign) for one in kept), *terms])
        return made, kept, rejected

    def judge(self, sheet: Sheet, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Weigh the evidence and give what is a harm.

        Args:
            sheet: A sheet in which candidates and generic mentions are single items.
            candidates: The terms, in text order.

        Returns:
            Those candidates that are harms, and harms beside them that are no terms.
        """
        items = {sheet.item_at(one.start): one for one in candidates}
        items = {item: one for item, one in items.items() if sheet.signs[item] == self._term_sign}
        for item, one in items.items():
            prior = self.priors[one.entry.kind] if one.phrase is None else one.phrase.weight
            one.score = prior + self._place(sheet, item)
        reach = Reach(sheet, items, self._chain)
        self._weigh_evidence(sheet, items, reach)
        self._around.weigh(sheet, items, reach.lists)
        self._topics.weigh(sheet, reach.places, items)
        self._echo(reach.terms.values())
        if self.words is not None:
            self._weigh_words(sheet, items, self.words)
        found = [one for one in candidates if one.score > 0]
        return [*found, *self._listed(sheet, reach)]

    def _weigh_evidence(self, sheet: Sheet, items: Mapping[int, Candidate], reach: Reach) -> None:
        """Let each rule of evidence speak of all that it reaches from where it matches."""
        reached = reach.by_scope()
        for hit in self.engine.hits(sheet, EVIDENCE):
            rule, one = hit.rule, items.get(hit.at)
            # What a rule reaches from one mention, it reaches from all that it reaches.
            if one is not None and rule.id not in one.reasons:
                for each in reached[rule.scope](hit.at):
                    each.weigh(rule.id, rule.weights.get(each.entry.kind, rule.weight))

    def _weigh_words(self, sheet: Sheet, items: Mapping[int, Candidate], words: Weigher) -> None:
        """Let the words around speak where rules leave doubt; in one sentence they are too few."""
        if len(sheet.sentences) < 2:
            return
        for item, one in items.items():
            if abs(one.score) > self.certain:
                continue
            # How much more or less the rules that spoke are to be trusted than their weights say.
            facts = [(RULE, rule) for rule in one.reasons]
            entry = one.entry
            facts += ((KIND, entry.kind), (SYSTEM, entry.system), (NAME, one.known_as))
            if words.heard is not None:
                facts.append((SCORE, f"{one.score:.2f}"))
            one.weigh(WORDS, words.weigh(sheet, item, facts)[0] / WHOLE)
            one.backdrop.add(WORDS)

    def _place(self, sheet: Sheet, item: int) -> float:
        """Weigh where a term stands: its section, and in it how far down the text."""
        section = sheet.section(item) if len(sheet.sentences) > 1 else ALONE
        share = item / len(sheet.signs)
        steps = self.places.get(section, ())
        here = next((step["weight"] for step in steps if share <= step["until"]), 0.0)
        return float(self.sections.get(section, 0.0) + here)

    def _echo(self, groups: Iterable[list[Candidate]]) -> None:
        """Let the surest of a term's other mentions speak for each, or against it."""
        share, limit = self.echo["share"], self.echo["limit"]
        for group in groups:
            if len(group) < 2:
                continue
            next_to_it, surest = sorted([one.score for one in group])[-2:]
            for one in group:
                other = next_to_it if one.score == surest else surest
                one.weigh(ECHO, share * max(-limit, min(other, limit)))

    def _listed(self, sheet: Sheet, reach: Reach) -> Iterator[Candidate]:
        """Find harms by the terms that they stand in one list with."""
        known = {self._term_sign, self.vocabulary.of_label(GENERIC)}
        hits = [
            hit
            for hit in self._lister.hits(sheet, SPANS)
            if known.isdisjoint(sheet.signs[hit.first : hit.last])
        ]
        for finding in self._lister.resolve(sheet, hits):
            around = reach.in_sentence(sheet.item_at(finding.start))
            if any(one.score > 0 for one in around):
                name = sheet.text[finding.start : finding.end]
                entry = Entry(" ".join(name.lower().split()), UNLISTED, LISTED, (), finding.rule)
                yield Candidate(finding.start, finding.end, entry, 1.0, {finding.rule: 1.0})


def _check(rules: Iterable[Rule]) -> None:
    """See that rules of evidence reach as far and weigh such terms as there are."""
    for rule in rules:
        if rule.scope not in SCOPES:
            known = ", ".join(sorted(SCOPES))
            raise ConfigError(f"{rule.source}: scope '{rule.scope}' must be one of {known}")
        if not rule.weights.keys() <= KINDS:
            known = ", ".join(sorted(KINDS))
            raise ConfigError(f"{rule.source}: 'weights' must be given for some of {known}")


def _lister(
    patterns: Iterable[Mapping[str, Any]], engine: Engine, vocabulary: Vocabulary
) -> Engine:
    """Compile the patterns of lists in which names stand that are no terms."""
    rules = tuple(
        Rule(
            id=str(held["id"]),
            label=engine.label,
            kind=SPANS,
            pattern=held["pattern"],
            span=held["span"],
            contexts={"sentence": held["sentence"]},
            source=f"label {engine.label}: judge: listed",
        )
        for held in patterns
    )
    return Engine(LabelRules(engine.label, rules, {}, {}), vocabulary, Normalisers({}))
