from __future__ import annotations

import pytest

from absift.readers.page_names import looks_like_names, parse_names
from absift.readers.page_words import load_words

WORDS = load_words()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn LK, Beck O, Vale P.", ["Tarn LK", "Beck O", "Vale P"]),
        ("Lena K Tarn 1, Otto Beck 2 3, P van Vale 1", ["Lena K Tarn", "Otto Beck", "P van Vale"]),
        ("Tarn E, Beck I, Vale Y.", ["Tarn E", "Beck I", "Vale Y"]),
        ("Tarn, L. K., Beck, O.", ["Tarn L. K.", "Beck O."]),
        ("Tarn, Lena; Beck, Otto", ["Tarn, Lena", "Beck, Otto"]),
        ("Tarn L(1), Beck O(1)(2).", ["Tarn L", "Beck O"]),
        ("Lena Tarn, MD, PhD; Otto Beck, MSc", ["Lena Tarn", "Otto Beck"]),
        ("Lena Tarn MD, Otto Beck RN, PhD", ["Lena Tarn", "Otto Beck"]),
        ("Lena Tarn1,2, Otto Beck2 & Paula Vale*", ["Lena Tarn", "Otto Beck", "Paula Vale"]),
        ("L. Tarn and O. Beck", ["L. Tarn", "O. Beck"]),
        ("Jean-Luc D'Arc, Zoë O'Neil, et al.", ["Jean-Luc D'Arc", "Zoë O'Neil"]),
        ("Bounce T.,", ["Bounce T."]),
        ("Bounce J.D.,", ["Bounce J.D."]),
        ("Fritz Sohle, M Strand, +2 authors, Jo Sand", ["Fritz Sohle", "M Strand", "Jo Sand"]),
        ("Twelve adults wore socks, and slept", []),
        ("Department of Feet, University of Toes", []),
        ("socks, feet, toes", []),
    ],
)  # fmt: skip
def test_parse_names(text: str, expected: list[str]) -> None:
    assert parse_names(text, WORDS) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tarn LK, Beck O", True),
        ("J. Doe", True),
        ("Saito E", True),
        ("Clinical Trials", False),
        ("Home, About, Contact", False),
        ("Clinical Trials | Drug Safety", False),
        ("Socks were worn by Anna, and by Bert, for a very long time.", False),
        ("2003, 12", False),
    ],
)
def test_looks_like_names(text: str, expected: bool) -> None:
    assert bool(looks_like_names(text, WORDS)) is expected
