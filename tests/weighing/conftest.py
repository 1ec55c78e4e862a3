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
    return load_rule_set(write_configs(tmp_path_factory.mktemp("configs")))


def write_configs(folder: Path) -> Path:
    """Write the built-in words and the label's rules to a folder."""
    (folder / "rules").mkdir(parents=True)
    for name in ("vocabulary", "numbers", "normalise", "sections", "spelling"):
        (folder / f"{name}.yaml").write_text(
            (config_root() / f"{name}.yaml").read_text(encoding="utf-8"), encoding="utf-8"
        )
    (folder / "rules" / "size.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def configs(tmp_path: Path) -> Path:
    """A folder of the same, beside which a test can write tables."""
    return write_configs(tmp_path / "configs")


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
