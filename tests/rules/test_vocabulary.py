from __future__ import annotations

import re

import pytest

from absift.errors import ConfigError
from absift.rules.classes import build_classes
from absift.rules.vocabulary import BOUNDARY, Vocabulary
from absift.text.numbers import Number


def number(value: float, kind: str = "digits", *, year: bool = False) -> Number:
    return Number(0, 1, value, kind, year)


def vocabulary(source: dict[str, list[str]], *names: str) -> Vocabulary:
    made = Vocabulary(build_classes(source, "v.yaml"), labels=("COST",))
    for name in names:
        made.use(name, is_class=name.isupper() or name.startswith("NUMBER"))
    made.settle()
    return made


def test_entries() -> None:
    built = build_classes(
        {
            "UNIT": ["Patient", "blood donor", "=MI", "/[A-Z]{2}[0-9]+/", "on-site"],
            "ANYONE": ["UNIT", "nurse"],
            "ALL": ["ANYONE"],
        },
        "v.yaml",
    )
    unit = built["UNIT"]
    assert unit.words == {"patient"}
    assert unit.phrases == {("blood", "donor"), ("on", "-", "site")}
    assert unit.exact == {"MI"}
    assert [shape.pattern for shape in unit.shapes] == ["[A-Z]{2}[0-9]+"]
    for name in ("ANYONE", "ALL"):
        assert built[name].words == {"patient", "nurse"}
        assert built[name].phrases == unit.phrases
        assert built[name].exact == unit.exact
        assert built[name].shapes == unit.shapes


def test_signs_that_begin_other_entries_are_words_by_themselves() -> None:
    built = build_classes({"SIGN": ["=", "/", "//"]}, "v.yaml")["SIGN"]
    assert (built.words, built.phrases) == ({"=", "/"}, {("/", "/")})


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"A": ["A"]}, "v.yaml: class A holds itself by A"),
        ({"A": ["B"], "B": ["A"]}, "class A holds itself by A > B"),
        ({"A": ["/[/"]}, "v.yaml: class A: /[/: "),
        ({"A": [""]}, "class A has an empty entry"),
        ({"A": [" "]}, "class A has an empty entry"),
        ({"A": "word"}, "class A must be a list, not 'word'"),
        ({"A": None}, "class A must be a list, not None"),
        ({"A": [None]}, "class A: None must be a word"),
        ({"A": [["x"]]}, "must be a word; put it in quotes"),
    ],
)
def test_malformed_classes(source: dict[str, list[str]], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        build_classes(source, "v.yaml")
    assert message in str(caught.value)


def test_words_that_no_rule_tells_apart_share_a_signature() -> None:
    made = vocabulary({"UNIT": ["patient", "man"]}, "UNIT", "was")
    assert made.of_word("patient") == made.of_word("Man") == made.of_word("PATIENT")
    assert made.of_word("was") not in (made.of_word("patient"), made.of_word("other"))
    assert made.of_word("other") == made.of_word("unheard-of")
    assert made.signatures("UNIT") == made.of_word("man")
    assert made.signatures("other") == ""


def test_classes_not_in_use_tell_nothing_apart() -> None:
    made = vocabulary({"UNIT": ["patient"], "OTHER": ["nurse"]}, "UNIT")
    assert made.of_word("nurse") == made.of_word("anything")


def test_a_word_of_two_classes_has_a_signature_of_its_own() -> None:
    made = vocabulary({"A": ["x", "y"], "B": ["y", "z"]}, "A", "B")
    assert set(made.signatures("A")) == {made.of_word("x"), made.of_word("y")}
    assert set(made.signatures("B")) == {made.of_word("z"), made.of_word("y")}


def test_exact_entries_count_in_their_case_only() -> None:
    made = vocabulary({"A": ["=MI"]}, "A")
    assert made.signatures("A") == made.of_word("MI")
    assert made.of_word("mi") == made.of_word("other")


def test_a_shape_must_match_the_whole_token_and_sees_its_case() -> None:
    made = vocabulary({"CODE": ["/[A-Z]{2}[0-9]+/"]}, "CODE")
    assert made.of_word("AB12") in made.signatures("CODE")
    for word in ("ab12", "AB12x", "xAB12"):
        assert made.of_word(word) not in made.signatures("CODE")


def test_words_of_the_class_used_most_are_neighbours() -> None:
    words = ["ape", "bee", "cow", "dog"]
    classes = {"RARE": ["bee", "dog", "eel"], "OFTEN": words}
    made = vocabulary(classes, "RARE", *words, "eel", "fox", "OFTEN", "OFTEN")
    codes = sorted(map(ord, made.signatures("OFTEN")))
    assert codes == list(range(codes[0], codes[0] + len(words)))


def test_a_new_word_form_of_a_shape_is_noted() -> None:
    made = vocabulary({"CODE": ["/[A-Z]+/"], "UNIT": ["patient"]}, "CODE", "UNIT", "was")
    before = made.version
    made.of_word("thing")
    assert made.version in (before, before + 1)
    before = made.version
    made.of_word("THING")
    assert made.signatures("CODE") != ""
    again = made.version
    made.of_word("OTHER")
    assert made.version == again >= before


def test_words_of_a_class_that_comes_into_use_later_count_once_settled() -> None:
    made = vocabulary({"A": ["x"]}, "x")
    assert made.of_word("x") == made.signatures("x")
    made.use("A", is_class=True)
    made.settle()
    assert made.of_word("x") in made.signatures("A")
    assert made.of_word("x") in made.signatures("x")


@pytest.mark.parametrize(
    ("one", "word", "classes"),
    [
        (number(7), "7", {"NUMBER", "INTEGER", "DIGITS"}),
        (number(0.5), "0.5", {"NUMBER", "DECIMAL", "DIGITS"}),
        (number(7, "words"), "seven", {"NUMBER", "INTEGER", "WORDS"}),
        (number(2001, year=True), "2001", {"NUMBER", "INTEGER", "DIGITS", "YEAR", "NUMBER>=50"}),
        (number(50.5), "50.5", {"NUMBER", "DECIMAL", "DIGITS", "NUMBER>=50"}),
        (number(4, "ordinal"), "fourth", {"ORDINAL"}),
    ],
)
def test_classes_of_numbers(one: Number, word: str, classes: set[str]) -> None:
    names = ("NUMBER", "INTEGER", "DECIMAL", "DIGITS", "WORDS", "ORDINAL", "YEAR", "NUMBER>=50")
    made = vocabulary({}, *names)
    sign = made.of_number(one, word)
    assert {name for name in names if sign in made.signatures(name)} == classes


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("NUMBER<=2", {1, 2}),
        ("NUMBER>=2", {2, 3}),
        ("NUMBER<2", {1}),
        ("NUMBER>2", {3}),
        ("NUMBER=2", {2}),
        ("NUMBER!=2", {1, 3}),
    ],
)
def test_conditions(condition: str, holds: set[int]) -> None:
    made = vocabulary({}, condition)
    signs = {value: made.of_number(number(value), str(value)) for value in (1, 2, 3)}
    assert {value for value, sign in signs.items() if sign in made.signatures(condition)} == holds


def test_a_number_is_also_the_word_that_it_is_written_as() -> None:
    made = vocabulary({"GRADE": ["3", "three"]}, "GRADE")
    assert made.of_number(number(3), "3") in made.signatures("GRADE")
    assert made.of_number(number(3, "words"), "Three") in made.signatures("GRADE")
    assert made.of_number(number(4), "4") not in made.signatures("GRADE")


def test_signs_and_labels() -> None:
    made = vocabulary({"DASH": ["-"]}, "DASH", "MINUS", "PLUS")
    minus, plus, label = made.of_sign("−"), made.of_sign("+"), made.of_label("COST")
    assert minus in made.signatures("MINUS")
    assert minus in made.signatures("DASH")
    assert plus in made.signatures("PLUS")
    assert made.signatures("COST") == label
    assert len({minus, plus, label, made.of_word("-")}) == 4


def test_signatures_mean_nothing_in_a_regular_expression_and_are_no_boundary() -> None:
    made = vocabulary({}, *[f"w{place}x" for place in range(2000)])
    signs = [made.of_word(f"w{place}x") for place in range(2000)]
    assert len(set(signs)) == 2000
    assert BOUNDARY not in signs
    assert all(re.escape(sign) == sign for sign in signs)
    assert re.fullmatch(f"[{''.join(signs)}]+", "".join(signs))


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("UNIT", True),
        ("NUMBER", True),
        ("NUMBER>=2", True),
        ("ANY", True),
        ("COST", True),
        ("NOPE", False),
    ],
)
def test_knows(name: str, known: bool) -> None:
    assert vocabulary({"UNIT": ["x"]}).knows(name) is known


def test_an_atom_with_what_its_phrases_hold_and_begin_with() -> None:
    made = vocabulary({"UNIT": ["patient", "blood donor", "very old man"]}, "UNIT", "nurse")
    assert made.parts("UNIT") == {"UNIT", "blood", "donor", "very", "old", "man"}
    assert made.firsts("UNIT") == {"UNIT", "blood", "very"}
    assert made.parts("nurse") == made.firsts("nurse") == {"nurse"}
