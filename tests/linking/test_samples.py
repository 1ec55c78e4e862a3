"""Sizes as the rules leave them, and what their sums make of them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.sample_parts import PARTS_RULE
from absift.linking.samples import SampleSettler
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding

Size = tuple[str, str, str]


def _settled(toolkit: Toolkit, text: str, given: Sequence[Size]) -> list[Finding]:
    """Settle the sizes of a text; each is told by its digits, in text order."""
    sheet = toolkit.rules.maker.make(text, has_title=False)
    findings, behind = [], 0
    for digits, scope, stage in given:
        start = text.index(digits, behind)
        behind = start + len(digits)
        attributes = {"value": int(digits), "scope": scope, "stage": stage, "unit": "participants"}
        findings.append(Finding(start, behind, SAMPLE_SIZE, "given", attributes))
    toolkit.linker.patterns.renew()
    SampleSettler(toolkit.linker.patterns).settle(sheet, findings)
    return sorted(findings, key=lambda one: one.start)


def _told(text: str, findings: Sequence[Finding]) -> list[Size]:
    return [
        (text[one.start : one.end], one.attributes["scope"], one.attributes["stage"])
        for one in findings
    ]


ADDED = {
    "sum in brackets": (
        "161 women were randomised (59 + 50 + 52) to three drugs.",
        [("161", "total", "randomised")],
        [("59", "arm", "randomised"), ("50", "arm", "randomised"), ("52", "arm", "randomised")],
    ),
    "respectively": (
        "We took in 119 adults, 59 and 60 in the drug and placebo groups.",
        [("119", "total", "enrolled")],
        [("59", "arm", "enrolled"), ("60", "arm", "enrolled")],
    ),
    "sexes": (
        "There were 10 patients (4 men and 6 women).",
        [("10", "total", "enrolled")],
        [("4", "subgroup", "enrolled"), ("6", "subgroup", "enrolled")],
    ),
    "the second one": (
        "Of 46 patients 23 received the drug for 6 weeks and 23 water.",
        [("46", "total", "analysed"), ("23", "arm", "analysed")],
        [("23", "arm", "analysed")],
    ),
    "doses between": (
        "There were 60 men (20 placebo, 22 drug 300 mg and 18 drug 900 mg).",
        [("60", "total", "enrolled")],
        [("20", "arm", "enrolled"), ("22", "arm", "enrolled"), ("18", "arm", "enrolled")],
    ),
}


@pytest.mark.parametrize(("text", "given", "added"), ADDED.values(), ids=list(ADDED))
def test_numbers_that_add_up_are_parts(
    toolkit: Toolkit, text: str, given: list[Size], added: list[Size]
) -> None:
    settled = _settled(toolkit, text, given)
    assert _told(text, [one for one in settled if one.rule == PARTS_RULE]) == added
    assert len(settled) == len(given) + len(added)


NOT_ADDED = {
    "another sum": "There were 60 women (20 on placebo and 41 on the drug).",
    "outcomes": "There were 60 women, of whom 20 recovered and 40 did not.",
    "outcomes behind": "Among 60 women (20 in one group and 40 in the other) who died it was high.",
    "doses": "We gave 60 women 20 mg on one day and 40 mg on the next.",
    "ratio": "There were 60 women, 20/40 in the groups.",
    "numbered groups": "There were 60 women in group 20 and group 40.",
    "next sentence": "There were 60 women. The groups were of 20 and 40.",
}


@pytest.mark.parametrize("text", NOT_ADDED.values(), ids=list(NOT_ADDED))
def test_other_numbers_are_no_parts(toolkit: Toolkit, text: str) -> None:
    assert len(_settled(toolkit, text, [("60", "total", "enrolled")])) == 1


def test_small_numbers_make_up_no_large_sample(toolkit: Toolkit) -> None:
    text = "There were 206 women, 202 and 4 in the groups."
    assert len(_settled(toolkit, text, [("206", "total", "enrolled")])) == 1


SETTLED = {
    "arms have the stage of their sample": (
        "In all, 144 were randomised. They had tea (n = 62) or water (n = 82).",
        [("144", "total", "randomised"), ("62", "arm", "enrolled"), ("82", "total", "enrolled")],
        [("144", "total", "randomised"), ("62", "arm", "randomised"), ("82", "arm", "randomised")],
    ),
    "not that of one farther away": (
        "In all, 144 were randomised. It was spring. They had tea (n = 62) or water (n = 82).",
        [("144", "total", "randomised"), ("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
        [("144", "total", "randomised"), ("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
    ),
    "nor that of the screened": (
        "Of 144 screened 62 had heparin and 82 had placebo.",
        [("144", "total", "screened"), ("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
        [("144", "total", "screened"), ("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
    ),
    "a whole that was taken for an arm": (
        "The trial had 31 dogs in a group on drug (21 dogs) and on water (10 dogs).",
        [("31", "arm", "enrolled"), ("21", "arm", "enrolled"), ("10", "arm", "enrolled")],
        [("31", "total", "enrolled"), ("21", "arm", "enrolled"), ("10", "arm", "enrolled")],
    ),
    "a lone arm is the sample": (
        "Then 30 dogs had one food or the other.",
        [("30", "arm", "enrolled")],
        [("30", "total", "enrolled")],
    ),
    "unless it is called a group": (
        "There were four groups of 30 dogs.",
        [("30", "arm", "enrolled")],
        [("30", "arm", "enrolled")],
    ),
    "a small later size is a part": (
        "We saw 90 dogs. Blood was drawn from 30 dogs.",
        [("90", "total", "enrolled"), ("30", "total", "enrolled")],
        [("90", "total", "enrolled"), ("30", "subgroup", "enrolled")],
    ),
    "a later stage of it is none": (
        "We saw 90 dogs. In the end 30 dogs were left.",
        [("90", "total", "enrolled"), ("30", "total", "completed")],
        [("90", "total", "enrolled"), ("30", "total", "completed")],
    ),
    "nor is one of three quarters of its size": (
        "We saw 60 dogs. Blood was drawn from 45 dogs.",
        [("60", "total", "enrolled"), ("45", "total", "enrolled")],
        [("60", "total", "enrolled"), ("45", "total", "enrolled")],
    ),
    "groups of a sentence have later parts": (
        "We saw 30 dogs and 31 cats as controls. Blood was drawn from 20 dogs.",
        [("30", "arm", "enrolled"), ("31", "arm", "enrolled"), ("20", "total", "enrolled")],
        [("30", "arm", "enrolled"), ("31", "arm", "enrolled"), ("20", "subgroup", "enrolled")],
    ),
    "a sum of groups behind it is the sample": (
        "They had tea (n = 62) or water (n = 82) in a trial of 144 men on diets.",
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled"), ("144", "arm", "enrolled")],
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled"), ("144", "total", "enrolled")],
    ),
    "unless there is a larger sample": (
        "Of 127 dogs, 43 had heparin, 42 had aspirin, 19 had warfarin, 23 had placebo.",
        [
            ("127", "total", "enrolled"),
            ("43", "arm", "enrolled"),
            ("42", "arm", "enrolled"),
            ("19", "arm", "enrolled"),
            ("23", "arm", "enrolled"),
        ],
        [
            ("127", "total", "enrolled"),
            ("43", "arm", "enrolled"),
            ("42", "arm", "enrolled"),
            ("19", "arm", "enrolled"),
            ("23", "arm", "enrolled"),
        ],
    ),
    "one of a series isn't the sum of the next two": (
        "They had tea (n = 20), rum (n = 53), milk (n = 24) or gin (n = 29).",
        [
            ("20", "arm", "enrolled"),
            ("53", "arm", "enrolled"),
            ("24", "arm", "enrolled"),
            ("29", "arm", "enrolled"),
        ],
        [
            ("20", "arm", "enrolled"),
            ("53", "arm", "enrolled"),
            ("24", "arm", "enrolled"),
            ("29", "arm", "enrolled"),
        ],
    ),
    "parts named by drugs are arms": (
        "We saw 64 dogs (39 aspirin, 25 heparin).",
        [("64", "total", "enrolled"), ("39", "subgroup", "enrolled")],
        [
            ("64", "total", "enrolled"),
            ("39", "subgroup", "enrolled"),
            ("25", "subgroup", "enrolled"),
        ],
    ),
    "parts with no name that arms have are of some kind of patients": (
        "We saw 64 dogs (39 with mange, 25 with fleas).",
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
        [
            ("64", "total", "enrolled"),
            ("39", "subgroup", "enrolled"),
            ("25", "subgroup", "enrolled"),
        ],
    ),
    "those with the healthy among them are compared": (
        "We saw 64 dogs (39 with mange, 25 healthy ones).",
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
    ),
    "groups of an abstract that compares nothing are parts": (
        "We saw dogs. It was spring. They had mange (n = 62) or fleas (n = 82). They got well.",
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
        [("62", "subgroup", "enrolled"), ("82", "subgroup", "enrolled")],
    ),
    "groups of one that compares something aren't": (
        "We saw dogs. It was spring. They had mange (n = 62) or fleas (n = 82). We compared them.",
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
    ),
    "nor are those that are called groups": (
        "We saw dogs. It was spring. One group had mange (n = 62), one fleas (n = 82). It rained.",
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
        [("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
    ),
    "what can't hold the group behind it is a group": (
        "We saw 32 boys with asthma and 32 boys as controls.",
        [("32", "total", "enrolled"), ("32", "arm", "enrolled")],
        [("32", "arm", "enrolled"), ("32", "arm", "enrolled")],
    ),
    "a short name that all parts have names none of them": (
        "We saw 64 dogs with FLD (39 with mild FLD, 25 with grave FLD).",
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
        [
            ("64", "total", "enrolled"),
            ("39", "subgroup", "enrolled"),
            ("25", "subgroup", "enrolled"),
        ],
    ),
    "short names that differ are those of arms": (
        "We saw 64 dogs (39 with FLD, 25 with KRB).",
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
        [("64", "total", "enrolled"), ("39", "arm", "enrolled"), ("25", "arm", "enrolled")],
    ),
    "sizes behind a sign add up to a sample that was drawn by lot": (
        "We allocated 144 dogs to two foods. These were of meat (n = 62) or of fish (n = 82).",
        [("144", "total", "enrolled"), ("62", "total", "enrolled"), ("82", "total", "enrolled")],
        [("144", "total", "enrolled"), ("62", "arm", "enrolled"), ("82", "arm", "enrolled")],
    ),
    "but not to one that wasn't": (
        "We saw 144 dogs. Some had mange (n = 62) and some fleas (n = 82).",
        [("144", "total", "enrolled"), ("62", "total", "enrolled"), ("82", "total", "enrolled")],
        [
            ("144", "total", "enrolled"),
            ("62", "subgroup", "enrolled"),
            ("82", "subgroup", "enrolled"),
        ],
    ),
    "controls make up a sample with those whom they are compared with": (
        "We saw 90 dogs in all. There were 60 with mange and 30 well-fed controls.",
        [("90", "total", "enrolled"), ("60", "total", "enrolled"), ("30", "total", "enrolled")],
        [("90", "total", "enrolled"), ("60", "arm", "enrolled"), ("30", "arm", "enrolled")],
    ),
    "controls from elsewhere make the sample a group": (
        "We saw 45 dogs with mange. The controls were 40 dogs of the town.",
        [("45", "total", "enrolled"), ("40", "arm", "enrolled")],
        [("45", "arm", "enrolled"), ("40", "arm", "enrolled")],
    ),
    "half of a sample isn't from elsewhere": (
        "We saw 80 dogs with mange. The controls were 40 dogs of them.",
        [("80", "total", "enrolled"), ("40", "arm", "enrolled")],
        [("80", "total", "enrolled"), ("40", "arm", "enrolled")],
    ),
    "nor are controls that were drawn by lot": (
        "We randomised 45 dogs with mange. The controls were 20 dogs of them.",
        [("45", "total", "enrolled"), ("20", "arm", "enrolled")],
        [("45", "total", "enrolled"), ("20", "arm", "enrolled")],
    ),
    "a small later size that is called control is an arm": (
        "We saw 90 dogs with mange. The control group was the skin of 30 dogs.",
        [("90", "total", "enrolled"), ("30", "total", "enrolled")],
        [("90", "arm", "enrolled"), ("30", "arm", "enrolled")],
    ),
    "groups of one sentence that add up are arms by its verb": (
        "We saw 61 dogs. Then 30 dogs received one food, and 31 dogs the other.",
        [("61", "total", "enrolled"), ("30", "total", "enrolled"), ("31", "total", "enrolled")],
        [("61", "total", "enrolled"), ("30", "arm", "enrolled"), ("31", "arm", "enrolled")],
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), SETTLED.values(), ids=list(SETTLED))
def test_sums_settle_scope_and_stage(
    toolkit: Toolkit, text: str, given: list[Size], wanted: list[Size]
) -> None:
    assert _told(text, _settled(toolkit, text, given)) == wanted


def test_a_scope_that_a_sum_told_names_its_rule(toolkit: Toolkit) -> None:
    text, given, _ = SETTLED["arms have the stage of their sample"]
    settled = _settled(toolkit, text, given)
    assert [one.why for one in settled] == [
        {},
        {"stage": PARTS_RULE},
        {"scope": PARTS_RULE, "stage": PARTS_RULE},
    ]


def test_settling_again_changes_nothing(toolkit: Toolkit) -> None:
    for text, given, _ in ADDED.values():
        settled = _settled(toolkit, text, given)
        before = _told(text, settled)
        sheet = toolkit.rules.maker.make(text, has_title=False)
        SampleSettler(toolkit.linker.patterns).settle(sheet, settled)
        assert _told(text, settled) == before


WEIGHED = {
    "a lone group": ("We saw 40 dogs.", [("40", "arm")], ["total"]),
    "a lone group called so": ("We saw a group of 40 dogs.", [("40", "arm")], ["arm"]),
    "a lone group among parts": (
        "We saw 40 dogs and 30 cats.",
        [("40", "arm"), ("30", "subgroup")],
        ["subgroup", "subgroup"],
    ),
    "a lone group with parts in a bracket": (
        "We saw 40 dogs (30 male).",
        [("40", "arm"), ("30", "subgroup")],
        ["total", "subgroup"],
    ),
    "no smaller group": (
        "We saw 40 dogs and 40 cats.",
        [("40", "total"), ("40", "arm")],
        ["arm", "arm"],
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), WEIGHED.values(), ids=WEIGHED.keys())
def test_what_weights_left_is_mended(
    toolkit: Toolkit, text: str, given: Sequence[tuple[str, str]], wanted: list[str]
) -> None:
    sheet = toolkit.rules.maker.make(text, has_title=False)
    findings = []
    for digits, scope in given:
        start = findings[-1].end if findings else 0
        start = text.index(digits, start)
        attributes = {
            "value": int(digits),
            "scope": scope,
            "stage": "enrolled",
            "unit": "participants",
        }
        findings.append(Finding(start, start + len(digits), SAMPLE_SIZE, "given", attributes))
    toolkit.linker.patterns.renew()
    SampleSettler(toolkit.linker.patterns).settle_weighed(sheet, findings)
    assert [one.attributes["scope"] for one in findings] == wanted
