"""The page of accuracy holds what was measured beside the goals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from accuracy import main

TEXT = "Of 27 patients, 19 (70%) responded; two had grade 3 headaches for 2 days."
SPANS = [
    {"start": 3, "end": 5, "label": "SAMPLE_SIZE", "value": 27, "scope": "arm"},
    {"start": 20, "end": 23, "label": "PERCENTAGE", "value": 70, "kind": "proportion"},
    {"start": 27, "end": 34, "label": "DURATION", "value": 2, "unit": "day"},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "1", "text": TEXT, "spans": SPANS}), encoding="utf-8")
    return path


def test_the_page_has_each_set_and_the_errors_of_the_first(
    gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([f"small={gold}", f"again={gold}", "--samples", "0"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "| strict spans | goal | small | again |" in lines
    one = "1.000; 1.000 / 1.000; 1"
    assert f"| SAMPLE_SIZE | 0.95 | {one} | {one} |" in lines
    assert "| SAMPLE_SIZE `scope` | 0.93 | 0.000 (1) | 0.000 (1) |" in lines
    assert "## Errors on small" in lines
    # The duration is told of elsewhere than the gold has it.
    assert "| label | missed | spurious |" in lines
    assert "| DURATION | 1 | 1 |" in lines


@pytest.mark.parametrize("arguments", [["gold.jsonl"], ["a=b", "a=c"], ["a=b", "--baselines", "c"]])
def test_what_is_no_set_is_told_before_the_work(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "NAME" in capsys.readouterr().err
