"""Abstracts that are made anew: always the same, never one that was there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure.texts import Variation, load, stream, write

from absift.readers import read
from absift.records import Abstract

TEXTS = (
    "Of 120 patients given zelomide, 14 (11.7%) had nausea in 2012.",
    "Of 80 patients given placebo, 100% slept well for 0.5 to 12 days.",
    "patients given nausea slept placebo placebo",
    "patients given nausea slept placebo placebo",
)


@pytest.fixture
def abstracts() -> list[Abstract]:
    return [
        Abstract.build("a", TEXTS[0], title="A trial of zelomide"),
        Abstract("b", TEXTS[1]),
    ]


def test_only_figures_and_rare_words_change() -> None:
    varied = Variation(TEXTS).vary(TEXTS[0], "1")
    pattern = (
        r"Of [1-9]{3} patients given \w{8}, [1-9]{2} \([1-9]{2}\.[1-9]%\) had nausea in 20\d\d\."
    )
    assert re.fullmatch(pattern, varied)
    assert "zelomide" not in varied


def test_shares_stay_below_a_hundred_and_zeros_stay_in_front() -> None:
    varied = Variation(TEXTS).vary(TEXTS[1], "1")
    assert ", 100% slept" in varied
    assert re.search(r" for 0\.[1-9] to [1-9]{2} days\.", varied)


def test_a_figure_is_the_same_all_over_a_text() -> None:
    first, second = Variation([]).vary("37 of 90 and 37 of 55", "1").split(" and ")
    assert first.split(" of ")[0] == second.split(" of ")[0]


def test_where_no_word_is_rare_the_longest_changes() -> None:
    varied = Variation([TEXTS[2], TEXTS[3]]).vary(TEXTS[2], "1")
    assert varied.endswith(" given nausea slept placebo placebo")
    assert not varied.startswith("patients")


def test_seeds_give_the_same_again_and_others_another() -> None:
    variation, again = Variation(TEXTS), Variation(TEXTS)
    assert variation.vary(TEXTS[0], "1") == again.vary(TEXTS[0], "1")
    assert variation.vary(TEXTS[0], "1") != variation.vary(TEXTS[0], "2")


@given(st.text(), st.integers().map(str))
def test_length_and_all_but_letters_and_digits_stay(text: str, seed: str) -> None:
    varied = Variation([text]).vary(text, seed)
    assert len(varied) == len(text)
    for was, made in zip(text, varied, strict=True):
        assert was == made or (was.isascii() and was.isalpha()) or was.isdecimal()


@given(st.from_regex(r"[A-Za-z]{5,9} [0-9a-z ]*", fullmatch=True), st.integers().map(str))
def test_a_text_with_a_long_word_becomes_another(text: str, seed: str) -> None:
    assert Variation([text]).vary(text, seed) != text


def test_a_stream_holds_no_text_twice_and_begins_with_the_input(abstracts: list[Abstract]) -> None:
    found = list(stream(abstracts, 500))
    assert found[:2] == abstracts
    assert len(found) == 500
    assert len({one.text for one in found}) == 500
    assert len({one.id for one in found}) == 500
    assert found == list(stream(abstracts, 500))


def test_titles_stay_in_front_of_their_texts(abstracts: list[Abstract]) -> None:
    for one in stream(abstracts, 10):
        if one.title:
            assert one.text.startswith(one.title + "\n")


def test_what_is_written_is_read_as_it_was(abstracts: list[Abstract], tmp_path: Path) -> None:
    path = tmp_path / "made.jsonl"
    made = list(stream(abstracts, 6))
    write(made, path)
    assert [(one.id, one.title, one.text) for one in read([path])] == [
        (one.id, one.title, one.text) for one in made
    ]
    assert len(load([path])) == 6
