"""Rules of one's own through every command that reads abstracts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import absift
from absift.cli.app import app

DOSE = """\
label: DOSE
version: 2
classes: {MASS: [mg, g]}
defaults: {route: unstated}
rules:
  - {id: dose.plain, pattern: value=NUMBER unit=MASS, match: ["[5 mg]"]}
attributes:
  - {id: dose.oral, pattern: SPAN orally, set: {route: oral}}
"""
TEXT = "They took 5 mg orally for 6 weeks. Zzitis occurred in 3 patients."
GOLD = {
    "id": "1",
    "text": TEXT,
    "spans": [
        {"start": 10, "end": 14, "text": "5 mg", "label": "DOSE", "value": 5, "route": "oral"}
    ],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    Path("dose.yaml").write_text(DOSE, encoding="utf-8")
    Path("g.txt").write_text(TEXT, encoding="utf-8")
    Path("gold.jsonl").write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    Path("terms.tsv").write_text(
        "term\tsystem\tkind\tsynonyms\nzzitis\tother\tharm\t\n", encoding="utf-8"
    )
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def spans(*arguments: str) -> list[dict[str, object]]:
    result = run("extract", "gold.jsonl", *arguments)
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout.splitlines()[0])["spans"]
    return found


def test_a_label_of_ones_own_is_extracted_with_its_provenance(folder: Path) -> None:
    assert [span["label"] for span in spans()] == ["DURATION"]
    first = spans("--rules", "dose.yaml", "--explain")[0]
    assert first == {
        "start": 10, "end": 14, "text": "5 mg", "label": "DOSE", "value": 5, "unit": "mg",
        "route": "oral", "rule": "dose.plain", "section": "body",
        "why": {"value": "dose.plain", "unit": "dose.plain", "route": "dose.oral"},
    }  # fmt: skip
    assert "why" not in spans("--rules", "dose.yaml")[0]


def test_terms_of_ones_own_name_their_list(folder: Path) -> None:
    harm = spans("--rules", "terms.tsv", "--explain")[-1]
    assert (harm["label"], harm["term"]) == ("ADVERSE_EVENT", "zzitis")
    assert isinstance(harm["why"], dict)
    assert harm["why"]["term"] == "lexicon terms.tsv:2 zzitis"


def test_the_file_of_the_working_folder_lies_below(folder: Path) -> None:
    Path("absift.toml").write_text('rules = ["dose.yaml", "terms.tsv"]', encoding="utf-8")
    Path("off.yaml").write_text("off: [dose.plain]", encoding="utf-8")
    assert [span["label"] for span in spans()] == ["DOSE", "DURATION", "ADVERSE_EVENT"]
    labels = [span["label"] for span in spans("--rules", "off.yaml")]
    assert labels == ["DURATION", "ADVERSE_EVENT"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rules = 5", "absift.toml: 'rules' must be a list"),
        ("rule = []", "absift.toml: unknown key 'rule'; known is rules"),
        ("rules = [", "absift.toml: not TOML"),
        ('rules = ["none.yaml"]', "none.yaml: no such file or folder of rules"),
    ],
)
def test_a_bad_file_of_the_working_folder(folder: Path, text: str, message: str) -> None:
    Path("absift.toml").write_text(text, encoding="utf-8")
    result = run("extract", "gold.jsonl")
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_tables_pages_and_the_terminal_show_the_label(folder: Path) -> None:
    done = run(
        "extract", "gold.jsonl", "--rules", "dose.yaml", "-o", "out.csv", "--html", "out.html"
    )
    assert done.exit_code == 0
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        row = next(csv.DictReader(stream))
    assert (row["label"], row["value"], row["route"], row["other"]) == ("DOSE", "5", "oral", "")
    version, _, hashed = row["rule_set"].rpartition(" ")
    assert version == f"{absift.__version__} + dose.yaml 2"
    assert hashed == absift.api.rules_hash(rules=["dose.yaml"]) != absift.api.rules_hash()
    assert "dose" in Path("out.html").read_text(encoding="utf-8")
    assert "[dose:5 mg]" in run("extract", "gold.jsonl", "--rules", "dose.yaml", "--show").stdout


def test_the_same_rules_give_the_same_bytes(folder: Path) -> None:
    outputs = [run("extract", "gold.jsonl", "--rules", "dose.yaml").stdout for _ in range(2)]
    assert outputs[0] == outputs[1] != run("extract", "gold.jsonl").stdout


def test_the_label_is_scored_with_its_attributes(folder: Path) -> None:
    result = run("evaluate", "gold.jsonl", "--rules", "dose.yaml", "--labels", "DOSE")
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["DOSE", "1.000", "1.000", "1.000"] in [row[:4] for row in rows]
    assert ["DOSE", "route", "1.000", "1"] in rows


def test_gold_of_the_label_is_checked(folder: Path) -> None:
    assert run("corpus", "check", "gold.jsonl").exit_code == 1
    assert run("corpus", "check", "gold.jsonl", "--rules", "dose.yaml").exit_code == 0
    Path("bad.jsonl").write_text(json.dumps(GOLD).replace('"route"', '"rout"'), encoding="utf-8")
    result = run("corpus", "check", "bad.jsonl", "--rules", "dose.yaml")
    assert "unknown attribute 'rout'; the rules of DOSE give" in result.stdout


def test_a_pipeline_carries_its_layers_to_another_folder(folder: Path) -> None:
    nlp = absift.load(rules=["dose.yaml"])
    nlp.to_disk("pipeline")
    Path("dose.yaml").unlink()
    abstract = absift.Abstract("1", TEXT)
    (first,) = absift.extract(abstract, nlp=nlp)
    (second,) = absift.extract(abstract, nlp=absift.load("pipeline"))
    assert first == second
    assert [span.label for span in second.spans] == ["DOSE", "DURATION"]


def test_python_takes_rules_and_says_why(folder: Path) -> None:
    abstract = absift.Abstract("1", TEXT)
    (straight,) = absift.extract(abstract, rules=["dose.yaml"], explain=True)
    nlp = absift.load(rules=["dose.yaml"], explain=True)
    (piped,) = absift.extract(abstract, nlp=nlp)
    assert straight == piped
    assert dict(straight.spans[0].why or {})["route"] == "dose.oral"
    with pytest.raises(absift.ConfigError, match=r"give 'rules' to absift\.load"):
        absift.extract(abstract, nlp=nlp, rules=["dose.yaml"])


def test_an_installed_package_joins_without_being_imported(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = folder / "site" / "dose_pack"
    pack.mkdir(parents=True)
    (pack / "__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    (pack / "dose.yaml").write_text(DOSE, encoding="utf-8")
    monkeypatch.syspath_prepend(folder / "site")
    points = [EntryPoint("doses", "dose_pack", "absift.rules")]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
    assert [span.label for span in next(absift.extract(absift.Abstract("1", TEXT))).spans] == [
        "DOSE",
        "DURATION",
    ]
    points[:] = [EntryPoint("gone", "no_such_pack", "absift.rules")]
    with pytest.raises(absift.ConfigError, match="rules 'gone' name the package 'no_such_pack'"):
        absift.extract(absift.Abstract("1", TEXT))


def test_commands_about_rules(folder: Path) -> None:
    over = ("--rules", "dose.yaml")
    assert run("rules", "list", "--label", "DOSE", *over).stdout.startswith("DOSE: 2 rules\n")
    assert "pattern: SPAN orally" in run("rules", "show", "dose.oral", *over).stdout
    assert run("rules", "show", "dose.orl", *over).exit_code == 2
    assert "add up to a sample" in run("rules", "show", "sample_size.parts").stdout
    assert " [5 mg] orally" in run("rules", "try", "NUMBER MASS", "gold.jsonl", *over).stdout
    assert "fired    dose.plain '5 mg'" in run("rules", "explain", "5 mg", *over).stdout
    assert "10-14 DOSE '5 mg'" in run("rules", "diff", "-", "dose.yaml", "g.txt").stdout
