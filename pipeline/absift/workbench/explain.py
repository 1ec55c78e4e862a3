"""Why a text gives what it gives: its words with their classes, and what became of each rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from absift.extraction.passes import describe
from absift.extraction.reasons import TOLD, said
from absift.extraction.toolkit import Toolkit
from absift.records import ADVERSE_EVENT
from absift.rules.engine import Engine, Finding, Hit, collapsed
from absift.rules.index import RuleIndex, Wanted
from absift.rules.model import ATTRIBUTES, SPANS, Rule
from absift.rules.normalise import Normalisers
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY
from absift.weighing.spans import SpanWeigher
from absift.weighing.weights import FOLDER as TABLES
from absift.workbench.naming import Namer

#: What can become of a rule that matches.
FIRED, LOST, BLOCKED, BLOCKS, NOT_HERE = "fired", "lost", "blocked", "blocks", "not here"


@dataclass(frozen=True, slots=True)
class Word:
    """An item of the text with the classes that hold for it."""

    text: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a rule at one place.

    Attributes:
        label: The rule's label.
        rule: Its id.
        text: The words that it was about.
        start: Offset of the first.
        fate: One of :data:`FIRED`, :data:`LOST`, :data:`BLOCKED`, :data:`BLOCKS`,
            :data:`NOT_HERE`.
        why: The reason, or the attributes that it gave.
        source: File and line of the rule.
    """

    label: str
    rule: str
    text: str
    start: int
    fate: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """The words of a text and the fates of rules, label by label in the order of finding."""

    words: tuple[Word, ...]
    fates: tuple[Fate, ...]


def explain(toolkit: Toolkit, text: str, *, near: bool = False) -> Explanation:
    """Explain a text.

    Args:
        toolkit: Rules, words and terms.
        text: A sentence, or a whole abstract.
        near: Whether to give rules whose pattern matches but for what stands around it.
    """
    base = toolkit.rules.maker.make(text, has_title=False)
    found: list[Finding] = []
    fates: list[Fate] = []
    for label, engine in toolkit.rules.engines.items():
        sees = engine.rules.sees
        seen = [one for one in found if sees is None or one.label in sees]
        sheet = collapsed(base, toolkit.rules.vocabulary, seen)
        made = toolkit.find(label, sheet)
        weigher = toolkit.weights.spans.get(label)
        overruled = weigher.overruled(sheet) if weigher else []
        fates += _spans(engine, sheet, [*made, *overruled])
        if weigher:
            fates = [_or_overruled(weigher, sheet, fate, overruled) for fate in fates]
            fates += _words_alone(weigher, sheet, made)
        if near:
            fates += _nearly(toolkit, engine, sheet)
        if label == ADVERSE_EVENT:
            made, told = _harms(toolkit, base, sheet, found, made)
            fates += told
        if made:
            fates += _attributes(toolkit, engine, sheet, made)
        found += made
    return Explanation(tuple(_words(toolkit, base)), tuple(fates))


def _words(toolkit: Toolkit, sheet: Sheet) -> Iterator[Word]:
    namer = Namer(toolkit.rules)
    phrases = namer.phrases(sheet, 0, len(sheet.signs))
    for item, sign in enumerate(sheet.signs):
        if sign == BOUNDARY:
            continue
        yield Word(sheet.words(item, item + 1), tuple(namer.classes(sheet, item)))
        ended: dict[int, list[str]] = {}
        for first, last, name in phrases:
            if last == item + 1:
                ended.setdefault(first, []).append(name)
        for first, names in ended.items():
            yield Word(sheet.words(first, item + 1), tuple(names))


def _spans(engine: Engine, sheet: Sheet, found: Sequence[Finding]) -> Iterator[Fate]:
    won = {(one.start, one.end, one.rule): one for one in found}
    hits = list(engine.hits(sheet, SPANS))
    rules = {rule.id: rule for rule in engine.rules.rules}
    blocks = [hit for hit in hits if hit.rule.block]
    for hit in dict.fromkeys((hit.rule.id, hit.first, hit.last) for hit in hits):
        rule, first, last = rules[hit[0]], hit[1], hit[2]
        start, end = sheet.starts[first], sheet.ends[last - 1]
        one = won.get((start, end, rule.id))
        if rule.block:
            yield _fate(rule, sheet, first, last, BLOCKS, "no span of the label here")
        elif one is not None:
            given = ", ".join(f"{name}={value}" for name, value in one.attributes.items())
            yield _fate(rule, sheet, first, last, FIRED, given)
        else:
            yield _beaten(rule, sheet, (first, last), blocks, found, rules)


def _words_alone(weigher: SpanWeigher, sheet: Sheet, found: Iterable[Finding]) -> Iterator[Fate]:
    """Give the spans that no rule of a file found."""
    for one in found:
        if one.rule == weigher.rule:
            text, why = sheet.text[one.start : one.end], _loudest(weigher, sheet, one)
            yield Fate(one.label, one.rule, text, one.start, FIRED, why, TABLES)


def _or_overruled(
    weigher: SpanWeigher, sheet: Sheet, fate: Fate, overruled: Iterable[Finding]
) -> Fate:
    """Give a fate; that of a rule that the words around overrule is another."""
    for one in overruled:
        if fate.fate == FIRED and (fate.rule, fate.start) == (one.rule, one.start):
            why = f"to the words around: {_loudest(weigher, sheet, one)}"
            return replace(fate, fate=LOST, why=why)
    return fate


def _loudest(weigher: SpanWeigher, sheet: Sheet, one: Finding) -> str:
    return said(weigher.reasons(sheet, one)[:TOLD])


def _nearly(toolkit: Toolkit, engine: Engine, sheet: Sheet) -> Iterator[Fate]:
    """Give the rules that match but for their surroundings or the section."""
    seen = {(hit.rule.id, hit.first, hit.last) for hit in engine.hits(sheet, SPANS)}
    for hit, why in _near(toolkit, engine, sheet):
        if (hit.rule.id, hit.first, hit.last) not in seen:
            yield _fate(hit.rule, sheet, hit.first, hit.last, NOT_HERE, why)


def _beaten(
    rule: Rule,
    sheet: Sheet,
    place: tuple[int, int],
    blocks: Sequence[Hit],
    found: Sequence[Finding],
    rules: Mapping[str, Rule],
) -> Fate:
    """Say what a match gave way to."""
    first, last = place
    start, end = sheet.starts[first], sheet.ends[last - 1]
    for one in found:
        if one.start < end and start < one.end and one.rule in rules:
            other = rules[one.rule]
            if other.priority != rule.priority:
                how = f"its priority {other.priority} is above {rule.priority}"
            elif one.end - one.start != end - start:
                how = "it is longer"
            else:
                how = "it comes first"
            text = sheet.text[one.start : one.end]
            return _fate(rule, sheet, first, last, LOST, f"to {one.rule} ({text!r}): {how}")
    for hit in blocks:
        if hit.first < last and first < hit.last and hit.rule.priority >= rule.priority:
            words = sheet.words(hit.first, hit.last)
            return _fate(rule, sheet, first, last, BLOCKED, f"by {hit.rule.id} ({words!r})")
    return _fate(rule, sheet, first, last, LOST, "to a match that was itself beaten")


def _near(toolkit: Toolkit, engine: Engine, sheet: Sheet) -> Iterator[tuple[Hit, str]]:
    """Give matches of patterns whose surroundings or section are not as the rule wants them."""
    for rule in engine.rules.of(SPANS):
        if rule.sections or rule.not_sections:
            alone = _alone(toolkit, engine, replace(rule, sections=frozenset()))
            for hit in alone.hits(sheet, SPANS, anywhere=True):
                part = sheet.part(hit.first)
                if not Wanted((), rule.sections, rule.not_sections).allows(part):
                    yield hit, f"not in the section {part}"
        for key, pattern in rule.contexts.items():
            others = {name: held for name, held in rule.contexts.items() if name != key}
            without = _alone(toolkit, engine, replace(rule, contexts=others))
            wanted = "must not stand" if key.startswith("not_") else "must stand"
            where = {"before": "before it", "after": "behind it"}.get(
                key.removeprefix("not_"), "in its sentence"
            )
            for hit in without.hits(sheet, SPANS, anywhere=True):
                yield hit, f"{wanted} {where}: {pattern}"


def _alone(toolkit: Toolkit, engine: Engine, rule: Rule) -> Engine:
    label = replace(engine.rules, rules=(rule,), normalise={})
    vocabulary = toolkit.rules.vocabulary
    return Engine(label, vocabulary, Normalisers({}), RuleIndex(vocabulary.held))


def _harms(
    toolkit: Toolkit,
    base: Sheet,
    sheet: Sheet,
    figures: Sequence[Finding],
    generic: Sequence[Finding],
) -> tuple[list[Finding], list[Fate]]:
    """Give the harms, and what was weighed for and against terms and generic mentions."""
    judge = toolkit.judge
    candidates = judge.candidates(base, [*figures, *generic])
    marked, made, rejected = judge.sift(sheet, generic, candidates)
    fates = list(_doubts(toolkit, sheet, rejected))
    harms = judge.judge(marked, candidates) if candidates else []
    for one in [*candidates, *(harm for harm in harms if harm not in candidates)]:
        prior = one.score - sum(one.reasons.values())
        why = _weighed(one.entry.kind + " here", prior, one.reasons)
        fate = Fate(
            ADVERSE_EVENT,
            one.rule,
            base.text[one.start : one.end],
            one.start,
            FIRED if one in harms else LOST,
            f"{one.entry.term}: {why}",
            one.entry.source,
        )
        fates.append(fate)
        if one in harms:
            made.append(Finding(one.start, one.end, ADVERSE_EVENT, one.rule, one.named))
    return made, fates


def _doubts(
    toolkit: Toolkit,
    sheet: Sheet,
    rejected: Iterable[tuple[Finding, float, Mapping[str, float]]],
) -> Iterator[Fate]:
    """Give the generic mentions that are no harms with what was weighed against each."""
    sources = {rule.id: rule.source for rule in toolkit.rules.engines[ADVERSE_EVENT].rules.rules}
    for one, prior, reasons in rejected:
        text = sheet.text[one.start : one.end]
        why = _weighed("generic", prior, reasons)
        yield Fate(ADVERSE_EVENT, one.rule, text, one.start, LOST, why, sources[one.rule])


def _weighed(what: str, prior: float, reasons: Mapping[str, float]) -> str:
    said = [f"{rule} {weight:+g}" for rule, weight in reasons.items()]
    in_all = prior + sum(reasons.values())
    return ", ".join([f"{what} {prior:+g}", *said, f"in all {in_all:+g}"])


def _attributes(
    toolkit: Toolkit, engine: Engine, sheet: Sheet, found: Sequence[Finding]
) -> Iterator[Fate]:
    """Set the attributes of spans and tell which rule set each, and which came too late."""
    before = {(one.start, one.end): dict(one.attributes) for one in found}
    inner = describe(toolkit, sheet, found)
    by_place = {(one.start, one.end): one for one in found}
    for hit in engine.hits(inner, ATTRIBUTES):
        place = (inner.starts[hit.at], inner.ends[hit.at])
        one = by_place.get(place)
        if one is None:
            continue
        for name in dict.fromkeys([*hit.rule.set, *hit.captures]):
            if one.why.get(name) == hit.rule.id:
                fate, why = FIRED, f"{name}={one.attributes[name]}"
            else:
                by = one.rule if name in before[place] else one.why.get(name, "another rule")
                fate, why = LOST, f"{name} was set by {by}"
            text, start = inner.text[one.start : one.end], one.start
            yield Fate(engine.label, hit.rule.id, text, start, fate, why, hit.rule.source)


def _fate(rule: Rule, sheet: Sheet, first: int, last: int, fate: str, why: str) -> Fate:
    words = sheet.words(first, last)
    return Fate(rule.label, rule.id, words, sheet.starts[first], fate, why, rule.source)
