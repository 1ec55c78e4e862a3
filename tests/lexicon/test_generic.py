from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.generic import GenericJudge
from absift.records import ADVERSE_EVENT
from absift.rules.engine import Engine
from absift.rules.model import DOUBTS
from absift.rules.normalise import Normalisers


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def sifted(toolkit: Toolkit, text: str) -> tuple[list[str], list[str]]:
    """Give the generic mentions of a text that are harms, and those that are none."""
    judge = toolkit.judge
    sheet = toolkit.rules.maker.make(text)
    found = toolkit.rules.engines[ADVERSE_EVENT].find(sheet)
    _, kept, rejected = judge.sift(sheet, found, judge.candidates(sheet, found))
    gone = [one.mention for one in rejected]
    assert sorted(one.start for one in [*kept, *gone]) == [one.start for one in found]
    return ([text[a.start : a.end] for a in kept], [text[a.start : a.end] for a in gone])


@pytest.mark.parametrize(
    ("text", "kept", "rejected"),
    [
        ("Complications of surgery were rare.", ["Complications"], []),
        ("Vertigo is a late complication of gout.", [], ["complication"]),
        ("They tried prevention of skeletal complications.", [], ["skeletal complications"]),
        ("Graded by Common Toxicity Criteria.", [], ["Toxicity"]),
        ("Side effects were graded.", ["Side effects"], []),
        ("The number needed to harm was 12.", [], ["harm"]),
        ("Side effects in patients with gout were rare.", ["Side effects"], []),
        ("Two treatment-related deaths due to gout.", ["treatment-related deaths"], []),
        (
            "Motor side effects and non-cardiac toxicity.",
            ["Motor side effects", "non-cardiac toxicity"],
            [],
        ),
    ],
)
def test_which_generic_mentions_are_harms(
    toolkit: Toolkit, text: str, kept: list[str], rejected: list[str]
) -> None:
    assert sifted(toolkit, text) == (kept, rejected)


def test_a_doubt_can_reach_a_phrase_throughout_the_abstract(toolkit: Toolkit) -> None:
    text = (
        "Tabulin reduces skeletal complications in women.\n"
        "There were 12 skeletal complications. Other complications were rare."
    )
    kept, rejected = sifted(toolkit, text)
    assert rejected == ["skeletal complications"] * 2
    assert kept == ["complications"]


def test_what_is_rejected_is_no_longer_seen(toolkit: Toolkit) -> None:
    text = "The number needed to harm was 12."
    judge = toolkit.judge
    sheet = toolkit.rules.maker.make(text)
    found = toolkit.rules.engines[ADVERSE_EVENT].find(sheet)
    marked, _, rejected = judge.sift(sheet, found, [])
    assert rejected
    assert marked.signs == sheet.signs


def test_the_scope_must_be_known(toolkit: Toolkit) -> None:
    engine = toolkit.rules.engines[ADVERSE_EVENT]
    rule = replace(engine.rules.of(DOUBTS)[0], scope="list")
    rules = replace(engine.rules, rules=(rule,), normalise=MappingProxyType({}))
    bad = Engine(rules, toolkit.rules.vocabulary, Normalisers({}))
    with pytest.raises(ConfigError, match="scope 'list' must be one of abstract, here"):
        GenericJudge(bad, engine.rules.judge["generic"], toolkit.judge.lexicon)
