"""Each text is marked; the warnings are about the figures of the marks."""

from __future__ import annotations

import pytest

from absift.corpus.markup import parse_markup
from absift.linking.checks import warnings
from absift.records import Record

CONTRADICTIONS = {
    "percentage": (
        "Fever was seen in 7 of 16 men ([[48.3%]]{P 48.3 proportion n=7 N=16}).",
        ("percent_mismatch", "7/16 = 43.75%", ["7", "16", "48.3%"]),
    ),
    "rate of an event": (
        "[[Fever]]{A present r(n=2 N=8 p=35)} was seen in two of 8 men ([[35%]]{P 35 proportion}).",
        ("percent_mismatch", "2/8 = 25%", ["two", "8", "35%"]),
    ),
    "more than all": (
        "[[Fever]]{A present r(n=14 N=12)} was seen in 14 of the 12 men.",
        ("numerator_above_denominator", "14 > 12", ["Fever", "14", "12"]),
    ),
    "arms": (
        "[[60]]{S 60 total randomised} men were allotted to zelorin ([[30]]{S 30 arm randomised}) "
        "or placebo ([[32]]{S 32 arm randomised}).",
        ("parts_do_not_add_up", "30 + 32 = 62, not 60", ["60", "30", "32"]),
    ),
    "more than the sample": (
        "[[Fifteen]]{S 15 total enrolled} men took part. "
        "[[Fever]]{A present r(n=7 N=16)} was seen in seven of 16 men.",
        ("denominator_above_sample", "16 > 15", ["Fifteen", "16"]),
    ),
}

CONSISTENT = {
    "rounded half up": "In 1 of 8 ([[13%]]{P 13 proportion n=1 N=8}).",
    "cut off": "In 2 of 3 ([[66%]]{P 66 proportion n=2 N=3}).",
    "round figure": "In nearly [[70%]]{P 70 proportion n=15 N=21} (15/21).",
    "nothing to check": "In 2 men ([[66%]]{P 66 proportion n=2}).",
    "torn figure": "In 59. [[2%]]{P 2 proportion n=29 N=49} (29/49).",
    "a group not named": (
        "[[90]]{S 90 total randomised} men took zelorin ([[30]]{S 30 arm randomised}), placebo "
        "([[30]]{S 30 arm randomised}) or nothing."
    ),
    "groups that leave some out": (
        "[[100]]{S 100 total enrolled} men were treated (pump: [[60]]{S 60 arm enrolled}, pen: "
        "[[36]]{S 36 arm enrolled})."
    ),
    "overlapping subgroups": (
        "[[100]]{S 100 total enrolled} men ([[60]]{S 60 subgroup enrolled} smokers, "
        "[[45]]{S 45 subgroup enrolled} with gout) took part."
    ),
    "another sentence": (
        "[[60]]{S 60 total randomised} men took part. Zelorin was given to "
        "[[30]]{S 30 arm randomised} and placebo to [[31]]{S 31 arm randomised}."
    ),
    "other units": (
        "[[15]]{S 15 total enrolled} men ([[16]]{S 16 total enrolled other} eyes) took part. "
        "[[Pain]]{A present r(n=7 N=18)} was seen in 7 of 18."
    ),
    "another unit": (
        "[[15]]{S 15 total enrolled} men took part. "
        "[[Pain]]{A present r(n=7 N=18)} was seen after 7 of 18 injections."
    ),
    "sample unknown": "[[Pain]]{A present r(n=7 N=18)} was seen in 7 of 18.",
    "cycles": (
        "[[15]]{S 15 total enrolled} men took part. "
        "[[Pain]]{A present r(n=7 N=80)} was seen in 7 of 80 cycles."
    ),
}


def read(marked: str) -> Record:
    return parse_markup(f"### demo | trial | test\nInvented study\n{marked}\n", "demo.txt")[0]


@pytest.mark.parametrize(("marked", "wanted"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS))
def test_contradictions(marked: str, wanted: tuple[str, str, list[str]]) -> None:
    record = read(marked)
    found = warnings(record)
    assert [
        (one.kind, one.sum, [record.text[start:end] for start, end in one.spans]) for one in found
    ] == [(wanted[0], wanted[1], sorted(wanted[2], key=record.text.index))]
    assert all(one.message.endswith(".") for one in found)


@pytest.mark.parametrize("marked", CONSISTENT.values(), ids=list(CONSISTENT))
def test_no_false_alarm(marked: str) -> None:
    assert warnings(read(marked)) == ()


def test_one_warning_for_a_percentage_and_its_rate() -> None:
    record = read(
        "[[Fever]]{A present r(n=7 N=16 p=48.3)} was seen in 7 of 16 men "
        "([[48.3%]]{P 48.3 proportion n=7 N=16})."
    )
    assert [one.kind for one in warnings(record)] == ["percent_mismatch"]


def test_what_a_long_text_repeats_is_said_once() -> None:
    sentence = (
        "[[Fever]]{A present r(n=7 N=16 p=48.3)} was seen in 7 of 16 men "
        "([[48.3%]]{P 48.3 proportion n=7 N=16}). "
    )
    record = read(sentence * 300)
    assert len(record.spans) == 600
    found = warnings(record)
    assert [(one.kind, one.spans[-1][1] < 100) for one in found] == [("percent_mismatch", True)]
