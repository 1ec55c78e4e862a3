"""The look-up by the compiled part and by Python; what it finds is tested in test_lexicon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.lexicon import walk as pure
from absift.lexicon.entries import Entry
from absift.lexicon.lexicon import Lexicon
from absift.lexicon.walk import Forms

FAST = compiled("absift.lexicon._walk")
NAMES = ["pain", "chest pain", "pain of the chest wall", "MI", "MI of the wall", "wall pain"]
LEXICON = Lexicon(
    [Entry(name, "test", "event", (), "here") for name in NAMES],
    {"folds": [["(?<=[^sui])s$", ""]], "skipped": ["-", "the"]},
)
WORDS = ["pain", "Pains", "chest", "wall", "of", "the", "-", "MI", "mi", "MIs", "It", ".", ""]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("It pains", [(1, 2, "pain")]),
        ("chest pain of the chest", [(0, 2, "chest pain")]),
        ("pain of the chest - wall pain", [(0, 6, "pain of the chest wall"), (6, 7, "pain")]),
        ("mi MI of wall", [(1, 4, "MI of the wall")]),
        ("MIs of MI", [(0, 1, "MI"), (2, 3, "MI")]),
        ("the chest", []),
    ],
)
def test_terms(text: str, found: list[tuple[int, int, str]]) -> None:
    made = pure.terms(text.split(), Forms(LEXICON._form))
    assert [(one.first, one.last, one.entry.term) for one in made] == found


@pytest.mark.skipif(FAST is None, reason="absift was installed without a compiler")
@given(st.lists(st.sampled_from(WORDS)))
def test_both_find_the_same(words: list[str]) -> None:
    assert FAST is not None
    forms = Forms(LEXICON._form)
    assert FAST.terms(words, forms) == pure.terms(words, forms)
