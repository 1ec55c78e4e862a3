from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.records import Record, Span
from absift.records import Warning as Contradiction
from absift.report.highlight import (
    HEADING,
    WARNING,
    Close,
    Mark,
    Open,
    label_names,
    label_order,
    marks_of,
    nested,
    title_length,
)


def drawn(text: str, marks: list[Mark], start: int = 0, end: int | None = None) -> str:
    """Draw marks as tags: ``<a>``, ``<+a>`` where one goes on, ``</+a>`` where it will."""
    out = []
    for item in nested(text, marks, start, end):
        if isinstance(item, str):
            out.append(item)
        elif isinstance(item, Open):
            out.append(f"<{'' if item.first else '+'}{item.mark.kind}>")
        else:
            out.append(f"</{'' if item.last else '+'}{item.mark.kind}>")
    return "".join(out)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], "0123456789"),
        ([(2, 4)], "01<a>23</a>456789"),
        ([(0, 10)], "<a>0123456789</a>"),
        ([(2, 4), (4, 6)], "01<a>23</a><b>45</b>6789"),
        ([(2, 8), (3, 5)], "01<a>2<b>34</b>567</a>89"),
        ([(2, 5), (2, 8)], "01<b><a>234</a>567</b>89"),
        ([(2, 5), (2, 5)], "01<a><b>234</b></a>56789"),
        ([(2, 6), (4, 8)], "01<a>23<b>45</+b></a><+b>67</b>89"),
        ([(1, 4), (2, 6), (3, 5)], "0<a>1<b>2<c>3</+c></+b></a><+b><+c>4</c>5</b>6789"),
        ([(2, 4), (3, 7), (4, 9)], "01<a>2<b>3</+b></a><c><+b>456</b>78</c>9"),
    ],
)
def test_nested(places: list[tuple[int, int]], expected: str) -> None:
    marks = [Mark(start, end, kind) for (start, end), kind in zip(places, "abc", strict=False)]
    assert drawn("0123456789", marks) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 4, "01<a>23</+a>"),
        (4, 10, "<+a>45</a>6789"),
        (3, 5, "<+a>34</+a>"),
        (6, 10, "6789"),
        (0, 2, "01"),
        (3, 3, ""),
    ],
)
def test_nested_in_a_stretch(start: int, end: int, expected: str) -> None:
    assert drawn("0123456789", [Mark(2, 6, "a")], start, end) == expected


PLACES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=7)


@given(PLACES, st.integers(0, 12), st.integers(0, 12))
def test_nested_loses_nothing(places: list[tuple[int, int]], one: int, two: int) -> None:
    text = "abcdefghijkl"
    start, end = sorted((one, two))
    marks = [Mark(low, high, f"k{i}", i) for i, (low, high) in enumerate(places) if low < high]
    stack: list[Mark] = []
    place = start
    firsts: list[Mark] = []
    lasts: list[Mark] = []
    for item in nested(text, marks, start, end):
        if isinstance(item, str):
            assert item
            assert text[place : place + len(item)] == item
            for offset in range(place, place + len(item)):
                inside = {mark for mark in marks if mark.start <= offset < mark.end}
                assert set(stack) == inside
            place += len(item)
        elif isinstance(item, Open):
            stack.append(item.mark)
            firsts += [item.mark] if item.first else []
        else:
            assert isinstance(item, Close)
            assert stack.pop() == item.mark
            lasts += [item.mark] if item.last else []
    assert (place, stack) == (end, [])
    shown = [mark for mark in marks if mark.start < end and mark.end > start]
    by_number = {mark.number: mark for mark in shown}
    begun = [mark.number for mark in shown if mark.start >= start]
    ended = [mark.number for mark in shown if mark.end <= end]
    assert sorted(mark.number for mark in firsts) == begun
    assert sorted(mark.number for mark in lasts) == ended
    assert set(by_number) == {mark.number for mark in shown}


def test_marks_of() -> None:
    record = Record(
        "r",
        "AIMS: 7 of 16\nnot A HEAD: 7",
        spans=(Span(6, 7, "7", "L"), Span(20, 99, "", "L")),
        warnings=(Contradiction("k", "m", ((6, 7), (11, 13), (50, 60)), ""),),
    )
    assert marks_of(record) == [
        Mark(0, 5, HEADING),
        Mark(6, 7, WARNING, 0, 0),
        Mark(11, 13, WARNING, 0, 1),
        Mark(6, 7, "L", 0),
        Mark(20, 27, "L", 1),
    ]


@pytest.mark.parametrize(
    ("title", "text", "length"),
    [
        ("Title", "Title\nbody", 5),
        ("Title", "Title", 5),
        ("Title", "Titles of books\nbody", 0),
        ("Title", "body", 0),
        (None, "body", 0),
        ("", "body", 0),
    ],
)
def test_title_length(title: str | None, text: str, length: int) -> None:
    assert title_length(Record("r", text, title)) == length


def test_labels() -> None:
    assert label_order(["Z_NEW", "DURATION", "A_NEW", "SAMPLE_SIZE", "DURATION"]) == [
        "SAMPLE_SIZE",
        "DURATION",
        "A_NEW",
        "Z_NEW",
    ]
    assert label_names("SAMPLE_SIZE") == ("N", "sample size", "sample sizes")
    assert label_names("Z_NEW") == ("z new", "z new", "z new")
