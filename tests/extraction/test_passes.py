from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language

from absift.components.record import to_record
from absift.components.state import set_title
from absift.evaluation.sources import read_file
from absift.extraction.passes import read
from absift.extraction.toolkit import load_toolkit
from absift.records import ADVERSE_EVENT, Abstract, Span, dumps

BODY = (
    "METHODS: We randomised 120 patients (n=60 each) to extract or placebo for 12 weeks. "
    "RESULTS: Of the 120 patients, 54 (45.0%) slept well. Adverse events included nausea in "
    "6 (10%) patients and no serious headache. CONCLUSIONS: It works."
)


@pytest.mark.parametrize(
    "abstract",
    [
        Abstract.build("1", BODY, title="Tea in sleepless adults", meta={"year": 2020}),
        Abstract.build("1b", BODY, title="In 12 weeks. Then more. And more. " * 12),
        Abstract("2", BODY),
        Abstract("3", "Tea trial\n" + BODY),
        Abstract("4", BODY.replace("54 (45.0%)", "54 of 120 (54.0%)")),
        Abstract("4b", BODY.replace("slept well", "slept well; there were no toxic deaths")),
        Abstract("5", ""),
        Abstract("6", " \n"),
    ],
    ids=lambda one: one.id,
)
def test_the_straight_way_gives_what_the_components_give(
    pipeline: Language, abstract: Abstract
) -> None:
    doc = pipeline.make_doc(abstract.text)
    if abstract.title:
        set_title(doc, has_title=True)
    doc = pipeline(doc)
    wanted = to_record(doc, id=abstract.id, title=abstract.title, meta=abstract.meta)
    assert dumps(read(load_toolkit(), abstract)) == dumps(wanted)


def test_an_abstract_holds_all_kinds_of_spans() -> None:
    record = read(load_toolkit(), Abstract("1", BODY))
    assert {span.label for span in record.spans} == {
        "SAMPLE_SIZE",
        "PERCENTAGE",
        "DURATION",
        "ADVERSE_EVENT",
    }


SUMS = "The trial took in 119 adults, 59 and 60 in the tea and placebo groups, for 12 weeks."


def test_sizes_known_by_their_sum_are_among_the_spans(pipeline: Language) -> None:
    for record in (
        read(load_toolkit(), Abstract("1", SUMS)),
        to_record(pipeline(SUMS), id="1", toolkit=load_toolkit()),
    ):
        sizes = [span for span in record.spans if span.label == "SAMPLE_SIZE"]
        assert [span.text for span in sizes[1:]] == ["59", "60"]
        assert (sizes[2].text, sizes[2].rule) == ("60", "sample_size.parts")


def named(text: str, *, explain: bool = False) -> list[Span]:
    record = read(load_toolkit(), Abstract("1", text), explain=explain)
    return [one for one in record.of(ADVERSE_EVENT) if not one.attributes.get("generic")]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("RESULTS: There were two perioperative deaths.", "perioperative death"),
        ("RESULTS: There were no ZETA-related deaths and nobody left.", "death"),
        ("RESULTS: There were no deaths.", "death"),
        ("RESULTS: Two patients died of sepsis.", "death"),
    ],
)
def test_a_harm_found_by_a_rule_has_the_term_that_is_in_it(text: str, term: str) -> None:
    held = named(text, explain=True)[0]
    assert held.rule.startswith("adverse_event.death.")
    assert (held.attributes["term"], held.attributes["system"]) == (term, "death")
    why = held.why or {}
    assert why["term"] == why["system"]
    assert re.fullmatch(rf"lexicon death\.tsv:\d+ {term}", why["term"])
    assert named(text)[0].attributes == held.attributes


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ("{}", {"term": "rash", "system": "skin"}),
        ("{term: zzrash}", {"term": "zzrash"}),
        ("{system: zz}", {"system": "zz"}),
        ("{generic: true}", {"generic": True}),
    ],
)
def test_the_lexicon_changes_nothing_that_a_rule_sets(
    tmp_path: Path, more: str, wanted: dict[str, object]
) -> None:
    layer = tmp_path / "own.yaml"
    layer.write_text(
        "label: ADVERSE_EVENT\nrules:\n"
        f"  - {{id: own.rash, pattern: zzitic rash, set: {more}, match: ['a [zzitic rash]']}}\n"
    )
    record = read(load_toolkit(layers=[layer]), Abstract("1", "RESULTS: Five had zzitic rash."))
    [held] = record.of(ADVERSE_EVENT)
    names = ("term", "system", "generic")
    assert {name: held.attributes[name] for name in names if name in held.attributes} == wanted


def test_attributes_that_weights_decided_say_which_words_spoke(root: Path) -> None:
    told = set()
    for gold in read_file(root / "corpus" / "gold" / "dev.jsonl"):
        abstract = Abstract(gold.id, gold.text, gold.title)
        for span in read(load_toolkit(), abstract, explain=True).spans:
            why = dict(span.why or {})
            decided = {
                f"{name}.words"
                for name, by in why.items()
                if by == f"{span.label.lower()}.{name}.weighed"
            }
            assert decided == {key for key in why if key.endswith(".words")}
            assert all(re.match(r"\S+ \S.* [+-][\d.]+, ", why[key]) for key in decided)
            told |= decided
    assert {"scope.words", "role.words", "kind.words", "assertion.words"} <= told
