from __future__ import annotations

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.inventory import Inventory, InventoryMaker


def inventory(toolkit: Toolkit, text: str) -> Inventory:
    patterns = toolkit.linker.patterns
    sheet = toolkit.rules.maker.make(text)
    patterns.renew()
    return InventoryMaker(patterns).make(sheet)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zelorin versus placebo in gout.", {("zelorin",), ("placebo",)}),
        (
            "Women were randomised to receive zelorin 10 mg or oral tevimab.",
            {("zelorin",), ("tevimab",)},
        ),
        ("We compared the efficacy of zelorin and tevimab.", {("zelorin",), ("tevimab",)}),
        ("Pain fell in the zelorin group and in group B.", {("zelorin",)}),
        ("Zelorin-treated men had less pain than those on placebo.", {("zelorin",)}),
        ("The zelorin/tevimab group improved.", {("zelorin", "/", "tevimab")}),
        ("Vitamin D versus placebo.", {("vitamin", "d"), ("placebo",)}),
        ("Zelorin acetate (ZLA) versus placebo.", {("zelorin", "acetate"), ("zla",), ("zelorin",)}),
    ],
)
def test_arms_are_those_that_a_text_compares(
    toolkit: Toolkit, text: str, names: set[tuple[str, ...]]
) -> None:
    assert names <= inventory(toolkit, text).names


@pytest.mark.parametrize(
    "text",
    [
        "We compared the efficacy and safety of a drug over time.",
        "Both groups improved; the treatment group was large.",
    ],
)
def test_vague_words_name_no_arm(toolkit: Toolkit, text: str) -> None:
    assert not inventory(toolkit, text).names & {("safety",), ("efficacy",), ("treatment",)}


def test_without_a_comparison_there_are_no_arms(toolkit: Toolkit) -> None:
    found = inventory(toolkit, "Ninety women received zelorin for a year.")
    assert not found.compares
    assert not found.names


def test_abbreviations_of_drugs_name_arms_and_events_do_not(toolkit: Toolkit) -> None:
    text = "Men had amoxicillin and omeprazole (AOM) or placebo: rash versus fever."
    found = inventory(toolkit, text)
    assert ("aom",) in found.names
    sheet = toolkit.rules.maker.make("Women had rash compared with fever on placebo.")
    maker = toolkit.linker._rates.inventories
    assert ("rash",) not in maker.make(sheet, {"rash", "fever"}).names
