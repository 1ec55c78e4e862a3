from __future__ import annotations

from collections.abc import Callable

import pytest

from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.lexicon.candidates import Candidate
from absift.lexicon.phrases import with_phrases
from absift.records import ADVERSE_EVENT, Abstract
from absift.rules.engine import Engine, Finding
from absift.rules.files import load_rules
from absift.rules.model import Entry
from absift.rules.normalise import Normalisers
from absift.rules.sheet import Sheet

RULES = """
label: ADVERSE_EVENT
phrases:
  - id: phrase.rise
    pattern: rise in ( !PREPOSITION ){1,3} level
    weight: -2
  - id: phrase.vague
    pattern: gastric effects
    weight: 1
    set: {generic: true}
"""
Marked = Callable[[str], tuple[Sheet, Engine]]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    toolkit = load_toolkit()
    vocabulary = toolkit.rules.vocabulary
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_text(RULES)
    engine = Engine(load_rules(path), vocabulary, Normalisers({}))
    vocabulary.settle()

    def make(text: str) -> tuple[Sheet, Engine]:
        return toolkit.rules.maker.make(text), engine

    return make


def term(text: str, words: str) -> Candidate:
    start = text.index(words)
    return Candidate(start, start + len(words), Entry(words, "blood", "event", (), "here"))


@pytest.mark.parametrize(
    ("text", "terms", "taken", "expected"),
    [
        ("A rise in urea level.", [], [], ["rise in urea level"]),
        # A phrase takes the place of what stands in it, and keeps beside what doesn't.
        ("Rash, rise in urea level.", ["Rash", "urea"], [], ["Rash", "rise in urea level"]),
        # It gives way to a term as long as itself, or beyond it, and to what was found before.
        ("A rise in urea level.", ["rise in urea level"], [], ["rise in urea level"]),
        ("A rise in urea level rash.", ["level rash"], [], ["level rash"]),
        ("A rise in urea level.", [], ["urea"], []),
        ("Gastric effects, rise in urea level.", [], [], ["Gastric effects", "rise in urea level"]),
        ("A rise in spirits.", ["spirits"], [], ["spirits"]),
    ],
)
def test_phrases_beside_terms(
    marked: Marked, text: str, terms: list[str], taken: list[str], expected: list[str]
) -> None:
    sheet, engine = marked(text)
    known = [term(text, words) for words in terms]
    before = [
        Finding(one.start, one.end, "X", "x") for one in (term(text, words) for words in taken)
    ]
    made = with_phrases(engine, sheet, known, before)
    assert [text[one.start : one.end] for one in made] == expected


def test_what_a_phrase_is_known_as(marked: Marked) -> None:
    text = "Gastric effects and a rise in  Urea level."
    sheet, engine = marked(text)
    vague, rise = with_phrases(engine, sheet, [], [])
    assert (vague.named, vague.known_as, vague.rule) == (
        {"generic": True},
        "phrase.vague",
        "phrase.vague",
    )
    assert rise.named == {"term": "rise in urea level", "system": "unclassified"}
    assert (rise.known_as, rise.phrase and rise.phrase.weight) == ("phrase.rise", -2)


TEXT = (
    "Tabulin in gout.\nTwo hundred men took tabulin for gout. "
    "Adverse events were rash, nausea and {phrase}, each in three men. Vomiting was rare."
)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("alterations in bone density", {"term": "alterations in bone density"}),
        ("gastric problems", {"generic": True}),
        ("rise in prices", None),
    ],
)
def test_phrases_are_judged_as_terms_are(
    toolkit: Toolkit, phrase: str, expected: dict[str, object] | None
) -> None:
    text = TEXT.format(phrase=phrase)
    record = read(toolkit, Abstract("1", text))
    found = [
        {name: one.attributes[name] for name in ("term", "generic") if name in one.attributes}
        for one in record.spans
        if one.label == ADVERSE_EVENT and one.text == phrase
    ]
    assert found == ([] if expected is None else [expected])


@pytest.fixture(scope="module")
def toolkit() -> Toolkit:
    return load_toolkit()
