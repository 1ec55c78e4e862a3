"""Run the examples that stand in rule files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from absift.rules.elements import GENERIC, TERM, about
from absift.rules.engine import Engine, Finding, collapsed
from absift.rules.model import FINDING, Rule
from absift.rules.ruleset import RuleSet
from absift.rules.sheet import Sheet

_MARK = re.compile(r"\[([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that a rule doesn't treat as its file says."""

    rule: Rule
    example: str
    reason: str

    def __str__(self) -> str:
        return f"{self.rule.source}: rule {self.rule.id}: {self.reason}: {self.example!r}"


def check(rule_set: RuleSet, *, only: str | None = None) -> list[Failure]:
    """Run every example of every rule.

    An example under ``match`` is a text with the rule's spans in square brackets: the
    rule by itself must give just these. For a rule about attributes or evidence the
    brackets mark the span that it must apply to. In ``no_match`` the rule gives nothing.

    Args:
        rule_set: The rules.
        only: The id of the one rule to check; all by default.

    Returns:
        What failed, in the order of the files.
    """
    return [
        failure
        for engine in rule_set.engines.values()
        for rule in engine.rules.rules
        if only in (None, rule.id)
        for failure in _check_rule(rule_set, engine, rule)
    ]


def _check_rule(rule_set: RuleSet, engine: Engine, rule: Rule) -> Iterator[Failure]:
    for example, wanted in [
        *((example, True) for example in rule.match),
        *((example, False) for example in rule.no_match),
    ]:
        text, marks = unmark(example)
        if not marks and (wanted or rule.kind not in FINDING):
            yield Failure(rule, example, "the example marks no span with [ ]")
            continue
        found = _apply(rule_set, engine, rule, text, marks)
        expected = marks if wanted else []
        if found != expected:
            words = [text[start:end] for start, end in found]
            reason = f"found {words}" if found else "found nothing"
            yield Failure(rule, example, reason)


def unmark(example: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the brackets out of an example; give the text and the offsets they marked."""
    text, marks, done = "", [], 0
    for match in _MARK.finditer(example):
        text += example[done : match.start()]
        marks.append((len(text), len(text) + len(match[1])))
        text += match[1]
        done = match.end()
    return text + example[done:], marks


def _apply(
    rule_set: RuleSet, engine: Engine, rule: Rule, text: str, marks: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    sheet = rule_set.seen_by(engine, rule_set.maker.make(text, has_title=False))
    if rule.kind in FINDING:
        hits = [hit for hit in engine.hits(sheet, rule.kind, anywhere=True) if hit.rule is rule]
        findings = engine.resolve(sheet, hits, keep_blocks=True)
        return [(finding.start, finding.end) for finding in findings]
    # Spans that the example doesn't mark are items all the same, as they are in an abstract.
    own = about(rule)
    others = GENERIC if own in (TERM, GENERIC) else engine.label
    findings = [Finding(start, end, own, "example") for start, end in marks]
    findings += [
        replace(found, label=others)
        for found in engine.find(sheet)
        if all(found.end <= start or found.start >= end for start, end in marks)
    ]
    sheet = collapsed(sheet, rule_set.vocabulary, findings)
    return sorted(_reached(sheet, engine, rule).intersection(marks))


def _reached(sheet: Sheet, engine: Engine, rule: Rule) -> set[tuple[int, int]]:
    return {
        (sheet.starts[hit.at], sheet.ends[hit.at])
        for hit in engine.hits(sheet, rule.kind, anywhere=True)
        if hit.rule is rule
    }
