from __future__ import annotations

import json
from pathlib import Path

import pytest

from absift.batch.rejects import NORMAL_REASONS, RejectLog
from absift.errors import InputError, RecordError
from absift.readers import read


def error(number: int, reason: str = "not JSON") -> RecordError:
    return RecordError("in.jsonl", f"line {number}", reason)


def test_counts_and_keeps_the_first_few() -> None:
    with RejectLog() as log:
        log.add(error(1, "no abstract"))
        for number in range(2, 10):
            log.add(error(number))
    assert (log.count, log.unusable, log.path) == (9, 8, None)
    assert [item.record for item in log.first] == [f"line {n}" for n in range(2, 7)]


def test_writes_every_rejection(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    with RejectLog(str(path)) as log:
        log.add(error(1))
        log.add(error(2, "no abstract"))
        assert not path.exists()
    assert log.path == str(path)
    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [
        {"source": "in.jsonl", "record": "line 1", "reason": "not JSON"},
        {"source": "in.jsonl", "record": "line 2", "reason": "no abstract"},
    ]


@pytest.mark.parametrize(("always", "files"), [(False, []), (True, ["bad.jsonl"])])
def test_an_empty_list_is_written_only_if_asked_for(
    tmp_path: Path, always: bool, files: list[str]
) -> None:
    with RejectLog(str(tmp_path / "bad.jsonl"), always=always) as log:
        pass
    assert [path.name for path in tmp_path.iterdir()] == files
    assert (log.path is not None) == always


def test_an_existing_list_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(InputError, match="exists already"):
        RejectLog(str(path))
    assert path.read_text(encoding="utf-8") == "old"


def test_the_list_of_an_earlier_run_does_not_outlive_force(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("old", encoding="utf-8")
    with RejectLog(str(path), force=True):
        pass
    assert not path.exists()


@pytest.mark.parametrize("added", [0, 1])
def test_a_failure_leaves_all_as_it_was(tmp_path: Path, added: int) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), RejectLog(str(path), force=True) as log:  # noqa: PT012
        for number in range(added):
            log.add(error(number))
        raise RuntimeError
    assert [item.name for item in tmp_path.iterdir()] == ["bad.jsonl"]
    assert path.read_text(encoding="utf-8") == "old"


def test_names_that_are_no_text_are_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    with RejectLog(str(path)) as log:
        log.add(RecordError("caf\udce9.txt", "file", "the file is empty"))
    assert json.loads(path.read_text(encoding="utf-8"))["source"] == "caf\\udce9.txt"


def test_the_normal_reasons_are_those_that_the_readers_give(tmp_path: Path) -> None:
    xml = tmp_path / "set.xml"
    xml.write_text(
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>91000001</PMID><Article>"
        "<ArticleTitle>A letter</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
        "<DeleteCitation><PMID>91000002</PMID></DeleteCitation></PubmedArticleSet>"
    )
    nbib = tmp_path / "set.nbib"
    nbib.write_text("PMID- 91000003\nTI  - A letter\n")
    ris = tmp_path / "set.ris"
    ris.write_text("TY  - JOUR\nTI  - A letter\nER  - \n")
    found: list[RecordError] = []
    assert list(read([xml, nbib, ris], on_reject=found.append)) == []
    assert len(found) == 4
    assert {item.reason for item in found} == NORMAL_REASONS
