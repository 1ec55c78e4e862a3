"""The time of a text that is one sentence from end to end grows with its length."""

from __future__ import annotations

import time

import pytest

from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.records import Abstract

# Four times the length takes four times as long; sixteen times, if the time grew with its square.
TIMES, MOST = 4, 8


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def seconds(toolkit: Toolkit, text: str) -> float:
    """Give the processor time of the quicker of two runs."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        read(toolkit, Abstract("1", text))
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize(
    "part",
    [
        "12 men and ",
        "6 weeks of ",
        "12% with ",
        "nausea in 12 (4%), ",
        "nausea and ",
        "of 12 given placebo, 3 (25%) had rash versus ",
        "adverse events or ",
        "gastric effects or ",
    ],
)
def test_time_grows_with_the_length(toolkit: Toolkit, part: str) -> None:
    once = seconds(toolkit, part * (8000 // len(part)))
    assert seconds(toolkit, part * (TIMES * 8000 // len(part))) < MOST * once
