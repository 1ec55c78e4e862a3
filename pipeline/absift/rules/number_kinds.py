"""What patterns tell numbers by: whole or not, words or digits, a year, above or below a bound."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from absift.text.numbers import YEARS, Number

#: Name of a condition to its sign and its bound: ``NUMBER>=18``.
Conditions = Mapping[str, tuple[str, float]]

# Sizes of numbers of which some are no year, some may be one, some are a time of day.
_SIZES = frozenset(
    {0.0, 1.0, 99.0, 230.0, 1230.0, 1899.0, 1930.0, 1999.0, 2050.0, 2130.0, 123456.0, 1234567.0}
)
_DIGITS = re.compile(r"\d{1,15}(?:\.\d{1,15})?\Z")

_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}


def atoms_of(number: Number, conditions: Conditions) -> set[str]:
    """Give the classes and conditions that hold for a number."""
    if number.kind == "ordinal":
        return {"ORDINAL"}
    held = {"NUMBER", "INTEGER" if isinstance(number.value, int) else "DECIMAL"}
    held.add("WORDS" if number.kind == "words" else "DIGITS")
    if number.year:
        held.add("YEAR")
    for name, (sign, bound) in conditions.items():
        if _COMPARE[sign](number.value, bound):
            held.add(name)
    return held


def kinds_of(words: Iterable[str], conditions: Conditions) -> Iterator[tuple[Number, str]]:
    """Give a number of each kind, with its text: every size that rules ask for, as written.

    Args:
        words: The words that rules name; those of digits are sizes as well.
        conditions: The conditions that rules have.
    """
    named = {float(word) for word in words if _DIGITS.match(word)}
    bounds = {bound for _, bound in conditions.values()} | named | _SIZES
    for value in sorted({near for bound in bounds for near in _around(bound)}):
        whole = int(value) if value.is_integer() else value
        year = whole in YEARS
        written = {str(whole), f"{whole:,}", f"0{whole}", f"{whole} {whole}"}
        if value.is_integer():
            written |= {f"{whole}.0", f"{whole}.0".removeprefix("0")}
        elif value < 1:
            written.add(str(value).replace("0.", "."))
        for form in sorted(written):
            # A whole number with its decimals is a decimal all the same.
            read = value if "." in form else whole
            yield Number(0, 0, read, "digits", year and form == str(whole)), form
        for form in ("#", "qq", f"{whole}qq"):
            for kind in ("words", "ordinal"):
                yield Number(0, 0, whole, kind), form


def _around(bound: float) -> tuple[float, ...]:
    """Give a number with its neighbours, whole and not: on one of them any condition turns."""
    near = (bound - 1, bound - 0.5, bound, bound + 0.5, bound + 1)
    return tuple(value for value in near if value >= 0)
