from __future__ import annotations

import pytest

from absift.rules.ambiguity import MOST_WAYS, is_empty, ways
from absift.rules.notation import parse


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("a", 1),
        ("a b|c", 1),
        ("^ a $", 1),
        ("a{0,5} b", 1),  # the next word tells when to stop
        ("a{0,5} a", 6),
        ("!b{0,5} b", 1),
        ("!b{0,5} c", 6),
        ("ANY{1,3} c", 3),
        ("ANY{1,3} ANY{1,3} c", 9),
        ("( a b? | a c )", 2),
        ("n=( !b{0,3} )", 1),
        ("n=( !b{0,3} ) c", 4),
        ("( , !b{0,3} ){0,2} c", 16),
        ("( a b{0,3} ){0,5} c", 1),
        ("( ( a ){1,20} b ){0,20} c", 1),
        ("( a? ){0,3} b", 1 + 2 + 4 + 8),
    ],
)
def test_ways(pattern: str, count: int) -> None:
    assert ways(parse(pattern)) == count


@pytest.mark.parametrize(
    "pattern",
    [
        "( ( a ){0,20} ){0,20}",
        "( ( a ){1,20} ){1,20} b",
        "( a a{0,20} ){0,20} b",
        "( a? )* b",
        "( ANY{1,5} ){1,20} b",
        "( !b | a a ){1,20} c",
        " ".join(["ANY*"] * 4 + ["b"]),
        "( ( a b? ){1,5} ( c a ){0,5} ){1,20} d",
    ],
)
def test_patterns_that_can_be_read_in_too_many_ways(pattern: str) -> None:
    assert ways(parse(pattern)) > MOST_WAYS


def test_counting_the_worst_pattern_takes_no_time() -> None:
    pattern = "a"
    for _ in range(20):
        pattern = f"( {pattern} ){{0,20}}"
    assert ways(parse(pattern)) == MOST_WAYS + 1


@pytest.mark.parametrize(
    ("pattern", "empty"),
    [
        ("a", False),
        ("a?", True),
        ("a? b", False),
        ("a? b*", True),
        ("^ $", True),
        ("^ a? $", True),
        ("a|b", False),
        ("( a | b? )", True),
        ("n=( a? )", True),
        ("n=a", False),
        ("( a? ){2}", True),
        ("( a b ){0,3}", True),
        ("( a b ){1,3}", False),
    ],
)
def test_a_pattern_that_can_match_without_a_word(pattern: str, empty: bool) -> None:
    assert is_empty(parse(pattern)) is empty
