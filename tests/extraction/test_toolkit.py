from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import configs_digest, load_toolkit
from absift.settings import config_root


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(config_root(), tmp_path_factory.mktemp("a") / "configs"))


def test_the_built_in_toolkit_is_made_once() -> None:
    assert load_toolkit() is load_toolkit(config_root())
    assert load_toolkit().root == config_root().resolve()


def test_a_folder_of_the_same_content_shares_its_toolkit(copy: Path) -> None:
    assert load_toolkit(copy) is load_toolkit()


@pytest.mark.parametrize("name", ["vocabulary.yaml", "rules/duration.yaml", "lexicon/skin.tsv"])
def test_a_change_of_any_file_changes_the_digest(copy: Path, name: str) -> None:
    before = (copy / name).read_bytes()
    assert configs_digest(copy) == configs_digest(config_root())
    (copy / name).write_bytes(before + b"\n")
    try:
        assert configs_digest(copy) != configs_digest(config_root())
    finally:
        (copy / name).write_bytes(before)


def test_a_folder_without_configs(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"vocabulary\.yaml: can't be read"):
        load_toolkit(tmp_path)
