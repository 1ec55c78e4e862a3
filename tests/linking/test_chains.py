"""Which figures go on with those before, by the rates that events get."""

from __future__ import annotations

import re

import pytest

from absift.records import ADVERSE_EVENT
from tests.linking.conftest import Link

LEAD = "Men took enalapril, losartan or placebo in three groups. "
TEXTS = {
    "a list with doses": (
        "[[Rash]]{A present} was seen in 4% of men on conventional treatment, 6% on losartan.",
        [(4, "conventional"), (6, "losartan")],
    ),
    "what a clause of its own says": (
        "[[Rash]]{A present} was seen in 4% of men on conventional treatment, 6% on losartan died.",
        [(4, "conventional")],
    ),
    "parts of one bracket": (
        "[[Rash]]{A present} was seen (men: enalapril 4%, losartan 6%; women: enalapril 3%, "
        "losartan 2%).",
        [(4, "enalapril"), (6, "losartan"), (3, "enalapril"), (2, "losartan")],
    ),
    "two brackets": (
        "[[Rash]]{A present} was seen (enalapril 4%, losartan 6%); others moved (enalapril 3%, "
        "losartan 2%).",
        [(4, "enalapril"), (6, "losartan")],
    ),
    "a list before": (
        "In 4% on enalapril, 6% on losartan and 2% on placebo there was [[rash]]{A present}.",
        [(4, "enalapril"), (6, "losartan"), (2, "placebo")],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), TEXTS.values(), ids=list(TEXTS))
def test_figures_of_the_event(link: Link, text: str, wanted: list[tuple[int, str | None]]) -> None:
    _, findings = link(LEAD + re.sub(r"(\d)%", r"[[\1%]]{P \1 proportion}", text))
    event = next(one for one in findings if one.label == ADVERSE_EVENT)
    rates = event.attributes.get("rates", [])
    assert [(rate["percent"], rate.get("arm")) for rate in rates] == wanted
