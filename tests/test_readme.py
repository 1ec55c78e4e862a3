from __future__ import annotations

import json
from pathlib import Path

import absift


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
