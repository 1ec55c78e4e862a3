from __future__ import annotations

import pytest

from absift.linking.portions import possible
from absift.records import PERCENTAGE
from absift.rules.engine import Finding
from tests.linking.conftest import Link


@pytest.mark.parametrize(
    ("size", "text", "value", "top", "wanted"),
    [
        (8, "12.5%", 12.5, None, True),
        (8, "13.5%", 13.5, None, False),  # nothing out of eight
        (200, "33%", 33, None, True),
        (51, "20%", 20, 10, True),
        (51, "20%", 20, 11, False),  # some count is, but not this one
        (0, "20%", 20, 0, False),
    ],
)
def test_possible(size: int, text: str, value: float, top: int | None, wanted: bool) -> None:
    attributes = {"value": value} | ({} if top is None else {"numerator": top})
    assert possible(size, Finding(0, len(text), PERCENTAGE, "test", attributes), text) is wanted


TEXTS = {
    "the last total that fits": (
        "Of men 10 (25%) of 40 fell, and of women 20 (41%) of 49 did, and 5 (10%) badly.",
        {"25%": (10, 40), "41%": (20, 49), "10%": (5, 49)},
    ),
    "the share before": (
        "There was rash in 22 (43%) of 51 men and pain in ten (20%).",
        {"43%": (22, 51), "20%": (10, 51)},
    ),
    "nobody is a share of anything": (
        "There was rash in 22 (43%) of 51 men and pain in 0 (0%).",
        {"43%": (22, 51), "0%": (0, None)},
    ),
    "more than all": (
        "We saw [[80]] cysts (30% large, 45% small and 35% flat).",
        {"30%": (None, None), "45%": (None, None), "35%": (None, None)},
    ),
    "all of two samples": (
        "We saw [[20]] men (40% old, 60% young) and [[40]] women (55% old, 45% young).",
        {"40%": (None, 20), "60%": (None, 20), "55%": (None, 40), "45%": (None, 40)},
    ),
    "no sample before": (
        "The men (40% old, 60% young) were [[20]].",
        {"40%": (None, None), "60%": (None, None)},
    ),
    "no whole man": (
        "We saw [[7]] men (40% old, 60% young).",
        {"40%": (None, None), "60%": (None, None)},
    ),
}


@pytest.mark.parametrize(("text", "wanted"), TEXTS.values(), ids=list(TEXTS))
def test_totals_told_by_others(
    link: Link, text: str, wanted: dict[str, tuple[int | None, int | None]]
) -> None:
    marked = text
    for share, (top, _) in wanted.items():
        own = "" if top is None else f" n={top}"
        marked = marked.replace(share, f"[[{share}]]{{P {share[:-1]} proportion{own}}}", 1)
    for size in ("80", "20", "40", "7"):
        marked = marked.replace(f"[[{size}]] ", f"[[{size}]]{{S {size} total enrolled}} ")
        marked = marked.replace(f"[[{size}]].", f"[[{size}]]{{S {size} total enrolled}}.")
    record, findings = link(marked)
    got = {
        record.text[one.start : one.end]: tuple(
            one.attributes.get(name) for name in ("numerator", "denominator")
        )
        for one in findings
        if one.label == PERCENTAGE
    }
    assert got == wanted
