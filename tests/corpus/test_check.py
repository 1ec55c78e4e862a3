"""Gold files that are sound, and each thing that can be wrong with one."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
import pytest

from absift.corpus.check import check_files, check_line
from absift.errors import InputError
from absift.records import LABELS

TEXT = "Of 1,204 adults 12-20% (19/27) had nausea for 6 weeks"
SIZE = {
    "start": 3,
    "end": 8,
    "text": "1,204",
    "label": "SAMPLE_SIZE",
    "value": 1204,
    "scope": "total",
    "stage": "enrolled",
    "unit": "participants",
}
SHARE = {
    "start": 16,
    "end": 22,
    "text": "12-20%",
    "label": "PERCENTAGE",
    "low": 12,
    "high": 20,
    "kind": "interval",
}
EVENT = {
    "start": 35,
    "end": 41,
    "text": "nausea",
    "label": "ADVERSE_EVENT",
    "assertion": "present",
    "grade": "3-4",
    "serious": True,
    "rates": [{"numerator": 19, "denominator": 27, "percent": 70.4, "arm": "drug"}],
}
TIME = {
    "start": 46,
    "end": 53,
    "text": "6 weeks",
    "label": "DURATION",
    "value": 6,
    "unit": "week",
    "role": "treatment",
    "statistic": "none",
}


def record(*spans: dict[str, Any], **fields: object) -> dict[str, Any]:
    return {"id": "1", "title": None, "text": TEXT, "spans": list(spans)} | fields


def problems_of(
    data: object, labels: tuple[str, ...] = LABELS, attributes: bool = True
) -> list[str]:
    _, found = check_line(orjson.dumps(data), frozenset(labels), attributes=attributes)
    return [message for _, message in found]


def without(span: dict[str, Any], *names: str, **changed: object) -> dict[str, Any]:
    return {key: value for key, value in span.items() if key not in names} | changed


def test_sound_records_have_no_problems() -> None:
    assert problems_of(record(SIZE, SHARE, EVENT, TIME, meta={"design": "trial"})) == []
    assert problems_of(record()) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "not a JSON object"),
        (record(id=""), "id must be a string that isn't empty"),
        (record(id=5), "id must be a string"),
        (record(text="  "), "text must be a string that isn't empty"),
        (record(title="Another"), "title must be what the text begins with"),
        (record(spans=None), "spans must be a list"),
        (record(warnings={}), "warnings must be a list"),
        (record(meta=[1]), "meta must be an object"),
        (record(extra=1), "unknown field 'extra'"),
        (record("27"), "not a JSON object"),  # type: ignore[arg-type]
        (record(SIZE, without(SIZE, stage="analysed")), "the span stands twice"),
    ],
)
def test_records(data: object, message: str) -> None:
    assert any(message in found for found in problems_of(data)), problems_of(data)


@pytest.mark.parametrize(
    ("span", "message"),
    [
        (without(SIZE, start="3"), "start and end must be whole numbers"),
        (without(SIZE, end=99), "the offsets don't lie in the text of 53 characters"),
        (without(SIZE, end=3), "the offsets don't lie"),
        (without(SIZE, text="1204"), "is given as '1204', but the text has '1,204' there"),
        (without(SIZE, end=9, text="1,204 "), "starts or ends on white space"),
        (without(SIZE, label="COUNT"), "unknown label 'COUNT'"),
        (without(SIZE, "scope"), "scope is missing"),
        (without(SIZE, stage="included"), "stage is 'included', not one of screened"),
        (without(SIZE, colour="red"), "unknown attribute 'colour'"),
        (without(SIZE, "value"), "needs a value"),
        (without(SIZE, low=1, high=2), "needs a value, and neither low nor high"),
        (without(SIZE, value=1204.5), "value must be a whole number"),
        (without(SIZE, value="1204"), "value must be a number, not '1204'"),
        (without(SIZE, value=1240), "value is 1240, but the span reads '1,204'"),
        (without(SHARE, "high"), "needs either a value, or both low and high"),
        (without(SHARE, value=16), "needs either a value, or both"),
        (without(SHARE, low=30), "low 30 is above high 20"),
        (without(SHARE, numerator=1.5), "numerator must be a whole number"),
        (without(SHARE, denominator=-2), "denominator must be a whole number of 0 or more"),
        (without(TIME, value=60), "value is 60, but the span reads '6 weeks'"),
        (without(TIME, unit="weeks"), "unit is 'weeks', not one of second"),
        (without(TIME, "statistic"), "statistic is missing"),
        (without(EVENT, "assertion"), "assertion is missing"),
        (without(EVENT, grade="III"), "grade must be of the form"),
        (without(EVENT, grade=3), "grade must be of the form"),
        (without(EVENT, generic="yes"), "generic must be true or left out"),
        (without(EVENT, term=5), "term must be a string"),
        (without(EVENT, rates={}), "rates must be a list"),
        (without(EVENT, rates=[5]), "rate 1: must be an object"),
        (without(EVENT, rates=[{"numerator": 1}, {"n": 1}]), "rate 2: unknown key 'n'"),
        (without(EVENT, rates=[{"arm": "drug"}]), "rate 1: needs one of numerator"),
        (without(EVENT, rates=[{"numerator": 1.5}]), "rate 1: numerator must be a whole number"),
        (without(EVENT, rates=[{"percent": -1}]), "rate 1: percent must be a number of 0"),
        (without(EVENT, rates=[{"percent": 1, "arm": " "}]), "rate 1: arm must be a string"),
    ],
)
def test_spans(span: dict[str, Any], message: str) -> None:
    found = problems_of(record(span))
    assert any(message in text for text in found), found


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("-0.3%", -0.3),
        ("−0.3%", -0.3),
        (".5%", 0.5),
        ("1·5%", 1.5),
        ("1 204%", 1204),
        ("5/06", 9),
        ("7.2% ± 0.6%", 7.2),
        ("two%", 2),
        ("1,5%", 1.5),
    ],
)
def test_values_that_may_be_written_so(words: str, value: float) -> None:
    span = {
        "start": 0,
        "end": len(words),
        "text": words,
        "label": "PERCENTAGE",
        "value": value,
        "kind": "other",
    }
    assert problems_of(record(span, text=words)) == []


def test_labels_and_attributes_can_be_others() -> None:
    span = {"start": 35, "end": 41, "text": "nausea", "label": "COUNT", "arm": "x"}
    assert problems_of(record(span), labels=("COUNT",)) == []
    bare = without(EVENT, "assertion")
    assert problems_of(record(bare), attributes=False) == []
    assert problems_of(record(SIZE), labels=("COUNT",)) == [
        "unknown label 'SAMPLE_SIZE'; there are COUNT"
    ]


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_bytes(b"".join(orjson.dumps(item) + b"\n" for item in records))
    return path


def test_problems_name_file_line_record_and_span(tmp_path: Path) -> None:
    path = write(
        tmp_path / "gold.jsonl",
        record(SIZE),
        record(without(SIZE, "scope"), id="2", text=TEXT + "."),
    )
    (problem,) = check_files([path])
    assert str(problem) == f"{path}:2: 2: 3-8 SAMPLE_SIZE: scope is missing"
    assert problem.to_json()["line"] == 2


def test_bad_lines_do_not_hide_others(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"{\n\n" + orjson.dumps(record(extra=1)) + b"\n")
    assert [(p.line, p.message[:8]) for p in check_files([path])] == [
        (1, "not JSON"),
        (3, "unknown "),
    ]


def test_splits_must_not_overlap(tmp_path: Path) -> None:
    one = write(tmp_path / "train.jsonl", record(SIZE))
    other = write(
        tmp_path / "test.jsonl",
        record(id="1", text="Another text"),
        record(id="2", text=TEXT.upper().replace(" ", "  ")),
    )
    found = [(problem.line, problem.message) for problem in check_files([one, other])]
    assert found == [(1, f"the same id as in {one}:1"), (2, f"the same text as in {one}:1")]
    assert check_files([one]) == []


def test_repeats_within_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", record(), record())
    assert [problem.message for problem in check_files([path])] == [
        f"the same id as in {path}:1",
        f"the same text as in {path}:1",
    ]


def test_compressed_empty_and_missing_files(tmp_path: Path) -> None:
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(orjson.dumps(record(SIZE))))
    assert check_files([packed]) == []
    empty = write(tmp_path / "empty.jsonl")
    assert [str(problem) for problem in check_files([empty])] == [f"{empty}: no records"]
    with pytest.raises(InputError, match="can't be read"):
        check_files([tmp_path / "none.jsonl"])
