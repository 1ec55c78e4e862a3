from __future__ import annotations

import re

import pytest

from absift.extraction.toolkit import Toolkit
from absift.workbench.explain import explain


def fates(
    toolkit: Toolkit, text: str, label: str = "DOSE", **options: bool
) -> list[tuple[str, ...]]:
    found = explain(toolkit, text, **options).fates
    return [(one.fate, one.rule, one.text, one.why) for one in found if one.label == label]


def test_words_have_their_classes_and_phrases(toolkit: Toolkit) -> None:
    words = explain(toolkit, "5 mg per cent").words
    assert [word.text for word in words] == ["5", "mg", "per", "cent", "per cent"]
    assert {"NUMBER", "INTEGER"} <= set(words[0].classes)
    assert "MASS" in words[1].classes
    assert "PERCENT" in words[4].classes


BEATEN = "to dose.daily ('5 mg daily'): its priority 1 is above 0"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("5 mg", [("fired", "dose.plain", "5 mg", "value=5, unit=mg")]),
        (
            "5 mg daily",
            [
                ("fired", "dose.daily", "5 mg daily", "value=5"),
                ("lost", "dose.plain", "5 mg", BEATEN),
            ],
        ),
        (
            "5 mg of salt",
            [
                ("blocks", "dose.block", "5 mg of salt", "no span of the label here"),
                ("blocked", "dose.plain", "5 mg", "by dose.block ('5 mg of salt')"),
            ],
        ),
        (
            "5 g orally",
            [
                ("fired", "dose.plain", "5 g", "value=5, unit=g"),
                ("fired", "dose.route", "5 g", "route=oral"),
                ("lost", "dose.route.late", "5 g", "route was set by dose.route"),
            ],
        ),
        ("5 drops", []),
    ],
)  # fmt: skip
def test_what_becomes_of_rules(toolkit: Toolkit, text: str, wanted: list[tuple[str, ...]]) -> None:
    assert fates(toolkit, text) == wanted


@pytest.mark.parametrize(
    ("text", "rule", "why"),
    [
        ("5 drops", "dose.results", "not in the section body"),
        ("gave 5 tablets", "dose.given", "must stand before it: took"),
    ],
)
def test_rules_that_match_but_for_what_is_around(
    toolkit: Toolkit, text: str, rule: str, why: str
) -> None:
    assert [(one[1], one[3]) for one in fates(toolkit, text, near=True)] == [(rule, why)]


def test_terms_show_what_was_weighed(toolkit: Toolkit) -> None:
    text = "Nausea occurred in 5 patients. They had chronic asthma."
    found = {one[2]: one for one in fates(toolkit, text, "ADVERSE_EVENT") if "here" in one[3]}
    assert found["Nausea"][0] == "fired"
    assert re.match(r"nausea: \w+ here [+-]?[\d.]+, ", found["Nausea"][3])
    assert "harm.occurred" in found["Nausea"][3]
    assert found["asthma"][0] == "lost"


def test_spans_found_before_are_single_words_to_later_rules(toolkit: Toolkit) -> None:
    labels = [one.label for one in explain(toolkit, "5 mg for 6 weeks in 40 patients").fates]
    assert labels == sorted(labels, key=["PERCENTAGE", "DURATION", "SAMPLE_SIZE", "DOSE"].index)
