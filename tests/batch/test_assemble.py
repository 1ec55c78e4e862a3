from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from spacy.language import Language

from absift import Abstract, extract
from absift.batch.assemble import assemble
from absift.errors import ConfigError, InputError

if TYPE_CHECKING:
    from typer.testing import Result

TEXT = "Of 27 patients, 19 (70%) responded; two patients had grade 3 headaches after 6 weeks."


@pytest.fixture
def _loaded(pipeline: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absift.api.load", lambda config=None: pipeline)


@pytest.mark.usefixtures("_loaded")
def test_the_folder_opens_in_spacy_and_finds_the_same(tmp_path: Path, pipeline: Language) -> None:
    folder = tmp_path / "model"
    assemble(folder)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["model"]
    before = list(extract(Abstract("1", TEXT), nlp=pipeline))
    assert list(extract(Abstract("1", TEXT), nlp=spacy.load(folder))) == before
    assert len(before[0].spans) == 4


@pytest.mark.usefixtures("_loaded")
def test_only_a_pipeline_is_replaced_and_only_with_force(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    assemble(folder)
    with pytest.raises(InputError, match="exists already; add --force"):
        assemble(folder)
    (folder / "old").touch()
    assemble(folder, force=True)
    assert not (folder / "old").exists()
    assert (folder / "config.cfg").is_file()


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_of_other_files_is_left_alone(tmp_path: Path, force: bool) -> None:
    (tmp_path / "thesis.txt").write_text("precious", encoding="utf-8")
    with pytest.raises(InputError, match="holds files that are no pipeline's"):
        assemble(tmp_path, force=force)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "precious"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_text("precious", encoding="utf-8")
    with pytest.raises(InputError, match="is a file; give the name of a folder"):
        assemble(path, force=True)


def test_a_config_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.cfg"):
        assemble(tmp_path / "model", config=tmp_path / "none.cfg")
    assert list(tmp_path.iterdir()) == []


def test_the_command(absift_command: Callable[..., Result]) -> None:
    result = absift_command("assemble", "models/absift")
    assert result.exit_code == 2
    assert "models/absift: can't write" in result.stderr
    Path("models").mkdir()
    assert absift_command("assemble", "models/absift").exit_code == 0
    assert Path("models/absift/meta.json").is_file()
