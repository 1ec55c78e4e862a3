from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import absift
from absift.components.record import to_record
from absift.components.state import attributes_of, read_findings
from absift.records import LABELS, dumps

STEPS = [
    "absift_layout",
    "absift_rules",
    "absift_adverse_events",
    "absift_assertion",
    "absift_linking",
    "absift_later_rules",
    "absift_checks",
]


def packed(doc: Doc) -> bytes:
    return dumps(to_record(doc, id="1"))


def texts(doc: Doc, label: str) -> list[str]:
    return [span.text for span in doc.spans.get(label, [])]


def test_the_steps_of_the_default_pipeline(pipeline: Language, text: str) -> None:
    assert pipeline.pipe_names == STEPS
    doc = pipeline(text)
    assert texts(doc, "SAMPLE_SIZE")[:2] == ["120", "60"]
    assert texts(doc, "PERCENTAGE") == ["45.0%", "10%"]
    assert texts(doc, "DURATION") == ["12 weeks"]
    assert "nausea" in texts(doc, "ADVERSE_EVENT")
    assert [sentence.text for sentence in doc.sents][1] == "METHODS:"
    assert [(span.text, span.label_) for span in doc.spans["sections"]][:2] == [
        ("Two doses of a tea extract in sleepless adults", "title"),
        ("METHODS:", "methods"),
    ]


# --- each step alone, over another tokenizer -------------------------------------------------


def blank(*steps: str) -> Language:
    nlp = spacy.blank("en")
    for step in steps:
        if step == "absift_later_rules":
            nlp.add_pipe("absift_rules", name=step, config={"late": True})
        else:
            nlp.add_pipe(step)
    return nlp


def test_layout_alone(text: str) -> None:
    doc = blank("absift_layout")(text)
    assert list(doc.spans) == ["sections"]
    assert [span.text for span in doc.spans["sections"]] == [one.text.strip() for one in doc.sents]


def test_rules_alone(text: str) -> None:
    doc = blank("absift_rules")(text)
    assert set(doc.spans) == {"PERCENTAGE", "DURATION", "SAMPLE_SIZE"}
    assert "60" in texts(doc, "SAMPLE_SIZE")
    assert texts(doc, "PERCENTAGE") == ["45.0%", "10%"]
    assert doc.text == text
    assert attributes_of(doc.spans["DURATION"][0])["value"] == 12


def test_adverse_events_alone(text: str) -> None:
    doc = blank("absift_adverse_events")(text)
    assert list(doc.spans) == ["ADVERSE_EVENT"]
    assert {"Adverse events", "nausea"} <= set(texts(doc, "ADVERSE_EVENT"))


@pytest.mark.parametrize("step", ["absift_assertion", "absift_linking", "absift_checks"])
def test_steps_with_nothing_to_work_on_do_nothing(step: str, text: str) -> None:
    doc = blank(step)(text)
    assert doc.text == text
    assert not doc.spans


def test_assertion_works_on_the_spans_of_others() -> None:
    nlp = blank("absift_assertion")
    doc = nlp.make_doc("There was no headache.")
    doc.spans["ADVERSE_EVENT"] = [doc.char_span(13, 21, label="ADVERSE_EVENT")]
    doc = nlp(doc)
    assert attributes_of(doc.spans["ADVERSE_EVENT"][0])["assertion"] == "absent"


def test_both_tokenizers_give_the_same_records(pipeline: Language, text: str) -> None:
    assert packed(blank(*STEPS)(text)) == packed(pipeline(text))


# --- order, absence, company -----------------------------------------------------------------


def test_another_order_of_steps(text: str) -> None:
    doc = blank(*reversed(STEPS))(text)
    assert texts(doc, "PERCENTAGE") == ["45.0%", "10%"]
    assert "nausea" in texts(doc, "ADVERSE_EVENT")


@pytest.mark.parametrize("missing", STEPS)
def test_the_pipeline_does_without_any_step(pipeline: Language, text: str, missing: str) -> None:
    with pipeline.select_pipes(disable=missing):
        doc = pipeline(text)
    record = to_record(doc, id="1")
    labels = {span.label for span in record.spans}
    gone = {
        "absift_rules": {"PERCENTAGE", "DURATION", "SAMPLE_SIZE"},
        "absift_adverse_events": {"ADVERSE_EVENT"},
    }
    assert labels == set(LABELS) - gone.get(missing, set())


@Language.component("test_sees_weeks")
def sees_weeks(doc: Doc) -> Doc:
    """Marks a word as a harm and drops all durations but one."""
    start = doc.text.index("sleepless")
    doc.spans["ADVERSE_EVENT"] = [
        *doc.spans["ADVERSE_EVENT"],
        doc.char_span(start, start + 9, label="ADVERSE_EVENT", span_id="mine"),
    ]
    doc.spans["DURATION"] = []
    return doc


def test_later_steps_respect_what_another_component_did(text: str) -> None:
    nlp = blank(*STEPS)
    nlp.add_pipe("test_sees_weeks", after="absift_adverse_events")
    record = to_record(nlp(text), id="1")
    assert record.of("DURATION") == ()
    mine = next(span for span in record.spans if span.rule == "mine")
    # The attribute is the next step's work; a title may speak of what is treated.
    assert (mine.text, mine.attributes["assertion"]) == ("sleepless", "possible")


def test_figures_that_another_component_marked_are_no_terms() -> None:
    nlp = blank("absift_adverse_events")
    text = "Adverse events included nausea and headache."
    assert "nausea" in texts(nlp(text), "ADVERSE_EVENT")
    doc = nlp.make_doc(text)
    start = text.index("nausea")
    doc.spans["DURATION"] = [doc.char_span(start, start + 6, label="DURATION")]
    assert "nausea" not in texts(nlp(doc), "ADVERSE_EVENT")


# --- keeping and moving ----------------------------------------------------------------------


def test_a_pipeline_read_from_another_folder_gives_the_same(
    pipeline: Language, text: str, tmp_path: Path
) -> None:
    pipeline.to_disk(tmp_path / "first")
    (tmp_path / "first").rename(tmp_path / "second")
    read = spacy.load(tmp_path / "second")
    assert read.pipe_names == STEPS
    assert packed(read(text)) == packed(pipeline(text))
    assert packed(absift.load(tmp_path / "second")(text)) == packed(pipeline(text))


def test_a_changed_copy_of_the_configs_is_used(
    pipeline: Language, text: str, tmp_path: Path
) -> None:
    pipeline.to_disk(tmp_path / "mine")
    rules = tmp_path / "mine" / "absift_rules" / "configs" / "rules" / "duration.yaml"
    rules.write_text("label: DURATION\nrules: []\n", encoding="utf-8")
    doc = spacy.load(tmp_path / "mine")(text)
    assert texts(doc, "DURATION") == []
    assert texts(doc, "PERCENTAGE") == ["45.0%", "10%"]


def test_bytes_and_docbin_keep_all(pipeline: Language, text: str) -> None:
    doc = pipeline(text)
    again = Doc(pipeline.vocab).from_bytes(doc.to_bytes())
    packed_docs = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin().from_bytes(packed_docs).get_docs(spacy.blank("en").vocab)
    for other in (again, unpacked):
        assert packed(other) == packed(doc)
        assert read_findings(other, LABELS) == read_findings(doc, LABELS)


def test_steps_survive_bytes(pipeline: Language, text: str) -> None:
    other = blank(*STEPS)
    for name, step in other.pipeline:
        step.from_bytes(pipeline.get_pipe(name).to_bytes())  # type: ignore[attr-defined]
    assert packed(other(text)) == packed(pipeline(text))


def test_two_processes_give_the_same(pipeline: Language, text: str) -> None:
    several = [text, "", "n=5 men", text.replace("120", "99")]
    wanted = [packed(pipeline(one)) for one in several]
    assert [packed(doc) for doc in pipeline.pipe(several, n_process=2, batch_size=2)] == wanted


# --- determinism and size --------------------------------------------------------------------


def test_the_same_text_gives_the_same_bytes_whatever_came_before(
    pipeline: Language, text: str
) -> None:
    first = packed(pipeline(text))
    for other in ("Q1Z9 of 77.25 XÆ-12", "In 2001 (−5%) 1 204 first", text.upper(), "\x00 😀 שלום"):
        pipeline(other)
    assert packed(pipeline(text)) == first


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\t \u00a0", "Tea", "5", ".", "%", "\x00", "😀", "\ufeffTea", "a\r\nb"]
)
def test_small_and_odd_texts(pipeline: Language, text: str) -> None:
    doc = pipeline(text)
    assert doc.text == text
    assert to_record(doc, id="1").text == text


def test_time_grows_with_the_length_of_the_text(pipeline: Language, text: str) -> None:
    def seconds(size: int) -> float:
        long = (text.replace("\n", " ") + " ") * (size // len(text))
        began = time.perf_counter()
        pipeline(long)
        return time.perf_counter() - began

    seconds(10_000)
    assert seconds(100_000) < 30 * max(seconds(10_000), 0.02)
