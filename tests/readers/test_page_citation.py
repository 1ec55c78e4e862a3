from __future__ import annotations

import pytest

from absift.readers.page_citation import Citation, parse_citation, parse_reference
from absift.readers.page_words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("text", "journal", "year"),
    [
        ("J Inv Feet. 2008;18(1):34-44. Epub 2008 Jan 25.", "J Inv Feet", 2008),
        ("J Inv Feet. 2019 Mar 4;12(3):44. doi: 10.5555/x. Epub 2018 Feb 1.", "J Inv Feet", 2019),
        ("1. J Inv Feet. 2014 May-Jun;103(5):512-8.", "J Inv Feet", 2014),
        ("J. Inv. Feet. 2010;62(3):1-2", "J. Inv. Feet", 2010),
        ("Feet (Toe, England). 2004 Nov 13-19;364(9447):1757.", "Feet (Toe, England)", 2004),
        ("The Inventor journal of feet. 2001 Jan;1:2.", "The Inventor journal of feet", 2001),
        ("Feet. 2012 Sep 1;345:e6698.", "Feet", 2012),
        ("Feet 2012;345:e6698", "Feet", 2012),
        ("Inv J Feet (2019) 12:44–51", "Inv J Feet", 2019),
        ("Inventions in Feet volume 12, pages 44–51 (2019)", "Inventions in Feet", 2019),
        ("Inventions in Feet, Vol. 12, No. 3, 2017, pp. 44-51", "Inventions in Feet", 2017),
        ("Inventions in Feet, 01 Mar 2014, 12(3):44-51", "Inventions in Feet", 2014),
        ("Inventions in Feet; Mar2018, Vol. 12 Issue 3, p44", "Inventions in Feet", 2018),
        ("American Journal of Feet 1999 September", "American Journal of Feet", 1999),
        ("Ann. Inv. Feet · Oct 2010", "Ann. Inv. Feet", 2010),
        (". 2019 Mar 4;12(3):44-51. doi: 10.5555/x", None, 2019),
        ("Volume 20, Issue 3, March 2014, Pages 12-15", None, 2014),
        (", Volume 31, Issue 5, pp 801–806", None, None),
    ],
)  # fmt: skip
def test_citations(text: str, journal: str | None, year: int | None) -> None:
    assert parse_citation(text, WORDS) == Citation(journal, year)


@pytest.mark.parametrize(
    "text",
    [
        "Patients were enrolled in 2005, 12 of them twice.",
        "Twelve adults wore socks for 3 weeks.",
        "Between 2001 and 2005, 310 adults were asked; 12 answered.",
        "Warm socks at night: a trial of 2012",
        "October 1, 2012-March 31, 2013; and Phase 2, following the end of it",
        "Socks and feet",
        "",
    ],
)
def test_sentences_are_no_citations(text: str) -> None:
    assert parse_citation(text, WORDS) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Zahl R, Flasche C S. Common errors in counting pills: a note. Perspect Inv 2016;7:4.",
            Citation("Perspect Inv", 2016, "Common errors in counting pills: a note."),
        ),
        (
            "U Reise, JA Zucker. What sailors say of pills. Inv Travel : an international journal "
            "of sickness. 2003 Sep;23(7):496-503",
            Citation(
                "Inv Travel : an international journal of sickness",
                2003,
                "What sailors say of pills.",
            ),
        ),
        ("Perspect Inv 2016;7:144-6", Citation("Perspect Inv", 2016)),
        ("No citation here.", None),
    ],
)
def test_references(text: str, expected: Citation | None) -> None:
    assert parse_reference(text, WORDS) == expected
