from __future__ import annotations

import spacy
from spacy.language import Language

import absift
from absift.api import rules_hash
from absift.components.record import to_record
from absift.components.state import set_title, write_warnings
from absift.records import Record, Warning


def test_what_a_doc_holds(pipeline: Language, text: str) -> None:
    record = to_record(pipeline(text), id="7", title="Tea", meta={"year": 2020})
    assert (record.id, record.title, record.text) == ("7", "Tea", text)
    stamp = {"version": absift.__version__, "hash": rules_hash(pipeline)}
    assert record.meta == {"year": 2020, "rules": stamp}
    assert {span.label for span in record.spans} == {
        "SAMPLE_SIZE", "PERCENTAGE", "DURATION", "ADVERSE_EVENT",
    }  # fmt: skip
    assert list(record.spans) == sorted(record.spans, key=lambda one: (one.start, -one.end))
    for span in record.spans:
        assert text[span.start : span.end] == span.text
        assert span.rule
    assert Record.from_json(record.to_json()) == record


def test_sections_of_spans(pipeline: Language, text: str) -> None:
    record = to_record(pipeline(text), id="7")
    sections = {span.text: span.section for span in record.spans}
    assert (sections["12 weeks"], sections["nausea"]) == ("methods", "results")


def test_spans_of_other_labels_and_groups_are_left_out() -> None:
    doc = spacy.blank("en")("It cost 5 euro in 5 days")
    doc.spans["COST"] = [doc[2:4]]
    doc.spans["DURATION"] = [doc.char_span(18, 24, label="DURATION")]
    (span,) = to_record(doc, id="1").spans
    assert (span.text, span.label, span.section) == ("5 days", "DURATION", "body")
    assert span.rule == "duration"


def test_warnings() -> None:
    doc = spacy.blank("en")("5 of 4")
    warning = Warning("percent_mismatch", "No.", ((0, 1), (5, 6)), "5/4")
    write_warnings(doc, [warning.to_json()])
    assert to_record(doc, id="1").warnings == (warning,)


def test_an_empty_doc() -> None:
    assert to_record(spacy.blank("en")(""), id="1") == Record("1", "")


def test_the_flag_for_a_title_moves_sections() -> None:
    doc = spacy.blank("en")("5 days. Of tea. And bed. Then\nIt fell.")
    doc.spans["DURATION"] = [doc.char_span(0, 6, label="DURATION")]
    assert to_record(doc, id="1").spans[0].section == "body"
    set_title(doc, has_title=True)
    assert to_record(doc, id="1").spans[0].section == "title"
