"""A small label whose spans and attributes are weighed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from absift.rules.ruleset import RuleSet, load_rule_set
from absift.settings import config_root

RULES = """\
label: SIZE
defaults: {scope: total}
rules:
  - id: size.people
    pattern: INTEGER people
    span: INTEGER
  - id: size.each
    pattern: each of INTEGER
    span: INTEGER
    set: {scope: arm}
    priority: 1
  - id: size.not.page
    pattern: page INTEGER
    block: true
  - id: size.words
    pattern: hired|fired|children|wards|enrolled|beside
    block: true
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The built-in words with one label of our own."""
    tmp_path = tmp_path_factory.mktemp("configs")
    for name in ("vocabulary", "numbers", "normalise", "sections", "spelling"):
        (tmp_path / f"{name}.yaml").write_text(
            (config_root() / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "size.yaml").write_text(RULES, encoding="utf-8")
    return load_rule_set(tmp_path)


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a table: lines of cells parted by blanks."""

    def write(name: str, text: str) -> Path:
        folder = tmp_path / "weights"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.tsv"
        lines = ("\t".join(line.split()) for line in text.strip().splitlines())
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
