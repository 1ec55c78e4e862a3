"""The corpus that ships with the project: sound, split as documented, and as its card says."""

from __future__ import annotations

import hashlib
import importlib.util
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest

from absift.corpus.check import check_files
from absift.records import ADVERSE_EVENT, LABELS, PERCENTAGE, Record, dumps, loads, span_order

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
SPLITS = ("dev", "test")

#: Kinds of contradiction that a record may be marked with.
CONTRADICTIONS = {
    "percent_mismatch",
    "numerator_above_denominator",
    "parts_do_not_add_up",
    "denominator_above_sample",
}

DESIGNS = {
    "case-control",
    "case-report",
    "case-series",
    "cluster-trial",
    "cohort",
    "cross-sectional",
    "crossover-trial",
    "diagnostic-accuracy",
    "dose-finding",
    "factorial-trial",
    "meta-analysis",
    "non-inferiority-trial",
    "parallel-trial",
    "pharmacovigilance",
    "protocol",
    "registry",
    "single-arm-trial",
    "surgical-series",
    "systematic-review",
}


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def split_of(id_: str) -> str:
    return SPLITS[int(hashlib.sha256(id_.encode()).hexdigest(), 16) % 2]


GOLD: dict[str, list[Record]] = {
    name: [loads(line) for line in lines(CORPUS / "gold" / f"{name}.jsonl")] for name in SPLITS
}
RECORDS = [record for name in SPLITS for record in GOLD[name]]
RAW: dict[str, list[Record]] = {
    name: [loads(line) for line in lines(CORPUS / "agreement" / f"{name}.jsonl")]
    for name in ("first", "second")
}


def measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure", CORPUS / "agreement" / "measure.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_gold_is_sound() -> None:
    # Offsets against text, labels, attributes, ids and texts that occur twice, white space.
    problems = check_files([CORPUS / "gold" / f"{name}.jsonl" for name in SPLITS])
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("name", ["first", "second"])
def test_annotation_is_sound(name: str) -> None:
    assert [str(one) for one in check_files([CORPUS / "agreement" / f"{name}.jsonl"])] == []


@pytest.mark.parametrize("name", SPLITS)
def test_lines_are_as_the_project_writes_them(name: str) -> None:
    written = lines(CORPUS / "gold" / f"{name}.jsonl")
    assert [dumps(loads(line)) for line in written] == written


@pytest.mark.parametrize("name", SPLITS)
def test_split_follows_the_hash_of_the_id(name: str) -> None:
    assert {record.id: split_of(record.id) for record in GOLD[name]} == {
        record.id: name for record in GOLD[name]
    }


@pytest.mark.parametrize("name", SPLITS)
def test_records_are_in_the_order_of_their_ids(name: str) -> None:
    ids = [record.id for record in GOLD[name]]
    assert ids == sorted(set(ids))


def test_size() -> None:
    assert len(RECORDS) >= 150
    counts = Counter(span.label for record in RECORDS for span in record.spans)
    assert set(counts) == set(LABELS)
    assert min(counts.values()) >= 500


def test_designs_are_covered() -> None:
    assert {record.meta["design"] for record in RECORDS} >= DESIGNS


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_record_form(record: Record) -> None:
    title, _, body = record.text.partition("\n")
    assert title == record.title
    assert body.strip()
    assert record.meta["source"] == "composed"
    assert record.meta["annotator"] in {"first", "adjudicated"}
    assert str(record.meta["field"]).strip()
    assert set(record.meta.get("contradiction", ())) <= CONTRADICTIONS
    assert "[[" not in record.text


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_spans_do_not_overlap(record: Record) -> None:
    spans = sorted(record.spans, key=span_order)
    overlapping = [(one.text, two.text) for one, two in pairwise(spans) if two.start < one.end]
    assert overlapping == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_percent_of_a_rate_is_a_percentage_too(record: Record) -> None:
    marked = {
        span.attributes.get("value")
        for span in record.of(PERCENTAGE)
        if span.attributes["kind"] == "proportion"
    }
    told = {
        rate["percent"]
        for span in record.of(ADVERSE_EVENT)
        for rate in span.attributes.get("rates", ())
        if "percent" in rate
    }
    assert told - marked == set()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_arms_are_as_the_text_writes_them(record: Record) -> None:
    arms = {
        rate["arm"]
        for span in record.of(ADVERSE_EVENT)
        for rate in span.attributes.get("rates", ())
        if "arm" in rate
    }
    assert [arm for arm in sorted(arms) if arm.casefold() not in record.text.casefold()] == []


def test_every_kind_of_contradiction_is_planted() -> None:
    planted = Counter(kind for record in RECORDS for kind in record.meta.get("contradiction", ()))
    assert set(planted) == CONTRADICTIONS
    assert min(planted.values()) >= 2


def test_counts_and_percentages_disagree_only_where_planted() -> None:
    wrong = {
        record.id
        for record in RECORDS
        for span in record.of(PERCENTAGE)
        if {"numerator", "denominator", "value"} <= span.attributes.keys()
        and not _fits(span.text, span.attributes)
    }
    assert wrong == {"cga052", "cgc010", "cgc034"}


def _fits(text: str, attributes: Mapping[str, Any]) -> bool:
    """Whether a percentage is its fraction, rounded to as many decimals as the text has."""
    _, point, decimals = text.replace("·", ".").partition(".")
    places = len(decimals) - len(decimals.lstrip("0123456789")) if point else 0
    percent = 100 * attributes["numerator"] / attributes["denominator"]
    distance: float = abs(percent - attributes["value"])
    return distance <= 0.5 * 10.0**-places + 1e-9


def test_both_annotations_are_of_the_adjudicated_texts() -> None:
    adjudicated = {
        record.id: record.text for record in RECORDS if record.meta["annotator"] == "adjudicated"
    }
    assert len(adjudicated) == 42
    for name, records in RAW.items():
        assert {record.id: record.text for record in records} == adjudicated
        assert {record.meta["annotator"] for record in records} == {name}


def test_agreement_is_that_of_the_two_files() -> None:
    assert orjson.loads((CORPUS / "agreement.json").read_bytes()) == measure().agreement()


@pytest.mark.parametrize(
    ("confusion", "kappa"),
    [
        # Worked by hand: observed 0.7, expected 0.5 * 0.6 + 0.5 * 0.4 = 0.5.
        ({"a": {"a": 20, "b": 5}, "b": {"a": 10, "b": 15}}, 0.4),
        ({"a": {"a": 3}, "b": {"b": 2}}, 1.0),
        ({"a": {"b": 1}, "b": {"a": 1}}, -1.0),
        ({"a": {"a": 4}}, None),
        ({}, None),
    ],
)
def test_kappa(confusion: dict[str, dict[str, int]], kappa: float | None) -> None:
    assert measure().cohen_kappa(confusion) == (
        kappa if kappa is None else pytest.approx(kappa, abs=1e-12)
    )


@pytest.mark.parametrize("label", LABELS)
def test_card_gives_the_counts(label: str) -> None:
    counts = [sum(len(record.of(label)) for record in GOLD[name]) for name in SPLITS]
    row = " | ".join(f"{count:,}" for count in [*counts, sum(counts)])
    assert f"| {label} | {row} |" in (CORPUS / "README.md").read_text(encoding="utf-8")


def test_card_gives_the_designs() -> None:
    card = (CORPUS / "README.md").read_text(encoding="utf-8")
    by_split = {
        name: Counter(str(record.meta["design"]) for record in GOLD[name]) for name in SPLITS
    }
    for design in sorted({*by_split["dev"], *by_split["test"]}):
        dev, test = by_split["dev"][design], by_split["test"][design]
        assert f"| {design} | {dev} | {test} | {dev + test} |" in card
