"""Reading gold and predictions, and finding which belong together."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from absift.errors import InputError
from absift.evaluation.sources import name_ids, pair_up, read_file
from absift.records import Record, Span, dumps

ONE = Record("1", "27 adults", spans=(Span(0, 2, "27", "SAMPLE_SIZE", {"value": 27}),))
TWO = Record("2", "no figure")


@pytest.mark.parametrize("name", ["gold.jsonl", "gold.jsonl.gz"])
def test_read_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = dumps(ONE) + b"\n" + dumps(TWO)
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert read_file(path) == [ONE, TWO]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no records"),
        (b"\n\n", "no records"),
        (dumps(ONE) + b"{", "line 2: not JSON"),
        (b"[1]", "line 1: not a JSON object"),
        (b'{"id": "1"}', "line 1: record 1: no text"),
        (b'{"id": "1", "text": "27", "spans": [{"start": 0, "label": "A"}]}', "lacks its field"),
        (b'{"id": "1", "text": "27", "spans": [{"start": "x", "end": 2, "label": "A"}]}', "'x'"),
        (b'{"id": "1", "text": "27", "spans": 5}', "gold.jsonl"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_a_missing_file_and_a_broken_archive_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: can't be read"):
        read_file(tmp_path / "none.jsonl")
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(dumps(ONE) * 99)[:-20])
    with pytest.raises(InputError, match=r"broken\.jsonl\.gz: can't be read"):
        read_file(tmp_path / "broken.jsonl.gz")


def test_pairs_keep_the_order_of_the_gold() -> None:
    pairs = pair_up([TWO, ONE], [ONE, TWO])
    assert [pair.gold.id for pair in pairs.items] == ["2", "1"]
    assert all(pair.predicted == pair.gold for pair in pairs.items)
    assert pairs.notes == []


def test_records_without_a_partner_are_named() -> None:
    pairs = pair_up([ONE, TWO], [ONE, Record("3", "more")])
    assert (pairs.without_prediction, pairs.without_gold) == (("2",), ("3",))
    assert pairs.items[1].predicted is None
    assert pairs.items[1].predicted_spans == ()
    missed, left_out = pairs.notes
    assert missed.endswith(": 2")
    assert "count as missed" in missed
    assert left_out.endswith("left out: 3")


@pytest.mark.parametrize(
    ("gold", "predictions", "message"),
    [
        ([ONE, ONE], [ONE], "gold: the id 1 occurs twice"),
        ([ONE], [ONE, ONE], "predictions: the id 1 occurs twice"),
        ([ONE], [TWO], "gold has 1, predictions have 2"),
        ([ONE], [Record("1", "27 older adults")], "record 1: .* from character 3 on"),
        ([ONE], [Record("1", "27 adults too")], "from character 9 on"),
    ],
)
def test_what_cannot_be_compared(
    gold: list[Record], predictions: list[Record], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        pair_up(gold, predictions)


def test_long_lists_of_ids_are_cut() -> None:
    assert name_ids(["a", "b"]) == "a, b"
    assert name_ids(list("abcdefg")) == "a, b, c, d, e and 2 more"
