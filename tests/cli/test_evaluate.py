"""``absift evaluate`` from its arguments to its exit code."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

import absift
from absift.cli.app import app
from absift.records import Abstract, Record, Span, dumps

TEXT = "27 adults had 6 weeks of nausea"


def span(start: int, end: int, label: str, rule: str | None = None) -> Span:
    return Span(start, end, TEXT[start:end], label, rule=rule)


GOLD = [
    Record(name, TEXT, spans=(span(0, 2, "SAMPLE_SIZE"), span(14, 21, "DURATION"))) for name in "ab"
]
GOOD = [
    Record("a", TEXT, spans=(span(0, 2, "SAMPLE_SIZE", "size"), span(14, 21, "DURATION", "time"))),
    Record("b", TEXT, spans=(span(0, 2, "SAMPLE_SIZE", "size"), span(14, 21, "DURATION", "time"))),
]
#: DURATION falls to F1 2/3: one of two found.
WORSE = [GOOD[0], Record("b", TEXT, spans=(span(0, 2, "SAMPLE_SIZE", "size"),))]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, records in (("gold", GOLD), ("good", GOOD), ("worse", WORSE)):
        (tmp_path / f"{name}.jsonl").write_bytes(b"".join(map(dumps, records)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_scores_and_files(folder: Path) -> None:
    code, out, _ = run(
        "gold.jsonl", "worse.jsonl", "--json", "run.json", "--errors", "rows.csv", "--by-rule"
    )
    assert code == 0
    assert "DURATION" in out
    assert "0.667" in out
    assert "time" in out
    data = orjson.loads((folder / "run.json").read_bytes())
    assert data["scores"]["strict"]["DURATION"]["recall"] == 0.5
    rows = list(csv.DictReader((folder / "rows.csv").open()))
    assert [row["category"] for row in rows] == ["correct", "correct", "correct", "missed"]
    code, _, _ = run("gold.jsonl", "worse.jsonl", "--errors", "rows.jsonl")
    lines = (folder / "rows.jsonl").read_bytes().splitlines()
    assert [orjson.loads(line)["rule"] for line in lines] == ["size", "time", "size", None]


def test_existing_files_are_kept_without_force(folder: Path) -> None:
    (folder / "run.json").write_text("mine")
    code, out, err = run("gold.jsonl", "good.jsonl", "--json", "run.json")
    assert (code, out) == (2, "")
    assert "exists already" in err
    assert (folder / "run.json").read_text() == "mine"
    assert run("gold.jsonl", "good.jsonl", "--json", "run.json", "--force")[0] == 0


@pytest.mark.parametrize(
    ("conditions", "code", "failed"),
    [
        (["DURATION=0.6", "MICRO=0.8"], 0, []),
        (["DURATION=0.9", "SAMPLE_SIZE=1"], 1, ["DURATION: strict F1 0.6667 is below 0.9"]),
        (["MACRO=0.99", "micro=0.99"], 1, ["macro: strict F1 0.8333", "micro: strict F1 0.8571"]),
        (["COUNT=0.5"], 2, ["COUNT was not scored"]),
        (["DURATION"], 2, ["give a label and a share"]),
    ],
)
def test_fail_under(folder: Path, conditions: list[str], code: int, failed: list[str]) -> None:
    options = [part for condition in conditions for part in ("--fail-under", condition)]
    found, _, err = run("gold.jsonl", "worse.jsonl", *options)
    assert found == code
    assert all(text in err for text in failed)
    assert bool(err) == bool(failed)


def test_fail_if_worse_prints_what_was_lost(folder: Path) -> None:
    assert run("gold.jsonl", "good.jsonl", "--json", "base.json")[0] == 0
    code, out, err = run("gold.jsonl", "worse.jsonl", "--fail-if-worse", "base.json")
    assert code == 1
    assert "DURATION lost: 1 (time 1)\n  b  14-21  DURATION  '6 weeks'  time" in out
    assert err == "absift: failed: DURATION: strict F1 fell from 1.0000 to 0.6667\n"
    options = ("--fail-if-worse", "base.json")
    assert run("gold.jsonl", "worse.jsonl", *options, "--tolerance", "0.4")[0] == 0
    assert run("gold.jsonl", "good.jsonl", *options)[0] == 0


def test_a_baseline_may_be_packed(folder: Path) -> None:
    assert run("gold.jsonl", "good.jsonl", "--json", "base.json")[0] == 0
    packed = gzip.compress((folder / "base.json").read_bytes())
    (folder / "base.json.gz").write_bytes(packed)
    assert run("gold.jsonl", "worse.jsonl", "--fail-if-worse", "base.json.gz")[0] == 1
    (folder / "torn.json.gz").write_bytes(packed[:-20])
    code, _, err = run("gold.jsonl", "worse.jsonl", "--fail-if-worse", "torn.json.gz")
    assert code == 2
    assert "torn.json.gz: can't be read" in err


def test_compare_shows_the_change_and_writes_it(folder: Path) -> None:
    assert run("gold.jsonl", "worse.jsonl", "--json", "old.json")[0] == 0
    code, out, _ = run("gold.jsonl", "good.jsonl", "--compare", "old.json", "--json", "new.json")
    assert code == 0
    assert "Gained: 1 (time 1)" in out
    assert "0.667>1.000" in out
    data = orjson.loads((folder / "new.json").read_bytes())
    assert [item["start"] for item in data["comparison"]["gained"]] == [14]
    assert "baseline" not in data


def test_labels_and_recall_only(folder: Path) -> None:
    _, out, _ = run("gold.jsonl", "worse.jsonl", "--labels", "DURATION", "--recall-only")
    assert "SAMPLE_SIZE" not in out
    assert "note: precision and F1 are left out" in out


def test_without_predictions_the_gold_texts_are_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Abstract] = []

    def extract(abstracts: Iterable[Abstract], nlp: object, rules: object) -> Iterator[Record]:
        for abstract in abstracts:
            seen.append(abstract)
            yield Record(abstract.id, abstract.text, spans=(span(0, 2, "SAMPLE_SIZE", "size"),))

    monkeypatch.setattr(absift, "extract", extract, raising=False)
    code, out, _ = run("gold.jsonl", "--fail-under", "SAMPLE_SIZE=1")
    assert code == 0
    assert [abstract.text for abstract in seen] == [TEXT, TEXT]
    assert "0.000" in out


def test_a_pipeline_of_ones_own_reads_the_texts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[object] = []
    monkeypatch.setattr(
        absift, "load", lambda config, rules: f"pipeline of {config}", raising=False
    )
    monkeypatch.setattr(
        absift, "extract", lambda _, nlp, rules: used.append(nlp) or [], raising=False
    )
    assert run("gold.jsonl", "--config", "my.cfg")[0] == 0
    assert used == ["pipeline of my.cfg"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.jsonl", "good.jsonl"], "none.jsonl: can't be read"),
        (["gold.jsonl", "good.jsonl", "--compare", "none.json"], "none.json: can't be read"),
        (["gold.jsonl", "good.jsonl", "--compare", "gold.jsonl"], "gold.jsonl: not JSON"),
        (["gold.jsonl", "good.jsonl", "--errors", "rows.txt"], "ends in .csv or .jsonl"),
        (["gold.jsonl", "good.jsonl", "--profile", "x"], "no profile 'x'"),
        (["gold.jsonl", "other.jsonl"], "different texts from character 28 on"),
    ],
)
def test_bad_input_ends_with_2(folder: Path, arguments: list[str], message: str) -> None:
    other = Record("a", TEXT[:-3] + "\x1b[31m", spans=())
    (folder / "other.jsonl").write_bytes(dumps(other))
    code, _, err = run(*arguments)
    assert code == 2
    assert message in err
    assert "\x1b" not in err
