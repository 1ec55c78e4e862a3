from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.around import Surroundings
from absift.lexicon.candidates import Candidate
from absift.records import ADVERSE_EVENT
from absift.rules.engine import GENERIC, TERM
from absift.rules.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def reasons(
    toolkit: Toolkit, text: str, settings: list[Mapping[str, Any]], short: int = 0
) -> dict[str, dict[str, float]]:
    """Give what settings alone weigh for each term of a text."""
    rules, judge = toolkit.rules, toolkit.judge
    around = Surroundings(settings, short, rules.vocabulary, "label X")
    sheet = rules.maker.make(text, has_title="\n" in text)
    generic = rules.engines[ADVERSE_EVENT].find(sheet)
    candidates = judge.candidates(sheet, generic)
    signs = {name: rules.vocabulary.of_label(name) for name in (GENERIC, TERM)}
    marked = sheet.collapse(
        [(one.start, one.end, signs[GENERIC]) for one in generic]
        + [(one.start, one.end, signs[TERM]) for one in candidates]
    )
    items = {marked.item_at(one.start): one for one in candidates}
    around.weigh(marked, items, judge._chain.lists(marked, items))
    return {text[one.start : one.end]: one.reasons for one in candidates}


LIST = "They had nausea, rash and asthma. Vertigo was seen."


@pytest.mark.parametrize(
    ("held", "text", "spoken"),
    [
        # Other terms of the list: rash counts for nausea and asthma, nausea for rash.
        ({"where": "list", "kinds": ["effect"]}, LIST, {"nausea", "rash", "asthma"}),
        ({"where": "list", "kinds": ["effect"], "least": 2}, LIST, {"asthma"}),
        ({"where": "list", "kinds": ["disease"]}, LIST, {"nausea", "rash"}),
        ({"where": "list", "kinds": ["effect"], "of": ["disease"]}, LIST, {"asthma"}),
        ({"where": "sentence", "least": 2}, LIST, {"nausea", "rash", "asthma"}),
        ({"where": "sentence"}, "They had nausea. Vertigo was seen.", set()),
        # Sentences around.
        ({"where": "before", "pattern": "GENERIC"}, "Side effects came. It was rash.", {"rash"}),
        ({"where": "before", "pattern": "GENERIC"}, "It was rash. Side effects came.", set()),
        ({"where": "after", "pattern": "GENERIC"}, "It was rash. Side effects came.", {"rash"}),
        ({"where": "after", "pattern": "GENERIC"}, "It was rash and side effects.", set()),
        # The title, and all of the abstract.
        ({"where": "title", "pattern": "DRUG"}, "A trial of naproxen\nIt was rash.", {"rash"}),
        ({"where": "title", "pattern": "DRUG"}, "A trial\nIt was naproxen rash.", set()),
        ({"where": "abstract", "pattern": "PATIENT"}, "It was rash. They were mice.", {"rash"}),
        ({"where": "abstract", "pattern": "PATIENT", "least": 2}, "Mice had rash.", set()),
        (
            {"where": "abstract", "pattern": "PATIENT", "least": 2},
            "Mice had rash. O mice.",
            {"rash"},
        ),
    ],
)
def test_what_stands_around_a_term(
    toolkit: Toolkit, held: dict[str, Any], text: str, spoken: set[str]
) -> None:
    found = reasons(toolkit, text, [{"id": "x", "weight": 1.5, **held}])
    assert {name for name, held in found.items() if held} == spoken
    assert all(held in ({}, {"x": 1.5}) for held in found.values())


def test_what_holds_for_all_terms_names_none(toolkit: Toolkit) -> None:
    # The README's example: the list of side effects found it, not that the text is about patients.
    judge, text = toolkit.judge, "Two patients had side effects (headaches)."
    one = Candidate(0, 1, judge.lexicon.entries[0], 0.0, {"near": 1.0, "all": 2.0}, {"all"})
    assert one.rule == "near"
    found = reasons(
        toolkit, text, [{"id": "x", "where": "abstract", "pattern": "PATIENT", "weight": 1}]
    )
    assert found == {"headaches": {"x": 1.0}}


@pytest.mark.parametrize(("short", "spoken"), [(2, False), (3, True)])
def test_nothing_is_missed_in_a_short_text(toolkit: Toolkit, short: int, spoken: bool) -> None:
    sign = {"id": "x", "where": "abstract", "pattern": "PATIENT", "weight": 1}
    found = reasons(toolkit, "It was rash. They were seen.", [sign], short)
    assert found == {"rash": {"x": 1.0} if spoken else {}}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"where": "title"}, "for other terms, 'where' must be one of list, sentence"),
        ({"where": "list", "pattern": "PATIENT"}, "for a pattern, 'where' must be one of abstract"),
        ({"where": "list", "kinds": ["harms"]}, "'harms' is no kind of term"),
        ({"where": "list", "of": ["harms"]}, "'harms' is no kind of term"),
        ({"where": "list", "kind": ["harm"]}, "unknown key 'kind'"),
        ({"where": "abstract", "pattern": "( mice"}, "mice"),
    ],
)
def test_a_wrong_setting_is_named(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Surroundings([{"id": "x", "weight": 1, **wrong}], 4, Vocabulary({}), "label X")


def test_a_weight_for_a_kind_goes_before_the_weight(toolkit: Toolkit) -> None:
    judge = toolkit.judge
    rule = next(one for one in judge.engine.rules.rules if one.id == "harm.not.efficacy")
    assert rule.weights["event"] < rule.weight
    text = "The drug was effective in tremor and asthma."
    sheet = toolkit.rules.maker.make(text)
    candidates = judge.candidates(sheet, [])
    sign = toolkit.rules.vocabulary.of_label(TERM)
    judge.judge(sheet.collapse([(one.start, one.end, sign) for one in candidates]), candidates)
    given = {one.entry.kind: one.reasons[rule.id] for one in candidates}
    assert given == {"event": rule.weights["event"], "disease": rule.weight}
