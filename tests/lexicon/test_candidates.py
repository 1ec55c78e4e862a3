from __future__ import annotations

from dataclasses import replace

import pytest

from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.candidates import Candidate
from absift.lexicon.entries import Entry
from absift.rules.engine import Finding


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def found(toolkit: Toolkit, text: str, *taken: Finding) -> list[str]:
    sheet = toolkit.rules.maker.make(text, has_title=False)
    return [text[one.start : one.end] for one in toolkit.judge.candidates(sheet, taken)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nausea and vomiting were rare.", ["Nausea", "vomiting"]),
        ("They had femoral haematoma.", ["femoral haematoma"]),
        ("They had severe headache.", ["headache"]),
        ("They had paraspinous haematoma.", ["paraspinous haematoma"]),
        ("They had neuroleptic nausea.", ["nausea"]),
        ("Swelling of his lips and tongue came.", ["Swelling of his lips and tongue"]),
        ("Irritation at the injection site came.", ["Irritation at the injection site"]),
        ("Swelling of men came.", ["Swelling"]),
        ("Gastric or duodenal ulcers came.", ["Gastric or duodenal ulcers"]),
        ("Renal and hepatic failure came.", ["Renal and hepatic failure"]),
        ("Rash and hepatic failure came.", ["Rash", "hepatic failure"]),
        ("Opioid-induced nausea came.", ["nausea"]),
        ("Perioperative hypotension came.", ["hypotension"]),
        ("Intraoperative awareness came.", ["Intraoperative awareness"]),
        ("Radiation-induced pneumonitis came.", ["Radiation-induced pneumonitis"]),
        ("They had increased prolactin levels.", ["increased prolactin levels"]),
        ("Lower urinary tract infection came.", ["Lower urinary tract infection"]),
        ("It led to worsening of heart failure.", ["worsening of heart failure"]),
        ("It gave pain relief.", []),
        (
            "Ischaemic colitis (ISCO) came; later ISCOs healed.",
            ["Ischaemic colitis", "ISCO", "ISCOs"],
        ),
        ("Late delirium (LD) came; LD was brief.", ["delirium", "LD", "LD"]),
        ("Delirium. Stroke (DS) came; DS was late.", ["Delirium", "Stroke"]),
        ("Headache (n=3) came.", ["Headache"]),
        ("Headache (Table) came; the Table shows it.", ["Headache"]),
    ],
)
def test_terms_and_their_abbreviations(toolkit: Toolkit, text: str, expected: list[str]) -> None:
    terms = found(toolkit, text)
    assert terms == expected


def test_what_is_taken_is_no_candidate(toolkit: Toolkit) -> None:
    taken = Finding(0, 6, "ADVERSE_EVENT", "test")
    assert found(toolkit, "Nausea and headache", taken) == ["headache"]
    assert found(toolkit, "Nausea and headache", replace(taken, start=3, end=14)) == []


def test_a_rule_weighs_once() -> None:
    one = Candidate(0, 4, Entry("rash", "skin", "event", (), "here"))
    one.weigh("a", 1.5)
    one.weigh("a", 1.5)
    one.weigh("b", -0.5)
    assert (one.score, one.reasons, one.rule) == (1.0, {"a": 1.5, "b": -0.5}, "a")


def test_the_kind_speaks_where_no_rule_does() -> None:
    one = Candidate(0, 4, Entry("rash", "skin", "event", (), "here"))
    assert one.rule == "lexicon.event"
    one.weigh("b", -0.5)
    assert one.rule == "lexicon.event"


def test_an_illness_that_gets_worse_is_a_term_of_its_own(toolkit: Toolkit) -> None:
    sheet = toolkit.rules.maker.make(
        "Gout and worsening gout; exacerbation of gout.", has_title=False
    )
    plain, worse, again = (one.entry for one in toolkit.judge.candidates(sheet, []))
    assert (worse.term, worse.kind) == (f"worsening of {plain.term}", "event")
    assert again is worse
    assert plain.kind == "disease"
