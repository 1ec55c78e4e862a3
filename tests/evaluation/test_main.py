"""``python -m absift.evaluation``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from absift.records import Record, Span, dumps

GOLD = Record("1", "27 adults", spans=(Span(0, 2, "27", "SAMPLE_SIZE", {"value": 27}),))


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "absift.evaluation", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_scores_and_errors(tmp_path: Path) -> None:
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_bytes(dumps(GOLD))
    predicted.write_bytes(dumps(Record("1", GOLD.text)))
    done = run(str(gold), str(predicted), "--errors")
    assert done.returncode == 0
    assert "missed  1  0-2  SAMPLE_SIZE" in done.stdout
    assert "0.000" in done.stdout


def test_bad_input(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none.jsonl"), str(tmp_path / "none.jsonl"))
    assert done.returncode == 2
    assert "can't be read" in done.stderr


def test_no_heavy_imports() -> None:
    code = (
        "import sys, absift.evaluation.run, absift.evaluation.compare, absift.cli.evaluate, "
        "absift.cli.corpus; print([m for m in ('spacy', 'pandas', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
