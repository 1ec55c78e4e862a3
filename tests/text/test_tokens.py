from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from absift.text import tokens
from absift.text.tokens import DASHES, fold, tokenize

BLANKS = " \t\n\r\x0b\x0c\x1c\x85\u00a0\u2002\u2009\u202f\u2028\u3000"
SIGNS = "0129aZé²٣.,·∙⋅%‐–—−+-±/<=>≥'’_()[]{}\x00\u0301\u200b\u200fשא中😀"
# Much of what stands between words and figures, and any character at all beside it.
TEXTS = st.text(
    st.one_of(st.sampled_from(BLANKS + SIGNS), st.characters(exclude_categories=["Cs"]))
)


@given(TEXTS)
@example("")
@example(" \u00a0\n")
@example("a\x00b\u200f😀")
@example("5\u202f000")
def test_each_character_that_is_no_blank_is_in_one_token(text: str) -> None:
    made = tokenize(text)
    assert len(made.words) == len(made.starts) == len(made.ends)
    covered: list[int] = []
    for word, start, end in zip(made.words, made.starts, made.ends, strict=True):
        assert text[start:end] == word != ""
        covered += range(start, end)
    assert covered == [place for place, character in enumerate(text) if not character.isspace()]


# Short and of few characters, so that figures, dates and signs meet in every way.
CLOSE = st.text("ab q03.,;:)(·/+-−<>=_%é²'’\u00a0\n \x1f１", max_size=12)


@pytest.mark.skipif(tokens._COMPILED is None, reason="absift was installed without a compiler")
@given(st.one_of(TEXTS, CLOSE))
@example("q3w 1,204.5 0.5.1 1/2/2003 +/- .05 <=3 5. ")
def test_the_compiled_splitting_is_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_COMPILED", None)
        pure = tokenize(text)
    assert tokenize(text) == pure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("n=120", "n = 120"),
        ("N=1,204;", "N = 1,204 ;"),
        ("12±3.4", "12 ± 3.4"),
        ("12 +/-3.4", "12 +/- 3.4"),
        ("10–15", "10 – 15"),
        ("10-15", "10 - 15"),
        ("1·5", "1·5"),
        ("p<0.001", "p < 0.001"),
        ("P<=.05", "P <= .05"),
        ("≥18", "≥ 18"),
        ("5%–9", "5 % – 9"),
        ("12-week", "12 - week"),
        ("thirty-two", "thirty - two"),
        ("24h", "24 h"),
        ("65to", "65 to"),
        ("OR95%CI", "OR 95 % CI"),
        ("q3w", "q 3 w"),
        ("q21 days", "q 21 days"),
        ("(q13) Q10 d8", "( q13 ) Q10 d8"),
        ("IL6 10%", "IL6 10 %"),
        ("HbA1c", "HbA1c"),
        ("AUC0–12h", "AUC 0 – 12 h"),
        ("T0-T4", "T0 - T4"),
        ("COVID19", "COVID19"),
        ("1,204.5", "1,204.5"),
        ("1,204,567", "1,204,567"),
        ("1,204,56", "1,204 , 56"),
        ("5,3%", "5,3 %"),
        ("12.05.2010", "12.05.2010"),
        ("3/11/2009", "3/11/2009"),
        ("120/240", "120 / 240"),
        ("1.2.3", "1 . 2.3"),
        ("1.23.4", "1 . 23.4"),
        ("patient's", "patient's"),
        ("patients’", "patients ’"),
        ("6.2\u00a0months", "6.2 months"),
        ("(n=7).", "( n = 7 ) ."),
        ("a_b", "a _ b"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_how_a_text_comes_apart(text: str, words: str) -> None:
    assert tokenize(text).words == words.split()


def test_a_letter_before_very_many_digits_and_a_percent_sign_takes_no_time() -> None:
    began = time.perf_counter()
    made = tokenize("a" + "1" * 20_000 + "%")
    assert time.perf_counter() - began < 1
    assert len("".join(made.words)) == 20_002


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Patients", "patients"), ("’S", "'s"), ("％", "%"), ("ÉCOLE", "école"), ("α", "α")],
)
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_all_dashes_are_one() -> None:
    assert {fold(dash) for dash in DASHES} == {"-"}
