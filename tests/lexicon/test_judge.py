from __future__ import annotations

from copy import copy
from dataclasses import replace
from types import MappingProxyType

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.candidates import Candidate
from absift.lexicon.judge import ECHO, Judge
from absift.records import ADVERSE_EVENT
from absift.rules.engine import GENERIC, TERM
from absift.weighing.table import Table
from absift.weighing.weigher import Weigher


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()


def harms(toolkit: Toolkit, text: str) -> dict[str, str]:
    """Give the named harms of a text and the rules that found them."""
    rules, judge = toolkit.rules, toolkit.judge
    sheet = rules.maker.make(text)
    generic = rules.engines[ADVERSE_EVENT].find(sheet)
    candidates = judge.candidates(sheet, generic)
    signs = {name: rules.vocabulary.of_label(name) for name in (GENERIC, TERM)}
    marked = sheet.collapse(
        [(one.start, one.end, signs[GENERIC]) for one in generic]
        + [(one.start, one.end, signs[TERM]) for one in candidates]
    )
    return {text[one.start : one.end]: one.rule for one in judge.judge(marked, candidates)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adverse events included nausea, rash and dizziness.", {"nausea", "rash", "dizziness"}),
        ("RESULTS: Two patients developed pneumonia.", {"pneumonia"}),
        ("RESULTS: There was no bleeding.", {"bleeding"}),
        ("Clozapine-induced myocarditis in two men.", {"myocarditis"}),
        ("RESULTS: Nausea (12%) and rash (3%) were seen.", {"Nausea", "rash"}),
        ("RESULTS: Treatment was stopped because of vertigo.", {"vertigo"}),
        ("METHODS: We enrolled women with migraine.", set()),
        ("Tabulin for the prevention of stroke\nRESULTS: Stroke was averted.", set()),
        ("RESULTS: Tabulin relieved heartburn.", set()),
    ],
)
def test_what_is_a_harm(toolkit: Toolkit, text: str, expected: set[str]) -> None:
    assert set(harms(toolkit, text)) == expected


def test_a_harm_speaks_for_its_other_mentions(toolkit: Toolkit) -> None:
    text = "RESULTS: Vertigo was seen in 12 men. Vertigo and its course differ."
    assert len(harms(toolkit, text)) == 1
    assert not harms(toolkit, "RESULTS: Vertigo and its course differ.")


@pytest.mark.parametrize(
    ("share", "limit", "echoes"),
    [(0.5, 4, [1.0, -2.0]), (0.5, 1, [0.5, -0.5]), (1, 9, [2.0, -4.0])],
)
def test_mentions_speak_for_and_against_each_other(
    toolkit: Toolkit, share: float, limit: float, echoes: list[float]
) -> None:
    judge = copy(toolkit.judge)
    judge.echo = {"share": share, "limit": limit}
    entry = judge.lexicon.entries[0]
    poor, sure = (Candidate(0, 1, entry, score) for score in (-4.0, 2.0))
    judge._echo([[poor, sure], [Candidate(2, 3, entry, 9.0)]])
    assert [poor.reasons[ECHO], sure.reasons[ECHO]] == echoes


def test_a_list_of_harms_makes_an_unknown_name_a_harm(toolkit: Toolkit) -> None:
    found = harms(toolkit, "Adverse events were nausea (5%), wobbly gumming (3%) and rash (2%).")
    assert found["wobbly gumming"] == "adverse_event.listed.between"


PLAIN = "They knew headache well. It was a small study of ten men. Later they told of rash."


@pytest.mark.parametrize(
    ("text", "sections", "places", "expected"),
    [
        (PLAIN, {"body": 0}, [(0.5, -9), (1, 9)], {"rash"}),
        (PLAIN, {"body": 0}, [(0.5, 9), (1, -9)], {"headache"}),
        (PLAIN, {"body": -9}, [(1, 0)], set()),
        (PLAIN, {"body": 9}, [(1, 0)], {"headache", "rash"}),
        # A text of one sentence has no beginning and no end.
        ("They told of rash.", {"alone": 9, "body": -9}, [(1, -9)], {"rash"}),
        ("They told of rash.", {"alone": -9, "body": 9}, [(1, 9)], set()),
    ],
)
def test_where_a_term_stands_has_its_weight(
    toolkit: Toolkit,
    text: str,
    sections: dict[str, float],
    places: list[tuple[float, float]],
    expected: set[str],
) -> None:
    judge = copy(toolkit.judge)
    judge.words = None
    judge.sections = sections
    judge.places = {"body": [{"until": until, "weight": weight} for until, weight in places]}
    assert set(harms(replace(toolkit, judge=judge), text)) == expected


STOPPED = "RESULTS: Treatment was stopped because of vertigo. Nothing else was seen."


@pytest.mark.parametrize(
    ("fact", "weight", "expected"),
    [
        (("always", "always"), 0, True),
        (("-1", "because"), -20, True),
        (("-1", "of"), -20, False),
        (("kind", "event"), -20, False),
        (("system", "ear"), -20, False),
        (("system", "skin"), -20, True),
        # A rule that spoke is trusted less than its weight says.
        (("rule", "{rule}"), -20, False),
        (("rule", "none.such"), -20, True),
    ],
)
def test_words_and_trust_in_rules_have_their_weight(
    toolkit: Toolkit, fact: tuple[str, str], weight: float, expected: bool
) -> None:
    judge = copy(toolkit.judge)
    judge.words = None
    rule = harms(replace(toolkit, judge=judge), STOPPED)["vertigo"]
    table = Table("harm", ("span",), {(fact[0], fact[1].format(rule=rule)): (weight,)})
    judge.words = Weigher([table], toolkit.rules.vocabulary.held)
    assert ("vertigo" in harms(replace(toolkit, judge=judge), STOPPED)) is expected


@pytest.mark.parametrize(("certain", "expected"), [(0, True), (99, False)])
def test_words_have_no_say_where_the_rules_are_certain(
    toolkit: Toolkit, certain: float, expected: bool
) -> None:
    judge = copy(toolkit.judge)
    table = Table("harm", ("span",), {("always", "always"): (-90,)})
    judge.words, judge.certain = Weigher([table], toolkit.rules.vocabulary.held), certain
    assert bool(harms(replace(toolkit, judge=judge), STOPPED)) is expected


def test_words_of_a_text_of_one_sentence_are_too_few(toolkit: Toolkit) -> None:
    judge = copy(toolkit.judge)
    table = Table("harm", ("span",), {("always", "always"): (-90,)})
    judge.words = Weigher([table], toolkit.rules.vocabulary.held)
    assert harms(replace(toolkit, judge=judge), "Treatment was stopped because of vertigo.")


@pytest.mark.parametrize(
    "missing",
    [
        "priors",
        "sections",
        "places",
        "echo",
        "certain",
        "chain",
        "listed",
        "extend",
        "around",
        "short",
    ],
)
def test_a_missing_setting_is_named(toolkit: Toolkit, missing: str) -> None:
    engine = toolkit.rules.engines[ADVERSE_EVENT]
    held = {key: value for key, value in engine.rules.judge.items() if key != missing}
    bare = type(engine).__new__(type(engine))
    bare.__dict__.update(engine.__dict__)
    bare.rules = replace(engine.rules, judge=MappingProxyType(held))
    with pytest.raises(ConfigError, match=f"'judge' lacks '{missing}'"):
        Judge(bare, toolkit.judge.lexicon, toolkit.rules.vocabulary)
