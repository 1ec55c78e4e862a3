from __future__ import annotations

import pytest

from absift.rules.check import check
from absift.rules.model import Rule
from absift.rules.ruleset import load_rule_set

# Loading compiles all rules: once, when the tests are collected.
RULE_SET = load_rule_set()
RULES = list(RULE_SET.rules())
FAILURES = check(RULE_SET)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_of_a_rule_hold(rule: Rule) -> None:
    assert [str(failure) for failure in FAILURES if failure.rule is rule] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.match
    # Examples have no sections, so a rule about nothing else holds for all of them.
    assert rule.no_match or (rule.pattern == "SPAN" and not rule.contexts)


def test_examples_were_run() -> None:
    assert sum(len(rule.match) + len(rule.no_match) for rule in RULES) > 100
