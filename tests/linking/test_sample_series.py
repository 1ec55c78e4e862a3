"""Sizes that one sentence tells alike, and what each takes over from the others."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.sample_parts import PARTS_RULE
from absift.linking.sample_series import SeriesSettler, settle_again, settle_studies
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding

Size = tuple[str, str, str]
PAIR = [("102", "total", "enrolled"), ("40", "subgroup", "enrolled")]
ARMS = [("102", "arm", "enrolled"), ("40", "arm", "enrolled")]


def _given(text: str, given: Sequence[Size], unit: str = "participants") -> list[Finding]:
    findings, behind = [], 0
    for digits, scope, stage in given:
        start = text.index(digits, behind)
        behind = start + len(digits)
        attributes = {"value": int(digits), "scope": scope, "stage": stage, "unit": unit}
        findings.append(Finding(start, behind, SAMPLE_SIZE, "given", attributes))
    return findings


def _told(text: str, findings: Sequence[Finding]) -> list[Size]:
    return [
        (text[one.start : one.end], one.attributes["scope"], one.attributes["stage"])
        for one in findings
    ]


def _settled(toolkit: Toolkit, text: str, given: list[Size], unit: str) -> list[Finding]:
    findings = _given(text, given, unit)
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    SeriesSettler(toolkit.linker.patterns).settle(sheet, findings)
    return findings


SETTLED = {
    "people and controls": ("We took 102 women with gout and 40 healthy dogs.", PAIR, ARMS),
    "set against each other": ("The 102 with gout were compared with 40 without it.", PAIR, ARMS),
    "the same sex": ("We read of 102 women on tea and 40 women on milk.", PAIR, ARMS),
    "two sexes": ("We took 102 women and 40 men.", PAIR, PAIR),
    "a verb between": ("Then 102 dogs were seen and 40 dogs fed.", PAIR, PAIR),
    "a verb behind": ("Of dogs we took 102 and 40 completed it.", PAIR, PAIR),
    "one in brackets": ("We took 102 dogs (with tea) and 40 cats.", PAIR, PAIR),
    "in each": ("We took 102 dogs and 40 in each group.", PAIR, PAIR),
    "not in one sentence": ("We took 102 dogs. And 40 cats.", PAIR, PAIR),
    "of a larger sample": (
        "We saw 150 pets. We took 102 dogs and 40 cats.",
        [("150", "total", "enrolled"), *PAIR],
        [("150", "total", "enrolled"), *PAIR],
    ),
    "sexes in a bracket": (
        "The 102 dogs (40 male, 62 female) were randomised.",
        [
            ("102", "total", "randomised"),
            ("40", "subgroup", "enrolled"),
            ("62", "subgroup", "enrolled"),
        ],
        [
            ("102", "total", "randomised"),
            ("40", "subgroup", "randomised"),
            ("62", "subgroup", "randomised"),
        ],
    ),
    "sexes outside the bracket": (
        "The 102 dogs (all tall) were 40 male in all.",
        [("102", "total", "randomised"), ("40", "subgroup", "enrolled")],
        [("102", "total", "randomised"), ("40", "subgroup", "enrolled")],
    ),
    "other parts in a bracket": (
        "The 102 dogs (40 tall) were randomised.",
        [("102", "total", "randomised"), ("40", "subgroup", "enrolled")],
        [("102", "total", "randomised"), ("40", "subgroup", "enrolled")],
    ),
    "a series of arms": (
        "They had tea (n = 22), milk (n = 24) or rum (n = 26).",
        [("22", "arm", "randomised"), ("24", "subgroup", "enrolled"), ("26", "arm", "enrolled")],
        [("22", "arm", "randomised"), ("24", "arm", "randomised"), ("26", "arm", "randomised")],
    ),
    "the last of them tells the stage": (
        "They had tea (n = 22) or milk (n = 24).",
        [("22", "arm", "enrolled"), ("24", "arm", "randomised")],
        [("22", "arm", "randomised"), ("24", "arm", "randomised")],
    ),
    "a stage that holds for the next": (
        "In the tea group 22 were analysed, 24 in the milk group.",
        [("22", "arm", "analysed"), ("24", "arm", "enrolled")],
        [("22", "arm", "analysed"), ("24", "arm", "analysed")],
    ),
    "not beyond a verb": (
        "In the tea group 22 were analysed, 24 were fed milk.",
        [("22", "arm", "analysed"), ("24", "arm", "enrolled")],
        [("22", "arm", "analysed"), ("24", "arm", "enrolled")],
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), SETTLED.values(), ids=list(SETTLED))
def test_sizes_told_alike(
    toolkit: Toolkit, text: str, given: list[Size], wanted: list[Size]
) -> None:
    assert _told(text, _settled(toolkit, text, given, "participants")) == wanted


def test_studies_are_no_groups(toolkit: Toolkit) -> None:
    text = "We read 102 trials and 40 reports."
    assert _told(text, _settled(toolkit, text, PAIR, "studies")) == PAIR


def test_a_pair_says_what_settled_it(toolkit: Toolkit) -> None:
    text, given, _ = SETTLED["people and controls"]
    settled = _settled(toolkit, text, given, "participants")
    assert [one.why for one in settled] == [{"scope": PARTS_RULE}] * 2


def test_an_equal_size_is_the_group_told_of_before() -> None:
    text = "Dogs: 30 and 31. Of 30 dogs, 31 barked."
    given = [("30", "arm", "enrolled"), ("31", "total", "enrolled"), ("30", "total", "enrolled")]
    findings = _given(text, given)
    settle_again(findings)
    assert [one.attributes["scope"] for one in findings] == ["arm", "total", "arm"]


def test_all_that_have_the_size_of_a_sum_are_the_sample() -> None:
    text = "We saw 30 dogs. Of 30 dogs, 14 barked."
    findings = _given(text, [("30", "arm", "enrolled"), ("30", "total", "enrolled")])
    findings[1].why["scope"] = PARTS_RULE
    settle_again(findings)
    assert [one.attributes["scope"] for one in findings] == ["total", "total"]


@pytest.mark.parametrize(
    ("scopes", "wanted"),
    [
        (("subgroup", "subgroup"), ["total", "subgroup"]),
        (("subgroup", "total"), ["subgroup", "total"]),
    ],
    ids=["none is called all", "one is"],
)
def test_the_first_studies_are_all_if_none_are_called_so(
    scopes: tuple[str, str], wanted: list[str]
) -> None:
    text = "In 9 trials it fell, in 4 trials it rose."
    given = [(size, scope, "enrolled") for size, scope in zip(("9", "4"), scopes, strict=True)]
    findings = _given(text, given, "studies")
    settle_studies(findings)
    assert [one.attributes["scope"] for one in findings] == wanted


def test_a_part_that_is_larger_than_the_first_leaves_it() -> None:
    text = "In 4 trials it fell, in 9 trials it rose."
    given = [("4", "subgroup", "enrolled"), ("9", "subgroup", "enrolled")]
    findings = _given(text, given, "studies")
    settle_studies(findings)
    assert [one.attributes["scope"] for one in findings] == ["subgroup", "subgroup"]


def test_studies_told_of_again_are_those_pooled() -> None:
    text = "We pooled 11 trials. In 11 trials it fell, in 4 trials it rose."
    given = [
        ("11", "total", "enrolled"),
        ("11", "subgroup", "enrolled"),
        ("4", "subgroup", "enrolled"),
    ]
    findings = _given(text, given, "studies")
    settle_studies(findings)
    assert [one.attributes["scope"] for one in findings] == ["total", "total", "subgroup"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("We randomised 102 dogs.", "randomised", id="drawn"),
        pytest.param("We screened 102 dogs.", "screened", id="tried"),
        pytest.param("We saw 102 dogs.", "completed", id="another verb"),
        pytest.param("They were screened. 102 dogs came.", "completed", id="another sentence"),
    ],
)
def test_the_verb_right_before_a_size_tells_its_stage(
    toolkit: Toolkit, text: str, wanted: str
) -> None:
    findings = _given(text, [("102", "total", "completed")])
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    SeriesSettler(toolkit.linker.patterns).settle_told(sheet, findings)
    assert _told(text, findings) == [("102", "total", wanted)]


def test_what_was_randomised_is_no_part(toolkit: Toolkit) -> None:
    text = "We screened 102 dogs and randomised 40 of good health."
    findings = _given(text, PAIR)
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    SeriesSettler(toolkit.linker.patterns).settle_told(sheet, findings)
    assert _told(text, findings) == [("102", "total", "screened"), ("40", "total", "randomised")]
