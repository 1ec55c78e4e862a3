"""The wheel by itself: built, installed into an empty environment, used from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TEXT = "Of 27 patients, 19 (70%) responded; two patients had grade 3 headaches after 6 weeks."
_SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"


def run(*command: str | Path, folder: Path | None = None) -> str:
    # Nothing of the source tree or of the tester's own settings may leak in.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with the build tool that the development extra installs."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, root)
    (found,) = out.glob("absift-*.whl")
    return found


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the wheel.

    spaCy and the other libraries are lent by the environment of the tests, through a path
    file, which spares a download of half a gigabyte. Path files there are not followed, so an
    editable absift stays out of sight: absift can only come from the wheel.
    """
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    site = Path(run(programs / "python", "-c", _SITE).strip())
    lent = run(sys.executable, "-c", _SITE).strip()
    (site / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "--python", programs / "python", "install", "--no-deps", "--no-index", wheel)
    return programs


def test_the_wheel_holds_all_that_absift_reads(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    configs = [path for path in (root / "configs").rglob("*") if path.is_file()]
    assert len(configs) > 10
    for path in configs:
        assert f"absift/configs/{path.relative_to(root / 'configs').as_posix()}" in names
    package = root / "pipeline" / "absift"
    templates = package / "report" / "templates"
    for path in [*package.rglob("*.py"), *templates.iterdir(), package / "py.typed"]:
        assert f"absift/{path.relative_to(package).as_posix()}" in names
    assert not [name for name in names if "test" in name.split("/")[0] or name.endswith(".pyc")]


def test_absift_comes_from_the_wheel(environment: Path, tmp_path: Path, root: Path) -> None:
    code = "import absift; print(absift.__file__)"
    found = run(environment / "python", "-c", code, folder=tmp_path).strip()
    assert Path(found).is_relative_to(environment.parent)
    assert not Path(found).is_relative_to(root)


def test_the_command_finds_what_the_text_says(environment: Path, tmp_path: Path) -> None:
    (tmp_path / "study.txt").write_text(TEXT, encoding="utf-8")
    out = run(environment / "absift", "extract", "study.txt", folder=tmp_path)
    assert [(span["text"], span["label"]) for span in json.loads(out)["spans"]] == [
        ("27", "SAMPLE_SIZE"),
        ("70%", "PERCENTAGE"),
        ("headaches", "ADVERSE_EVENT"),
        ("6 weeks", "DURATION"),
    ]


def test_a_pipeline_that_it_assembles_opens_in_spacy(environment: Path, tmp_path: Path) -> None:
    run(environment / "absift", "assemble", "model", folder=tmp_path)
    code = f"import spacy; doc = spacy.load('model')({TEXT!r}); print(doc.spans['DURATION'][0])"
    assert run(environment / "python", "-c", code, folder=tmp_path).strip() == "6 weeks"
