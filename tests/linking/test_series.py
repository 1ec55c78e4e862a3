"""Rows of figures and the arms beside them, through the linker's own parts."""

from __future__ import annotations

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.arms import ArmAssigner
from absift.linking.figures import FigureFinder
from absift.linking.inventory import InventoryMaker
from absift.linking.mentions import MentionFinder
from absift.linking.row import Row, group_events, make_row
from absift.linking.series import Series, SeriesMaker, chunks
from absift.records import DURATION
from tests.linking.conftest import Laid

TITLE = "Zelorin versus placebo: [[rash]]{A possible} in 3. "


def series(toolkit: Toolkit, lay: Laid, marked: str) -> tuple[Row, list[Series]]:
    sheet, held = lay(TITLE + marked)
    line, patterns = held[-1], toolkit.linker.patterns
    maker = InventoryMaker(patterns)
    mentions = MentionFinder(patterns, maker)
    figures = FigureFinder(patterns).find(line)
    taken = {item for item, one in line.findings.items() if one.label != DURATION}
    taken.update(*((one.first, one.last - 1) for one in figures))
    row = make_row(line, figures, mentions.find(line, maker.make(sheet), taken), patterns)
    made = SeriesMaker(patterns, mentions).make(row, group_events(row, patterns))
    assigner = ArmAssigner(patterns, mentions)
    for place, one in enumerate(made):
        start = made[place - 1].last if place else 0
        stop = made[place + 1].first if place + 1 < len(made) else len(row.signs)
        one.arms = assigner.assign(row, one, (start, stop))
    return row, made


R = "[[Rash]]{A present} was seen in "
ROWS = {
    "behind": (R + "12 women on zelorin and 4 on placebo.", [("zelorin", "placebo")]),
    "before": ("[[Rash]]{A present}: zelorin 12, placebo 4.", [("zelorin", "placebo")]),
    "brackets": (
        "[[Rash]]{A present} (zelorin, [[12%]]{P 12 proportion}; placebo, "
        "[[4%]]{P 4 proportion}) was mild.",
        [("zelorin", "placebo")],
    ),
    "figures in brackets": (
        "More on zelorin ([[12%]]{P 12 proportion}) than placebo ([[4%]]{P 4 proportion}) "
        "had [[rash]]{A present}.",
        [("zelorin", "placebo")],
    ),
    "listed": (R + "12 and 4 patients on zelorin and placebo.", [("zelorin", "placebo")]),
    "likely": (R + "12 of boys and 4 of girls.", [("boys", "girls")]),
    "around the event": (
        "There were seven [[bleeds]]{A present} on zelorin and eight on placebo.",
        [("zelorin", "placebo")],
    ),
    "none against four": (
        "No [[bleed]]{A present} was detected on zelorin compared to four on placebo.",
        [("zelorin", "placebo")],
    ),
    "one": (R + "12 women on zelorin.", [("zelorin",)]),
    "apart": (R + "12 on zelorin; age was 40.", [("zelorin",), (None,)]),
}


@pytest.mark.parametrize(("marked", "wanted"), ROWS.values(), ids=list(ROWS))
def test_figures_of_one_row_have_their_arms(
    toolkit: Toolkit, lay: Laid, marked: str, wanted: list[tuple[str | None, ...]]
) -> None:
    _, made = series(toolkit, lay, marked)
    assert [one.arms for one in made] == wanted


def test_a_row_that_compares_twice_is_parted(toolkit: Toolkit, lay: Laid) -> None:
    p = "[[{0}%]]{{P {0} proportion}}".format
    row, (one,) = series(
        toolkit, lay, f"[[Rash]]{{A present}} ({p(4)} vs {p(1)}, {p(3)} vs {p(2)})."
    )
    parts = chunks(one, row, toolkit.linker.patterns)
    assert [[f.rate["percent"] for f in part.figures] for part in parts] == [[4, 1], [3, 2]]


def test_a_row_without_versus_is_not_parted(toolkit: Toolkit, lay: Laid) -> None:
    row, (one,) = series(toolkit, lay, R + "12, 8 and 4.")
    assert chunks(one, row, toolkit.linker.patterns) == [one]


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("[[Rash]]{A present}, [[cough]]{A present} and [[fever]]{A present} in 2.", [3]),
        ("[[Rash]]{A present} in 2 and [[cough]]{A present} in 1.", [1, 1]),
        (
            "[[Side effects]]{A present generic} ([[rash]]{A present}: 8, "
            "[[cough]]{A present}: 2).",
            [1, 1, 1],
        ),
        ("[[Side effects]]{A present generic} ([[rash]]{A present}) in 8.", [2]),
        ("[[Rash]]{A present} was the only frequent [[event]]{A present generic}, in 8.", [1]),
        ("One [[death]]{A present} on placebo due to [[stroke]]{A present} in 8.", [2]),
    ],
)
def test_events_that_share_figures_are_one_group(
    toolkit: Toolkit, lay: Laid, marked: str, wanted: list[int]
) -> None:
    row, _ = series(toolkit, lay, marked)
    groups = group_events(row, toolkit.linker.patterns)
    assert [len(group.findings) for group in groups] == wanted
