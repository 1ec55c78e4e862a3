from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.rules.ruleset import RuleSet, load_rule_set

VOCABULARY = """
classes:
  UNIT: [patient, patients, "blood donor", "blood donors"]
  BEEN: [was, were]
  PERCENT: ["%", per cent]
  ABBREVIATION: ["=MI", "=CI"]
  CODE: ["/[A-Z]{2}[0-9]+/"]
  ANYONE: [UNIT, nurse]
  STOP: [".", ",", but]
"""
NORMALISE = """
unit_name:
  participants: [patient, patients]
  donors: [blood donor, blood donors, "=BD"]
grade_figure:
  "2": ["2", "=II", two]
  "3": ["3", "=III", three]
"""
NUMBERS = """
cardinals: {zero: 0, one: 1, two: 2, three: 3, five: 5, ten: 10, twenty: 20}
multipliers: {hundred: 100, thousand: 1000}
ordinals: {first: 1, second: 2}
ordinal_endings: [st, nd, th]
joiners: [and]
labelled: [group]
"""
SECTIONS = """
headings: {methods: [methods], results: [results]}
abbreviations: [vs]
marked_only: []
"""

#: Makes a rule set of texts of rule files.
Maker = Callable[..., RuleSet]


def write_configs(root: Path, *rule_files: str, **others: str) -> Path:
    """Write a tiny folder of configs; ``others`` replace its files by their stems."""
    words = {
        "vocabulary": VOCABULARY,
        "normalise": NORMALISE,
        "numbers": NUMBERS,
        "sections": SECTIONS,
        **others,
    }
    (root / "rules").mkdir(parents=True, exist_ok=True)
    for stem, text in words.items():
        (root / f"{stem}.yaml").write_text(text, encoding="utf-8")
    for place, text in enumerate(rule_files):
        (root / "rules" / f"file_{place}.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def configs(tmp_path: Path) -> Callable[..., Path]:
    return lambda *files, **others: write_configs(tmp_path / "configs", *files, **others)


@pytest.fixture
def make(configs: Callable[..., Path]) -> Maker:
    return lambda *files, **others: load_rule_set(configs(*files, **others))
