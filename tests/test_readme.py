from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

import absift
from absift.rules.files import _FILE_KEYS, _KEYS


def test_the_record_is_what_comes_out(root: Path, tmp_path: Path) -> None:
    page = (root / "README.md").read_text(encoding="utf-8")
    shown = json.loads(page.split("```json\n")[1].split("```")[0])
    path = tmp_path / "example.txt"
    path.write_text(shown["text"], encoding="utf-8")
    (record,) = absift.extract(path)
    made = json.loads(json.dumps(record.to_json()))
    made["meta"]["source"] = "example.txt"
    # Another one after each change of a rule, which changes nothing that a reader needs.
    made["meta"]["rules"]["hash"] = shown["meta"]["rules"]["hash"]
    assert made == shown


def judge_keys(root: Path) -> set[str]:
    """Give the names that stand under ``judge`` in the rules of adverse events."""
    text = (root / "configs" / "rules" / "adverse_event.yaml").read_text(encoding="utf-8")
    judge = yaml.safe_load(text)["judge"]
    held = {key for name in ("around", "topic") for entry in judge[name] for key in entry}
    return {*judge, *held, *judge["echo"], *judge["generic"]}


@pytest.mark.parametrize("kind", ["rule", "file", "judge"])
def test_the_notation_has_every_key(root: Path, kind: str) -> None:
    page = (root / "configs" / "README.md").read_text(encoding="utf-8")
    keys = page.partition("## Keys of a rule\n")[2].partition("\n## ")[0]
    harms = page.partition("## Adverse events\n")[2].partition("\n## ")[0]
    wanted, place = {
        "rule": (_KEYS, "".join(line.split("|")[1] for line in keys.splitlines() if "|" in line)),
        "file": (_FILE_KEYS - {"judge"}, page.partition("## A rule file\n")[2]),
        "judge": (judge_keys(root), harms),
    }[kind]
    missing = {key for key in wanted if not re.search(rf"(?<![\w-]){key}(?![\w-])", place)}
    assert not missing
