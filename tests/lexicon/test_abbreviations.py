"""Short forms and what they stand for."""

from __future__ import annotations

import pytest

from absift.lexicon.abbreviations import stands_for


@pytest.mark.parametrize(
    ("short", "words", "expected"),
    [
        ("FN", ["febrile", "neutropenia"], True),
        ("DVT", ["deep", "vein", "thrombosis"], True),
        ("PONV", ["postoperative", "nausea", "and", "vomiting"], True),
        ("CIN", ["nephropathy"], False),
        ("FN", ["neutropenia"], False),
        ("FN", ["severe", "febrile", "neutropenia"], False),
        ("mild", ["rash"], False),
        ("ABCDEFGHI", ["alpha"], False),
        ("N", ["neutropenia"], False),
    ],
)
def test_a_short_form_stands_for_all_of_its_words(
    short: str, words: list[str], expected: bool
) -> None:
    assert stands_for(short, words) is expected
