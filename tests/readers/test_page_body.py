from __future__ import annotations

import pytest

from absift.readers.page_body import (
    Segment,
    best_segment,
    body_text,
    opens_with_title,
    segments_of,
)
from absift.readers.page_lines import Line
from absift.readers.page_words import load_words

WORDS = load_words()
PROSE = "Twelve adults wore warm socks for three weeks, and two of them (16.7%) had itching."
LONG = " ".join([PROSE] * 5)


def _best(*lines: tuple[str, str]) -> list[str]:
    found = best_segment(segments_of([Line(text, kind=kind) for kind, text in lines], WORDS))
    return [line.text for line in found.lines] if found else []


def test_the_segment_under_the_abstract_heading_wins_over_a_longer_one() -> None:
    assert _best(
        ("prose", LONG), ("label", "x"), ("abstract", "Abstract"), ("prose", PROSE * 2)
    ) == [PROSE * 2]


def test_the_longest_wins_without_a_heading() -> None:
    assert _best(("prose", PROSE), ("label", "x"), ("prose", LONG)) == [LONG]


def test_the_full_text_behind_the_abstract_is_left_out() -> None:
    assert _best(
        ("abstract", "Abstract"),
        ("section", "Background"),
        ("prose", LONG),
        ("section", "Introduction"),
        ("prose", LONG * 9),
    ) == ["Background", LONG]


def test_another_papers_abstract_below_is_left_out() -> None:
    assert _best(("prose", LONG), ("citation", "x"), ("authors", "y"), ("prose", LONG + PROSE)) == [
        LONG
    ]


def test_short_lines_under_a_head_belong_to_the_abstract() -> None:
    assert _best(
        ("abstract", "Abstract"),
        ("section", "Methods"),
        ("prose", PROSE),
        ("section", "Trial registration"),
        ("registry", "NCT01234567"),
        ("label", "Keywords"),
    ) == ["Methods", PROSE, "Trial registration", "NCT01234567"]


def test_an_advertisement_does_not_end_an_abstract() -> None:
    lines = [("prose", PROSE), ("furniture", "Advertisement"), ("prose", LONG)]
    assert _best(*lines) == [PROSE, LONG]
    lines[1] = ("furniture", "Recommended by us")
    assert _best(*lines) == [LONG]


def test_no_sentences_no_abstract() -> None:
    assert _best(("other", "Socks"), ("furniture", "Menu")) == []


@pytest.mark.parametrize(
    ("first", "headed", "expected"),
    [
        ("Warm socks at night in adults who sleep alone.", False, True),
        ("Warm socks at night in adults who sleep alone.", True, False),
        ("Methods: Warm socks at night in adults.", False, False),
        ("Socks warm. Feet are cold. Nobody knows why.", False, False),
    ],
)
def test_opens_with_title(first: str, headed: bool, expected: bool) -> None:
    lines = [Line(first, kind="prose"), Line(LONG, kind="prose")]
    assert opens_with_title(Segment(lines, headed=headed)) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([PROSE, PROSE], PROSE),
        ([f"Abstract: {PROSE}"], PROSE),
        ([f"AbstractBackground: {PROSE}"], f"Background: {PROSE}"),
        ([f"{PROSE} Copyright 2008 Nobody, Inc."], PROSE),
        ([f"{PROSE} (C) 2008 Nobody"], PROSE),
        (["Tarn L (2012) Warm socks at night. J Sock 21, 1-8", PROSE], PROSE),
        ([PROSE, "Two of them."], f"{PROSE}\nTwo of them."),
    ],
)  # fmt: skip
def test_body_text(lines: list[str], expected: str) -> None:
    segment = Segment([Line(text, kind="prose") for text in lines])
    assert body_text(segment, "Warm socks at night", WORDS) == expected
