from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.rules.check import check
from absift.rules.layers import find_layers, layers_digest
from absift.rules.ruleset import RuleSet, load_rule_set

COST = """\
label: COST
normalise: {unit: unit_name}
rules:
  - {id: cost.a, pattern: NUMBER euro}
  - {id: cost.b, pattern: NUMBER unit=UNIT, set: {kind: b}}
"""

Load = Callable[..., RuleSet]


@pytest.fixture
def load(configs: Callable[..., Path], tmp_path: Path) -> Load:
    """Loads the rules of COST with the texts of layers over them."""

    def make(*texts: str) -> RuleSet:
        paths = []
        for place, text in enumerate(texts):
            paths.append(tmp_path / f"layer{place}.yaml")
            paths[-1].write_text(text, encoding="utf-8")
        return load_rule_set(configs(COST), find_layers(paths))

    return make


def found(rules: RuleSet, text: str, label: str = "COST") -> list[tuple[str, str]]:
    sheet = rules.maker.make(text, has_title=False)
    return [(text[one.start : one.end], one.rule) for one in rules.engines[label].find(sheet)]


TEXT = "It took 5 euro, 6 yen and 7 patients or 8 llamas"


def test_a_layer_adds_rules(load: Load) -> None:
    rules = load("label: COST\nrules:\n  - {id: mine, pattern: NUMBER yen}\n")
    assert found(rules, TEXT) == [("5 euro", "cost.a"), ("6 yen", "mine"), ("7 patients", "cost.b")]


def test_a_layer_switches_rules_off(load: Load) -> None:
    assert found(load("off: [cost.a]"), TEXT) == [("7 patients", "cost.b")]


def test_a_layer_replaces_rules_in_their_place(load: Load) -> None:
    rules = load("label: COST\nrules:\n  - {id: cost.a, pattern: NUMBER yen, replace: true}\n")
    assert found(rules, TEXT) == [("6 yen", "cost.a"), ("7 patients", "cost.b")]
    assert [rule.id for rule in rules.rules()] == ["cost.a", "cost.b"]


def test_a_layer_extends_and_makes_classes_and_tables(load: Load) -> None:
    rules = load(
        "classes: {UNIT: [llamas], COIN: [yen, UNIT]}\nnormalisers: {unit_name: {beast: [llamas]}}",
        "label: COST\nrules:\n  - {id: mine, pattern: NUMBER COIN, priority: -1}\n",
    )
    assert found(rules, TEXT) == [
        ("5 euro", "cost.a"),
        ("6 yen", "mine"),
        ("7 patients", "cost.b"),
        ("8 llamas", "cost.b"),
    ]
    sheet = rules.maker.make(TEXT, has_title=False)
    units = [one.attributes.get("unit") for one in rules.engines["COST"].find(sheet)]
    assert units == [None, None, "participants", "beast"]


def test_layers_lie_upon_each_other(load: Load) -> None:
    first = "label: COST\nrules:\n  - {id: mine, pattern: NUMBER yen}\n"
    assert found(load(first, "off: [mine, cost.b]"), TEXT) == [("5 euro", "cost.a")]


def test_a_layer_brings_a_label_with_its_attributes(load: Load) -> None:
    rules = load(
        "label: WAGE\ndefaults: {per: hour}\nnormalise: {coin: coin}\n"
        "normalisers: {coin: {JPY: [yen]}}\n"
        "rules:\n  - {id: wage.a, pattern: NUMBER coin=yen, match: ['[6 yen]']}\n"
        "attributes:\n  - {id: wage.day, pattern: SPAN a day, set: {per: day}}\n"
    )
    assert check(rules) == []
    assert list(rules.engines) == ["COST", "WAGE"]
    engine, sheet = rules.engines["WAGE"], rules.maker.make("6 yen", has_title=False)
    spans = engine.find(sheet)
    engine.describe(sheet, spans)
    assert spans[0].attributes == {"value": 6, "coin": "JPY", "per": "hour"}


def test_a_label_can_be_found_before_others_and_named_in_their_rules(load: Load) -> None:
    rules = load(
        "label: WAGE\norder: 1\nrules:\n  - {id: wage.a, pattern: NUMBER yen}\n",
        "label: COST\nrules:\n  - {id: cost.c, pattern: WAGE and, match: ['[6 yen and] more']}\n",
    )
    assert list(rules.engines) == ["WAGE", "COST"]
    assert check(rules) == []


def test_a_label_chooses_which_spans_are_items_to_it(load: Load) -> None:
    text = "label: WAGE\n{}rules:\n  - {{id: wage.a, pattern: euro, match: ['5 [euro]']}}\n"
    assert check(load(text.format("sees: []\n"))) == []
    assert len(check(load(text.format("")))) == 1


def test_the_digest_tells_layers_apart(load: Load, tmp_path: Path) -> None:
    digests = {load().digest, load("off: [cost.a]").digest, load("off: [cost.b]").digest}
    assert len(digests) == 3
    copy = tmp_path / "elsewhere"
    (layer,) = find_layers([tmp_path / "layer0.yaml"])
    layer.copy_to(copy)
    assert layers_digest(find_layers([copy])) == layers_digest([layer])


def test_a_folder_is_a_layer(tmp_path: Path) -> None:
    for name in ("a.yaml", "rules/b.yml", "lexicon/c.tsv", "d.tsv", "README.md", "__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    (layer,) = find_layers([tmp_path, tmp_path / "rules" / ".."])
    assert [name for name, _ in layer.named()] == [
        "a.yaml",
        "rules/b.yml",
        "d.tsv",
        "lexicon/c.tsv",
    ]


def test_a_folder_may_have_the_files_of_words_of_the_configs(
    configs: Callable[..., Path], tmp_path: Path
) -> None:
    layer = tmp_path / "layer"
    layer.mkdir()
    (layer / "vocabulary.yaml").write_text("classes: {UNIT: [llamas]}", encoding="utf-8")
    (layer / "normalise.yaml").write_text("unit_name: {beast: [llamas]}", encoding="utf-8")
    rules = load_rule_set(configs(COST), find_layers([layer]))
    assert ("8 llamas", "cost.b") in found(rules, TEXT)


@pytest.mark.parametrize(
    ("texts", "messages"),
    [
        (["off: [cost.c]"], ["layer0.yaml:1: 'off': no rule cost.c; did you mean cost."]),
        (
            ["label: COST\nrules:\n  - {id: cost.a, pattern: x}"],
            ["layer0.yaml:3: rule cost.a: stands in ", "add 'replace: true'"],
        ),
        (
            ["label: COST\nrules:\n  - {id: cost.x, pattern: x, replace: true}"],
            ["layer0.yaml:3: rule cost.x: there is no such rule to replace; did you mean cost."],
        ),
        (
            ["label: OTHER\nrules:\n  - {id: cost.a, pattern: x, replace: true}"],
            ["layer0.yaml:3: rule cost.a: can replace only a rule about COST under 'rules:'"],
        ),
        (
            ["label: A\nrules:\n  - {id: a, pattern: UNTI}", "label: B\nnormalise: {x: numbr}"],
            [
                "layer0.yaml:3: rule a: unknown class UNTI; did you mean UNIT?",
                "layer1.yaml:2: unknown normaliser 'numbr'; did you mean number?",
            ],
        ),
        (
            ["label: A\nrules:\n  - {id: a, pattern: b, section: result}"],
            ["layer0.yaml:3: rule a: no section 'result'; did you mean results?"],
        ),
        (["label: UNIT"], ["label UNIT: a class has this name"]),
        (["label: A\nsees: [COTS]"], ["label A: 'sees': no label COTS; did you mean COST?"]),
        (["label: A\nsees: COST"], ["layer0.yaml:2: 'sees' must be a list of labels"]),
        (["label: A\norder: first"], ["layer0.yaml:2: 'order' must be a number"]),
        (
            ["label: A\ndefaults: {start: 1, b: {c: d}}"],
            ["no attribute can be called 'start'", "'b' must be a text, a number"],
        ),
        (
            ["label: A\nrules:\n  - {id: a, pattern: text=NUMBER}"],
            ["layer0.yaml:3: rule a: no attribute can be called 'text'"],
        ),
        (["classes: {unit: [a]}"], ["layer0.yaml:1: a class has a name in capitals"]),
        (["classes:\n  A: ['/(a+)+/']"], ["layer0.yaml:2: class A: /(a+)+/: can be read in too"]),
        (["classes:\n  A: [B]\n  B: [A]"], ["class A holds itself by A > B"]),
        (["normalisers: {x: [a]}"], ["layer0.yaml:1: 'x' must be a name like dose_unit"]),
        (["off: cost.a"], ["layer0.yaml:1: 'off' must be a list of ids"]),
        (["lexicon: [a]"], ["layer0.yaml:1: 'lexicon': expected {term"]),
        (
            ["lexicon:\n  - {term: x, sytem: y, kind: harm}"],
            ["layer0.yaml:2: 'lexicon': unknown key 'sytem'; did you mean system?", "'system'"],
        ),
        (
            ["label: A\nrules:\n  - {id: a, pattern: b?}\n  - {id: c, tokens: [{OP: '*'}]}"],
            [
                "layer0.yaml:3: rule a: the pattern can match without a word",
                "layer0.yaml:4: rule c",
            ],
        ),
        (["version: [1]"], ["layer0.yaml:1: 'version' must be a text or a number"]),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    load: Load, texts: list[str], messages: list[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(*texts)
    for message in messages:
        assert message in str(caught.value)


def test_layers_that_cannot_be_found_are_all_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "numbers").mkdir()
    (tmp_path / "numbers" / "numbers.yaml").write_text("", encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        find_layers(tmp_path / name for name in ("none.yaml", "empty", "numbers", "a.txt"))
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[1].split(";")[0] for line in lines] == [
        "no such file or folder of rules",
        "no rules (*.yaml) and no terms (*.tsv) in this folder",
        "can't be laid over the built-in one",
        "rules are .yaml files, terms are .tsv files",
    ]
