"""Sheets by the compiled part and by Python; what they hold is tested in test_sheet."""

from __future__ import annotations

from types import ModuleType
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.rules import arrange, layout, sheet
from absift.rules.classes import build_classes
from absift.rules.layout import SheetMaker
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import Vocabulary
from absift.text.numbers import NumberWords
from absift.text.sections import SectionFinder

FAST = compiled("absift.rules._arrange")
VOCABULARY = Vocabulary(build_classes({"UNIT": ["patients"]}, "v.yaml"), labels=("COST", "TIME"))
VOCABULARY.use("UNIT", is_class=True)
VOCABULARY.use("MINUS", is_class=True)
VOCABULARY.settle()
SIGNS = [VOCABULARY.of_label(label) for label in ("COST", "TIME")]
MAKER = SheetMaker(
    VOCABULARY,
    NumberWords(
        {"one": 1, "twenty": 20, "five": 5},
        {"hundred": 100},
        {"first": 1},
        joiners=frozenset({"and"}),
    ),
    SectionFinder({"results": ["results"], "methods": ["methods"]}, ["vs"]),
)
WORDS = ["Results:", "patients", "one", "Twenty", "hundred", "and", "first", "5", "204", "1,204"]
WORDS += ["0.5", "-", "+", "%", ".", "vs.", "(", "\n", "\u2009", "12/5/99", "It", ""]


def held(made: Sheet) -> tuple[object, ...]:
    return made.signs, made.starts, made.ends, made.items, made.ranges, made.numbers


def with_(how: ModuleType, text: str, spans: list[list[tuple[int, int, str]]]) -> list[object]:
    """Give a sheet and those made of it by making spans single items, one after the other."""
    with patch.object(layout, "_ARRANGE", how), patch.object(sheet, "_ARRANGE", how):
        made = [MAKER.make(text, has_title=False)]
        for each in spans:
            made.append(made[-1].collapse(each))
        return [(held(one), [one.within(item) for item in range(len(one.starts))]) for one in made]


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, int, str]]]]:
    text = draw(st.sampled_from(["", " "])).join(draw(st.lists(st.sampled_from(WORDS))))
    offsets = st.integers(0, len(text))
    span = st.tuples(offsets, offsets, st.sampled_from(SIGNS))
    return text, draw(st.lists(st.lists(span, max_size=4), max_size=2))


@pytest.mark.skipif(FAST is None, reason="absift was installed without a compiler")
@given(cases())
def test_both_give_the_same_sheets(case: tuple[str, list[list[tuple[int, int, str]]]]) -> None:
    assert FAST is not None
    assert with_(FAST, *case) == with_(arrange, *case)
