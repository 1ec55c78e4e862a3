from __future__ import annotations

from typing import Any

import pytest

from absift.readers.page_fields import (
    Facts,
    doi_in,
    is_value,
    pmid_in,
    split_label,
    weak_year,
)
from absift.readers.page_lines import Line
from absift.readers.page_words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("DOI: 10.5555/x", "doi", "10.5555/x"),
        ("DOI - 10.5555/x", "doi", "10.5555/x"),
        ("DOI – 10.5555/x", "doi", "10.5555/x"),
        ("DOI\t10.5555/x", "doi", "10.5555/x"),
        ("DOI | 10.5555/x", "doi", "10.5555/x"),
        ("DOI 10.5555/x", "doi", "10.5555/x"),
        ("Main Authors: | A B, C D", "authors", "A B, C D"),
        ("Author(s) -", "authors", ""),
        ("Publication title -", "journal", ""),
        ("JOURNAL", "journal", ""),
        ("Date of Web Publication28-Jun-2016", "year", "28-Jun-2016"),
        ("Keywords: socks; feet", "lists", "socks; feet"),
        ("PMID: 123 [PubMed - indexed]", "pmid", "123 [PubMed - indexed]"),
    ],
)
def test_labels(text: str, kind: str, value: str) -> None:
    label = split_label(text, WORDS)
    assert label is not None
    assert (label.kind, label.value) == (kind, value)


@pytest.mark.parametrize(
    "text", ["BACKGROUND: Socks warm.", "Results - none", "Twelve adults: a trial", "12:44-51", ":"]
)
def test_no_labels(text: str) -> None:
    assert split_label(text, WORDS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doi: 10.5555/a.b-c(1)2.", "10.5555/a.b-c(1)2"),
        ("(https://doi.org/10.5555/abc)", "10.5555/abc"),
        ("10.5555/S0140-6736(20)31380-5;", "10.5555/S0140-6736(20)31380-5"),
        ("version 10.5", None),
    ],
)
def test_doi_in(text: str, expected: str | None) -> None:
    assert doi_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID: 123", "123"),
        ("PMID123", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/456/", "456"),
        ("PubMed ID - 789", "789"),
        ("123", None),
    ],
)
def test_pmid_in(text: str, expected: str | None) -> None:
    assert pmid_in(text) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("authors", "Tarn L", True),
        ("authors", "Editors and reviewers of this journal", False),
        ("year", "4 March 2019", True),
        ("year", "English", False),
        ("pmid", "12345", True),
        ("pmid", "Twelve adults", False),
        ("language", "English", True),
        ("language", "Twelve adults wore socks for 3 weeks", False),
        ("lists", "Twelve adults wore socks for three weeks.", False),
    ],
)
def test_is_value(kind: str, value: str, expected: bool) -> None:
    assert is_value(kind, value, WORDS) is expected


@pytest.mark.parametrize(
    ("kind", "value", "found"),
    [
        ("journal", "J Inv Feet. 2008;18(1):34-44.", {"journal": "J Inv Feet", "year": 2008}),
        ("journal", "Invented Feet, 12(3), 2014", {"journal": "Invented Feet", "year": 2014}),
        ("journal", "annals of invented feet", {"journal": "annals of invented feet"}),
        ("journal", "2017, Invented Feet, № 1", {"journal": "Invented Feet", "year": 2017}),
        ("issn", "1234–567X", {"issn": "1234-567X"}),
        ("pmid", "18 [x]", {"pmid": "18"}),
        ("year", "01/02/1999", {"year": 1999}),
        ("citation", "JOURNAL OF FEET", {"journal": "JOURNAL OF FEET"}),
    ],
)  # fmt: skip
def test_facts(kind: str, value: str, found: dict[str, Any]) -> None:
    facts = Facts()
    facts.add(kind, value, WORDS)
    assert facts.found == found


def test_the_first_of_each_kind_is_kept() -> None:
    facts = Facts()
    facts.add("doi", "10.5555/first", WORDS)
    facts.add("doi", "10.5555/second", WORDS)
    assert facts.found == {"doi": "10.5555/first"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("date", "3 June 2020")], 2020),
        ([("furniture", "© 2014 Invented Press")], 2014),
        ([("furniture", "© 2014 Invented Press"), ("date", "May 2013")], 2013),
        ([("other", "Review - Version of: 12 May 2016")], 2016),
        ([("prose", "In May 2016 we asked 12 adults.")], None),
    ],
)
def test_weak_year(lines: list[tuple[str, str]], expected: int | None) -> None:
    assert weak_year([Line(text, kind=kind) for kind, text in lines], WORDS) == expected
