"""Kinds of percentages and roles of durations that the series they stand in tells."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.kinds import SERIES_RULE, settle_kinds, settle_roles
from absift.linking.patterns import Patterns
from absift.records import DURATION, PERCENTAGE
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet

#: What is written, what it is, and whether a rule says so.
Told = tuple[str, str, bool]
Settle = Callable[[Sheet, Sequence[Finding], Patterns], None]


def _settled(
    toolkit: Toolkit, text: str, label: str, name: str, given: Sequence[Told], settle: Settle
) -> list[Finding]:
    sheet = toolkit.rules.maker.make(text, has_title=False)
    findings, behind = [], 0
    for words, value, by_rule in given:
        start = text.index(words, behind)
        behind = start + len(words)
        one = Finding(start, behind, label, "given", {name: value})
        if label == DURATION:
            one.attributes["unit"] = words.split()[-1].rstrip("s")
        if by_rule:
            one.why[name] = "given"
        findings.append(one)
    toolkit.linker.patterns.renew()
    settle(sheet, findings, toolkit.linker.patterns)
    return findings


KINDS: dict[str, tuple[str, list[Told], list[str]]] = {
    "a series of changes": (
        "It fell by 12% with tea (p = 0.01), 4% with rum and 3% with milk.",
        [("12%", "change", True), ("4%", "proportion", False), ("3%", "proportion", False)],
        ["change", "change", "change"],
    ),
    "across its bounds": (
        "It fell by 12% (95% CI 6-20%) with tea and 4% with rum.",
        [
            ("12%", "change", True),
            ("95%", "confidence_level", True),
            ("6-20%", "interval", True),
            ("4%", "proportion", False),
        ],
        ["change", "confidence_level", "interval", "change"],
    ),
    "what a rule says stays": (
        "It fell by 12% with tea, 4% with rum.",
        [("12%", "change", True), ("4%", "proportion", True)],
        ["change", "proportion"],
    ),
    "a share of people is no change": (
        "It fell by 12% with tea, 4% of patients slept.",
        [("12%", "change", True), ("4%", "proportion", False)],
        ["change", "proportion"],
    ),
    "a verb begins something else": (
        "It fell by 12% with tea, and survival was 40%.",
        [("12%", "change", True), ("40%", "proportion", False)],
        ["change", "proportion"],
    ),
    "so does a sentence": (
        "It fell by 12%. With tea, 40%.",
        [("12%", "change", True), ("40%", "proportion", False)],
        ["change", "proportion"],
    ),
    "shares make no changes": (
        "It was 12% with tea, 4% with rum.",
        [("12%", "proportion", False), ("4%", "proportion", False)],
        ["proportion", "proportion"],
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), KINDS.values(), ids=list(KINDS))
def test_a_series_has_one_kind(
    toolkit: Toolkit, text: str, given: list[Told], wanted: list[str]
) -> None:
    settled = _settled(toolkit, text, PERCENTAGE, "kind", given, settle_kinds)
    assert [one.attributes["kind"] for one in settled] == wanted


def test_a_count_makes_a_percentage_a_share(toolkit: Toolkit) -> None:
    text = "It fell by 12% with tea, 4% with rum."
    sheet = toolkit.rules.maker.make(text, has_title=False)
    share = Finding(25, 27, PERCENTAGE, "given", {"kind": "proportion", "numerator": 4})
    findings = [Finding(11, 14, PERCENTAGE, "given", {"kind": "change"}), share]
    toolkit.linker.patterns.renew()
    settle_kinds(sheet, findings, toolkit.linker.patterns)
    assert share.attributes["kind"] == "proportion"


ROLES: dict[str, tuple[str, list[Told], list[str]]] = {
    "a series of points": (
        "It was gone in most within 40 minutes (tea), 15 minutes (rum) and 6 minutes (milk).",
        [
            ("40 minutes", "timepoint", True),
            ("15 minutes", "other", False),
            ("6 minutes", "other", False),
        ],
        ["timepoint", "timepoint", "timepoint"],
    ),
    "another unit": (
        "It was gone within 40 minutes (tea), 15 days (rum).",
        [("40 minutes", "timepoint", True), ("15 days", "other", False)],
        ["timepoint", "other"],
    ),
    "what a rule says stays": (
        "It was gone within 40 minutes (tea), 15 minutes (rum).",
        [("40 minutes", "timepoint", True), ("15 minutes", "other", True)],
        ["timepoint", "other"],
    ),
    "a word for another length": (
        "It was gone within 40 minutes, whereas 15 minutes.",
        [("40 minutes", "timepoint", True), ("15 minutes", "other", False)],
        ["timepoint", "other"],
    ),
    "the next sentence": (
        "It was gone within 40 minutes. With tea, 15 minutes.",
        [("40 minutes", "timepoint", True), ("15 minutes", "other", False)],
        ["timepoint", "other"],
    ),
}


@pytest.mark.parametrize(("text", "given", "wanted"), ROLES.values(), ids=list(ROLES))
def test_a_series_has_one_role(
    toolkit: Toolkit, text: str, given: list[Told], wanted: list[str]
) -> None:
    settled = _settled(toolkit, text, DURATION, "role", given, settle_roles)
    assert [one.attributes["role"] for one in settled] == wanted


def test_what_a_series_told_is_named(toolkit: Toolkit) -> None:
    text, given, _ = KINDS["a series of changes"]
    settled = _settled(toolkit, text, PERCENTAGE, "kind", given, settle_kinds)
    assert [one.why["kind"] for one in settled] == ["given"] + [SERIES_RULE[PERCENTAGE]] * 2
