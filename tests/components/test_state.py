from __future__ import annotations

from dataclasses import replace

import pytest
import spacy
from spacy.tokens import Doc, DocBin, SpanGroup

from absift.components.state import (
    attributes_of,
    read_findings,
    read_warnings,
    set_title,
    sheet_of,
    write_findings,
    write_warnings,
)
from absift.errors import AbsiftError
from absift.extraction.toolkit import load_toolkit
from absift.rules.engine import Finding

TEXT = "Tea trial\nWe saw n=120 men in 12weeks. It fell."


def doc_of(text: str = TEXT) -> Doc:
    return spacy.blank("en")(text)


def finding(words: str, label: str = "COST", **attributes: object) -> Finding:
    start = TEXT.index(words)
    return Finding(start, start + len(words), label, f"{label.lower()}.rule", attributes)


def texts(doc: Doc, label: str) -> list[str]:
    return [span.text for span in doc.spans[label]]


def test_findings_come_back_as_they_were_put() -> None:
    doc = doc_of()
    found = [finding("men", value=1, kind=["a", {"b": None}]), finding("We")]
    write_findings(doc, "COST", found)
    assert read_findings(doc, ["NONE", "COST"]) == [found[1], found[0]]
    assert [(span.text, span.label_, span.id_) for span in doc.spans["COST"]] == [
        ("We", "COST", "cost.rule"),
        ("men", "COST", "cost.rule"),
    ]
    assert attributes_of(doc.spans["COST"][1]) == {"value": 1, "kind": ["a", {"b": None}]}
    assert attributes_of(doc.spans["COST"][0]) == {}


def test_reading_gives_copies() -> None:
    doc = doc_of()
    write_findings(doc, "COST", [finding("men", value=1)])
    read_findings(doc, ["COST"])[0].attributes["value"] = 2
    assert attributes_of(doc.spans["COST"][0]) == {"value": 1}


def test_spans_of_others_have_a_rule_and_no_attributes() -> None:
    doc = doc_of()
    doc.spans["COST"] = [doc.char_span(10, 12, label="COST")]
    (found,) = read_findings(doc, ["COST"])
    assert (found.rule, found.attributes) == ("cost", {})
    assert attributes_of(doc.spans["COST"][0]) == {}
    assert attributes_of(doc[0:1]) == {}


def test_overlapping_spans_are_kept() -> None:
    doc = doc_of()
    write_findings(doc, "COST", [finding("men"), finding("men in")])
    assert texts(doc, "COST") == ["men in", "men"]


def test_tokens_of_another_tokenizer_are_split_where_spans_end() -> None:
    doc = doc_of()
    assert "n=120" in [token.text for token in doc]
    doc.spans["OTHER"] = SpanGroup(
        doc, spans=[doc.char_span(17, 26, label="OTHER")], attrs={"a": 1}
    )
    write_findings(doc, "COST", [finding("It")])
    write_findings(doc, "SIZE", [finding("120", "SIZE", value=120), finding("2w", "SIZE")])
    assert doc.text == TEXT
    assert texts(doc, "SIZE") == ["120", "2w"]
    assert texts(doc, "COST") == ["It"]
    assert texts(doc, "OTHER") == [TEXT[17:26]]
    assert doc.spans["OTHER"].attrs == {"a": 1}
    assert attributes_of(doc.spans["SIZE"][0]) == {"value": 120}
    assert "".join(token.text_with_ws for token in doc) == TEXT


def test_sentences_stay_where_they_were_when_tokens_are_split() -> None:
    doc = doc_of("We saw it. n=120 men came. It fell.")
    for place in (0, 4, 8):
        doc[place].is_sent_start = True
    before = [sentence.text for sentence in doc.sents]
    assert before == ["We saw it.", "n=120 men came.", "It fell."]
    write_findings(doc, "SIZE", [Finding(13, 16, "SIZE", "r")])
    assert [sentence.text for sentence in doc.sents] == before


@pytest.mark.parametrize(("start", "end"), [(0, 99), (4, 4), (3, 4)])
def test_a_span_that_no_token_bounds_is_an_error(start: int, end: int) -> None:
    with pytest.raises(AbsiftError, match="doesn't end on tokens"):
        write_findings(doc_of("One two"), "COST", [Finding(start, end, "COST", "r")])


def test_spans_attributes_and_warnings_survive_bytes_and_docbin() -> None:
    doc = doc_of()
    write_findings(doc, "COST", [finding("120", value=12.5, rates=[{"n": 1, "arm": None}])])
    write_warnings(doc, [{"kind": "k", "spans": [[0, 1]]}])
    set_title(doc, has_title=True)
    packed = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin().from_bytes(packed).get_docs(spacy.blank("en").vocab)
    for other in (Doc(spacy.blank("en").vocab).from_bytes(doc.to_bytes()), unpacked):
        assert read_findings(other, ["COST"]) == read_findings(doc, ["COST"])
        (warning,) = read_warnings(other)
        # spaCy gives the lists of its user data back as tuples.
        assert (warning["kind"], [list(pair) for pair in warning["spans"]]) == ("k", [[0, 1]])
        assert sheet_of(other).section(1) == "title"


def test_warnings_of_a_fresh_doc() -> None:
    assert read_warnings(doc_of()) == []


def test_the_layout_is_made_once() -> None:
    doc, toolkit = doc_of(), load_toolkit()
    assert sheet_of(doc, toolkit) is sheet_of(doc, toolkit) is sheet_of(doc)


def test_the_layout_of_another_toolkit_is_not_used() -> None:
    doc, toolkit = doc_of(), load_toolkit()
    first = sheet_of(doc, toolkit)
    other = replace(toolkit)
    assert sheet_of(doc, other) is not first


@pytest.mark.parametrize(("has_title", "section"), [(True, "title"), (False, "body")])
def test_whether_the_first_line_is_a_title_can_be_said(has_title: bool, section: str) -> None:
    doc = doc_of()
    assert sheet_of(doc).section(1) == "title"
    set_title(doc, has_title=has_title)
    assert sheet_of(doc).section(1) == section
