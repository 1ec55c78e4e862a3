from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from absift.cli.extract_folder import wants_folder
from absift.errors import InputError
from tests.batch.helpers import inline

if TYPE_CHECKING:
    from typer.testing import Result

    Command = Callable[..., Result]

SET = """<PubmedArticleSet>{}<DeleteCitation><PMID>3</PMID></DeleteCitation></PubmedArticleSet>"""
ARTICLE = """<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>T</ArticleTitle>
<Abstract><AbstractText>Of 27 men, 3 had a rash.</AbstractText></Abstract><PublicationTypeList>
<PublicationType>{}</PublicationType></PublicationTypeList></Article></MedlineCitation>
</PubmedArticle>"""


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absift.batch.workers.processes", lambda count: inline())


@pytest.mark.parametrize(
    ("output", "asked", "folder"),
    [
        (None, False, False),
        ("-", False, False),
        ("out.jsonl", False, False),
        ("out/", False, True),
        ("there", False, True),
        ("there.brat", False, False),
        ("out", True, True),
        ("there.csv", True, True),
        ("s3://bucket/out", True, True),
    ],
)
def test_what_makes_a_folder_of_parts(
    output: str | None, asked: bool, folder: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("there", "there.brat", "there.csv"):
        (tmp_path / name).mkdir()
    assert wants_folder(output, asked=asked) == folder


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (None, "write a folder of parts; name it with -o"),
        ("-", "write a folder of parts; name it with -o"),
        ("out.csv", "this is the name of a file; name a folder and add --format csv"),
        ("out.jsonl.gz", "this is the name of a file; name a folder and add --format jsonl"),
    ],
)
def test_workers_need_a_folder(output: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        wants_folder(output, asked=True)


def test_pubmed_with_its_updates(absift_command: Command) -> None:
    Path("in").mkdir()
    first = ARTICLE.format(1, "Retracted Publication") + ARTICLE.format(3, "Trial")
    Path("in/pubmed1.xml").write_text(f"<PubmedArticleSet>{first}</PubmedArticleSet>")
    Path("in/pubmed2.xml").write_text(SET.format(ARTICLE.format(1, "Trial")))
    result = absift_command("extract", "in", "-o", "out", "--workers", "2")
    assert result.exit_code == 0, result.stderr
    said = result.stderr.splitlines()
    assert said[0] == "absift: the rejected records are listed in out/rejects.jsonl"
    assert said[1].startswith("absift: 4 in, 3 out, 1 rejected (1 without abstract or deleted); ")
    assert said[2:] == [
        "absift: of these records, 1 retracted, 1 superseded by a later one, "
        "1 deleted by a later notice",
        "absift: 1 part in out; manifest.json has the counts",
    ]
    manifest = json.loads(Path("out/manifest.json").read_bytes())
    assert manifest["ids"] == {"duplicate": 0, "superseded": 1, "deleted": 1, "deletions": 1}
    assert manifest["counts"]["retracted"] == 1
    again = absift_command("extract", "in", "-o", "out/")
    assert again.exit_code == 0
    assert "1 part in out/, 1 of them from before;" in again.stderr


def test_malformed_records_are_told_and_quiet_tells_nothing_else(absift_command: Command) -> None:
    Path("a.jsonl").write_text('{"text": "Of 27 men"}\n{bad\n')
    result = absift_command("extract", "a.jsonl", "-o", "out/", "--merge", "--quiet")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[0].startswith("absift: rejected: a.jsonl: line 2: not JSON")
    assert result.stderr.splitlines()[1:] == [
        "absift: the rejected records are listed in out/rejects.jsonl"
    ]
    assert sorted(path.name for path in Path("out").iterdir() if path.suffix) == [
        "manifest.json", "merged.jsonl", "rejects.jsonl"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--html", "a.html"], "--html doesn't go with a folder of parts"),
        (["--show"], "--show doesn't go with a folder of parts"),
        (["--rejects", "r.jsonl"], "--rejects doesn't go with a folder of parts"),
        (["--workers", "2", "--scheduler", "tcp://x:1"], "exclude each other"),
        (["--format", "xlsx", "--merge"], "parts of xlsx can't be merged"),
    ],
)
def test_options_that_do_not_go_together(
    absift_command: Command, options: list[str], message: str
) -> None:
    Path("a.txt").write_text("Of 27 men")
    result = absift_command("extract", "a.txt", "-o", "out/", *options)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not Path("out").exists()


def test_dask_that_is_not_installed(
    absift_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "distributed", None)
    Path("a.txt").write_text("Of 27 men")
    result = absift_command("extract", "a.txt", "-o", "out/", "--scheduler", "tcp://x:1")
    assert result.exit_code == 2
    assert "--scheduler needs Dask: pip install 'absift[dask]'" in result.stderr
