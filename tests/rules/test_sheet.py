from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from absift.rules.classes import build_classes
from absift.rules.layout import SheetMaker
from absift.rules.sheet import Sheet
from absift.rules.vocabulary import BOUNDARY, Vocabulary
from absift.text.numbers import NumberWords
from absift.text.parts import PartGuesser
from absift.text.sections import SectionFinder
from absift.text.tokens import tokenize

VOCABULARY = Vocabulary(build_classes({"UNIT": ["patients"]}, "v.yaml"), labels=("COST", "TIME"))
VOCABULARY.use("UNIT", is_class=True)
VOCABULARY.use("MINUS", is_class=True)
VOCABULARY.settle()
COST, TIME = VOCABULARY.of_label("COST"), VOCABULARY.of_label("TIME")
MAKER = SheetMaker(
    VOCABULARY,
    NumberWords({"one": 1, "two": 2, "twenty": 20, "five": 5}, {"hundred": 100}, {"first": 1}),
    SectionFinder({"results": ["results"], "methods": ["methods"]}, ["vs"]),
    PartGuesser({"methods": {1: ["recorded"]}, "results": {1: ["fell"]}}),
)


def items(sheet: Sheet) -> list[str]:
    """Give the text of each item, a bar for the edge of a sentence."""
    return [
        "|" if sign == BOUNDARY else sheet.text[start:end]
        for sign, start, end in zip(sheet.signs, sheet.starts, sheet.ends, strict=True)
    ]


def numbers(sheet: Sheet) -> dict[str, float]:
    return {items(sheet)[item]: one.value for item, one in sheet.numbers.items()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "|"),
        (" \n ", "|"),
        ("It is.", "| It is . |"),
        ("It is. So it is", "| It is . | So it is |"),
        ("Results: ten. Two hundred came", "| Results : | ten . | Two_hundred came |"),
        ("about 1\u00a0204 mg", "| about 1\u00a0204 mg |"),
        ("in twenty\nFive patients", "| in twenty | Five patients |"),
        ("n=7", "| n = 7 |"),
        ("a\n\n\nb", "| a | b |"),
    ],
)
def test_items(text: str, found: str) -> None:
    got = [one.replace(" ", "_") for one in items(MAKER.make(text, has_title=False))]
    assert got == found.split(" ")


def test_numbers_are_single_items_that_know_their_value() -> None:
    sheet = MAKER.make("In two hundred five of 12.5 first ONE or Twenty-Five")
    values = {"two hundred five": 205, "12.5": 12.5, "first": 1, "ONE": 1, "Twenty-Five": 25}
    assert numbers(sheet) == values


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("of -5 mg", ["-"]),
        ("of −5 mg", ["−"]),
        ("(+5)", ["+"]),
        ("-5", ["-"]),
        ("3-5 mg", []),
        ("3 - 5 mg", []),
        ("week-5", []),
        ("5%-7%", []),
        ("(3)-5", []),
        ("a - b", []),
    ],
)
def test_dashes_and_pluses_that_begin_a_figure(text: str, signs: list[str]) -> None:
    sheet = MAKER.make(text)
    marks = {VOCABULARY.of_sign("-"), VOCABULARY.of_sign("+")}
    found = [one for one, sign in zip(items(sheet), sheet.signs, strict=True) if sign in marks]
    assert found == signs


def test_sections_and_sentences_of_items() -> None:
    sheet = MAKER.make("Tea trial\nMethods: we gave tea. Results: ten came.")
    places = {word: place for place, word in enumerate(items(sheet)) if word != "|"}
    sections = {word: sheet.section(places[word]) for word in ("Tea", "gave", "Results", "came")}
    assert sections == {"Tea": "title", "gave": "methods", "Results": "results", "came": "results"}
    first, last = sheet.sentence(places["gave"])
    assert items(sheet)[first:last] == ["we", "gave", "tea", "."]
    assert sheet.sentence(first) == sheet.sentence(last - 1) == (first, last)


def test_item_at() -> None:
    sheet = MAKER.make("We saw. It rose")
    assert items(sheet)[sheet.item_at(0)] == "We"
    assert items(sheet)[sheet.item_at(1)] == "We"
    assert items(sheet)[sheet.item_at(2)] == "saw"
    assert items(sheet)[sheet.item_at(8)] == "It"
    assert items(sheet)[sheet.item_at(9)] == "It"


TEXT = "It took 5 weeks in two hundred. They paid 7 euro."


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([], "| It took 5 weeks in two_hundred . | They paid 7 euro . |"),
        (["5 weeks"], "| It took <5_weeks> in two_hundred . | They paid 7 euro . |"),
        (["7", "5 weeks"], "| It took <5_weeks> in two_hundred . | They paid <7> euro . |"),
        (["took 5", "weeks"], "| It <took_5> <weeks> in two_hundred . | They paid 7 euro . |"),
        (["5 weeks", "5 weeks in"], "| It took <5_weeks_in> two_hundred . | They paid 7 euro . |"),
        (["took 5", "5 weeks"], "| It <took_5> weeks in two_hundred . | They paid 7 euro . |"),
        (["hundred"], "| It took 5 weeks in two_hundred . | They paid 7 euro . |"),
        (["wee"], "| It took 5 weeks in two_hundred . | They paid 7 euro . |"),
        (["two hundred. They"], "| It took 5 weeks in <two_hundred._They> paid 7 euro . |"),
        (["two hundred."], "| It took 5 weeks in <two_hundred.> | They paid 7 euro . |"),
        (["They"], "| It took 5 weeks in two_hundred . | <They> paid 7 euro . |"),
        (["5 "], "| It took 5 weeks in two_hundred . | They paid 7 euro . |"),
        ([""], "| It took 5 weeks in two_hundred . | They paid 7 euro . |"),
    ],
)  # fmt: skip
def test_collapse(spans: list[str], found: str) -> None:
    sheet = MAKER.make(TEXT).collapse([(*place(one), COST) for one in spans])
    got = [
        f"<{one}>" if sign == COST else one
        for one, sign in zip(items(sheet), sheet.signs, strict=True)
    ]
    assert [one.replace(" ", "_") for one in got] == found.split(" ")


def test_numbers_keep_their_places_and_those_in_spans_are_gone() -> None:
    sheet = MAKER.make(TEXT).collapse([(*place("5 weeks"), COST)])
    assert numbers(sheet) == {"two hundred": 200, "7": 7}
    whole = MAKER.make(TEXT).collapse([(*place("7"), COST)])
    assert numbers(whole) == {"5": 5, "two hundred": 200}


def test_a_sheet_collapses_further_for_another_label() -> None:
    sheet = MAKER.make(TEXT).collapse([(*place("5 weeks"), TIME)])
    sheet = sheet.collapse([(*place("7"), COST)])
    assert [one for one, sign in zip(items(sheet), sheet.signs, strict=True) if sign == TIME] == [
        "5 weeks"
    ]
    assert [one for one, sign in zip(items(sheet), sheet.signs, strict=True) if sign == COST] == [
        "7"
    ]


def test_what_a_span_was_before_it_became_an_item() -> None:
    base = MAKER.make(TEXT)
    first, last = base.item_at(place("5 weeks")[0]), base.item_at(place("5 weeks")[1] - 1)
    sheet = base.collapse([(*place("5 weeks"), TIME)]).collapse([(*place("7"), COST)])
    was = BOUNDARY + base.signs[first : last + 1] + BOUNDARY
    assert sheet.within(sheet.signs.index(TIME)) == was
    other = sheet.item_at(0)
    assert sheet.within(other) == BOUNDARY + base.signs[base.item_at(0)] + BOUNDARY


PARTS = ["a", "patients", "two", "hundred", "7", "-", ". B", "\n", "Results:", " "]
TEXTS = st.lists(st.sampled_from(PARTS)).map(" ".join)
RANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from([COST, TIME])))


@given(st.one_of(TEXTS, st.text()), RANGES)
@example("two hundred 7", [(0, 11, COST), (0, 3, TIME)])
def test_laws_of_sheets(text: str, ranges: list[tuple[int, int, str]]) -> None:
    sheet = MAKER.make(text)
    assert len(sheet.signs) == len(sheet.starts) == len(sheet.ends)
    assert sheet.signs.endswith(BOUNDARY)
    spans = [(start, min(start + length, len(text)), sign) for start, length, sign in ranges]
    made = sheet.collapse(spans)
    for one in (sheet, made):
        cells = zip(one.signs, one.starts, one.ends, strict=True)
        real = [(start, end) for sign, start, end in cells if sign != BOUNDARY]
        # Items are in order and together hold each token whole, in its very characters.
        assert all(left[1] <= right[0] for left, right in pairwise(real))
        held = [place for a, b in real for place in range(a, b) if not text[place].isspace()]
        assert held == [place for place, sign in enumerate(text) if not sign.isspace()]
        for item, number in one.numbers.items():
            assert one.signs[item] == VOCABULARY.of_number(number, items(one)[item])
    assert made.text == text
    again = made.collapse(spans)
    assert (again.signs, again.starts, again.ends) == (made.signs, made.starts, made.ends)
    assert again.numbers == made.numbers


def test_tokens_that_are_known_already_are_taken() -> None:
    text = "n=7"
    assert items(MAKER.make(text, tokens=tokenize(text))) == ["|", "n", "=", "7", "|"]


def parts(sheet: Sheet) -> list[str]:
    return [sheet.part(begin) for begin, _ in sheet.ranges]


def test_parts_are_guessed_under_no_head_and_the_section_stays() -> None:
    sheet = MAKER.make("Falls were recorded. Five fell. Methods: They fell.", has_title=False)
    assert parts(sheet) == ["body.methods", "body.results", "methods", "methods"]
    assert sheet.sections == ["body", "body", "methods", "methods"]
    start = sheet.text.index("were recorded")
    made = sheet.collapse([(start, start + 13, COST)])
    assert (parts(made), made.sections) == (parts(sheet), sheet.sections)


def test_parts_of_a_sheet_that_was_collapsed_first() -> None:
    sheet = MAKER.make("Falls were recorded. Five fell.", has_title=False)
    assert parts(sheet.collapse([(0, 5, COST)])) == ["body.methods", "body.results"]


def test_parts_are_guessed_once_for_all_sheets_of_an_abstract(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    guess = PartGuesser.guess

    def counted(self: PartGuesser, text: str, *others: object) -> list[str]:
        asked.append(text)
        return guess(self, text, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(PartGuesser, "guess", counted)
    text = "It was recorded. It fell to 5."
    base = MAKER.make(text, has_title=False)
    made = [base.collapse([(28, 29, sign)]) for sign in (COST, TIME)]
    assert [one.part(1) for one in (*made, base)] == ["body.methods"] * 3
    assert asked == [text]
