from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.rules.regexes import folded, initials

EVERY = frozenset(map(chr, range(128)))


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("abc", "a"),
        ("(?i:ab|c)d", "aAcC"),
        ("x?y", "xy"),
        ("(?:x|y?)z", "xyz"),
        ("[a-c]{0,2}[XY]", "abcXY"),
        ("(?!q)[a-c].*", "abc"),
        ("(?:[+]{2,3})4", "+"),
        ("a?", "a"),
        ("", ""),
    ],
)
def test_initials(pattern: str, first: str) -> None:
    assert initials(pattern) == frozenset(first)


@pytest.mark.parametrize("pattern", [".a", "[^a]b", r"\da", r"[\d]a", "[^a-z]"])
def test_what_may_begin_with_anything(pattern: str) -> None:
    assert initials(pattern) == EVERY


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("(?i:post-?(op|dose))", "(?:post-?(op|dose))"),
        ("(?!(?i:one|two)$)[A-Za-z].*", "(?!(?:one|two)$)[A-Za-z].*"),
        ("(?i:ci)[0-9].*", "(?:ci)[0-9].*"),
        ("(?i:x[a-z]+)", "(?:x[a-z]+)"),
    ],
)
def test_an_expression_for_lower_case(pattern: str, made: str) -> None:
    found = folded(pattern)
    assert found is not None
    assert found.pattern == made


@pytest.mark.parametrize(
    "pattern",
    [
        "abc",
        "(?i:ab)C",
        "(?i:ab)c",
        "(?i:Ab)",
        "(?i:[A-Z]b)",
        "(?i:ab)[a-z]",
        r"(?i:a)\w",
        "(?i:[^a])",
    ],
)
def test_none_where_case_counts_or_may_count(pattern: str) -> None:
    assert folded(pattern) is None


PATTERNS = [
    "(?i:post-?(op|dose)).*",
    "(?!(?i:one|two)$)[A-Za-z].*",
    "(?i:ci)[0-9]?",
    "(?i:[b-d]x?)?7",
]


@given(
    st.sampled_from(PATTERNS),
    st.one_of(
        st.text(st.characters(max_codepoint=127)),
        st.lists(st.sampled_from(["post", "Op", "ONE", "two", "cI", "7", "B", "x"])).map("".join),
    ),
)
def test_both_hold_of_what_an_expression_matches(pattern: str, word: str) -> None:
    lower = folded(pattern)
    assert lower is not None
    matched = re.fullmatch(pattern, word) is not None
    assert (lower.fullmatch(word.lower()) is not None) is matched
    assert not (matched and word) or word[0] in initials(pattern)
