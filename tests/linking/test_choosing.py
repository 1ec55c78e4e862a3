"""Weights have a say in which events figures are about."""

from __future__ import annotations

from typing import Any

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.choosing import OwnerChooser
from absift.weighing.rates import Heard, RateWeigher
from absift.weighing.table import Table
from absift.weighing.weigher import ALWAYS, Fact
from tests.linking.conftest import findings_of, read

RULES: dict[Fact, float] = {("rule", side): 5.0 for side in ("left", "right", "around")}
ANYTHING: dict[Fact, float] = {(ALWAYS, ALWAYS): 50.0}

RASH = "[[Rash]]{A present} was seen in 5 patients."
TWO = "[[Rash]]{A present} was dose-related, and 4 had [[cough]]{A present}."
SILENT = "The [[rash]]{A present} was of no concern to any of the doctors; 9 men left early."


@pytest.fixture
def chooser(toolkit: Toolkit) -> OwnerChooser:
    return toolkit.linker._rates.chooser


def rates(toolkit: Toolkit, marked: str) -> dict[str, list[Any]]:
    """Give the numerators that linking gives the events of a text."""
    record = read(marked)
    sheet, found = toolkit.rules.maker.make(record.text), findings_of(record)
    toolkit.linker.settle(sheet, found)
    toolkit.linker.join(sheet, found)
    return {
        record.text[one.start : one.end]: [
            rate.get("numerator") for rate in one.attributes.get("rates", ())
        ]
        for one in found
        if one.label == "ADVERSE_EVENT"
    }


@pytest.mark.parametrize(
    ("marked", "more", "expected"),
    [
        (RASH, {}, {"Rash": [5]}),
        # Weighed against, what the rules say doesn't hold.
        (RASH, {("figures", "numerator"): -6.0}, {"Rash": []}),
        (RASH, {("before", "in"): -6.0}, {"Rash": []}),
        (RASH, {("on_left", "seen"): -6.0}, {"Rash": []}),
        (RASH, {("on_right", "seen"): -6.0, ("assertion", "absent"): -6.0}, {"Rash": [5]}),
        (TWO, {}, {"Rash": [], "cough": [4]}),
        # More for the other one than for that which the rules name.
        (TWO, {("side", "left"): 6.0}, {"Rash": [4], "cough": []}),
        # The rules say nothing.
        (SILENT, {}, {"rash": []}),
        (SILENT, {("passed", "left none"): 1.0}, {"rash": [9]}),
    ],
)
def test_the_choice_that_weighs_most_holds(
    toolkit: Toolkit,
    chooser: OwnerChooser,
    monkeypatch: pytest.MonkeyPatch,
    marked: str,
    more: dict[Fact, float],
    expected: dict[str, list[int]],
) -> None:
    rows = {fact: (weight,) for fact, weight in (RULES | more).items()}
    weigher = RateWeigher(Table("rates", ("right",), rows), toolkit.rules.vocabulary.held)
    monkeypatch.setattr(chooser, "weigher", weigher)
    assert rates(toolkit, marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Denied, and of each of several arms.
        ("No [[ulcer]]{A absent} was seen in 13 patients.", {"ulcer": []}),
        ("Eight women (four in each group) had [[rash]]{A present}.", {"rash": [8]}),
    ],
)
def test_what_the_rules_rule_out_is_not_weighed(
    toolkit: Toolkit,
    chooser: OwnerChooser,
    monkeypatch: pytest.MonkeyPatch,
    marked: str,
    expected: dict[str, list[int]],
) -> None:
    rows = {fact: (weight,) for fact, weight in ANYTHING.items()}
    weigher = RateWeigher(Table("rates", ("right",), rows), toolkit.rules.vocabulary.held)
    monkeypatch.setattr(chooser, "weigher", weigher)
    assert rates(toolkit, marked) == expected


def test_all_that_is_weighed_can_be_heard(
    toolkit: Toolkit, chooser: OwnerChooser, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {fact: (weight,) for fact, weight in RULES.items()}
    weigher = RateWeigher(Table("rates", ("right",), rows), toolkit.rules.vocabulary.held)
    heard: list[Heard] = []
    weigher.heard = heard
    monkeypatch.setattr(chooser, "weigher", weigher)
    rates(toolkit, RASH)
    ((spans, figures, facts),) = heard
    assert [end - start for start, end in spans] == [len("Rash")]
    assert figures == ({"numerator": 5},)
    assert {("side", "left"), ("distance", "left 3"), ("figures", "numerator left 1")} <= {*facts}
    assert {("rule", "left"), ("number", "more"), ("chain", "none"), ("before", "in")} <= {*facts}
