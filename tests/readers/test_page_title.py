from __future__ import annotations

import pytest

from absift.readers.page_body import Segment
from absift.readers.page_lines import Line
from absift.readers.page_title import find_title, strip_site
from absift.readers.page_words import load_words

WORDS = load_words()
TITLE = "Warm socks at night in adults"
BODY = Line("Twelve adults wore warm socks for three weeks.", kind="prose")


def _title(*lines: Line, journal: str | None = None) -> str | None:
    return find_title([*lines], Segment([BODY]), journal, WORDS)[0]


def test_a_line_above_authors_beats_one_that_is_not() -> None:
    assert (
        _title(
            Line("The home of all socks", kind="other"),
            Line("Feet", kind="other"),
            Line(TITLE, kind="other"),
            Line("Strumpf A", kind="authors"),
            BODY,
        )
        == TITLE
    )


def test_a_heading_beats_a_line_above_authors() -> None:
    lines = [
        Line(TITLE, kind="other", heading=True),
        Line("The home of all socks", kind="other"),
        Line("Strumpf A", kind="authors"),
    ]
    assert _title(*lines, BODY) == TITLE


@pytest.mark.parametrize(
    "line",
    [
        Line("Socks", kind="other"),
        Line("Warm socks at night in adults:", kind="other"),
        Line("Write to a.strumpf@socks.example for socks", kind="other"),
        Line("Journal of Warm Socks and Feet", kind="other"),
        Line("Warm socks " * 30, kind="other"),
        Line("Strumpf A, Socke B, Tarn C, Beck D, Vale E", kind="authors"),
    ],
)
def test_lines_that_are_no_titles(line: Line) -> None:
    assert _title(line, BODY, journal="Journal of Warm Socks and Feet") is None


def test_a_plain_line_below_the_abstract_is_no_title() -> None:
    assert _title(BODY, Line(TITLE, kind="other")) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{TITLE} - PubMed", TITLE),
        (f"{TITLE} | Clove | Notown Medicine", TITLE),
        (f"{TITLE} - a trial", f"{TITLE} - a trial"),
    ],
)
def test_strip_site(text: str, expected: str) -> None:
    assert strip_site(text, WORDS) == expected
