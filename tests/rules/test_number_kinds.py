from __future__ import annotations

import pytest

from absift.rules.number_kinds import Conditions, atoms_of, kinds_of
from absift.text.numbers import Number

BOUNDS: Conditions = {"NUMBER>=18": (">=", 18.0), "NUMBER<2": ("<", 2.0)}


@pytest.mark.parametrize(
    ("number", "atoms"),
    [
        (Number(0, 2, 18, "digits"), {"NUMBER", "INTEGER", "DIGITS", "NUMBER>=18"}),
        (Number(0, 3, 1.5, "digits"), {"NUMBER", "DECIMAL", "DIGITS", "NUMBER<2"}),
        (Number(0, 4, 17, "words"), {"NUMBER", "INTEGER", "WORDS"}),
        (
            Number(0, 4, 1987, "digits", True),
            {"NUMBER", "INTEGER", "DIGITS", "YEAR", "NUMBER>=18"},
        ),
        # "The third" is no number of anything.
        (Number(0, 3, 20, "ordinal"), {"ORDINAL"}),
    ],
)
def test_what_holds_for_a_number(number: Number, atoms: set[str]) -> None:
    assert atoms_of(number, BOUNDS) == atoms


def test_numbers_of_all_kinds_are_on_both_sides_of_each_bound() -> None:
    made = list(kinds_of(["7", "men"], BOUNDS))
    values = {number.value for number, _ in made if number.kind == "digits"}
    assert {17, 17.5, 18, 18.5, 19, 1, 1.5, 2, 2.5, 3, 6, 6.5, 7, 7.5, 8} <= values
    assert {number.kind for number, _ in made} == {"digits", "words", "ordinal"}
    forms = {form for number, form in made if number.value == 1230 and number.kind == "digits"}
    assert forms == {"1230", "1,230", "01230", "1230 1230", "1230.0"}
