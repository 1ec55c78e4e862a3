from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from absift.errors import AbsiftError
from absift.records import Record, Span, span_order
from absift.writers import open_writer
from absift.writers.docbin import doc_from_record, record_from_doc

NLP = spacy.blank("en")


def read(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def test_records_come_back_whole(tmp_path: Path, records: list[Record]) -> None:
    with open_writer(str(tmp_path / "a.spacy")) as writer:
        for record in records:
            writer.write(record)
    assert [record_from_doc(doc) for doc in read(tmp_path / "a.spacy")] == records


def test_spans_as_spacy_shows_them(tmp_path: Path, records: list[Record]) -> None:
    with open_writer(str(tmp_path / "a.spacy")) as writer:
        writer.write(records[0])
    (doc,) = read(tmp_path / "a.spacy")
    assert doc.text == records[0].text
    assert set(doc.spans) == {
        "SAMPLE_SIZE",
        "DURATION",
        "ADVERSE_EVENT",
        "PERCENTAGE",
        "ODD_LABEL",
    }
    group = doc.spans["DURATION"]
    assert [(it.text, it.label_, it.id_) for it in group] == [
        ("12 weeks", "DURATION", "duration.made_up"),
        ("2 to 4 years", "DURATION", "duration.made_up"),
    ]
    assert group.attrs["attributes"][1] == {
        "low": 2,
        "high": 4,
        "unit": "year",
        "role": "follow_up",
        "statistic": "range",
    }
    assert [token.text for token in doc[-4:]] == ["serious", "adverse", "events", "."]


def test_no_records(tmp_path: Path) -> None:
    with open_writer(str(tmp_path / "a.spacy")):
        pass
    assert read(tmp_path / "a.spacy") == []


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 9), (9, 12)])
def test_span_outside_its_text(start: int, end: int) -> None:
    record = Record("r", "12345", spans=(Span(start, end, "", "L"),))
    with pytest.raises(AbsiftError, match=f"L {start}-{end} doesn't lie in its text of 5"):
        doc_from_record(record, NLP)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("a1  .%\n\xa0-😀ع"), min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 11), st.integers(1, 12), st.sampled_from("KL")), min_size=1),
)
@example("a b c", [(1, 3, "K"), (2, 4, "L")])
@example("a b", [(1, 2, "K")])
def test_any_offsets_are_kept(text: str, places: list[tuple[int, int, str]]) -> None:
    spans = _spans(text, places)
    record = Record("r", text, spans=spans)
    assert record_from_doc(doc_from_record(record, NLP)) == record


def _spans(text: str, places: list[tuple[int, int, str]]) -> tuple[Span, ...]:
    found = {
        (start, min(end, len(text)), label)
        for start, end, label in places
        if start < min(end, len(text))
    }
    spans = [Span(start, end, text[start:end], label) for start, end, label in found]
    return tuple(sorted(spans, key=span_order))
