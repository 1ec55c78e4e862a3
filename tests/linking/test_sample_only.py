"""The sample of an abstract in which no rule found one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.sample_only import ONLY_RULE, OnlySampleFinder
from absift.records import ADVERSE_EVENT, DURATION, SAMPLE_SIZE
from absift.rules.engine import Finding

_BEHIND = " It was spring. Nobody knew of it. It went on for 3 weeks."


def _found(toolkit: Toolkit, text: str, findings: Sequence[Finding] = ()) -> Finding | None:
    sheet = toolkit.rules.maker.make(text, has_title=False)
    toolkit.linker.patterns.renew()
    sizes = [one for one in findings if one.label == SAMPLE_SIZE]
    begin = len(text) - len("3 weeks.")
    length = Finding(begin, len(text) - 1, DURATION, "given")
    return OnlySampleFinder(toolkit.linker.patterns).find(sheet, [*findings, length], sizes)


def _size(text: str, digits: str, scope: str, unit: str = "participants") -> Finding:
    start = text.index(digits)
    attributes = {"value": int(digits), "scope": scope, "unit": unit}
    return Finding(start, start + len(digits), SAMPLE_SIZE, "given", attributes)


FOUND = {
    "the only one": ("In 32 subjects the pressure fell.", "32", "enrolled"),
    "the largest": ("In 32 women it fell, and in 41 men it rose.", "41", "enrolled"),
    "as an adjective": ("This 14,500-patient trial went well.", "14,500", "enrolled"),
    "with a type in its name": ("In 480 lean type 2 diabetic men it fell.", "480", "enrolled"),
    "with a dash in its name": ("In 16 non-smoking women it fell.", "16", "enrolled"),
    "with an age in its name": (
        "In 33 stout 19- to 44-yr-old people it fell.",
        "33",
        "enrolled",
    ),
    "with a bracket in its name": (
        "In 32 (5 female; 6 old) stout patients it fell.",
        "32",
        "enrolled",
    ),
    "drawn by lot": ("Some 800 patients will be randomised to it.", "800", "randomised"),
    "of all": ("It was better in all of the 57 patients.", "57", "enrolled"),
    "in words": ("In seventy-one adult patients pain was scored.", "seventy-one", "enrolled"),
}


@pytest.mark.parametrize(("text", "words", "stage"), FOUND.values(), ids=list(FOUND))
def test_the_largest_count_of_participants_is_the_sample(
    toolkit: Toolkit, text: str, words: str, stage: str
) -> None:
    found = _found(toolkit, text + _BEHIND)
    assert found is not None
    assert text[found.start : found.end] == words
    assert found.rule == ONLY_RULE
    assert {**found.attributes, "value": 0} == {
        "value": 0, "scope": "total", "stage": stage, "unit": "participants",
    }  # fmt: skip


NOTHING = {
    "outcomes": "In the end 32 patients died.",
    "a bracket without an end": f"In 32 (very {'so ' * 50}) stout patients it fell.",
    "shares": "In the end 32 patients (41%) were older.",
    "a denominator": "Twelve of the 32 patients were older.",
    "a denominator behind a share": "Twelve (38%) of 32 patients were older.",
    "rates": "It was seen once per 100000 inhabitants.",
    "limits": "Trials of at least 32 patients were sought.",
    "plans": "After 12 more than the planned 32 patients it ended.",
    "small ones": "In 4 subjects the pressure fell.",
    "years": "In 1999 patients were few.",
    "other things": "In 32 tubes the pressure fell.",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=list(NOTHING))
def test_other_numbers_are_no_sample(toolkit: Toolkit, text: str) -> None:
    assert _found(toolkit, text + _BEHIND) is None


def test_a_text_of_few_sentences_may_leave_its_sample_out(toolkit: Toolkit) -> None:
    assert _found(toolkit, "In 32 subjects the pressure fell. It was spring.") is None


@pytest.mark.parametrize("scope", ["total", "arm"])
def test_nothing_is_sought_where_there_is_a_sample(toolkit: Toolkit, scope: str) -> None:
    text = "There were 20 of them. In 32 subjects the pressure fell." + _BEHIND
    assert _found(toolkit, text, [_size(text, "20", scope)]) is None


def test_a_text_without_figures_has_no_sample(toolkit: Toolkit) -> None:
    sheet = toolkit.rules.maker.make("In 32 subjects it fell." + _BEHIND, has_title=False)
    assert OnlySampleFinder(toolkit.linker.patterns).find(sheet, [], []) is None


def test_a_sample_is_larger_than_all_parts(toolkit: Toolkit) -> None:
    text = "There were 40 men. In 32 subjects the pressure fell." + _BEHIND
    assert _found(toolkit, text, [_size(text, "40", "subgroup")]) is None
    text = text.replace("40", "20")
    assert _found(toolkit, text, [_size(text, "20", "subgroup")]) is not None


def test_samples_of_other_units_are_none_of_participants(toolkit: Toolkit) -> None:
    text = "There were 40 eyes. In 32 subjects the pressure fell." + _BEHIND
    assert _found(toolkit, text, [_size(text, "40", "total", "other")]) is not None


def test_a_sentence_about_harms_counts_who_had_them(toolkit: Toolkit) -> None:
    text = "In 32 subjects there was a rash." + _BEHIND
    start = text.index("rash")
    assert _found(toolkit, text, [Finding(start, start + 4, ADVERSE_EVENT, "given")]) is None
