from __future__ import annotations

from pathlib import Path

import pytest

from absift import settings
from absift.errors import ConfigError
from absift.settings import config_path


def test_finds_a_file_and_a_folder_of_configs() -> None:
    assert config_path("page_furniture.yaml").read_text(encoding="utf-8").startswith("#")
    assert config_path("rules").is_dir()


@pytest.mark.parametrize("name", ["no_such.yaml", "rules/no_such.yaml"])
def test_names_what_is_missing_and_where_it_looked(name: str) -> None:
    with pytest.raises(ConfigError, match=f"'{name}' is missing: not in .*configs"):
        config_path(name)


def test_finds_the_copy_inside_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "absift"
    (package / "configs").mkdir(parents=True)
    (package / "configs" / "a.yaml").write_text("x: 1")
    monkeypatch.setattr(settings, "_PACKAGE", package)
    assert config_path("a.yaml") == package / "configs" / "a.yaml"


def test_an_installed_package_does_not_look_beside_site_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "a.yaml").write_text("x: 1")
    monkeypatch.setattr(settings, "_PACKAGE", tmp_path / "site-packages" / "absift")
    with pytest.raises(ConfigError):
        config_path("a.yaml")
