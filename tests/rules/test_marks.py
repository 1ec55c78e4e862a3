from __future__ import annotations

import pytest

from absift.rules.marks import Figures, begins_figure
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import NumberWords
from absift.text.tokens import tokenize


def figures() -> Figures:
    vocabulary = Vocabulary({})
    vocabulary.settle()
    words = NumberWords({"one": 1}, {"million": 10**6}, {}, frozenset({"th"}))
    return Figures(vocabulary, words)


@pytest.mark.parametrize(
    ("word", "value", "year"),
    [("7", 7, False), ("1999", 1999, True), ("1,204", 1204, False), ("0.5", 0.5, False)],
)
def test_a_figure_alone(word: str, value: float, year: bool) -> None:
    made = figures()[word]
    assert made is not None
    assert made[:2] == (value, year)
    assert type(made[0]) is type(value)


def test_what_is_no_number() -> None:
    assert figures()["12/5/99"] is None


@pytest.mark.parametrize(
    ("following", "may"),
    [("th", True), ("Million", True), ("204", True), ("20", False), ("patients", False)],
)
def test_what_may_go_on(following: str, may: bool) -> None:
    assert figures().going_on[following] is may


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("of -5%", True),
        ("95%-99", False),
        ("of - 5%", False),
        ("of -\u20095%", True),
        ("(-\u00a05%", True),
        ("-\u00a05%", True),
        ("12 -\u20095%", False),
        ("12%\u2009-\u20095%", False),
        ("grade-\u20095", False),
    ],
)
def test_a_sign_that_begins_a_figure(text: str, begins: bool) -> None:
    tokens = tokenize(text)
    assert begins_figure(text, tokens, tokens.words.index("-")) is begins
