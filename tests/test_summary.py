from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from absift import summary
from absift.records import ADVERSE_EVENT, DURATION, SAMPLE_SIZE, Record, Span

Found = tuple[str, str, dict[str, Any]]


def record(text: str, *found: Found) -> Record:
    """Make a record whose spans are looked up in the text one behind the other."""
    spans, place = [], 0
    for words, label, attributes in found:
        start = text.index(words, place)
        place = start + len(words)
        spans.append(Span(start, place, words, label, attributes))
    return Record("r", text, spans=tuple(spans))


def size(words: str, scope: str, stage: str, unit: str = "participants") -> Found:
    value = int(words.replace(",", ""))
    return words, SAMPLE_SIZE, {"value": value, "scope": scope, "stage": stage, "unit": unit}


TOTALS = [
    ("no figure", (), None),
    (
        "screened 90, enrolled 70, randomised 60, completed 50",
        (
            size("90", "total", "screened"),
            size("70", "total", "enrolled"),
            size("60", "total", "randomised"),
            size("50", "total", "completed"),
        ),
        (60, "randomised", False),
    ),
    (
        "90 screened, 50 completed, 40 analysed",
        (
            size("90", "total", "screened"),
            size("50", "total", "completed"),
            size("40", "total", "analysed"),
        ),
        (40, "analysed", False),
    ),
    (
        "12 then 13 enrolled",
        (size("12", "total", "enrolled"), size("13", "total", "enrolled")),
        (12, "enrolled", False),
    ),
    (
        "9 trials with 1,204 adults",
        (size("9", "total", "enrolled", "studies"), size("1,204", "total", "enrolled")),
        (1204, "enrolled", False),
    ),
    ("60 eyes", (size("60", "total", "enrolled", "other"),), None),
    (
        "of 80, 41 had drug and 39 placebo",
        (
            size("80", "total", "screened"),
            size("41", "arm", "randomised"),
            size("39", "arm", "randomised"),
        ),
        (80, "screened", False),
    ),
    (
        "41 had drug vs. placebo in 39 adults. Then 38 and 37.",
        (
            size("41", "arm", "enrolled"),
            size("39", "arm", "enrolled"),
            size("38", "arm", "enrolled"),
            size("37", "arm", "enrolled"),
        ),
        (80, "enrolled", True),
    ),
    (
        "41 had drug. The 39 others had placebo.",
        (size("41", "arm", "enrolled"), size("39", "arm", "enrolled")),
        None,
    ),
    (
        "41 had drug, 39 completed",
        (size("41", "arm", "enrolled"), size("39", "arm", "completed")),
        None,
    ),
    ("only 41 had drug", (size("41", "arm", "enrolled"),), None),
    ("41 women and 39 men", (size("41", "subgroup", "enrolled"),), None),
]


@pytest.mark.parametrize(("text", "found", "expected"), TOTALS)
def test_sample_size(
    text: str, found: Sequence[Found], expected: tuple[int, str, bool] | None
) -> None:
    got = summary.sample_size(record(text, *found))
    assert (got and (got.value, got.stage, got.summed)) == expected
    assert summary.total_sample_size(record(text, *found)) == (expected and expected[0])


def test_sample_at_gives_the_first_of_its_stage() -> None:
    given = record(
        "90 screened, 50 analysed, 49 analysed, 20 analysed",
        size("90", "total", "screened"),
        size("50", "total", "analysed"),
        size("49", "total", "analysed"),
        size("20", "arm", "analysed"),
    )
    stages = {stage: summary.sample_at(given, stage) for stage in summary.STAGES}
    assert stages == {
        "screened": 90,
        "analysed": 50,
        "enrolled": None,
        "randomised": None,
        "completed": None,
    }


@pytest.mark.parametrize(
    ("text", "found", "arms"),
    [
        ("none", (), ()),
        (
            "20 and 20. Of them 19.",
            [size(it, "arm", "randomised") for it in ("20", "20", "19")],
            (20, 20),
        ),
        (
            "20 had drug. Placebo went to 21.",
            [size(it, "arm", "enrolled") for it in ("20", "21")],
            (20, 21),
        ),
        (
            "20 and 21 completed; 30 and 31 were randomised",
            [size(it, "arm", "completed") for it in ("20", "21")]
            + [size(it, "arm", "randomised") for it in ("30", "31")],
            (30, 31),
        ),
        (
            "30 were randomised to drug. 20 and 21 completed.",
            [
                size("30", "arm", "randomised"),
                *(size(it, "arm", "completed") for it in ("20", "21")),
            ],
            (20, 21),
        ),
        ("20 eyes and 21 eyes", [size(it, "arm", "enrolled", "other") for it in ("20", "21")], ()),
    ],
)
def test_arm_sizes(text: str, found: Sequence[Found], arms: tuple[int, ...]) -> None:
    assert summary.arm_sizes(record(text, *found)) == arms


def time(words: str, unit: str, role: str, statistic: str = "none", **values: float) -> Found:
    return words, DURATION, {**values, "unit": unit, "role": role, "statistic": statistic}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), None),
        ((time("a", "week", "treatment", value=8),), None),
        ((time("a", "month", "follow_up", value=12),), ("12 month", 365.2425)),
        (
            (time("a", "week", "follow_up", value=24), time("b", "year", "follow_up", value=1)),
            ("1 year", 365.2425),
        ),
        (
            (
                time("a", "year", "follow_up", value=5),
                time("b", "year", "follow_up", "mean", value=4),
                time("c", "month", "follow_up", "median", value=30.5),
                time("d", "year", "follow_up", "range", low=1, high=9),
            ),
            ("30.5 month", 30.5 * 365.2425 / 12),
        ),
        ((time("a", "day", "follow_up", "range", low=2, high=4.5),), ("2-4.5 day", 4.5)),
        ((time("a", "hour", "follow_up", value=48),), ("48 hour", 2.0)),
        ((time("a", "week", "follow_up"),), None),
        ((time("a", "fortnight", "follow_up", value=2),), None),
    ],
)
def test_follow_up(found: Sequence[Found], expected: tuple[str, float] | None) -> None:
    got = summary.follow_up(record("a b c d", *found))
    assert (got and (got.text, pytest.approx(got.days))) == expected


def test_treatment_length_is_the_longest() -> None:
    given = record(
        "a b c",
        time("a", "week", "treatment", "mean", value=3),
        time("b", "minute", "treatment", value=90),
        time("c", "day", "treatment", value=28),
    )
    length = summary.treatment_length(given)
    assert length is not None
    assert (length.text, length.days, length.span.text) == ("28 day", 28.0, "c")


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (
            {"numerator": 12, "denominator": 100, "percent": 12.0, "arm": "drug X"},
            "drug X: 12/100, 12%",
        ),
        ({"numerator": 5, "percent": 5.1}, "n=5, 5.1%"),
        ({"percent": 0}, "0%"),
        ({"numerator": 0, "denominator": 9}, "0/9"),
        ({"denominator": 98, "arm": "placebo"}, "placebo: of 98"),
        ({"arm": "placebo"}, "placebo"),
        ({}, ""),
    ],
)
def test_rate_text(rate: dict[str, Any], text: str) -> None:
    assert summary.rate_text(rate) == text


def harm(words: str, **attributes: object) -> Found:
    return words, ADVERSE_EVENT, {"generic": False, "assertion": "present", **attributes}


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("none", (), []),
        (
            "Nausea, nausea, nausea",
            (
                harm("Nausea", rates=[{"percent": 12, "arm": "drug"}]),
                harm(
                    "nausea",
                    rates=[{"percent": 12, "arm": "drug"}, {"percent": 5, "arm": "placebo"}],
                ),
                harm("nausea", assertion="absent"),
            ),
            ["Nausea (drug: 12%; placebo: 5%)", "nausea"],
        ),
        (
            "throwing up, vomiting",
            (harm("throwing up", term="vomiting"), harm("vomiting", term="vomiting")),
            ["vomiting"],
        ),
        (
            "rash and grade 3 rash",
            (harm("rash"), harm("rash", grade="3", serious=True, rates=[{"numerator": 2}])),
            ["rash [serious, grade 3] (n=2)"],
        ),
        (
            "rash in 9% and grade 3 rash",
            (harm("rash", rates=[{"percent": 9}]), harm("rash", grade="3")),
            ["rash (9%)", "rash [grade 3]"],
        ),
        ("chest\npain", (harm("chest\npain"),), ["chest pain"]),
    ],
)
def test_events(text: str, found: Sequence[Found], expected: list[str]) -> None:
    assert [str(event) for event in summary.events(record(text, *found))] == expected
