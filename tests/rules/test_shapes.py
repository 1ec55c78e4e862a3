from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.rules.shapes import Shapes

PATTERNS = {
    "SURGERY": "(?i:.{2,}(ectomy|plasty))",
    "TRADE": "(?i:[a-z]{3,}(ologists|icians))",
    "DRUG": "[A-Za-z]+(?:mab|ine|MAB)",
    "ADVERB": ".+ly",
    "CODE": "/?[A-Z]{2}[0-9]",
    "WORD": "(?!(?i:one|two)$)[A-Za-z].*",
    "LOWER": "[a-z]+(?:ine)",
}
SHAPES = Shapes((name, re.compile(pattern)) for name, pattern in PATTERNS.items())


def by_regex(word: str) -> list[str]:
    return sorted(name for name, shape in PATTERNS.items() if re.fullmatch(shape, word))


@pytest.mark.parametrize(
    ("word", "classes"),
    [
        ("splenectomy", ["SURGERY", "WORD"]),
        ("SPLENECTOMY", ["SURGERY", "WORD"]),
        ("yectomy", ["WORD"]),
        ("urologists", ["WORD"]),
        ("neurologists", ["TRADE", "WORD"]),
        ("neu-ologists", ["WORD"]),
        ("xmab", ["DRUG", "WORD"]),
        ("xMab", ["WORD"]),
        ("x1ine", ["WORD"]),
        ("ine", ["WORD"]),
        ("AB1", ["CODE", "WORD"]),
        ("two", []),
        ("sonneurologi\u017fts", ["TRADE", "WORD"]),
        ("", []),
    ],
)
def test_shapes(word: str, classes: list[str]) -> None:
    assert sorted(SHAPES.of(word)) == classes


PARTS = ["ectomy", "Plasty", "ologists", "mab", "MAB", "ine", "ly", "a", "Bb", "7", "-", "é", "two"]


@given(
    st.one_of(
        st.lists(st.sampled_from(PARTS)).map("".join),
        st.text(st.characters(exclude_characters="\n")),
    )
)
def test_a_shape_holds_where_its_regular_expression_matches(word: str) -> None:
    assert sorted(SHAPES.of(word)) == by_regex(word)
