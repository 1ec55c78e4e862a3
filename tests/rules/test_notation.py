from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from absift.errors import ConfigError
from absift.rules.notation import (
    MOST_BRACKETS,
    MOST_REPEATS,
    Atom,
    Capture,
    Choice,
    Edge,
    Node,
    Repeat,
    Row,
    atoms,
    captures,
    condition,
    parse,
)

A, B, C, D = (Atom(name) for name in "abcd")
NUMBER, UNIT = Atom("NUMBER"), Atom("UNIT")


@pytest.mark.parametrize(
    ("pattern", "node"),
    [
        ("a", A),
        ("Was", Atom("was")),
        ("UNIT", UNIT),
        ("a b", Row((A, B))),
        ("a|b", Choice((A, B))),
        ("a|UNIT", Choice((A, UNIT))),
        ("!UNIT", Atom("UNIT", negated=True)),
        ("!a|b", Choice((Atom("a", negated=True), B))),
        ("NUMBER>=2", Atom("NUMBER>=2")),
        ("NUMBER!=-2.5", Atom("NUMBER!=-2.5")),
        ("a-b", Row((A, Atom("-"), B))),
        ("a\u2010b", Row((A, Atom("-"), B))),
        ("a|b-c", Choice((A, Row((B, Atom("-"), C))))),
        ("( a b )", Row((A, B))),
        ("( a )", A),
        ("( a b | c d )", Choice((Row((A, B)), Row((C, D))))),
        ("a b | c", Choice((Row((A, B)), C))),
        ("a | b | c", Choice((A, B, C))),
        ("a?", Repeat(A, 0, 1)),
        ("a*", Repeat(A, 0, MOST_REPEATS)),
        ("a+", Repeat(A, 1, MOST_REPEATS)),
        ("a{2}", Repeat(A, 2, 2)),
        ("a{0,3}", Repeat(A, 0, 3)),
        ("a{1,20}", Repeat(A, 1, 20)),
        ("( a b )?", Repeat(Row((A, B)), 0, 1)),
        ("a|b{2}", Repeat(Choice((A, B)), 2, 2)),
        ("^ a $", Row((Edge("^"), A, Edge("$")))),
        ("a|$", Choice((A, Edge("$")))),
        ("n=NUMBER", Capture("n", NUMBER, "n=NUMBER")),
        ("n=a|b", Capture("n", Choice((A, B)), "n=a|b")),
        ("n=( a b )", Capture("n", Row((A, B)), "n=(")),
        ("low_sign=a?", Repeat(Capture("low_sign", A, "low_sign=a"), 0, 1)),
        ("n=( a? )", Capture("n", Repeat(A, 0, 1), "n=(")),
        ("=", Atom("=")),
        ("n =", Row((Atom("n"), Atom("=")))),
        ('"|"', Atom("|")),
        ('"^"', Atom("^")),
        ('"UNIT"', Atom("unit")),
        ('"a b"', Row((A, B))),
        ('"a b"|c', Choice((Row((A, B)), C))),
        ('"?" a', Row((Atom("?"), A))),
        ("(", Atom("(")),
        ("a?b", Row((A, Atom("?"), B))),
        ("  a   b ", Row((A, B))),
        ("HbA1c", Atom("hba1c")),
    ],
)
def test_constructs(pattern: str, node: Node) -> None:
    assert parse(pattern) == node


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("", "expected a word, a CLASS, or '('"),
        ("   ", "expected a word"),
        ("a )", "a ')' without its '('"),
        ("( a", "expected ')'"),
        ("( )", "expected a word"),
        ("n=( a", "expected ')'"),
        ("? a", "expected a word"),
        ("{2} a", "expected a word"),
        ("a? ?", "two repeats in a row"),
        ("a{21}", "n from 1 to 20"),
        ("a{0}", "n from 1 to 20"),
        ("a{5,2}", "m <= n"),
        ("a{x}", "expected a word"),
        ("a{" + "9" * 5000 + "}", "expected a word"),
        ("^{2}", "the edge of a sentence can't be repeated"),
        ("!^ a", "edge of a sentence"),
        ("!a-b", "'!' takes a single token"),
        ("n=a n=b", "the name 'n' is given twice"),
        ("n=a | n=b", "the name 'n' is given twice"),
        ('"" a', "an empty word"),
        ('a "b', "expected a word"),
        ("a |", "expected a word"),
        ("a|", "'|' stands between"),
        ("|a", "'|' stands between"),
        ("| a", "expected a word"),
        ("( " * (MOST_BRACKETS + 1) + "a" + " )" * (MOST_BRACKETS + 1), "more than 20 brackets"),
        ("( " * 10_000, "more than 20 brackets"),
    ],
)
def test_errors_say_what_was_expected_and_quote_the_pattern(pattern: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(pattern)
    assert message in str(caught.value)
    assert repr(pattern) in str(caught.value)


def test_errors_say_where() -> None:
    with pytest.raises(ConfigError, match="near character 7:"):
        parse("one two{ three")


def test_the_deepest_brackets_are_read() -> None:
    assert parse("( " * MOST_BRACKETS + "a" + " )" * MOST_BRACKETS) == A


PIECES = [
    "a", "UNIT", "NUMBER>=2", "n=", "(", ")", "|", "!", "?", "*", "+", "{1,2}", "{", "}",
    "^", "$", '"', " ", " ", "=", "-", "x=(",
]  # fmt: skip


@given(st.one_of(st.lists(st.sampled_from(PIECES)).map("".join), st.text()))
@example("n=(n=( a ) )")
@example("NUMBER>=" + "9" * 400)
@example("\x00")
def test_any_text_is_a_pattern_or_a_config_error(text: str) -> None:
    try:
        node = parse(text)
    except ConfigError:
        return
    assert list(atoms(node)) or "^" in text or "$" in text


@pytest.mark.parametrize(
    ("name", "bound"),
    [
        ("NUMBER>=2", (">=", 2.0)),
        ("NUMBER!=-2.5", ("!=", -2.5)),
        ("NUMBER=0", ("=", 0.0)),
        ("NUMBER", None),
        ("NUMBER>=", None),
        ("UNIT>=2", None),
    ],
)
def test_condition(name: str, bound: tuple[str, float] | None) -> None:
    assert condition(name) == bound


def test_atoms_and_captures_of_a_tree() -> None:
    node = parse("( n=a b? | !c ) m=( d ){2} ^")
    assert [one.name for one in atoms(node)] == ["a", "b", "c", "d"]
    assert [one.name for one in captures(node)] == ["n", "m"]


@pytest.mark.parametrize(
    ("name", "is_class"),
    [("UNIT", True), ("NUMBER>=2", True), ("unit", False), ("Unit", False), ("%", False)],
)
def test_which_names_are_those_of_classes(name: str, is_class: bool) -> None:
    assert Atom(name).is_class is is_class
