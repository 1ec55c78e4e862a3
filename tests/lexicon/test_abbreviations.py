"""Short forms and what they stand for."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scispacy.abbreviation import find_abbreviation
from spacy.tokens import Doc
from spacy.vocab import Vocab

from absift.lexicon.abbreviations import stands_for

_VOCAB = Vocab()
_LETTERS = st.sampled_from("abAB1-'éİ")


@pytest.mark.parametrize(
    ("short", "words", "expected"),
    [
        ("FN", ["febrile", "neutropenia"], True),
        ("DVT", ["deep", "vein", "thrombosis"], True),
        ("PONV", ["postoperative", "nausea", "and", "vomiting"], True),
        ("CIN", ["nephropathy"], False),
        ("FN", ["neutropenia"], False),
        ("FN", ["severe", "febrile", "neutropenia"], False),
        ("AA", ["acute", "anaemia"], False),
        ("HHF", ["hand", "foot", "fissure"], False),
        ("mild", ["rash"], False),
        ("ABCDEFGHI", ["alpha"], False),
        ("N", ["neutropenia"], False),
    ],
)
def test_a_short_form_stands_for_all_of_its_words(
    short: str, words: list[str], expected: bool
) -> None:
    assert stands_for(short, words) is expected


@given(
    short=st.text(_LETTERS, min_size=2, max_size=4),
    words=st.lists(st.text(_LETTERS, min_size=1, max_size=4), min_size=1, max_size=4),
)
@example(short="AB", words=["a-b", "b"])
@example(short="AA", words=["aa", "aa"])
@example(short="-AB", words=["a", "b"])
@example(short="PD", words=["Parkinson's", "disease"])
@example(short="GB", words=["Guillain", "-", "Barré"])
@example(short="İB", words=["İ", "b"])
def test_the_answers_are_those_of_scispacy(short: str, words: list[str]) -> None:
    doc = Doc(_VOCAB, words=[*words, short])
    _, found = find_abbreviation(doc[: len(words)], doc[len(words) :])
    capitals = sum(letter.isupper() for letter in short) >= 2
    assert stands_for(short, words) is (capitals and found is not None and found.start == 0)
