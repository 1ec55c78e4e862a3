from __future__ import annotations

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.rivals import RivalFinder

TWO = "Men were randomised to zelorin or tevimab. Men received zelorin or received tevimab. "
THREE = "Men received zelorin, men received tevimab and men received bitorin. "
LETTERED = "Group A got zelorin, group B got zelorin twice. In groups A and B pain fell. "


def other(toolkit: Toolkit, text: str, name: str) -> str | None:
    sheet = toolkit.rules.maker.make(text)
    toolkit.linker.patterns.renew()
    finder = _finder(toolkit)
    return finder.other(sheet, finder.mentions.inventories.make(sheet), name)


def _all(toolkit: Toolkit, text: str, size: int) -> tuple[str, ...] | None:
    sheet = toolkit.rules.maker.make(text)
    toolkit.linker.patterns.renew()
    finder = _finder(toolkit)
    return finder.all(sheet, finder.mentions.inventories.make(sheet), size)


def _finder(toolkit: Toolkit) -> RivalFinder:
    return toolkit.linker._rates.names.rivals


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [
        (TWO, "zelorin", "tevimab"),
        (TWO, "tevimab group", "zelorin"),
        (TWO + "The tevimab group had more pain.", "zelorin group", "tevimab group"),
        (TWO + "Age was 8% or 4% lower versus 9%.", "tevimab", "zelorin"),
        (TWO, "aspirin", None),
        (THREE, "zelorin", None),
        (LETTERED, "group A", "group B"),
        (LETTERED, "B", "Group A"),
        ("Pain fell.", "zelorin", None),
    ],
)
def test_the_other_arm_is_the_one_that_a_text_tells_most_of(
    toolkit: Toolkit, text: str, name: str, wanted: str | None
) -> None:
    assert other(toolkit, text, name) == wanted


@pytest.mark.parametrize(
    ("text", "size", "wanted"),
    [
        (TWO, 2, ("zelorin", "tevimab")),
        (TWO, 3, None),
        ("Men received zelorin or received tevimab. Men received zelorin.", 2, None),
        (THREE, 2, None),
        (LETTERED, 2, ("Group A", "group B")),
        ("Pain fell.", 2, None),
    ],
)
def test_all_arms_come_by_their_letters_or_in_their_order(
    toolkit: Toolkit, text: str, size: int, wanted: tuple[str, ...] | None
) -> None:
    assert _all(toolkit, text, size) == wanted


@pytest.mark.parametrize(
    ("names", "name", "wanted"),
    [
        (("zelorin-treated men", "tevimab"), "zelorin group", ["tevimab"]),
        (("zelorin", "tevimab"), "placebo", []),
        ((), "placebo", []),
    ],
)
def test_names_apart_share_no_word(
    toolkit: Toolkit, names: tuple[str, ...], name: str, wanted: list[str]
) -> None:
    assert _finder(toolkit).apart(names, name) == wanted
