"""Groups that one sentence sets side by side, and the odd one among parts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.sample_pairs import PairSettler
from absift.records import SAMPLE_SIZE
from absift.rules.engine import Finding

Size = tuple[str, str]


def _given(text: str, given: Sequence[Size], stages: Sequence[str], unit: str) -> list[Finding]:
    findings, behind = [], 0
    for (digits, scope), stage in zip(given, stages, strict=True):
        start = text.index(digits, behind)
        behind = start + len(digits)
        attributes = {"value": int(digits), "scope": scope, "stage": stage, "unit": unit}
        findings.append(Finding(start, behind, SAMPLE_SIZE, "given", attributes))
    return findings


def _scopes(findings: Sequence[Finding]) -> list[str]:
    return [one.attributes["scope"] for one in findings]


PAIR = [("31", "total"), ("30", "arm")]
BESIDE = {
    "joined": ("Then 31 dogs were given tea and 30 were given milk.", PAIR, "arm arm"),
    "set against": ("We saw 31 dogs in comparison with 30 cats.", PAIR, "arm arm"),
    "two samples": (
        "Then 31 dogs and 30 cats came.",
        [("31", "total"), ("30", "total")],
        "arm arm",
    ),
    "a row": (
        "Tea went to 31 dogs, 30 cats, and 29 mice.",
        [*PAIR, ("29", "arm")],
        "arm arm arm",
    ),
    "a row that adds up": (
        "Tea went to 60 pets, 31 dogs, and 29 mice.",
        [("60", "total"), ("31", "arm"), ("29", "arm")],
        "total arm arm",
    ),
    "behind a part in a bracket": (
        "Then 31 dogs (9 male) got tea and 30 got milk.",
        [("31", "total"), ("9", "subgroup"), ("30", "arm")],
        "arm subgroup arm",
    ),
    "in a bracket": ("Then 31 dogs came (tea and 30 on milk).", PAIR, "total arm"),
    "both in a bracket": ("Pets (31 dogs and 30 cats) came.", PAIR, "total arm"),
    "of a sample": ("Of 31 dogs one got tea and 30 got milk.", PAIR, "total arm"),
    "of them": ("Then 31 dogs came and 30 of them got milk.", PAIR, "total arm"),
    "each": ("Then 31 dogs came and 30 in each group.", PAIR, "total arm"),
    "not joined": ("Then 31 dogs came, 30 got milk.", PAIR, "total arm"),
    "another sentence": ("Then 31 dogs came. And 30 got milk.", PAIR, "total arm"),
    "told of again": (
        "We saw 31 dogs. Then 31 dogs came and 30 got milk.",
        [("31", "total"), *PAIR],
        "total total arm",
    ),
    "of their sum": (
        "We saw 61 pets. Then 31 dogs came and 30 cats.",
        [("61", "total"), *PAIR],
        "total arm arm",
    ),
    "of another sample": (
        "We saw 90 pets. Then 31 dogs came and 30 cats.",
        [("90", "total"), *PAIR],
        "total total arm",
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), BESIDE.values(), ids=BESIDE.keys())
def test_sizes_side_by_side_are_groups(
    toolkit: Toolkit, text: str, given: list[Size], wanted: str
) -> None:
    findings = _given(text, given, ["enrolled"] * len(given), "participants")
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    PairSettler(toolkit.linker.patterns).settle(sheet, findings)
    assert _scopes(findings) == wanted.split()


@pytest.mark.parametrize(
    ("stages", "unit"),
    [
        pytest.param(["randomised", "enrolled"], "participants", id="of two stages"),
        pytest.param(["enrolled", "enrolled"], "other", id="no people"),
    ],
)
def test_sizes_that_tell_of_different_things_are_left(
    toolkit: Toolkit, stages: list[str], unit: str
) -> None:
    text = "Then 31 dogs were given tea and 30 were given milk."
    findings = _given(text, PAIR, stages, unit)
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    PairSettler(toolkit.linker.patterns).settle(sheet, findings)
    assert _scopes(findings) == ["total", "arm"]


ODD = {
    "behind a sign": (
        "It fell in the old (n = 31) and the young (n = 30).",
        [("31", "subgroup"), ("30", "arm")],
        "subgroup subgroup",
    ),
    "adds up": (
        "We saw 61 dogs. Then 31 were old and 30 young.",
        [("61", "total"), ("31", "arm"), ("30", "subgroup")],
        "total subgroup subgroup",
    ),
    "neither": (
        "Then 31 were old and 30 young.",
        [("31", "arm"), ("30", "subgroup")],
        "arm subgroup",
    ),
    "two groups": (
        "Tea (n = 31), milk (n = 30), and the old (n = 9) fell.",
        [("31", "arm"), ("30", "arm"), ("9", "subgroup")],
        "arm arm subgroup",
    ),
    "no part": ("Tea (n = 31) fell.", [("31", "arm")], "arm"),
}


@pytest.mark.parametrize(("text", "given", "wanted"), ODD.values(), ids=ODD.keys())
def test_the_odd_group_among_parts_is_one_of_them(
    toolkit: Toolkit, text: str, given: list[Size], wanted: str
) -> None:
    findings = _given(text, given, ["enrolled"] * len(given), "participants")
    toolkit.linker.patterns.renew()
    sheet = toolkit.rules.maker.make(text, has_title=False)
    PairSettler(toolkit.linker.patterns).settle_odd(sheet, findings)
    assert _scopes(findings) == wanted.split()
