from __future__ import annotations

import pytest

from absift.rules.index import STRIDE, RuleIndex, Wanted

HELD = {"a": frozenset({"A"}), "b": frozenset({"B", "LETTER"}), "c": frozenset({"LETTER"})}


def index(*wanted: Wanted) -> RuleIndex:
    made = RuleIndex(lambda sign: HELD.get(sign, frozenset()))
    assert made.add(len(wanted), lambda: wanted) == 0
    return made


def rules(mask: int) -> list[int]:
    """Give the places of the rules in an answer."""
    return [place for place in range(mask.bit_length()) if mask >> place * STRIDE & 1]


def wants(*needs: str) -> Wanted:
    return Wanted([frozenset(need.split("|")) for need in needs])


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        ("", [3]),
        ("a", [0, 3]),
        ("b", [1, 3]),
        ("c", [1, 3]),
        ("ac", [0, 1, 2, 3]),
        ("ab", [0, 1, 2, 3]),
        ("xyz", [3]),
    ],
)
def test_all_needs_must_be_met(signs: str, found: list[int]) -> None:
    made = index(wants("A"), wants("B|LETTER"), wants("A", "LETTER"), wants())
    assert rules(made.possible(signs)) == found


def test_more_needs_than_there_are_bits_are_let_pass() -> None:
    made = index(wants(*["A"] * STRIDE, "B"))
    assert rules(made.possible("a")) == [0]


def test_sections() -> None:
    made = index(
        Wanted([], sections=["results"]),
        Wanted([], not_sections=["results"]),
        Wanted([]),
    )
    made.possible("")
    assert rules(made.in_section("results")) == [0, 2]
    assert rules(made.in_section("title")) == [1, 2]


@pytest.mark.parametrize(
    ("wanted", "section", "allowed"),
    [
        ({"sections": ["body"]}, "body.methods", True),
        ({"sections": ["body.methods"]}, "body.methods", True),
        ({"sections": ["body.methods"]}, "body.results", False),
        ({"sections": ["body.methods"]}, "body", False),
        ({"sections": ["body.methods"]}, "methods", False),
        ({"sections": ["methods"]}, "body.methods", False),
        ({"not_sections": ["body"]}, "body.methods", False),
        ({"not_sections": ["body.results"]}, "body.methods", True),
        ({"sections": ["body"], "not_sections": ["body.results"]}, "body.results", False),
    ],
)
def test_parts(wanted: dict[str, list[str]], section: str, allowed: bool) -> None:
    assert Wanted([], **wanted).allows(section) is allowed


def test_rules_may_come_later() -> None:
    made = index(wants("A"))
    assert rules(made.possible("a")) == [0]
    assert made.add(1, lambda: [wants("A|B")]) == 1
    assert rules(made.possible("a")) == [0, 1]
    assert rules(made.possible("b")) == [1]
