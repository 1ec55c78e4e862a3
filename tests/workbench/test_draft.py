from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit
from absift.rules.files import load_rules
from absift.workbench.draft import (
    Draft,
    attributes_from,
    label_of,
    pattern_of,
    scalar,
    try_out,
    with_rule,
)

DRAFT = Draft(
    "COST",
    "cost.new",
    'NUMBER "(" euro',
    ('It\'s [5 ( euro] "now"',),
    ("no: 5",),
    {"kind": "true", "value": 5},
    {"before": "cost|price"},
    "a comment",
)


@pytest.mark.parametrize(
    ("sentence", "pattern"),
    [
        ("We gave [500 mg] daily", "NUMBER MASS"),
        ("[5 (x)]", 'NUMBER "(" x ")"'),
        ("[5 zyx] or [6 zyx]", "NUMBER zyx"),
        ("[5 zyx] or [zyx]", "( NUMBER zyx | zyx )"),
    ],
)
def test_patterns_are_drafted(toolkit: Toolkit, sentence: str, pattern: str) -> None:
    assert pattern_of(toolkit, sentence) == pattern


def test_a_sentence_must_mark_something(toolkit: Toolkit) -> None:
    with pytest.raises(ConfigError, match=r"mark what is to be found with \[ \]"):
        pattern_of(toolkit, "5 mg")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "label: COST\n",
        "label: COST\nrules:\n  - {id: cost.a, pattern: b}",
        "label: COST\nrules:\n- {id: cost.a, pattern: b}\nattributes:\n- {id: c, pattern: SPAN}\n",
        "label: COST\nrules:\n    - id: cost.a\n      pattern: b\n    # z\n\ndefaults: {a: b}\n",
    ],
)
def test_a_rule_joins_a_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cost.yaml"
    path.write_text(with_rule(text, DRAFT), encoding="utf-8")
    *_, rule = load_rules(path).of("rules")
    assert (rule.id, rule.pattern, dict(rule.contexts)) == (DRAFT.id, DRAFT.pattern, DRAFT.contexts)
    assert (rule.match, rule.no_match, rule.set) == (DRAFT.match, DRAFT.no_match, DRAFT.set)
    assert len(load_rules(path).rules) == text.count("id:") + 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a b", "a b"),
        ("true", '"true"'),
        ('a "b"', "'a \"b\"'"),
        (5, "5"),
        (True, "true"),
        ("5", '"5"'),
    ],
)
def test_values_as_yaml(value: object, text: str) -> None:
    assert scalar(value) == text


def test_attributes_are_read() -> None:
    assert attributes_from(["a=5", "b=x=y", "c=true", "d=[1]", "e="]) == {
        "a": 5, "b": "x=y", "c": True, "d": "[1]", "e": "",
    }  # fmt: skip
    with pytest.raises(ConfigError, match="give an attribute as name=value"):
        attributes_from(["a"])


def test_a_draft_is_tried_before_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "cost.yaml"
    good = Draft("COST", "cost.a", "NUMBER zloty", ("[5 zloty]",), ("5 euro",))
    assert try_out(with_rule("", good), path, [], "cost.a") == []
    bad = Draft("COST", "cost.a", "NUMBER yen", ("[5 zloty]",))
    (failure,) = try_out(with_rule("", bad), path, [], "cost.a")
    assert failure.startswith(f"{path}:4: rule cost.a: found nothing")
    wrong = Draft("COST", "cost.a", "NUMBRE", ("[5 zloty]",))
    with pytest.raises(ConfigError, match=r"cost\.yaml:4: rule cost\.a: unknown class NUMBRE"):
        try_out(with_rule("", wrong), path, [], "cost.a")
    assert not path.exists()


def test_the_label_of_a_file(tmp_path: Path, dose: Path) -> None:
    assert label_of(tmp_path / "none.yaml") is None
    assert label_of(dose) == "DOSE"
