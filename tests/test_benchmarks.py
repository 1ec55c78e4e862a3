"""The benchmarks run, and what they measure is what they say."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from absift.evaluation.sources import read_file
from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.records import Abstract


@pytest.mark.slow
def test_the_benchmark_of_a_users_rules_runs(root: Path) -> None:
    # What it measures is no test: another job on the machine may double it.
    gold = root / "corpus" / "gold" / "dev.jsonl"
    command = [root / "benchmarks" / "user_rules.py", gold, "--rounds", "1", "--limit", "99"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "with 1,000 rules more" in done.stdout


def rule_file(root: Path) -> str:
    code = "import user_rules, sys; sys.stdout.write(user_rules.rule_file(1000))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root / "benchmarks"
    )
    return done.stdout


def tried(toolkit: Toolkit, texts: Sequence[str]) -> int:
    """Count the pairs of a rule and a sentence that it is tried on."""
    index = toolkit.rules.vocabulary.index
    sheets = [toolkit.rules.maker.make(text) for text in texts]
    return sum(mask.bit_count() for sheet in sheets for mask in sheet.possible(index))


def test_a_thousand_rules_of_a_users_are_hardly_tried(root: Path, tmp_path: Path) -> None:
    texts = [record.text for record in read_file(root / "corpus" / "gold" / "dev.jsonl")]
    path = tmp_path / "dose.yaml"
    path.write_text(rule_file(root), encoding="utf-8")
    without, more = load_toolkit(), load_toolkit(layers=[path])
    assert len(more.rules.engines["DOSE"].rules.rules) == 1000
    assert tried(more, texts) < 1.1 * tried(without, texts)


def test_the_rules_of_the_benchmark_are_rules(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "dose.yaml"
    path.write_text(rule_file(root), encoding="utf-8")
    toolkit = load_toolkit(layers=[path])
    assert len(toolkit.rules.engines["DOSE"].rules.rules) == 1000
    record = read(toolkit, Abstract("1", "They took placebo 5 mg daily."))
    assert [(span.label, span.text) for span in record.spans] == [("DOSE", "placebo 5 mg daily")]
