from __future__ import annotations

import pytest

from absift.errors import ConfigError
from absift.rules.layout import SheetMaker
from absift.rules.normalise import Normalisers
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import NumberWords
from absift.text.sections import SectionFinder

TABLES = {
    "unit": {"hour": ["hour", "hrs", "=H"], "week": ["week", "per week"]},
    "grade_figure": {"2": ["2", "=II", "two"], "3": ["3", "=III", "three"], "4": ["4", "=IV"]},
}


@pytest.fixture(scope="module")
def normalisers() -> Normalisers:
    return Normalisers(TABLES)


def sheet_of(text: str) -> Sheet:
    words = NumberWords({"two": 2, "three": 3}, {"hundred": 100})
    return SheetMaker(Vocabulary({}), words, SectionFinder({"results": ["results"]}, [])).make(text)


def value(normalisers: Normalisers, name: str, text: str) -> object:
    # The items of the text stand between two boundaries.
    sheet = sheet_of(text)
    return normalisers.get(name, "here")(sheet, 1, len(sheet.signs) - 1)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("number", "12", 12),
        ("number", "12.0", 12),
        ("number", "12.5", 12.5),
        ("number", "two hundred", 200),
        ("number", "about 7 of 9", 7),
        ("number", "none", None),
        ("number", "d8", 8),
        ("number", "IL6", None),
        ("text", "Per  Week", "Per  Week"),
        ("true", "x", True),
        ("unit", "Hrs", "hour"),
        ("unit", "H", "hour"),
        ("unit", "h", "h"),
        ("unit", "per week", "week"),
        ("unit", "fortnight", "fortnight"),
        ("grade", "3", "3"),
        ("grade", "III", "3"),
        ("grade", "three", "3"),
        ("grade", "iii", None),
        ("grade", "2-4", "2-4"),
        ("grade", "2 or 3 or 4", "2-4"),
        ("grade", "II/IV", "2-4"),
        ("grade", "≥3", ">=3"),
        ("grade", ">= 3", ">=3"),
        ("grade", "3 or higher", ">=3"),
        ("grade", ">2", ">2"),
        ("grade", "≤ 2", "<=2"),
        ("grade", "<3", "<3"),
        ("grade", "mild", None),
        ("grade", "7", None),
    ],
)
def test_values(normalisers: Normalisers, name: str, text: str, wanted: object) -> None:
    found = value(normalisers, name, text)
    assert found == wanted
    assert type(found) is type(wanted)


def test_nothing_captured(normalisers: Normalisers) -> None:
    sheet = sheet_of("7 x")
    assert normalisers.get("true", "here")(sheet, 1, 1) is False
    assert normalisers.get("number", "here")(sheet, 1, 1) is None


def test_an_unknown_normaliser(normalisers: Normalisers) -> None:
    with pytest.raises(ConfigError) as caught:
        normalisers.get("colour", "label COST")
    assert str(caught.value) == (
        "label COST: unknown normaliser 'colour'; "
        "known are grade, grade_figure, number, text, true, unit"
    )
