from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.settings import config_path, config_root


def test_the_built_in_configs(root: Path) -> None:
    assert config_root() == root / "configs"
    assert config_path("rules").is_dir()


def test_a_missing_file_says_where_it_was_sought(root: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config_path("none.yaml")
    assert "configuration file 'none.yaml' is missing" in str(caught.value)
    assert str(root / "configs") in str(caught.value)
