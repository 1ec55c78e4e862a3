"""Gold through every annotation format and back."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absift.corpus.convert import FORMATS, convert
from absift.errors import InputError
from absift.evaluation.sources import read_file
from absift.records import Record, Span, dumps, span_order

TEXT = "Zelorin – a trial\nOf 27 adults, 2 had severe nausea (7.4%) after 6 weeks."


def span(words: str, label: str, **attributes: object) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words, label, attributes)


SPANS = (
    span("27", "SAMPLE_SIZE", value=27, scope="total", stage="enrolled", unit="participants"),
    span(
        "nausea",
        "ADVERSE_EVENT",
        assertion="present",
        serious=True,
        rates=[{"numerator": 2, "percent": 7.4, "arm": 'the "drug"'}],
    ),
    span("7.4%", "PERCENTAGE", value=7.4, kind="proportion", numerator=2),
    span("6 weeks", "DURATION", value=6, unit="week", role="timepoint", statistic="none"),
)
META = {"design": "trial", "field": "oncology"}
GOLD = [
    Record("demo/1", TEXT, "Zelorin – a trial", SPANS, meta=META),
    Record("demo 2", "Nothing to find here.", meta=META),
]
#: With what markup has no place for: rules, sections, overlaps, other meta.
PREDICTED = [
    replace(
        GOLD[0],
        spans=tuple(
            sorted(
                (
                    *(replace(one, rule="a.rule", section="results") for one in SPANS),
                    span("severe nausea", "ADVERSE_EVENT", assertion="possible"),
                ),
                key=span_order,
            )
        ),
        meta={"year": 2020, "authors": ["A"]},
    ),
    GOLD[1],
]
WITHOUT_ATTRIBUTES = ("doccano", "doccano-entities")


def held(record: Record, name: str) -> Record:
    """Give what a format can hold of a record."""
    if name not in WITHOUT_ATTRIBUTES:
        return record
    bare = (Span(one.start, one.end, one.text, one.label) for one in record.spans)
    return replace(record, spans=tuple(bare))


def through(records: list[Record], name: str, folder: Path) -> list[Record]:
    """Write records in a format and read them back."""
    source, there, back = folder / "in.jsonl", folder / "there", folder / "back.jsonl"
    source.write_bytes(b"".join(map(dumps, records)))
    convert(source, there, target_format=name, force=True)
    convert(there, back, source_format=name, force=True)
    return read_file(back)


@pytest.mark.parametrize("name", FORMATS)
def test_gold_comes_back_equal(name: str, tmp_path: Path) -> None:
    assert through(GOLD, name, tmp_path) == [held(record, name) for record in GOLD]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "markup"])
def test_predictions_with_overlaps_come_back_equal(name: str, tmp_path: Path) -> None:
    assert through(PREDICTED, name, tmp_path) == [held(record, name) for record in PREDICTED]


LETTERS = string.ascii_letters + string.digits + " .,·–%é\u00a0\u2009µ😀\t\"'<&>[]{}"


@st.composite
def documents(draw: st.DrawFn) -> list[Record]:
    records = []
    for number in range(draw(st.integers(1, 3))):
        lines = st.text(LETTERS, min_size=1, max_size=30)
        text = "\n".join(draw(st.lists(lines, min_size=1, max_size=3)))
        found: dict[tuple[int, int, str], Span] = {}
        for _ in range(draw(st.integers(0, 4))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            if not text[start:end].strip() or text[start:end] != text[start:end].strip():
                continue
            label = draw(st.sampled_from(["DURATION", "ADVERSE_EVENT", "OWN"]))
            attributes: dict[str, Any] = draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "value": st.integers(-5, 5) | st.just(2.5),
                        "unit": st.sampled_from(["day", "odd unit"]),
                        "serious": st.just(True),
                        "rates": st.just([{"numerator": 1, "arm": "x\u2028y"}]),
                    },
                )
            )
            rule = draw(st.sampled_from([None, "a.rule"]))
            found[start, end, label] = Span(start, end, text[start:end], label, attributes, rule)
        spans = tuple(sorted(found.values(), key=span_order))
        title = text.split("\n")[0] if "\n" in text else None
        records.append(Record(f"id {number}", text, title, spans, meta={"n": number}))
    return records


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "markup"])
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(records=documents())
def test_any_record_comes_back_equal(name: str, tmp_path: Path, records: list[Record]) -> None:
    assert through(records, name, tmp_path) == [held(record, name) for record in records]


def test_formats_are_known_by_their_names(tmp_path: Path) -> None:
    source = tmp_path / "gold.txt"
    source.write_text("### 1 | a | b\nTitle with [[5%]]{P 5 change}\n", encoding="utf-8")
    done = convert(source, tmp_path / "gold.jsonl")
    assert (done.records, done.notes) == (1, ())
    (record,) = read_file(tmp_path / "gold.jsonl")
    assert record.spans[0].attributes == {"value": 5, "kind": "change"}
    for name in ("gold.spacy", "gold.xml", "gold.brat", "gold.jsonl.gz"):
        convert(source, tmp_path / name)
        convert(tmp_path / name, tmp_path / "back.jsonl", force=True)
        assert read_file(tmp_path / "back.jsonl") == [record]


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"".join(map(dumps, PREDICTED)))
    notes = convert(source, tmp_path / "out", target_format="doccano").notes
    assert notes == (
        "doccano holds no attributes: 5 spans lost theirs",
        "doccano holds no rules or sections: 4 spans lost theirs",
    )


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(dumps(PREDICTED[0]))
    with pytest.raises(InputError, match="the spans overlap at"):
        convert(source, tmp_path / "out.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize(
    ("source", "target", "options", "message"),
    [
        ("in.jsonl", "out.json", {}, "out.json: the name doesn't tell the format; add --to"),
        ("in.jsonl", "out", {"target_format": "word"}, "--to word: no such format; there are"),
        ("none.jsonl", "out.jsonl", {}, "none.jsonl: there is no such file"),
        ("in.jsonl", "in.jsonl", {}, "exists already; add --force"),
        ("empty.txt", "out.jsonl", {"source_format": "prodigy"}, "no records in it"),
        ("in.jsonl", "out.jsonl", {"source_format": "label-studio"}, "not a list of tasks"),
        ("in.jsonl", "out.jsonl", {"source_format": "bioc-xml"}, "lacks its documents"),
        ("in.jsonl", "out.jsonl", {"source_format": "spacy"}, "not a DocBin"),
        (".", "out.jsonl", {"source_format": "prodigy"}, "can't be read"),
        ("latin.txt", "out.jsonl", {}, "not UTF-8 at byte 3"),
    ],
)
def test_what_cannot_be_converted(
    tmp_path: Path, source: str, target: str, options: dict[str, str], message: str
) -> None:
    (tmp_path / "in.jsonl").write_bytes(dumps(GOLD[0]))
    (tmp_path / "empty.txt").write_bytes(b"\n")
    (tmp_path / "latin.txt").write_bytes("abcé".encode("latin-1"))
    with pytest.raises(InputError, match=message):
        convert(tmp_path / source, tmp_path / target, **options)  # type: ignore[arg-type]
    assert not (tmp_path / "out.jsonl").exists()
