from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from absift.batch.job import Recipe
from absift.batch.plan import make_plan
from absift.errors import InputError


def shape(folder: Path, size: int) -> list[list[str]]:
    """Give the shards as names, spans as ``name:start-stop``."""
    plan = make_plan(folder, Recipe(shard_size=size))
    return [
        [
            piece.source.path.name  # type: ignore[union-attr]
            + (f":{piece.span.start}-{piece.span.stop}" if piece.span else "")
            for piece in pieces
        ]
        for pieces in plan.shards
    ]


def test_small_files_side_by_side_and_large_ones_in_spans(tmp_path: Path) -> None:
    line = b'{"text": "Of 27"}\n'
    for name, count in (("a", 1), ("b", 1), ("c", 1), ("d", 10), ("e", 1)):
        (tmp_path / f"{name}.jsonl").write_bytes(line * count)
    n = len(line)
    assert shape(tmp_path, 3 * n) == [
        ["a.jsonl", "b.jsonl", "c.jsonl"],
        [f"d.jsonl:0-{3 * n}"], [f"d.jsonl:{3 * n}-{6 * n}"], [f"d.jsonl:{6 * n}-{9 * n}"],
        [f"d.jsonl:{9 * n}-{10 * n}"],
        ["e.jsonl"],
    ]  # fmt: skip
    assert shape(tmp_path, 2 * n + 1)[0] == ["a.jsonl", "b.jsonl"]
    assert shape(tmp_path, 100 * n) == [[f"{name}.jsonl" for name in "abcde"]]


def test_inputs_have_their_hash(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Of 27")
    plan = make_plan([tmp_path / "a.txt"], Recipe())
    assert plan.inputs == [
        {"name": str(tmp_path / "a.txt"), "bytes": 5,
         "sha256": hashlib.sha256(b"Of 27").hexdigest()}
    ]  # fmt: skip
    assert plan.total == 5


def test_a_named_file_of_unknown_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(InputError, match=r"a\.pdf: this is a PDF"):
        make_plan(tmp_path / "a.pdf", Recipe())
