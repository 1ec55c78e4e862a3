from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from absift.batch.folder import Outcome
from absift.errors import InputError
from tests.batch.helpers import Stopping, contents, corpus

Go = Callable[..., Outcome]


def test_a_stopped_run_goes_on_and_gives_the_same(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    go(source, tmp_path / "whole", shard_size=500)
    first, second, third = Stopping(3), Stopping(4), Stopping(-1)
    for stopping in (first, second):
        with pytest.raises(KeyboardInterrupt, match="the same command goes on from there"):
            go(source, tmp_path / "out", shard_size=500, make_workers=stopping.make)
        assert not json.loads((tmp_path / "out" / "manifest.json").read_bytes())["complete"]
    outcome = go(source, tmp_path / "out", shard_size=500, make_workers=third.make)
    assert outcome.before == 7
    done = first.done + second.done + third.done
    assert done == list(range(len(outcome.manifest.receipts)))
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_a_complete_run_is_not_done_again(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    first = go(source, tmp_path / "out", shard_size=500)
    made = contents(tmp_path / "out")
    again = Stopping(0)
    outcome = go(source, tmp_path / "out", shard_size=500, make_workers=again.make)
    assert outcome.before == len(first.manifest.receipts)
    assert outcome.manifest.total == first.manifest.total
    assert contents(tmp_path / "out") == made
    go(source, tmp_path / "out", shard_size=500, make_workers=again.make, merged=True)
    merged = contents(tmp_path / "out")
    assert "merged.jsonl" in merged
    go(source, tmp_path / "out", shard_size=500, make_workers=again.make)
    assert contents(tmp_path / "out") == merged


def test_a_part_that_was_lost_or_cut_is_made_again(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    go(source, tmp_path / "whole", shard_size=500)
    stopping = Stopping(5)
    with pytest.raises(KeyboardInterrupt):
        go(source, tmp_path / "out", shard_size=500, make_workers=stopping.make)
    (tmp_path / "out" / "part-00001.jsonl").unlink()
    (tmp_path / "out" / "part-00002.jsonl").write_bytes(b"x")
    (tmp_path / "out" / "part-00003.ids").unlink()
    (tmp_path / "out" / ".absift-00aa.part").write_bytes(b"left by a worker that died")
    again = Stopping(-1)
    go(source, tmp_path / "out", shard_size=500, make_workers=again.make)
    assert again.done[:3] == [1, 2, 3]
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def test_receipts_count_even_if_the_manifest_does_not_know(go: Go, tmp_path: Path) -> None:
    """As after kill -9 between a part and the manifest."""
    source = corpus(tmp_path / "in")
    with pytest.raises(KeyboardInterrupt):
        go(source, tmp_path / "out", shard_size=500, make_workers=Stopping(0).make)
    early = (tmp_path / "out" / "manifest.json").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        go(source, tmp_path / "out", shard_size=500, make_workers=Stopping(4).make)
    (tmp_path / "out" / "manifest.json").write_bytes(early)
    last = Stopping(-1)
    assert go(source, tmp_path / "out", shard_size=500, make_workers=last.make).before == 4
    assert last.done[0] == 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda path: (path / "a.jsonl").write_text("{}\n"),
            r"other input \(.*a\.jsonl has changed\)",
        ),
        (lambda path: (path / "t3.txt").unlink(), r"other input \(.*t3\.txt is missing\)"),
        (lambda path: (path / "t9.txt").write_text("Of 3"), r"other input \(.*t9\.txt is new\)"),
    ],
)
def test_changed_input_is_noticed(
    go: Go, change: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    source = corpus(tmp_path / "in")
    go(source, tmp_path / "out", shard_size=500)
    made = contents(tmp_path / "out")
    change(source)
    with pytest.raises(InputError, match=message):
        go(source, tmp_path / "out", shard_size=500)
    assert contents(tmp_path / "out") == made
    go(source, tmp_path / "out", shard_size=500, force=True)
    go(source, tmp_path / "new", shard_size=500)
    assert contents(tmp_path / "out") == contents(tmp_path / "new")


def test_changed_options_and_rules_are_noticed(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")
    go(tmp_path / "a.txt", tmp_path / "out")
    for options in ({"format": "csv"}, {"table": "studies"}, {"shard_size": 5}):
        with pytest.raises(InputError, match=f"other options \\({next(iter(options))}\\)"):
            go(tmp_path / "a.txt", tmp_path / "out", **options)
    go(tmp_path / "a.txt", tmp_path / "out", record_timeout=7)
    with monkeypatch.context() as patch:
        patch.setattr("absift.api.rules_hash", lambda nlp=None, **_: "0" * 16)
        with pytest.raises(
            InputError, match="other rules, words or terms; begin anew with --force"
        ):
            go(tmp_path / "a.txt", tmp_path / "out")
    monkeypatch.setattr("absift.batch.manifest.__version__", "99.0")
    with pytest.raises(InputError, match=r"was begun by absift .*, and this is 99\.0"):
        go(tmp_path / "a.txt", tmp_path / "out")
