from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.text import cues as pure
from absift.text.cues import Cues, Inside
from absift.text.tokens import tokenize

FAST = compiled("absift.text._cues")
CUES = Cues(
    [
        {2: ["we aimed", "aimed to find", "^ to"], 1: ["aim"]},
        {1: ["were randomised", "^ to", "%"], -1: ["aim"]},
        {3: ["in conclusion", "$", "so $"]},
    ]
)
WORDS = [
    "We",
    "aimed",
    "to",
    "find",
    "aim",
    "were",
    "randomised",
    "5%",
    "In",
    "conclusion",
    "so",
    "tabulin",
    "tabulin-aim",
    ",",
]


@pytest.mark.parametrize(
    ("text", "last", "sums"),
    [
        ("", False, [0, 0, 0]),
        ("We aimed to find", False, [4, 0, 0]),
        ("To find the aim, an aim", False, [3, 0, 0]),
        ("5% were 9% randomised", False, [0, 1, 0]),
        ("5% were randomised", False, [0, 2, 0]),
        ("In conclusion, so", True, [0, 0, 9]),
        ("so they were", True, [0, 0, 3]),
        ("We aimed to", False, [2, 0, 0]),
        ("Tabulin aimed to, to find; aimed to find", False, [2, 0, 0]),
        ("We tabulin aimed at the aim", False, [1, -1, 0]),
    ],
)
def test_sums(text: str, last: bool, sums: list[int]) -> None:
    assert pure.tell(CUES, Inside(CUES), tokenize(text).words, last) == sums


def test_of_words_in_no_cue_their_number_alone_is_remembered() -> None:
    inside = Inside(CUES)
    assert inside["tabulin"] is inside["Meditol"] == ([""], None)
    assert inside["tabulin-aim"] == (["", "aim"], [None, CUES.begun["aim"]])


def test_what_is_remembered_stays_bounded() -> None:
    inside = Inside(CUES)
    for word in map(str, range(60_001)):
        assert inside[word] == ([], None)
    inside.bound()
    assert not inside


@pytest.mark.skipif(FAST is None, reason="absift was installed without a compiler")
@given(st.lists(st.sampled_from(WORDS)), st.booleans())
def test_both_tell_alike(words: list[str], last: bool) -> None:
    assert FAST is not None
    assert FAST.tell(CUES, Inside(CUES), words, last) == pure.tell(CUES, Inside(CUES), words, last)
