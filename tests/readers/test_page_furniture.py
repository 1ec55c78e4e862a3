from __future__ import annotations

import pytest

from absift.readers.page_furniture import (
    is_affiliation,
    is_furniture,
    parts_lines,
    section_of,
    trim_tail,
)
from absift.readers.page_lines import clean_line
from absift.readers.page_words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    "raw",
    [
        "Read More",
        "Show more »",
        "Cite",
        "Cited by 23",
        "12 Citations",
        "© 2014 Nobody Ltd.",
        "Copyright © 2014 Nobody",
        "(C) 2008 Nobody",
        "All rights reserved.",
        "This content is not available in your region!",
        "Having issues? You can contact us here",
        "We use cookies to give you the best experience.",
        "[Home](/) > [Journals](/j) > [Socks](/s)",
        "Home / Journals / Socks",
        "Home > Journals > Vol 8",
        "https://doi.org/10.5555/x",
        "www.nowhere.example",
        "1,234",
        "pp. 12-15",
        "Sign in to your account to see the whole of this paper",
        "If you wish to reuse this article please use the link below",
    ],
)
def test_furniture(raw: str) -> None:
    assert is_furniture(clean_line(raw), WORDS)


@pytest.mark.parametrize(
    "raw",
    [
        "Warm socks at night in adults: a trial",
        "Twelve adults wore warm socks for three weeks and two had itching.",
        "Access to clean water and diarrhoea in 12 villages",
        "Patients were asked by email whether they had slept, and 120 of 300 (40%) answered.",
        "Downloading of images was faster in 12 of 15 hospitals with the new network (p < 0.05).",
    ],
)
def test_no_furniture(raw: str) -> None:
    assert not is_furniture(clean_line(raw), WORDS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 Department of Feet, University of Toes, Toe City, Freeland.", True),
        ("Institute of Socks, Wool Town; a.strumpf@socks.example", True),
        ("Hospital mortality after socks: a cohort", False),
        ("Patients from one hospital and three clinics, all of them warm, were seen.", False),
    ],
)
def test_is_affiliation(text: str, expected: bool) -> None:
    assert is_affiliation(text, WORDS) is expected


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Background", ""),
        ("METHODS:", ""),
        ("1. Introduction", ""),
        ("Results: Two itched.", "Two itched."),
        ("WHAT IS NEW: Socks itch.", "Socks itch."),
        ("Methods. Twelve adults.", "Twelve adults."),
        ("DOI: 10.5555/x", None),
        ("Twelve adults: a trial", None),
    ],
)
def test_section_of(text: str, rest: str | None) -> None:
    assert section_of(text, WORDS) == rest


@pytest.mark.parametrize(
    ("before", "text", "broken", "expected"),
    [
        ("Twelve adults wore warm socks for", "more.", True, False),
        ("Twelve adults wore warm socks.", "Two itched.", True, False),
        ("Twelve adults wore warm socks.", "Results: Two itched.", False, True),
        ("Twelve adults wore warm socks. The", "Results: Two itched.", True, False),
        ("Twelve adults wore warm socks.", "Keywords: socks", True, True),
        ("Warm socks at night.", "Strumpf A, Socke B.", True, True),
        ("Subject(s) - medicine , feet , socks", "Twelve adults wore socks.", True, True),
        ("DOI: 10.5555/x", "Twelve adults wore socks.", True, True),
    ],
)
def test_parts_lines(before: str, text: str, broken: bool, expected: bool) -> None:
    assert parts_lines(before, text, broken, WORDS) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Socks are warm. Read more", "Socks are warm."),
        ("Socks are warm... [Show more]", "Socks are warm..."),
        ("Socks are warm in three or more", "Socks are warm in three or more"),
        ("Read more", "Read more"),
    ],
)
def test_trim_tail(text: str, expected: str) -> None:
    assert trim_tail(text, WORDS) == expected
