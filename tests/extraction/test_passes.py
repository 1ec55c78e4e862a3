from __future__ import annotations

import pytest
from spacy.language import Language

from absift.components.record import to_record
from absift.components.state import set_title
from absift.extraction.passes import read
from absift.extraction.toolkit import load_toolkit
from absift.records import Abstract, dumps

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
        assert [(span.text, span.rule) for span in sizes[1:]] == [
            ("59", "sample_size.parts"),
            ("60", "sample_size.parts"),
        ]
