from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from absift.text.numbers import (
    Number,
    NumberWords,
    Value,
    find_numbers,
    parse_digits,
    starts_number,
)
from absift.text.tokens import tokenize

Found = list[tuple[str, Value]]


def read(text: str, words: NumberWords) -> Found:
    tokens = tokenize(text)
    return [
        (text[tokens.starts[one.first] : tokens.ends[one.last - 1]], one.value)
        for one in find_numbers(text, tokens, words)
    ]


def only(text: str, words: NumberWords) -> Number:
    (found,) = find_numbers(text, tokenize(text), words)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("007", 7),
        ("1,204", 1204),
        ("1,204,567", 1_204_567),
        ("1,204.5", 1204.5),
        ("1,204·5", 1204.5),
        ("0.5", 0.5),
        (".05", 0.05),
        ("·05", 0.05),
        ("1·5", 1.5),
        ("1∙5", 1.5),
        ("5,3", 5.3),
        ("0,125", 125),
        ("12.0", 12.0),
        ("1204", 1204),
        ("999999999999999", 999_999_999_999_999),
    ],
)
def test_digits(text: str, value: Value) -> None:
    found = parse_digits(text)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "text", ["", ".", "·", "x", "1x", "1.", "1,20,4", "12,34,567", "1.2.3", "-5", "1/2", "9" * 16]
)
def test_no_digits(text: str) -> None:
    assert parse_digits(text) is None


def test_a_row_of_digits_that_no_computer_number_holds_is_a_word(words: NumberWords) -> None:
    assert read("id " + "9" * 5000 + " of 7", words) == [("7", 7)]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("twenty", 20, "words"),
        ("Twenty-one", 21, "words"),
        ("Forty\u2010eight", 48, "words"),
        ("FORTY EIGHT", 48, "words"),
        ("zero", 0, "words"),
        ("one hundred and thirty", 130, "words"),
        ("one-hundred", 100, "words"),
        ("two hundred four", 204, "words"),
        ("fifty-five hundred", 5500, "words"),
        ("two thousand and five", 2005, "words"),
        ("one hundred twenty thousand", 120_000, "words"),
        ("three million two hundred thousand and six", 3_200_006, "words"),
        ("1 204", 1204, "digits"),
        ("121 204", 121204, "digits"),
        ("12 120", 12_120, "digits"),
        ("1\u00a0204", 1204, "digits"),
        ("1\u2009204\u2009567", 1_204_567, "digits"),
        ("121\u202f204", 121_204, "digits"),
        ("12 thousand", 12_000, "digits"),
        ("1.2 million", 1_200_000, "digits"),
        ("1.001 million", 1_001_000, "digits"),
        ("1·15 million", 1_150_000, "digits"),
        ("first", 1, "ordinal"),
        ("4th", 4, "ordinal"),
        ("21st", 21, "ordinal"),
        ("twenty-first", 21, "ordinal"),
        ("one hundred and twenty-fourth", 124, "ordinal"),
    ],
)
def test_spellings(text: str, value: int, kind: str, words: NumberWords) -> None:
    found = only(text, words)
    assert (found.value, found.kind) == (value, kind)
    assert type(found.value) is int
    assert (found.first, found.last) == (0, len(tokenize(text).words))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("group 1 204", [("1", 1), ("204", 204)]),
        ("week 1\u2009204", [("1\u2009204", 1204)]),
        ("121 204 300", [("121", 121), ("204", 204), ("300", 300)]),
        ("5 121 204", [("5 121", 5121), ("204", 204)]),
        ("1 204 567", [("1 204", 1204), ("567", 567)]),
        ("1 20", [("1", 1), ("20", 20)]),
        ("0 120", [("0", 0), ("120", 120)]),
        ("1  204", [("1", 1), ("204", 204)]),
        ("2 120/80", [("2", 2), ("120", 120), ("80", 80)]),
        ("2 120%", [("2", 2), ("120", 120)]),
        ("two and three", [("two", 2), ("three", 3)]),
        ("one or two hundred", [("one", 1), ("two hundred", 200)]),
        ("zero five", [("zero", 0), ("five", 5)]),
        ("twenty zero", [("twenty", 20), ("zero", 0)]),
        ("twenty ten", [("twenty", 20), ("ten", 10)]),
        ("one two", [("one", 1), ("two", 2)]),
        ("one-two", [("one", 1), ("two", 2)]),
        ("sixty-five-year", [("sixty-five", 65)]),
        ("thirty-day", [("thirty", 30)]),
        ("one hundred hundred", [("one hundred", 100)]),
        ("two thousand five thousand", [("two thousand five", 2005)]),
        ("two thousand thousand", [("two thousand", 2000)]),
        ("one thousand two million", [("one thousand two", 1002)]),
        ("one hundred and", [("one hundred", 100)]),
        ("twenty\nfive", [("twenty", 20), ("five", 5)]),
        ("12\nmillion", [("12", 12)]),
        ("hundred", []),
        ("n-th", []),
        ("HbA1c", []),
        (".", []),
        ("", []),
        ("5 th", [("5", 5)]),
        ("5 hundred", [("5", 5)]),
    ],
)
def test_what_is_not_one_number(text: str, found: Found, words: NumberWords) -> None:
    assert read(text, words) == found


@pytest.mark.parametrize(
    ("text", "year"),
    [("1900", True), ("2050", True), ("1899", False), ("2051", False), ("1,999", False)],
)
def test_years(text: str, year: bool, words: NumberWords) -> None:
    assert only(text, words).year is year


def test_no_number_outgrows_what_json_holds(words: NumberWords) -> None:
    assert read("999999999999999 million", words) == [("999999999999999", 999_999_999_999_999)]


BELOW_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
UNITS = BELOW_TWENTY.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(value: int, hyphen: str, joiner: str) -> str:
    """Spell a number out, as English does, or as the United States do without "and"."""
    if value < 20:
        return UNITS[value]
    if value < 100:
        tens, unit = divmod(value, 10)
        return TENS[tens - 2] + (hyphen + UNITS[unit] if unit else "")
    sizes = ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
    size, name = next(pair for pair in sizes if value >= pair[0])
    many, rest = divmod(value, size)
    head = f"{spell(many, hyphen, joiner)} {name}"
    if not rest:
        return head
    return head + (joiner if rest < 100 else " ") + spell(rest, hyphen, joiner)


@given(
    st.one_of(
        st.integers(0, 9_999_999), st.integers(0, 1100), st.integers(0, 99).map(lambda n: n * 1000)
    ),
    st.sampled_from(["-", " ", "\u2010", "–"]),
    st.sampled_from([" and ", " "]),
    st.sampled_from([str, str.capitalize, str.upper]),
)
@example(1_000_001, "-", " and ", str)
@example(110_019, " ", " ", str.upper)
def test_a_number_spelled_out_is_read_back(
    words: NumberWords, value: int, hyphen: str, joiner: str, case: Callable[[str], str]
) -> None:
    text = case(spell(value, hyphen, joiner))
    assert read(f"In {text} patients", words) == [(text, value)]


PARTS = [
    "one", "twenty", "hundred", "thousand", "and", "-", "1", "204", "1.5", "million", "first",
    "x", "\n", "th",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS)))
def test_numbers_do_not_overlap_and_stay_on_a_line(words: NumberWords, parts: list[str]) -> None:
    text = " ".join(parts)
    tokens = tokenize(text)
    free = 0
    for one in find_numbers(text, tokens, words):
        assert free <= one.first < one.last <= len(tokens.words)
        assert "\n" not in text[tokens.starts[one.first] : tokens.ends[one.last - 1]]
        free = one.last


@pytest.mark.parametrize(
    ("word", "starts"),
    [
        ("7", True),
        (".05", True),
        (".", False),
        ("Two", True),
        ("hundred", True),
        ("FIRST", True),
        ("and", False),
        ("x", False),
    ],
)
def test_starts_number(word: str, starts: bool, words: NumberWords) -> None:
    assert starts_number(word, words) is starts


def test_only_the_places_asked_for_are_read(words: NumberWords) -> None:
    text = "2 of 3"
    assert [one.value for one in find_numbers(text, tokenize(text), words, [2])] == [3]
