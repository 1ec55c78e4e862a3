from __future__ import annotations

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.inventory import InventoryMaker
from absift.linking.mentions import MentionFinder, may_name
from tests.linking.conftest import Laid

EVENT = "[[Rash]]{A present} was seen "


def names(toolkit: Toolkit, lay: Laid, marked: str) -> list[str]:
    sheet, (line, *_) = lay(marked)
    maker = InventoryMaker(toolkit.linker.patterns)
    finder = MentionFinder(toolkit.linker.patterns, maker)
    taken = {item for item, one in line.findings.items() if not may_name(one)}
    return [one.name for one in finder.find(line, maker.make(sheet), taken)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("in 3 patients in the zelorin group.", ["zelorin group"]),
        ("in 3 patients treated with zelorin versus 2 on placebo.", ["zelorin", "placebo"]),
        ("in 3 of group A and 2 of group B.", ["group A", "group B"]),
        ("in 3 and 5 men of the zelorin and tevimab groups.", ["zelorin", "tevimab"]),
        ("in 3 of the low and 5 of the high dose group.", ["high dose group"]),
        ("in 3 patients receiving zelorin than in the control arm.", ["zelorin", "control arm"]),
        ("in 2 and in the placebo group in 1.", ["placebo group"]),
        (
            "in 2 v 1 given zelorin plus bitorin or given zelorin alone.",
            ["zelorin plus bitorin", "zelorin alone"],
        ),
        ("in 2 given zelorin SR and 1 given placebo.", ["zelorin SR", "placebo"]),
        ("in 2 and 3 of group A and B.", ["group A", "group B"]),
        ("in 3 zelorin-treated women but in no control.", ["zelorin-treated women", "control"]),
        (
            "in 3 and 4 zelorin- and placebo-treated women of those given zelorin or placebo.",
            ["zelorin", "placebo", "zelorin", "placebo"],
        ),
        (
            "in 3 zelorin-treated women and placebo-treated women.",
            ["zelorin-treated women", "placebo-treated women"],
        ),
        ("in 3 and 4 of groups 1 and 2.", ["group 1", "group 2"]),
        ("in 3 of Groups II, III and IV.", ["Group II", "Group III", "Group IV"]),
        ("in 3 of groups II.", ["groups II"]),
        ("in 3 treated with the combination and 2 on placebo.", ["combination", "placebo"]),
        (
            "in 3 given zelorin [[0.5%]]{P 0.5 other} and 2 given placebo.",
            ["zelorin 0.5%", "placebo"],
        ),
        (
            "in [[8%]]{P 8 proportion} zelorin-treated and [[2%]]{P 2 proportion} placebo-treated.",
            ["zelorin-treated", "placebo-treated"],
        ),
        ("during treatment with zelorin in 3, and in 2 on placebo.", ["zelorin", "placebo"]),
        ("with the 5 mg, 10 mg and placebo doses.", ["5 mg", "10 mg", "placebo"]),
        ("in 3 given zelorin 0.5% and 2 given placebo.", ["zelorin 0.5%", "placebo"]),
        ("in 3 of the [[100-day]]{D 100 day treatment} group.", ["100-day group"]),
        ("in 3 on regimen A versus 4 on regimen B.", ["regimen A", "regimen B"]),
        ("in 3 of the active treatment group.", ["active treatment group"]),
        ("in 8 versus 10% of zelorin-treated men.", ["zelorin-treated men"]),
        ("in 3 men administered zelorin versus 4.", ["zelorin"]),
        ("in 3 in the placebo and 4 in the zelorin group.", ["placebo", "zelorin group"]),
        ("in 3 in the placebo and 4 in the zelorin groups.", ["placebo", "zelorin groups"]),
        ("in 3 on the ZLR regimen and 2 on placebo.", ["ZLR regimen", "placebo"]),
        ("in 3 on the enalapril regimen and 2 on placebo.", ["enalapril", "placebo"]),
        ("in 3 whose drug regimen was kept and 2 on placebo.", ["placebo"]),
        ("in 3 of both groups.", []),
        ("in 3 of the two treatment groups.", []),
        ("in 3 and 4 in the control versus the treatment groups.", ["control", "treatment"]),
        ("in 43% and 51% of arm A vs B.", ["arm A", "arm B"]),
        ("in 3 and 4 of groups A and B.", ["A", "B"]),
        (
            "more often as zelorin-treated women had it in 4 than controls.",
            ["zelorin-treated women", "controls"],
        ),
        (
            "in 3 men given low dose 17beta-zelorin or placebo.",
            ["low dose 17beta-zelorin", "placebo"],
        ),
    ],
)
def test_arms_are_named_as_written(
    toolkit: Toolkit, lay: Laid, text: str, wanted: list[str]
) -> None:
    assert names(toolkit, lay, EVENT + text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("and was attributable to zelorin in 3, but to nothing on placebo.", ["placebo"]),
        ("as intolerance to the zelorin in 3, but not on placebo.", ["placebo"]),
        ("more related to zelorin ([[5%]]{P 5 proportion}) than placebo.", ["zelorin", "placebo"]),
    ],
)
def test_what_a_harm_is_put_down_to_is_an_arm_only_with_figures(
    toolkit: Toolkit, lay: Laid, text: str, wanted: list[str]
) -> None:
    assert names(toolkit, lay, f"{EVENT}{text} Half took zelorin.") == wanted


def test_what_a_harm_comes_from_is_no_arm(toolkit: Toolkit, lay: Laid) -> None:
    text = "Three on placebo had zelorin [[toxicity]]{A present generic} as in zelorin v placebo."
    assert names(toolkit, lay, text)[:1] == ["placebo"]
    assert names(toolkit, lay, text)[1:] == ["zelorin", "placebo"]


def test_a_group_is_no_cause_of_a_harm(toolkit: Toolkit, lay: Laid) -> None:
    text = "One subject in the zelorin group [[died]]{A present}, one in the control group didn't."
    assert names(toolkit, lay, text) == ["zelorin group", "control group"]


def test_an_abstract_that_compares_nothing_has_no_arms(toolkit: Toolkit, lay: Laid) -> None:
    assert names(toolkit, lay, EVENT + "in 3 patients receiving zelorin.") == []
