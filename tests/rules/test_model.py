from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.rules.files import load_rules
from absift.rules.model import ATTRIBUTES, EVIDENCE, SPANS

WHOLE = """\
label: COST
defaults: {currency: euro}
normalise: {value: number}
judge: {priors: {harm: 1}}

rules:
  - id: cost.plain
    pattern: NUMBER euro
    span: NUMBER
    set: {kind: [direct, 1]}
    before: at
    not_after: per
    section: results
    not_section: [title, other]
    priority: -2
    block: true
    match: ["[5] euro"]
    no_match: ["5 dollars"]
attributes:
  - {id: cost.year, pattern: SPAN per year, set: {per: year}}
evidence:
  - id: cost.weak
    pattern: SPAN
    weight: -0.5
    scope: sentence
"""


def load(tmp_path: Path, text: str) -> str:
    path = tmp_path / "cost.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_rules(path)
    return str(caught.value).replace(str(path), "cost.yaml")


def test_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "cost.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    read = load_rules(path)
    assert read.label == "COST"
    assert read.defaults == {"currency": "euro"}
    assert read.normalise == {"value": "number"}
    assert read.judge == {"priors": {"harm": 1}}
    plain_rule, year, weak = read.rules
    assert read.of(SPANS) == (plain_rule,)
    assert read.of(ATTRIBUTES) == (year,)
    assert read.of(EVIDENCE) == (weak,)
    assert plain_rule.id == "cost.plain"
    assert plain_rule.label == "COST"
    assert plain_rule.pattern == "NUMBER euro"
    assert plain_rule.span == "NUMBER"
    assert plain_rule.set == {"kind": ["direct", 1]}
    assert plain_rule.contexts == {"before": "at", "not_after": "per"}
    assert plain_rule.sections == {"results"}
    assert plain_rule.not_sections == {"title", "other"}
    assert (plain_rule.priority, plain_rule.block) == (-2, True)
    assert plain_rule.match == ("[5] euro",)
    assert plain_rule.no_match == ("5 dollars",)
    assert plain_rule.source == f"{path}:7"
    assert (year.set, year.source) == ({"per": "year"}, f"{path}:20")
    assert (weak.weight, weak.scope, weak.priority, weak.block) == (-0.5, "sentence", 0, False)


RULE = "label: COST\nrules:\n  - id: a\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cost.yaml: expected a mapping at the top"),
        ("- a", "cost.yaml: expected a mapping at the top"),
        ("label: [", "cost.yaml: not YAML: "),
        (
            "label: COST\nwhat: 1",
            "cost.yaml:2: unknown key 'what'; known are attributes, classes, defaults",
        ),
        ("rules: []", "cost.yaml:1: 'label' must be a name in capitals"),
        ("label: cost", "cost.yaml:1: 'label' must be a name in capitals"),
        ("label: 5", "cost.yaml:1: 'label' must be a name in capitals"),
        ("label: A B", "cost.yaml:1: 'label' must be a name in capitals"),
        ("label: COST\nrules: {a: b}", "cost.yaml:2: 'rules' must be a list of rules"),
        (
            "label: COST\nrules: [a]",
            "cost.yaml:2: 'rules': a rule must be a mapping with an 'id', not 'a'",
        ),
        ("label: COST\ndefaults: [a]", "cost.yaml:2: 'defaults' must be a mapping, not ['a']"),
        ("label: COST\nnormalise: x", "cost.yaml:2: 'normalise' must be a mapping, not 'x'"),
        ("label: COST\njudge: 5", "cost.yaml:2: 'judge' must be a mapping, not 5"),
        ("label: COST\nrules:\n  - pattern: a", "cost.yaml:3: a rule needs an 'id'"),
        ("label: COST\nrules:\n  - id: ''\n    pattern: a", "cost.yaml:3: a rule needs an 'id'"),
        (RULE, "cost.yaml:3: rule a: give either 'pattern' or 'tokens'"),
        (RULE + "    pattern: b\n    tokens: [{}]", "give either 'pattern' or 'tokens'"),
        (
            RULE + "    pattern: b\n    wieght: 1",
            "cost.yaml:5: rule a: unknown key 'wieght'; did you mean weight?",
        ),
        (RULE + "    pattern: 5", "cost.yaml:4: rule a: 'pattern' must be a text, in quotes"),
        (RULE + "    pattern:", "'pattern' must be a text, in quotes if need be, not None"),
        (RULE + "    pattern: [b]", "'pattern' must be a text"),
        (RULE + "    tokens: 5", "'tokens' must be a list of token patterns"),
        (RULE + "    pattern: b\n    span: 5", "'span' must be a text"),
        (RULE + "    pattern: b\n    before: [b]", "'before' must be a text"),
        (RULE + "    pattern: b\n    not_sentence: 1", "'not_sentence' must be a text"),
        (RULE + "    pattern: b\n    set: [b]", "'set' must be a mapping, not ['b']"),
        (RULE + "    pattern: b\n    section: 5", "'section' must be a name or a list of names"),
        (RULE + "    pattern: b\n    not_section: [5]", "'not_section' must be a name or a list"),
        (RULE + "    pattern: b\n    priority: high", "'priority' must be a whole number"),
        (RULE + "    pattern: b\n    priority: 1.5", "'priority' must be a whole number, not 1.5"),
        (
            RULE + "    pattern: b\n    priority: true",
            "'priority' must be a whole number, not True",
        ),
        (RULE + "    pattern: b\n    block: no", "'block' must be true or false, not 'no'"),
        (RULE + "    pattern: b\n    weight: heavy", "'weight' must be a number, not 'heavy'"),
        (RULE + "    pattern: b\n    scope: 5", "'scope' must be a text"),
        (RULE + "    pattern: b\n    match: '[b]'", "'match' must be a list of texts"),
        (RULE + "    pattern: b\n    match: [[b]]", "'match' must be a list of texts"),
        (RULE + "    pattern: b\n    no_match: [12:30]", "'no_match' must be a list of texts"),
        (RULE + "    pattern: b\n    pattern: c", "the key 'pattern' stands twice"),
    ],
)
def test_malformed_files(tmp_path: Path, text: str, message: str) -> None:
    assert message in load(tmp_path, text)


def test_a_key_given_twice_is_found_with_its_line(tmp_path: Path) -> None:
    assert "line 5" in load(tmp_path, RULE + "    pattern: b\n    pattern: c")


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    text = """\
label: cost
colour: red
rules:
  - id: a
    pattern: 5
    block: maybe
  - pattern: b
  - just text
  - id: fine
    pattern: b
evidence: none
"""
    lines = load(tmp_path, text).splitlines()
    assert [line.split(";")[0].split(", ")[0] for line in lines] == [
        "cost.yaml:2: unknown key 'colour'",
        "cost.yaml:1: 'label' must be a name in capitals",
        "cost.yaml:5: rule a: 'pattern' must be a text",
        "cost.yaml:6: rule a: 'block' must be true or false",
        "cost.yaml:7: a rule needs an 'id'",
        "cost.yaml:3: 'rules': a rule must be a mapping with an 'id'",
        "cost.yaml:11: 'evidence' must be a list of rules",
    ]


def test_a_missing_file_and_one_that_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.yaml: can't be read: No such file"):
        load_rules(tmp_path / "nothing.yaml")
    (tmp_path / "latin.yaml").write_bytes("label: É".encode("latin-1"))
    with pytest.raises(ConfigError, match=r"latin\.yaml: not YAML: .*utf-8"):
        load_rules(tmp_path / "latin.yaml")


def test_a_file_without_rules_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "cost.yaml").write_text("label: COST\nrules:\n", encoding="utf-8")
    assert load_rules(tmp_path / "cost.yaml").rules == ()
