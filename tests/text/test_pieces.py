from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.text import pieces as pure

FAST = compiled("absift.text._pieces")
SHORT = frozenset({"vs", "no", "u.s"})
PARTS = [
    ".",
    "?",
    "!",
    "\n",
    " ",
    "\u00a0",
    ")",
    "]",
    "”",
    "'",
    '"',
    "(",
    "[",
    ",",
    ":",
    "/",
    "\x1c",
]
PARTS += ["A", "B", "x", "é", "É", "ǅ", "vs", "No", "U.S", "1", "Results", "methods"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", ""),
        ("It is. So it is", "It is. |So it is"),
        ("It rose vs. It fell. e.g", "It rose vs. It fell. e.g"),
        ("in the U.S. The trial", "in the U.S. |The trial"),
        ("No. 5 of P. vivax. (P. vivax)", "No. 5 of P. vivax. |(P. vivax)"),
        ("vitamin A. It (A. Vivax)", "vitamin A. |It (A. Vivax)"),
        ("seen.Results: none", "seen.|Results: none"),
        ("of 0.5 mg (why?) no", "of 0.5 mg (why?) no"),
        ('said "no." We\n\nleft', 'said "no." |We\n\n|left'),
    ],
)
def test_pieces(text: str, cut: str) -> None:
    found = pure.pieces(text, 0, SHORT)
    assert "|".join(text[start:end] for start, end in found) == cut


def test_from_an_offset_and_no_more_than_wanted() -> None:
    assert pure.pieces("A. B. C. D.", 3, SHORT, 2) == [(3, 6), (6, 9)]


@pytest.mark.skipif(FAST is None, reason="absift was installed without a compiler")
@given(st.lists(st.sampled_from(PARTS)).map("".join), st.integers(0, 5), st.integers(-1, 3))
def test_both_cut_alike(text: str, start: int, most: int) -> None:
    assert FAST is not None
    start = min(start, len(text))
    assert FAST.pieces(text, start, SHORT, most) == pure.pieces(text, start, SHORT, most)
