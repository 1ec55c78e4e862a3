from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from absift.rules.compiled import CompiledRule, Hit
from absift.rules.model import SPANS, Rule
from absift.rules.ruleset import RuleSet, load_rule_set
from absift.rules.sheet import Sheet

RULES = """
label: COST
rules:
  - {id: plain, pattern: NUMBER UNIT}
  - {id: gap, pattern: "was ANY{0,3} NUMBER", span: NUMBER, section: results}
  - {id: rare, pattern: ( blood )? donor|nurse, not_section: results, priority: 3}
  - {id: bound, pattern: NUMBER, before: was|of ( ANY )?, not_after: UNIT, sentence: donor|was}
"""
WORDS = [
    "Results:",
    "Methods:",
    "patients",
    "blood",
    "donor",
    "Nurse",
    "was",
    "of",
    "5",
    "ten",
    ".",
]


def one_by_one(rules: RuleSet, sheet: Sheet) -> list[Hit]:
    """Try every rule on every sentence of its sections, without any look-up."""
    ordered = sorted(rules.engines["COST"].rules.rules, key=lambda rule: -rule.priority)
    found: list[Hit] = []
    for place, rule in enumerate(ordered):
        one = CompiledRule(rule, rules.vocabulary, place)
        one.renew()
        for begin, end in sheet.ranges:
            match = one.main.search(sheet.signs, begin, end)
            if match and one.wanted().allows(sheet.section(begin)):
                one.collect(found, sheet.signs, match, begin, end)
    return found


@pytest.mark.parametrize("seed", range(10))
def test_the_look_up_loses_no_match(make: Callable[..., RuleSet], seed: int) -> None:
    rules, chance = make(RULES), random.Random(seed)
    for _ in range(40):
        text = " ".join(chance.choices(WORDS, k=chance.randrange(14)))
        sheet = rules.maker.make(text, has_title=False)
        found = rules.engines["COST"].hits(sheet, SPANS)
        # Within a rule, sentences may come in any order.
        in_order = sorted(found, key=lambda hit: (hit.place, hit.first))
        assert in_order == one_by_one(rules, sheet)


def test_rules_come_in_their_order(make: Callable[..., RuleSet]) -> None:
    rules = make(RULES)
    sheet = rules.maker.make("It was 5 patients. A nurse came to 10 patients", has_title=False)
    hits = rules.engines["COST"].hits(sheet, SPANS)
    assert [hit.rule.id for hit in hits] == ["rare", "plain", "plain"]


def test_anywhere_looks_away_from_sections(make: Callable[..., RuleSet]) -> None:
    rules = make(RULES)
    engine = rules.engines["COST"]
    sheet = rules.maker.make("It was about 5 or so", has_title=False)
    assert [hit.rule.id for hit in engine.hits(sheet, SPANS)] == ["bound"]
    assert [hit.rule.id for hit in engine.hits(sheet, SPANS, anywhere=True)] == ["gap", "bound"]


def test_a_pattern_that_can_match_nothing_ends(make: Callable[..., RuleSet]) -> None:
    rules = make(RULES)
    one = CompiledRule(Rule("nothing", "COST", SPANS, pattern="( zebra )?"), rules.vocabulary, 0)
    rules.vocabulary.settle()
    one.renew()
    sheet = rules.maker.make("A zebra", has_title=False)
    found: list[Hit] = []
    begin, end = sheet.ranges[0]
    match = one.main.search(sheet.signs, begin, end)
    assert match is not None
    one.collect(found, sheet.signs, match, begin, end)
    assert [sheet.words(hit.first, hit.last) for hit in found] == ["zebra"]


def test_usual_texts_bring_no_new_signature() -> None:
    rules = load_rule_set()
    before = rules.vocabulary.version
    for rule in rules.rules():
        for example in (*rule.match, *rule.no_match):
            rules.maker.make(example.replace("[", "").replace("]", ""))
    # Each makes rules compile anew, in the middle of a run; a few oddities may.
    assert rules.vocabulary.version - before <= 3


@pytest.mark.parametrize("text", ["One hundred women", "TWO THOUSAND men", "p < .0000", "0.00"])
def test_no_way_of_writing_a_number_brings_a_new_signature(text: str) -> None:
    rules = load_rule_set()
    before = rules.vocabulary.version
    rules.maker.make(text)
    assert rules.vocabulary.version == before
