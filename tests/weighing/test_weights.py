from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.corpus.schema import VALUES
from absift.errors import ConfigError
from absift.extraction.toolkit import load_toolkit
from absift.rules.ruleset import RuleSet, load_rule_set
from absift.weighing.weights import Weights, load_weights

Write = Callable[[str, str], Path]


def load(rules: RuleSet, folder: Path, text: str) -> Weights:
    (folder / "weights.yaml").write_text(text, encoding="utf-8")
    return load_weights(folder, rules.engines, rules.vocabulary)


def test_a_folder_without_weights_has_none(rules: RuleSet, tmp_path: Path) -> None:
    made = load_weights(tmp_path, rules.engines, rules.vocabulary)
    assert (dict(made.spans), dict(made.attributes), made.harms) == ({}, {}, None)


def test_questions_are_joined_to_their_tables(rules: RuleSet, tmp_path: Path, table: Write) -> None:
    table("size", "place atom span")
    table("size.scope", "place atom total arm")
    table("harm", "place atom span")
    table("told", "place atom right\nside left 1")
    made = load(
        rules,
        tmp_path,
        "spans: {SIZE: INTEGER}\nattributes: {SIZE: [scope]}\nharms: harm\nrates: told\n",
    )
    assert made.spans["SIZE"].rule == "size.weighed"
    assert made.attributes["SIZE"].weigher.outcomes == ("total", "arm")
    assert made.harms is not None
    assert made.rates is not None
    assert made.rates.places == {"side"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spans: {COST: INTEGER}", r"weights\.yaml: no label COST; there are SIZE"),
        ("spans: {SIZE: INTEGER}", r"weights\.yaml: no table size\.tsv in the folder weights"),
        ("attributes: {SIZE: [unit]}", r"weights\.yaml: no table size\.unit\.tsv"),
        ("harms: none_such", r"weights\.yaml: no table none_such\.tsv"),
        ("rates: none_such", r"weights\.yaml: no table none_such\.tsv"),
        ("spans: [SIZE]", r"weights\.yaml:1: 'spans' must be a mapping"),
        (
            "harms: a\nothers: b",
            r"weights\.yaml:2: 'others' must be one of spans, attributes, harms, rates",
        ),
    ],
)
def test_what_is_missing_or_unknown_is_named(
    rules: RuleSet, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load(rules, tmp_path, text)


def test_the_built_in_tables_answer_what_records_hold() -> None:
    """Each attribute that is weighed has the values of the guidelines and no others."""
    held = load_toolkit().weights.attributes
    asked = {label: one.attributes for label, one in held.items()}
    assert asked == {
        "SAMPLE_SIZE": ("scope", "stage"),
        "PERCENTAGE": ("kind",),
        "DURATION": ("role",),
        "ADVERSE_EVENT": ("assertion",),
    }
    for label, one in held.items():
        for name, table in zip(one.attributes, one.weigher.tables, strict=True):
            assert sorted(table.outcomes) == sorted(VALUES[label][name])


@pytest.mark.parametrize(
    ("text", "name", "row", "message"),
    [
        ("spans: {SIZE: INTEGER}", "size", "-9 of 1", r"weights/size\.tsv:3: no place -9"),
        ("spans: {SIZE: INTEGER}", "size", "kind harm 1", r"size\.tsv:3: no place kind"),
        ("attributes: {SIZE: [scope]}", "size.scope", "block r 1", r"scope\.tsv:3: no place block"),
        ("harms: harm", "harm", "share 1.0 1", r"harm\.tsv:3: no place share"),
        ("rates: told", "told", "itself rash 1", r"told\.tsv:2: no place 1"),
    ],
)
def test_a_place_that_is_not_looked_at_is_named(
    rules: RuleSet, tmp_path: Path, table: Write, text: str, name: str, row: str, message: str
) -> None:
    table(name, f"place atom span\n1 people 1\n{row}")
    with pytest.raises(ConfigError, match=message):
        load(rules, tmp_path, text)


def named(configs: Path, table: Write, row: str) -> RuleSet:
    """Give rules whose alphabet tells the atoms of a table apart."""
    rules = load_rule_set(configs, settle=False)
    table("size", f"place atom span\n{row}")
    load(rules, configs.parent, "spans: {SIZE: INTEGER}").name_words(
        rules.vocabulary, configs.parent
    )
    rules.settle()
    return rules


@pytest.mark.parametrize(
    ("row", "atom", "word", "holds"),
    [
        # A word that no rule names, and a class that none does.
        ("1 gadgets 1", "gadgets", "Gadgets", True),
        ("1 gadgets 1", "gadgets", "gadget", False),
        ("1 widgets 1", "gadgets", "gadgets", False),
        ("1 PARTICIPANT 1", "PARTICIPANT", "patients", True),
        # The names of rules are no words.
        ("rule gadgets 1", "gadgets", "gadgets", False),
    ],
)
def test_words_that_no_rule_names_are_told_apart(
    configs: Path, table: Write, row: str, atom: str, word: str, holds: bool
) -> None:
    vocabulary = named(configs, table, row).vocabulary
    assert (atom in vocabulary.held(vocabulary.of_word(word))) is holds


def test_a_class_that_is_not_there_is_named(configs: Path, table: Write) -> None:
    with pytest.raises(ConfigError, match=r"weights/size\.tsv:2: no class GADGETS"):
        named(configs, table, "1 GADGETS 1")
