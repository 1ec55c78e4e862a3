from __future__ import annotations

import dataclasses
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import AbsiftError
from absift.records import (
    ATTRIBUTES,
    LABELS,
    Abstract,
    Record,
    Span,
    Warning,
    dumps,
    loads,
    read_records,
    span_order,
)

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    WORDS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
RESERVED = {"start", "end", "text", "label", "rule", "section"}


@st.composite
def records(draw: st.DrawFn) -> Record:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        label = draw(st.sampled_from([*LABELS, "COST"]))
        own = WORDS.filter(lambda word: word not in RESERVED)
        names = st.sampled_from(ATTRIBUTES.get(label, ("a",))) | own
        attributes = draw(st.dictionaries(names, VALUES, max_size=4))
        rule, section = draw(st.none() | WORDS), draw(st.none() | WORDS)
        spans.append(Span(start, end, text[start:end], label, attributes, rule, section))
    pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple)
    warnings = st.lists(st.builds(Warning, WORDS, WORDS, pairs, WORDS), max_size=2).map(tuple)
    return Record(
        id=draw(WORDS),
        text=text,
        title=draw(st.none() | WORDS),
        spans=tuple(sorted(spans, key=span_order)),
        warnings=draw(warnings),
        meta=draw(st.dictionaries(WORDS, VALUES, max_size=3)),
    )


@given(records())
def test_records_come_back_from_json_as_they_were(record: Record) -> None:
    assert Record.from_json(record.to_json()) == record
    line = dumps(record)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert loads(line) == record
    assert dumps(loads(line)) == line


SPAN = {"start": 3, "end": 5, "label": "SAMPLE_SIZE"}
DATA: dict[str, Any] = {"id": "1", "text": "of 27 men", "spans": [SPAN]}


def test_the_fixed_order_of_keys() -> None:
    span = Span(3, 5, "27", "SAMPLE_SIZE", {"own": 1, "unit": "eyes", "value": 27}, "r", "results")
    assert list(span.to_json().items()) == [
        ("start", 3), ("end", 5), ("text", "27"), ("label", "SAMPLE_SIZE"),
        ("value", 27), ("unit", "eyes"), ("own", 1), ("rule", "r"), ("section", "results"),
    ]  # fmt: skip
    record = Record("1", "of 27 men", None, (span,))
    assert list(record.to_json()) == ["id", "title", "text", "spans", "warnings", "meta"]


def test_what_may_be_left_out() -> None:
    record = Record.from_json(DATA)
    assert record.spans == (Span(3, 5, "27", "SAMPLE_SIZE"),)
    assert (record.title, record.warnings, dict(record.meta)) == (None, (), {})
    assert Record.from_json({"text": ""}) == Record("?", "")
    assert Record.from_json({"id": 7, "text": "", "spans": None, "meta": None}).id == "7"
    assert Warning.from_json({"kind": "k"}) == Warning("k", "", (), "")


def test_spans_are_put_in_order() -> None:
    places = [(3, 5, "B"), (3, 5, "A"), (3, 9, "A"), (0, 2, "C")]
    spans = [{"start": start, "end": end, "label": label} for start, end, label in places]
    record = Record.from_json({**DATA, "spans": spans})
    assert [(one.text, one.label) for one in record.spans] == [
        ("of", "C"), ("27 men", "A"), ("27", "A"), ("27", "B"),
    ]  # fmt: skip
    assert record.of("A") == record.spans[1:3]
    assert record.of("NONE") == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": None}, "record 1: no text; give it as the string field 'text'"),
        ({"text": 5}, "record 1: no text"),
        ({"title": 5}, "record 1: 'title' must be a string, not 5"),
        ({"meta": [1]}, "record 1: 'meta' must be an object, not [1]"),
        ({"spans": {"a": 1}}, "record 1: 'spans' must be a list of objects"),
        ({"spans": "x"}, "record 1: 'spans' must be a list of objects"),
        ({"spans": [5]}, "record 1: 'spans' must be a list of objects"),
        ({"spans": [{"start": 3, "end": 5}]}, "record 1: a span lacks its field 'label'"),
        ({"spans": [{"end": 5, "label": "A"}]}, "record 1: a span lacks its field 'start'"),
        ({"spans": [{**SPAN, "start": "3"}]}, "'start' of a span must be int, not '3'"),
        ({"spans": [{**SPAN, "end": 5.0}]}, "'end' of a span must be int, not 5.0"),
        ({"spans": [{**SPAN, "start": True}]}, "'start' of a span must be int, not True"),
        ({"spans": [{**SPAN, "label": 5}]}, "'label' of a span must be str, not 5"),
        ({"spans": [{**SPAN, "rule": 5}]}, "'rule' of a span must be str, not 5"),
        ({"spans": [{**SPAN, "text": 27}]}, "'text' of a span must be str, not 27"),
        ({"spans": [{**SPAN, "text": "28"}]}, "3-5 is given as '28', but the text has '27'"),
        ({"spans": [{**SPAN, "end": 99}]}, "SAMPLE_SIZE 3-99 doesn't lie in the text of 9"),
        ({"spans": [{**SPAN, "start": -6, "end": -4, "text": "27"}]}, "-6--4 doesn't lie in the"),
        ({"spans": [{**SPAN, "end": 3}]}, "3-3 doesn't lie in the text"),
        ({"spans": [{**SPAN, "start": 5, "end": 3}]}, "5-3 doesn't lie in the text"),
        ({"warnings": [{"message": "m"}]}, "record 1: a warning lacks its field 'kind'"),
        ({"warnings": [{"kind": "k", "sum": 5}]}, "'sum' of a warning must be str, not 5"),
        ({"warnings": [{"kind": "k", "spans": [[1]]}]}, "'spans' of a warning must be pairs"),
        ({"warnings": [{"kind": "k", "spans": 5}]}, "'spans' of a warning must be pairs"),
        ({"warnings": "none"}, "record 1: 'warnings' must be a list of objects"),
    ],
)  # fmt: skip
def test_malformed_records(change: dict[str, Any], message: str) -> None:
    with pytest.raises(AbsiftError) as caught:
        Record.from_json({**DATA, **change})
    assert message in str(caught.value)


@given(
    st.dictionaries(st.sampled_from(["id", "text", "title", "spans", "warnings", "meta"]), VALUES)
)
def test_any_json_object_is_a_record_or_an_error(data: dict[str, Any]) -> None:
    try:
        record = Record.from_json(data)
    except AbsiftError:
        return
    assert record.text == data["text"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "1"}', "record 1: no text"),
    ],
)
def test_malformed_lines(line: str, message: str) -> None:
    with pytest.raises(AbsiftError, match=message):
        loads(line)


def test_read_records_skips_blank_lines_and_names_the_bad_one() -> None:
    line = orjson.dumps(DATA)
    assert read_records([line, b"  \n", line.decode(), ""]) == [Record.from_json(DATA)] * 2
    with pytest.raises(AbsiftError, match="line 3: not JSON"):
        read_records([line, b"", b"{"])


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [("Tea", "Tea\nWe saw.", "Tea"), (None, "We saw.", None), ("", "We saw.", None)],
)
def test_an_abstract_joins_its_title(title: str | None, text: str, kept: str | None) -> None:
    made = Abstract.build("1", "We saw.", title=title, meta={"year": 2020})
    assert (made.text, made.title, made.meta) == (text, kept, {"year": 2020})


@pytest.mark.parametrize("made", [Abstract("1", "a"), Span(0, 1, "a", "A"), Record("1", "a")])
def test_the_types_are_frozen_and_their_empty_mappings_too(made: Abstract | Span | Record) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.text = "b"  # type: ignore[misc]
    mapping = made.attributes if isinstance(made, Span) else made.meta
    with pytest.raises(TypeError):
        mapping["a"] = 1  # type: ignore[index]
