"""The benchmarks run, and what they measure is what they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from absift.extraction.passes import read
from absift.extraction.toolkit import load_toolkit
from absift.records import Abstract


@pytest.mark.slow
def test_a_thousand_rules_of_a_users_cost_little(root: Path) -> None:
    gold = root / "corpus" / "gold" / "dev.jsonl"
    script = root / "benchmarks" / "user_rules.py"
    done = subprocess.run([sys.executable, script, gold], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "with 1,000 rules more" in done.stdout


def test_the_rules_of_the_benchmark_are_rules(root: Path, tmp_path: Path) -> None:
    code = "import user_rules, sys; sys.stdout.write(user_rules.rule_file(1000))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root / "benchmarks"
    )
    path = tmp_path / "dose.yaml"
    path.write_text(done.stdout, encoding="utf-8")
    toolkit = load_toolkit(layers=[path])
    assert len(toolkit.rules.engines["DOSE"].rules.rules) == 1000
    record = read(toolkit, Abstract("1", "They took placebo 5 mg daily."))
    assert [(span.label, span.text) for span in record.spans] == [("DOSE", "placebo 5 mg daily")]
