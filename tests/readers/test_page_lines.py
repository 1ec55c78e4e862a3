from __future__ import annotations

import pytest

from absift.readers.page_lines import clean_line, is_prose, page_lines, sentences_in, shape
from absift.readers.page_words import load_words


@pytest.mark.parametrize(
    ("raw", "text", "heading", "bullet", "links"),
    [
        ("### **Warm socks.**", "Warm socks.", True, False, 0),
        ("**Warm socks**", "Warm socks", True, False, 0),
        ("**Warm** socks", "Warm socks", False, False, 0),
        ("  • Anna Strumpf", "Anna Strumpf", False, True, 0),
        ("- 1 March 2003", "1 March 2003", False, True, 0),
        ("[Home](/) | [Help](#h)", "Home | Help", False, False, 2),
        ("![logo](x.png)", "", False, False, 0),
        ("[PM](15 patients) and [DM]", "[PM](15 patients) and [DM]", False, False, 0),
        ("| DOI | 10.5555/x |", "DOI | 10.5555/x", False, False, 0),
        ("Imaginary Travel ◽", "Imaginary Travel", False, False, 0),
        ("a \\[b\\] 1\\. c", "a [b] 1. c", False, False, 0),
        ("x<sup>2</sup> &lt; 5&nbsp;%", "x2 < 5\u00a0%", False, False, 0),
        ("p < 0.05 and n > 5 & more; AT&T", "p < 0.05 and n > 5 & more; AT&T", False, False, 0),
        ("HLA-B*27 and B*35, 2*3", "HLA-B*27 and B*35, 2*3", False, False, 0),
        ("*P* and _n_ of snake_case_word", "P and n of snake_case_word", False, False, 0),
    ],
)
def test_clean_line(raw: str, text: str, heading: bool, bullet: bool, links: int) -> None:
    line = clean_line(raw.strip())
    assert (line.text, line.heading, line.bullet, line.links) == (text, heading, bullet, links)


def test_page_lines_drops_rules_and_marks_gaps() -> None:
    text = "One\n---\nTwo\r\n\r\nThree<br>Four\n> Five"
    lines = page_lines(text, load_words(), lambda before, line, broken: False)
    assert [(line.text, line.gap) for line in lines] == [
        ("One", False),
        ("Two", True),
        ("Three", True),
        ("Four", False),
        ("Five", False),
    ]


def test_shape() -> None:
    assert shape("Strumpf A, Socke B") == (4, 0.0, 0.25)
    assert shape("warm socks (at) Night")[1] == 0.75
    assert shape("") == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Twelve adults wore warm socks for three weeks.", True),
        ("Twelve adults wore warm socks for three weeks", False),
        ("They did.", False),
        ("Department of Feet, University of Toes, Toe City, Freeland, North.", False),
        ("socks , feet , toes , cold , warm , wool , sleep , night.", False),
    ],
)
def test_is_prose(text: str, expected: bool) -> None:
    assert is_prose(text) is expected


@pytest.mark.parametrize(
    ("text", "count"), [("One. Two (2). Three", 2), ("One sentence.", 1), ("e.g. none", 0)]
)
def test_sentences_in(text: str, count: int) -> None:
    assert sentences_in(text) == count
