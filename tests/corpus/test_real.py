"""The annotations of real abstracts that are shipped without their texts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

from absift.corpus.schema import GRADE_FORM, VALUES
from absift.corpus.standoff import read_standoff
from absift.records import ATTRIBUTES

REAL = Path(__file__).resolve().parents[2] / "corpus" / "real"
SIZES = {
    "development": (1290, 13350),
    "taught": (4429, 45114),
    "unseen": (587, 6559),
    "general": (150, 416),
    "second": (205, 2262),
}
_ELSEWHERE = {"start", "end", "label"}


def records(name: str) -> list[dict[str, Any]]:
    with gzip.open(REAL / f"{name}.jsonl.gz") as lines:
        return read_standoff(lines, name)


@pytest.mark.parametrize(("name", "sizes"), SIZES.items())
def test_the_card_gives_the_counts(name: str, sizes: tuple[int, int]) -> None:
    held = records(name)
    assert (len(held), sum(len(one["spans"]) for one in held)) == sizes
    row = f"| `real/{name}.jsonl.gz` | {sizes[0]} | {sizes[1]:,} |"
    assert row in (REAL.parent / "README.md").read_text(encoding="utf-8")


def test_no_abstract_stands_in_both_or_twice() -> None:
    names = ("development", "taught", "unseen", "general")
    ids = [one["id"] for name in names for one in records(name)]
    assert len(ids) == len(set(ids)) == sum(SIZES[name][0] for name in names)


def test_what_was_annotated_twice_is_of_the_texts_annotated_once() -> None:
    names = ("development", "taught", "unseen", "general")
    first = {one["id"]: one["sha256"] for name in names for one in records(name)}
    again = {one["id"]: one["sha256"] for one in records("second")}
    assert len(again) == SIZES["second"][0]
    assert again.items() <= first.items()


@pytest.mark.parametrize("name", SIZES)
def test_nothing_of_the_texts_is_there(name: str) -> None:
    for record in records(name):
        assert record.keys() == {"id", "sha256", "spans"}
        assert re.fullmatch(r"\d+", record["id"])
        assert re.fullmatch("[0-9a-f]{64}", record["sha256"])
        for span in record["spans"]:
            label = span["label"]
            assert span.keys() - _ELSEWHERE <= set(ATTRIBUTES[label])
            assert 0 <= span["start"] < span["end"]
            for key in span.keys() - _ELSEWHERE - {"rates"}:
                _is_no_quotation(label, key, span[key])
            for rate in span.get("rates", ()):
                numbers = [rate[key] for key in rate if key != "arm"]
                assert all(
                    isinstance(each, int | float) for each in (*numbers, *rate.get("arm", ()))
                )


def _is_no_quotation(label: str, key: str, value: object) -> None:
    if key == "grade":
        assert re.fullmatch(GRADE_FORM, str(value))
    elif isinstance(value, str):
        assert value in VALUES[label][key]
    else:
        assert isinstance(value, bool | int | float)
