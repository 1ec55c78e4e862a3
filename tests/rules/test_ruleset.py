from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.rules.merge import merge
from absift.rules.model import LabelRules, Rule
from absift.rules.ruleset import RuleSet, load_rule_set

Maker = Callable[..., RuleSet]

COST = "label: COST\nrules:\n  - {id: cost.a, pattern: NUMBER euro}\n"
TIME = "label: DURATION\nrules:\n  - {id: time.a, pattern: NUMBER days}\n"


def test_a_rule_set_has_an_engine_a_label_and_all_rules(make: Maker) -> None:
    rules = make(COST, TIME)
    assert list(rules.engines) == ["COST", "DURATION"]
    assert [rule.id for rule in rules.rules()] == ["cost.a", "time.a"]


def test_labels_are_in_the_order_in_which_they_are_found(configs: Callable[..., Path]) -> None:
    root = configs()
    for name, order in (("zeta", ""), ("alpha", ""), ("omega", "order: 2"), ("psi", "order: 1")):
        path = root / "rules" / f"{name}.yaml"
        path.write_text(f"label: {name.upper()}\n{order}\n", encoding="utf-8")
    assert list(load_rule_set(root).engines) == ["PSI", "OMEGA", "ALPHA", "ZETA"]


def test_files_about_one_label_are_joined(make: Maker) -> None:
    second = "label: COST\ndefaults: {kind: b, unit: c}\nrules:\n  - {id: cost.b, pattern: UNIT}\n"
    rules = make("defaults: {kind: a}\n" + COST, second)
    (engine,) = rules.engines.values()
    assert [rule.id for rule in engine.rules.rules] == ["cost.a", "cost.b"]
    assert engine.rules.defaults == {"kind": "b", "unit": "c"}


def test_merge_joins_every_part() -> None:
    def part(name: str) -> LabelRules:
        rule = Rule(id=name, label="COST", kind="rules", pattern=name)
        return LabelRules("COST", (rule,), {name: 1}, {name: "number"}, {name: 2})

    (joined,) = merge([part("a"), part("b")])
    assert [rule.id for rule in joined.rules] == ["a", "b"]
    assert joined.defaults == {"a": 1, "b": 1}
    assert joined.normalise == {"a": "number", "b": "number"}
    assert joined.judge == {"a": 2, "b": 2}


def test_the_digest_tells_configs_apart(make: Maker) -> None:
    first = make(COST).digest
    assert make(COST).digest == first
    assert make(COST.replace("euro", "yen")).digest != first
    assert make(COST, vocabulary="classes: {A: [b]}").digest != first


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ((COST, COST), r"file_1\.yaml:3: rule cost\.a stands in .*file_0\.yaml:3 already"),
        (("label: COST\nrules:\n  - {id: x, pattern: NUMBR}\n",), "unknown class NUMBR"),
    ],
)
def test_rules_that_do_not_compile(make: Maker, files: tuple[str, ...], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        make(*files)


def test_problems_of_several_files_are_named_at_once(make: Maker) -> None:
    with pytest.raises(ConfigError) as caught:
        make(COST.replace("NUMBER", "NUMBR"), TIME.replace("NUMBER", "NMBER"), TIME)
    assert "NUMBR" in str(caught.value)
    assert "time.a stands in" in str(caught.value)


_SECTIONS = "headings: {}\nabbreviations: []\nmarked_only: []\n"


@pytest.mark.parametrize(
    ("others", "message"),
    [
        ({"vocabulary": "words: {}"}, "vocabulary.yaml: expected 'classes:'"),
        ({"vocabulary": "classes: [a]"}, "vocabulary.yaml: expected 'classes:'"),
        ({"vocabulary": "classes: {A: b}"}, "vocabulary.yaml: class A must be a list, not 'b'"),
        ({"vocabulary": "classes: {A: [A]}"}, "vocabulary.yaml: class A holds itself"),
        ({"vocabulary": "classes: {A: [~]}"}, "vocabulary.yaml: class A: None must be a word"),
        ({"vocabulary": "classes: {A: [b], A: [c]}"}, "the key 'A' stands twice"),
        ({"vocabulary": "["}, "vocabulary.yaml: not YAML"),
        ({"normalise": "unit: [a]"}, "normalise.yaml: 'unit' must give a list of words"),
        ({"normalise": "unit: {a: b}"}, "normalise.yaml: 'unit' must give a list of words"),
        ({"normalise": "unit: {a: [1]}"}, "normalise.yaml: 'unit' must give a list of words"),
        ({"numbers": "cardinals: {}"}, "numbers.yaml: 'multipliers' must be a mapping"),
        ({"sections": "headings: {}"}, "sections.yaml: 'abbreviations' must be a list of words"),
        (
            {"sections": f"{_SECTIONS}cues: {{methods: [a]}}"},
            "sections.yaml: 'methods' must be a mapping",
        ),
        (
            {"sections": f"{_SECTIONS}cues: {{methods: {{many: [a]}}}}"},
            "sections.yaml: cues of 'methods': 'many' must be a whole number",
        ),
        (
            {"sections": f"{_SECTIONS}cues: {{methods: {{2: a}}}}"},
            "sections.yaml: '2' must be a list of words",
        ),
    ],
)
def test_malformed_word_files(make: Maker, others: dict[str, str], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        make(COST, **others)
    assert message in str(caught.value)


@pytest.mark.parametrize("stem", ["vocabulary", "normalise", "numbers", "sections"])
def test_a_missing_word_file(configs: Callable[..., Path], stem: str) -> None:
    root = configs(COST)
    (root / f"{stem}.yaml").unlink()
    with pytest.raises(ConfigError, match=rf"{stem}\.yaml: can't be read: No such file"):
        load_rule_set(root)


def test_the_built_in_rules_load_in_their_order() -> None:
    labels = list(load_rule_set().engines)
    assert labels == ["PERCENTAGE", "DURATION", "SAMPLE_SIZE", "ADVERSE_EVENT"]
