"""``absift corpus`` from its arguments to its exit code."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from absift.cli.app import app
from absift.corpus.convert import FORMATS
from absift.evaluation.sources import read_file

MARKUP = "### 1 | trial | oncology\nZelorin for [[6 weeks]]{D 6 week treatment}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.txt").write_text(MARKUP)
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["corpus", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_convert_check_and_stats(folder: Path) -> None:
    assert run("convert", "gold.txt", "gold.jsonl") == (
        0,
        "",
        "absift: 1 record written to gold.jsonl\n",
    )
    assert read_file("gold.jsonl")[0].spans[0].text == "6 weeks"
    assert run("check", "gold.jsonl") == (0, "", "absift: files: 1, problems: 0\n")
    code, out, _ = run("stats", "gold.jsonl", "--json", "stats.json")
    assert code == 0
    assert "role: treatment" in out
    assert orjson.loads((folder / "stats.json").read_bytes())["spans"] == {"DURATION": 1}


def test_check_lists_problems_and_ends_with_1(folder: Path) -> None:
    run("convert", "gold.txt", "gold.jsonl")
    (folder / "test.jsonl").write_bytes((folder / "gold.jsonl").read_bytes())
    code, out, err = run("check", "gold.jsonl", "test.jsonl")
    assert code == 1
    assert out == (
        "test.jsonl:1: 1: the same id as in gold.jsonl:1\n"
        "test.jsonl:1: 1: the same text as in gold.jsonl:1\n"
    )
    assert err == "absift: files: 2, problems: 2\n"
    code, out, _ = run("check", "gold.jsonl", "--labels", "AE, HARM")
    assert code == 1
    assert "unknown label 'DURATION'; there are AE, HARM" in out


def test_check_can_leave_attributes_alone(folder: Path) -> None:
    span = {"start": 0, "end": 2, "text": "27", "label": "SAMPLE_SIZE"}
    (folder / "bare.jsonl").write_bytes(orjson.dumps({"id": "1", "text": "27", "spans": [span]}))
    assert run("check", "bare.jsonl")[0] == 1
    assert run("check", "bare.jsonl", "--no-attributes")[0] == 0


def test_convert_says_what_is_lost(folder: Path) -> None:
    code, _, err = run("convert", "gold.txt", "gold.json", "--to", "doccano")
    assert code == 0
    assert err.startswith("absift: note: doccano holds no attributes: 1 spans lost theirs\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "none.jsonl"], "none.jsonl: can't be read"),
        (["stats", "gold.txt"], "gold.txt: line 1: not JSON"),
        (["convert", "gold.txt", "gold.txt"], "exists already; add --force"),
        (["convert", "gold.txt", "gold.odd"], "add --to with jsonl, markup"),
        (["convert", "bad.txt", "out.jsonl"], "bad.txt:2: '[[x]]{Q}': the letter Q"),
    ],
)
def test_bad_input_ends_with_2(folder: Path, arguments: list[str], message: str) -> None:
    (folder / "bad.txt").write_text("### 1 | a | b\n[[x]]{Q}\n")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("absift: error: ")
    assert message in err


def test_the_help_names_every_format() -> None:
    _, out, _ = run("convert", "--help")
    words = out.replace("│", " ").replace(",", " ").replace(":", " ").replace(".", " ").split()
    assert [name for name in FORMATS if name not in words] == []


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_texts_are_taken_out_and_given_back(folder: Path, ending: str) -> None:
    (folder / "gold.txt").write_text(MARKUP.replace("Zelorin", "A trial\nZelorin"))
    run("convert", "gold.txt", "gold.jsonl")
    bare, again = f"bare.jsonl{ending}", f"again.jsonl{ending}"
    assert run("strip", "gold.jsonl", "-o", bare)[0] == 0
    assert run("join", bare, "gold.jsonl", "-o", again)[0] == 0
    for name in (bare, again):
        assert ((folder / name).read_bytes()[:2] == b"\x1f\x8b") is bool(ending)
    assert read_file(again)[0].spans == read_file("gold.jsonl")[0].spans
