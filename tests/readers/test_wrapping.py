from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.readers.wrapping import broken_runs, is_open, join, page_width, unwrap

AND = frozenset({"and"})


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("one", "two", "one two"),
        ("one ", " two", "one two"),
        ("double-", "blind", "double-blind"),
        ("pre-", "and post", "pre- and post"),
        ("aged 5 -", "9", "aged 5 - 9"),
        ("COVID-", "19", "COVID-19"),
        ("", "two", "two"),
        ("one", "", "one"),
    ],
)
def test_join(first: str, second: str, expected: str) -> None:
    assert join(first, second, AND) == expected


PARAGRAPH = (
    "Twelve adults wore warm socks for three weeks and cold socks for three more, "
    "and all of them kept a diary of their sleep. Two of the twelve (16.7%) had itching, "
    "which went away when the socks were changed for others. No harm."
)


@pytest.mark.parametrize("width", [45, 60, 72, 80, 100])
def test_a_paragraph_broken_at_a_column_is_put_together(width: int) -> None:
    assert unwrap(textwrap.wrap(PARAGRAPH, width)) == [PARAGRAPH]


@pytest.mark.parametrize("width", [60, 72, 80])
def test_what_stands_around_a_broken_paragraph_stays_apart(width: int) -> None:
    lines = ["A heading", *textwrap.wrap(PARAGRAPH, width), "Keywords: socks"]
    assert unwrap(lines) == ["A heading", PARAGRAPH, "Keywords: socks"]


def test_lines_that_were_ended_on_purpose_stay() -> None:
    lines = [
        "BACKGROUND: Socks warm the feet of adults.",
        "METHODS: Twelve adults wore them for three weeks, and kept a diary of their sleep.",
        "RESULTS: Two had itching.",
        "CONCLUSIONS: Socks are safe.",
    ]
    assert unwrap(lines) == lines


def test_paragraphs_of_one_line_each_stay() -> None:
    assert unwrap([PARAGRAPH, PARAGRAPH]) == [PARAGRAPH, PARAGRAPH]


def test_two_lines_are_a_run_only_where_the_width_is_known() -> None:
    title = textwrap.wrap("Warm Socks at Night in Adults Who Sleep Alone and Like Warm Feet", 45)
    assert len(title) == 2
    assert broken_runs(title) == []
    assert broken_runs(title, 45) == [(0, 1)]


def test_page_width_is_that_of_most_lines() -> None:
    assert page_width([["Menu", "Home"], textwrap.wrap(PARAGRAPH, 60)]) in range(54, 61)
    assert page_width([["Menu", "Home"], [PARAGRAPH]]) is None


@pytest.mark.parametrize(
    ("line", "following", "expected"),
    [
        ("The title of a paper that is about the warm socks of", "adults", True),
        ("The title of a paper that is about the warm socks.", "adults", False),
        ("Short heading", "adults", False),
        ("The title of a paper that is about the warm socks of", "Adults", False),
        ("The socks were worn by the adults in a mean of about", "12 weeks.", True),
    ],
)
def test_is_open(line: str, following: str, expected: bool) -> None:
    assert is_open(line, following) is expected


@given(st.lists(st.text(alphabet="abc -.", max_size=60), max_size=12))
def test_no_letter_is_lost(lines: list[str]) -> None:
    def letters(parts: list[str]) -> str:
        return "".join("".join(parts).split())

    assert letters(unwrap(lines)) == letters(lines)
