"""What several test files share."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from typer.testing import CliRunner

if TYPE_CHECKING:
    from spacy.language import Language
    from typer.testing import Result

# The same examples in every run, so that a change is what made a test fail; FUZZ=1 draws new ones.
settings.register_profile("steady", derandomize=True)
if not os.environ.get("FUZZ"):
    settings.load_profile("steady")

# A shell that runs the tests in the background makes all that they start deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample() -> Path:
    """The abstracts that ``make demo`` shows."""
    return ROOT / "corpus" / "sample" / "abstracts"


@pytest.fixture(scope="session")
def pipeline() -> Language:
    """The default pipeline, loaded once."""
    import absift

    return absift.load()


@pytest.fixture
def absift_command(
    pipeline: Language, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Result]:
    """Runs the command in this process, in an empty folder, with the pipeline loaded before."""
    from absift.cli.app import app

    def run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    from absift.api import load

    def loaded(
        config: Path | None = None, *, rules: Sequence[Path] = (), explain: bool = False
    ) -> Language:
        if config or rules or explain:
            return load(config, rules=rules, explain=explain)
        return pipeline

    monkeypatch.setattr("absift.api.load", loaded)
    monkeypatch.chdir(tmp_path)
    return run
