from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import fsspec
import pytest

import absift
from absift.batch.folder import Outcome
from absift.batch.job import Receipt, Task
from absift.batch.workers import Workers
from absift.errors import AbsiftError, InputError
from absift.records import dumps
from tests.batch.helpers import Stopping, contents, corpus, inline

Go = Callable[..., Outcome]


def test_parts_are_the_records_in_order(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    outcome = go(source, tmp_path / "out", shard_size=500)
    rejected: list[absift.errors.RecordError] = []
    expected = b"".join(map(dumps, absift.extract(source, on_reject=rejected.append)))
    made = contents(tmp_path / "out")
    parts = [data for name, data in made.items() if name.endswith(".jsonl") and "rej" not in name]
    assert b"".join(parts) == expected
    assert len(parts) > 6
    total = outcome.manifest.total
    assert (total.read, total.written, total.rejected) == (69, 66, 3)
    assert total.found == 69
    assert [json.loads(line) for line in made["rejects.jsonl"].splitlines()] == [
        {"source": one.source, "record": one.record, "reason": one.reason} for one in rejected
    ]
    assert [str(one) for one in outcome.first] == [str(one) for one in rejected]
    manifest = json.loads(made["manifest.json"])
    assert manifest["complete"]
    assert manifest["counts"]["in"] == 69
    assert sum(one["counts"]["written"] for one in manifest["shards"]) == 66
    assert {len(one["sha256"]) for one in manifest["inputs"]} == {64}
    assert not [name for name in made if name.endswith((".ids", ".done.json", ".part"))]


@pytest.mark.parametrize("format", ["jsonl", "csv", "tsv", "parquet", "spacy"])
def test_merged_parts_are_the_file_of_a_plain_run(
    go: Go, format: str, tmp_path: Path, pipeline: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    from absift.batch.outputs import Outputs
    from absift.batch.run import run

    source = corpus(tmp_path / "in")
    go(source, tmp_path / "out", shard_size=500, format=format, merged=True)
    made = contents(tmp_path / "out")
    assert sorted(made) == ["manifest.json", f"merged.{format}", "rejects.jsonl"]
    monkeypatch.setattr("absift.api.load", lambda config=None: pipeline)
    run(source, Outputs.plan(str(tmp_path / f"plain.{format}")))
    plain = (tmp_path / f"plain.{format}").read_bytes()
    if format == "parquet":
        from pyarrow import parquet

        one, other = (
            parquet.read_table(path)
            for path in (tmp_path / "out" / "merged.parquet", tmp_path / "plain.parquet")
        )
        assert one.equals(other)
    else:
        assert made[f"merged.{format}"] == plain
    assert made["rejects.jsonl"] == (tmp_path / f"plain.{format}.rejects.jsonl").read_bytes()


def test_force_leaves_what_is_not_absifts(go: Go, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")
    go(tmp_path / "a.txt", tmp_path / "out", format="csv")
    (tmp_path / "out" / "notes.txt").write_text("mine")
    go(tmp_path / "a.txt", tmp_path / "out", force=True)
    assert sorted(contents(tmp_path / "out")) == ["manifest.json", "notes.txt", "part-00000.jsonl"]


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_other_things_is_refused(go: Go, force: bool, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files that aren't absift's"):
        go(tmp_path / "a.txt", tmp_path / "out", force=force)
    (tmp_path / "out" / "manifest.json").write_text('{"name": "an app"}')
    with pytest.raises(InputError, match="not a manifest of absift's"):
        go(tmp_path / "a.txt", tmp_path / "out")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "brat"}, "brat is a folder of its own"),
        ({"format": "docx"}, "no format 'docx'"),
        ({"format": "xlsx", "merged": True}, "parts of xlsx can't be merged"),
        ({"input_format": "pdf"}, "unknown format 'pdf'"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(
    go: Go, options: dict[str, object], message: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")
    with pytest.raises(InputError, match=message):
        go(tmp_path / "a.txt", tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_input_in_the_folder_that_is_written_is_refused(go: Go, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")
    with pytest.raises(InputError, match="lies in the folder that is written"):
        go(tmp_path / "a.txt", tmp_path)


def test_standard_input_is_refused(go: Go, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can only be read once"):
        go("-", tmp_path / "out")


def test_a_file_that_changes_during_the_run_stops_it(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    stopping = Stopping(1)

    def make() -> Workers:
        (source / "t5.txt").write_text("longer than it was, and of other patients, 7 of them")
        return stopping.make()

    with pytest.raises(InputError, match=r"t5\.txt: has changed since the run began"):
        go(source, tmp_path / "out", shard_size=10**6, make_workers=make)


def test_rules_that_change_during_the_run_stop_it(go: Go, tmp_path: Path) -> None:
    source, rules = corpus(tmp_path / "in"), tmp_path / "dose.yaml"
    begun = "label: DOSE\nrules: [{id: dose.mg, pattern: NUMBER mg, match: ['[5 mg]']}]"
    rules.write_text(begun)

    def make() -> Workers:
        rules.write_text(begun.replace("mg", "g"))
        return inline()

    how = {"rules": (str(rules),), "shard_size": 500}
    with pytest.raises(InputError, match=r"a worker has absift .* but the run began with absift"):
        go(source, tmp_path / "out", make_workers=make, **how)
    rules.write_text(begun)
    assert go(source, tmp_path / "out", **how).manifest.total.read == 69


def test_a_file_that_vanishes_during_the_run_is_rejected(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")

    def make() -> Workers:
        (source / "t5.txt").unlink()
        return inline()

    outcome = go(source, tmp_path / "out", shard_size=500, make_workers=make)
    total = outcome.manifest.total
    assert (total.read, total.written, total.rejected) == (69, 65, 4)
    assert "No such file or directory" in outcome.first[-2].reason


def test_two_runs_at_a_time_are_refused(go: Go, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Of 27 men")

    def make() -> Workers:
        with pytest.raises(InputError, match="another run is writing there"):
            go(tmp_path / "a.txt", tmp_path / "out")
        return inline()

    assert go(tmp_path / "a.txt", tmp_path / "out", make_workers=make).manifest.total.written == 1


def test_progress_ends_with_all(go: Go, tmp_path: Path) -> None:
    source = corpus(tmp_path / "in")
    steps: list[tuple[int, int]] = []
    records: list[int] = []
    go(source, tmp_path / "out", shard_size=500, on_progress=lambda *it: steps.append(it),
       on_records=records.append)  # fmt: skip
    total = sum(path.stat().st_size for path in source.iterdir())
    assert steps[-1] == (total, total)
    assert records[-1] == 69


def test_input_and_output_elsewhere(
    go: Go, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    source = corpus(tmp_path / "in")
    for path in source.iterdir():
        memory.pipe_file(f"/in/{path.name}", path.read_bytes())
    with pytest.raises(KeyboardInterrupt):
        go("memory://in", "memory://out", shard_size=500, make_workers=Stopping(3).make)
    assert go("memory://in", "memory://out", shard_size=500, merged=True).before == 3
    go(source, tmp_path / "out", shard_size=500, merged=True)
    made = {name.removeprefix("/out/"): data for name, data in
            ((name, memory.cat_file(name)) for name in memory.find("/out"))}  # fmt: skip
    here = contents(tmp_path / "out")
    assert sorted(made) == sorted(here)
    assert made["merged.jsonl"] == here["merged.jsonl"]
    memory.pipe_file("/in/t1.txt", b"Of 99 other patients and more")
    with pytest.raises(InputError, match=r"t1\.txt has changed"):
        go("memory://in", "memory://out", shard_size=500)


def test_workers_that_keep_dying_end_the_run(go: Go, tmp_path: Path) -> None:
    from concurrent.futures import BrokenExecutor

    (tmp_path / "a.txt").write_text("Of 27 men")

    def make() -> Workers:
        workers = inline()

        def dead(task: Task) -> Receipt:
            raise BrokenExecutor

        workers.submit = dead  # type: ignore[method-assign,assignment]
        return workers

    with pytest.raises(AbsiftError, match=r"workers died 4 times in a row.*fewer --workers"):
        go(tmp_path / "a.txt", tmp_path / "out", make_workers=make)
