from __future__ import annotations

import pytest

from absift.rules.marks import MAY_COUNT, MAY_SIGN, Figures, Marks, begins_figure
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import NumberWords
from absift.text.tokens import tokenize


def figures() -> Figures:
    vocabulary = Vocabulary({})
    vocabulary.settle()
    words = NumberWords(
        {"one": 1}, {"million": 10**6}, {"third": 3}, frozenset({"th"}), frozenset({"and"})
    )
    return Figures(vocabulary, words)


@pytest.mark.parametrize(
    ("word", "value", "kind", "year"),
    [
        ("7", 7, "digits", False),
        ("1999", 1999, "digits", True),
        ("1,204", 1204, "digits", False),
        ("0.5", 0.5, "digits", False),
        ("One", 1, "words", False),
        ("third", 3, "ordinal", False),
    ],
)
def test_a_number_alone(word: str, value: float, kind: str, year: bool) -> None:
    made = figures()[word]
    assert made is not None
    assert (made.value, made.kind, made.year) == (value, kind, year)
    assert type(made.value) is type(value)


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("7", MAY_COUNT),
        (".05", MAY_COUNT),
        ("one", MAY_COUNT),
        ("-", MAY_SIGN),
        (".", ""),
        ("12/5/99", ""),
        ("patients", ""),
    ],
)
def test_what_the_text_around_tells(word: str, mark: str) -> None:
    vocabulary = Vocabulary({})
    vocabulary.settle()
    assert Marks(vocabulary, {"one"})[word] == (mark or vocabulary.of_word(word))


@pytest.mark.parametrize("word", ["12/5/99", "million"])
def test_what_is_no_number_alone(word: str) -> None:
    assert figures()[word] is None


@pytest.mark.parametrize(
    ("word", "following", "may"),
    [
        ("7", "th", True),
        ("7", "Million", True),
        ("7", "204", True),
        ("7", "20", False),
        ("7", "patients", False),
        ("one", "Million", True),
        ("one", "and", True),
        ("one", "–", True),
        ("one", "One", True),
        ("one", "204", False),
        ("one", "patients", False),
    ],
)
def test_what_may_go_on(word: str, following: str, may: bool) -> None:
    made = figures()[word]
    assert made is not None
    assert made.goes_on is not None
    assert made.goes_on[following] is may


def test_nothing_goes_on_with_an_ordinal() -> None:
    made = figures()["third"]
    assert made is not None
    assert made.goes_on is None


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
