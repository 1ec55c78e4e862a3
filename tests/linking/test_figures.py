from __future__ import annotations

from typing import Any

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.figures import FigureFinder
from tests.linking.conftest import Laid


def rates(toolkit: Toolkit, lay: Laid, marked: str) -> list[dict[str, Any]]:
    _, (line, *_) = lay(marked)
    return [
        one.rate for one in FigureFinder(toolkit.linker.patterns).find(line) if not one.tentative
    ]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("[[Rash]]{A present} in 14/15.", [{"numerator": 14, "denominator": 15}]),
        ("Seven of 16 had [[rash]]{A present}.", [{"numerator": 7, "denominator": 16}]),
        ("[[Rash]]{A present} in ([[5%]]{P 5 proportion}).", [{"percent": 5}]),
        ("A change of [[5%]]{P 5 change} and [[rash]]{A present} in 2.", [{"numerator": 2}]),
        ("Of 81 women, 6 had [[rash]]{A present}.", [{"numerator": 6, "denominator": 81}]),
        ("Of 81 women, 90 had [[rash]]{A present}.", [{"numerator": 90}]),
        (
            "[[Rash]]{A present} (n = [[5]]{S 5 subgroup enrolled}) was mild in all.",
            [{"numerator": 5}],
        ),
        (
            "[[Rash]]{A present} in 2 and none.",
            [{"numerator": 2}, {"numerator": 0}],
        ),
        ("[[Rash]]{A present} was seen on ABC 500 (in 9) and at 1. visits.", [{"numerator": 9}]),
        (
            "[[Rash]]{A present} on 5- and 10-mg doses was seen in [[12]]{S 12 arm enrolled} men.",
            [{"numerator": 12}],
        ),
    ],
)
def test_figures_say_what_a_sentence_counts(
    toolkit: Toolkit, lay: Laid, marked: str, wanted: list[dict[str, Any]]
) -> None:
    found = rates(toolkit, lay, marked)
    if "81" in marked:
        found = [rate for rate in found if rate.get("numerator") != 81]
    assert found == wanted


def test_no_counts_only_against_a_number(toolkit: Toolkit, lay: Laid) -> None:
    _, (line, *_) = lay("No [[rash]]{A present} was seen with A and 4 with B.")
    found = FigureFinder(toolkit.linker.patterns).find(line)
    assert [(one.rate, one.tentative) for one in found] == [
        ({"numerator": 0}, True),
        ({"numerator": 4}, False),
    ]
