from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from absift.cli.app import app
from absift.corpus.standoff import join, read_standoff, strip
from absift.errors import InputError
from absift.records import Abstract, Record, Span, dumps, read_records

TEXT = "Tea trial\nOf 27 men, 2 in the  green\ttea group had hiccups."


def span(text: str, label: str, **attributes: object) -> Span:
    start = TEXT.index(text)
    return Span(start, start + len(text), text, label, attributes)


GOLD = Record(
    "7",
    TEXT,
    title="Tea trial",
    spans=(
        span("27", "SAMPLE_SIZE", value=27, scope="total", stage="enrolled", unit="participants"),
        span(
            "hiccups",
            "ADVERSE_EVENT",
            assertion="present",
            rates=[{"numerator": 2, "arm": "green\ttea group"}],
        ),
    ),
)


def test_nothing_of_the_text_is_left() -> None:
    assert strip(GOLD) == {
        "id": "7",
        "sha256": strip(GOLD)["sha256"],
        "spans": [
            {
                "start": 10,
                "end": 12,
                "label": "SAMPLE_SIZE",
                "value": 27,
                "scope": "total",
                "stage": "enrolled",
                "unit": "participants",
            },
            {
                "start": 38,
                "end": 45,
                "label": "ADVERSE_EVENT",
                "assertion": "present",
                "rates": [{"numerator": 2, "arm": [22, 35]}],
            },
        ],
    }


@pytest.mark.parametrize("blanks", ["\n", " \u00a0", "\r\n\t"])
def test_white_space_may_differ(blanks: str) -> None:
    text = TEXT.replace("\n", blanks).replace("  green\ttea", blanks + "green" + blanks + "tea")
    done = join([strip(GOLD)], [Abstract("7", text, title="Tea trial")])
    assert (done.missing, done.different) == ([], [])
    (record,) = done.records
    assert [one.text for one in record.spans] == ["27", "hiccups"]
    assert record.spans[1].attributes["rates"] == [
        {"numerator": 2, "arm": f"green{blanks}tea group"}
    ]


def test_what_is_missing_or_has_another_text_is_said() -> None:
    wanted = [strip(replace(GOLD, id=name)) for name in "abc"]
    abstracts = [Abstract("c", TEXT), Abstract("b", TEXT + " More."), Abstract("x", TEXT)]
    done = join(wanted, abstracts)
    assert [one.id for one in done.records] == ["c"]
    assert (done.missing, done.different) == (["a"], ["b"])


@given(st.text(st.sampled_from("ab \n\t"), min_size=1, max_size=30), st.data())
def test_what_is_stripped_comes_back(text: str, data: st.DataObject) -> None:
    places = [at for at, character in enumerate(text) if not character.isspace()]
    spans = []
    if places:
        first, last = sorted(data.draw(st.tuples(*[st.sampled_from(places)] * 2)))
        spans = [Span(first, last + 1, text[first : last + 1], "DURATION", {"value": 1})]
    record = Record("1", text, spans=tuple(spans))
    assert join([strip(record)], [Abstract("1", text)]).records == [record]


def test_an_arm_must_stand_in_the_text() -> None:
    rates = [{"numerator": 2, "arm": "coffee"}]
    bad = replace(GOLD, spans=(span("hiccups", "ADVERSE_EVENT", rates=rates),))
    with pytest.raises(InputError, match="7: the arm 'coffee' doesn't stand in the text"):
        strip(bad)


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"id": "1", "spans": []}'])
def test_a_line_that_is_none_is_named(line: bytes) -> None:
    with pytest.raises(InputError, match=r"s\.jsonl: line 2: "):
        read_standoff([b"\n", line], "s.jsonl")


def test_the_commands(tmp_path: Path) -> None:
    gold, bare, back = (tmp_path / name for name in ("gold.jsonl", "bare.jsonl", "back.jsonl"))
    gold.write_bytes(dumps(GOLD) + dumps(replace(GOLD, id="8")))
    (tmp_path / "in.jsonl").write_bytes(dumps(replace(GOLD, spans=())))
    done = CliRunner().invoke(app, ["corpus", "strip", str(gold), "-o", str(bare)])
    assert (done.exit_code, done.stderr) == (0, f"absift: 2 records written to {bare}\n")
    done = CliRunner().invoke(
        app, ["corpus", "join", str(bare), str(tmp_path / "in.jsonl"), "-o", str(back)]
    )
    assert done.exit_code == 1
    assert done.stderr == (f"absift: 1 of 2 records written to {back}\nabsift: no abstract: 8\n")
    with back.open("rb") as lines:
        (record,) = read_records(lines)
    assert record.spans == GOLD.spans


def test_stand_off_records_can_be_joined_again() -> None:
    wanted, abstract = [strip(GOLD)], Abstract("7", TEXT)
    assert join(wanted, [abstract]).records == join(wanted, [abstract]).records
    assert wanted == [strip(GOLD)]


@pytest.mark.parametrize(
    "span",
    [
        {"start": 0, "label": "DURATION"},
        {"start": 5, "end": 5, "label": "DURATION"},
        {"start": 0, "end": 1000, "label": "DURATION"},
        {"start": 0, "end": 1, "label": "ADVERSE_EVENT", "rates": [{"arm": [3]}]},
        "x",
    ],
)
def test_a_span_that_cannot_be_is_named(span: object) -> None:
    held = {**strip(GOLD), "spans": [span]}
    with pytest.raises(InputError, match="7: a span that is none of this text"):
        join([held], [Abstract("7", TEXT)])
