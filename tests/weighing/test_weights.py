from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import load_toolkit
from absift.rules.ruleset import RuleSet
from absift.settings import config_root
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
    made = load(
        rules, tmp_path, "spans: {SIZE: INTEGER}\nattributes: {SIZE: [scope]}\nharms: harm\n"
    )
    assert made.spans["SIZE"].rule == "size.weighed"
    assert made.attributes["SIZE"].weigher.outcomes == ("total", "arm")
    assert made.harms is not None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("spans: {COST: INTEGER}", r"weights\.yaml: no label COST; there are SIZE"),
        ("spans: {SIZE: INTEGER}", r"weights\.yaml: no table size\.tsv in the folder weights"),
        ("attributes: {SIZE: [unit]}", r"weights\.yaml: no table size\.unit\.tsv"),
        ("harms: none_such", r"weights\.yaml: no table none_such\.tsv"),
        ("spans: [SIZE]", r"weights\.yaml:1: 'spans' must be a mapping"),
        (
            "harms: a\nothers: b",
            r"weights\.yaml:2: 'others' must be one of spans, attributes, harms",
        ),
    ],
)
def test_what_is_missing_or_unknown_is_named(
    rules: RuleSet, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        load(rules, tmp_path, text)


def test_the_built_in_tables_answer_what_records_hold() -> None:
    """Their outcomes are the values of the guidelines, and every place is one that is looked at."""
    weights = load_toolkit().weights
    outcomes = {
        f"{label}.{name}": set(table.outcomes)
        for label, held in weights.attributes.items()
        for name, table in zip(held.attributes, held.weigher.tables, strict=True)
    }
    assert outcomes == {
        "SAMPLE_SIZE.scope": {"total", "arm", "subgroup"},
        "SAMPLE_SIZE.stage": {"screened", "enrolled", "randomised", "analysed", "completed"},
        "DURATION.role": {
            "follow_up",
            "treatment",
            "time_to_event",
            "timepoint",
            "frequency",
            "other",
        },
        "PERCENTAGE.kind": {"proportion", "change", "confidence_level", "interval", "other"},
        "ADVERSE_EVENT.assertion": {"present", "absent", "possible"},
    }
    assert (config_root() / "weights.yaml").exists()
