"""A rule that is switched off turns up in the comparison as what it lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from absift.evaluation.compare import compare
from absift.evaluation.run import evaluate
from absift.extraction.passes import read
from absift.extraction.toolkit import load_toolkit
from absift.records import Abstract, Record, Span
from absift.settings import config_root

TEXT = "The median stay was 12 days. Follow-up ended in week 24."
GOLD = Record(
    id="a",
    text=TEXT,
    spans=(
        Span(20, 27, "12 days", "DURATION", {"value": 12, "unit": "day"}),
        Span(48, 55, "week 24", "DURATION", {"value": 24, "unit": "week"}),
    ),
)
RULE = "duration.point"


def test_the_comparison_names_the_rule_and_its_spans(tmp_path: Path) -> None:
    configs = shutil.copytree(config_root(), tmp_path / "configs")
    rules = configs / "rules" / "duration.yaml"
    source = rules.read_text(encoding="utf-8")
    begin = source.index(f"  - id: {RULE}\n")
    end = source.index("\n  - id: ", begin)
    rules.write_text(source[:begin] + source[end + 1 :], encoding="utf-8")

    abstract = Abstract("a", TEXT)
    before = evaluate([GOLD], [read(load_toolkit(), abstract)], samples=10)
    after = evaluate([GOLD], [read(load_toolkit(configs), abstract)], samples=10)
    lost = compare(before, after, samples=10).to_json()["lost"]
    assert [(item["start"], item["end"], item["rule"]) for item in lost] == [(48, 55, RULE)]
