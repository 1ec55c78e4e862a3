from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pyarrow as pa
import pytest
from pyarrow import parquet

from absift.errors import InputError, RecordError
from absift.readers import FORMATS, Columns, read
from absift.records import Abstract

TITLE = "Warm socks at night."
BODY = "Twelve adults wore warm socks for 3\u00a0weeks; two (16.7%) had itching."
OTHER = "Nine adults wore cold socks."

RIS = f"TY  - JOUR\nID  - s1\nTI  - {TITLE}\nAB  - {BODY}\nER  - \n"
MEDLINE = f"\nPMID- 77\nTI  - {TITLE}\nAB  - {BODY}\n"
PUBMED = f"""<?xml version="1.0" encoding="utf-8"?>
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article>
<ArticleTitle>{TITLE}</ArticleTitle><Abstract><AbstractText>{BODY}</AbstractText></Abstract>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
PAGE = f"PubMed\nJ Sock. 2012;1(2):3-4.\n\n{TITLE}\n\nStrumpf A, Socke B.\n\n{BODY}\n\nPMID: 77\n"


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["id", "title", "abstract"])
    book.active.append(["s1", TITLE, BODY])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table({"id": ["s1"], "title": [TITLE], "abstract": [BODY]}), out)
    return out.getvalue()


CONTENT: dict[str, tuple[str, bytes]] = {
    "text": ("s1.txt", f"{TITLE}\n{BODY}".encode()),
    "page": ("s1.txt", PAGE.encode()),
    "pubmed": ("s1.xml", PUBMED.encode()),
    "medline": ("s1.nbib", MEDLINE.encode()),
    "ris": ("s1.ris", RIS.encode()),
    "csv": ("s1.csv", f'id,title,abstract\ns1,{TITLE},"{BODY}"\n'.encode()),
    "tsv": ("s1.tsv", f"id\ttitle\tabstract\ns1\t{TITLE}\t{BODY}\n".encode()),
    "excel": ("s1.xlsx", _xlsx()),
    "parquet": ("s1.parquet", _parquet()),
    "jsonl": ("s1.jsonl", orjson.dumps({"id": "s1", "title": TITLE, "text": BODY}) + b"\n"),
}


def test_every_format_has_a_case() -> None:
    assert tuple(CONTENT) == FORMATS


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_told_by_its_content_alone(form: str, packed: bool, tmp_path: Path) -> None:
    content = CONTENT[form][1]
    path = tmp_path / "given"
    path.write_bytes(gzip.compress(content) if packed else content)
    (found,) = read([path])
    assert found.text == f"{TITLE}\n{BODY}"
    assert found.meta["format"] == form


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_format_is_read_from_standard_input(
    form: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = CONTENT[form][1]
    data = io.BytesIO(gzip.compress(content) if packed else content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    (found,) = read(["-"])
    assert found.text == f"{TITLE}\n{BODY}"
    assert found.meta["source"] == "-"
    assert not data.closed


@pytest.mark.parametrize("form", FORMATS)
def test_id_and_source_of_a_named_file(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content = CONTENT[form]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    (found,) = read([f"in/{name}"])
    assert found.id == ("77" if form in ("pubmed", "medline") else "s1")
    assert found.meta["source"] == f"in/{name}"


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.csv", "jsonl"), ("a.txt", "ris"), ("a.json", "medline"), ("a.tsv", "pubmed")],
)
def test_plain_content_wins_over_a_wrong_ending(name: str, form: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(CONTENT[form][1])
    (found,) = read([tmp_path / name])
    assert found.meta["format"] == form


def test_a_forced_format_wins_over_content(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(CONTENT["page"][1])
    (found,) = read([path], input_format="text")
    assert found.text == PAGE
    assert (found.id, found.meta["format"]) == ("x", "text")


def test_an_unknown_forced_format_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="unknown format 'pdf'; the formats are text, page"):
        read(["-"], input_format="pdf")


def test_a_missing_source_is_named_before_anything_is_read(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(BODY)
    with pytest.raises(InputError, match=r"gone\.txt: no such file or folder"):
        read([good, tmp_path / "gone.txt"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"%PDF-1.7\n\x00\x01", "a.pdf: this is a PDF; save its text as .txt"),
        ("a.txt", "\ufefftext".encode("utf-16"), "UTF-16 text; save it as UTF-8"),
        ("a.html", b"<!DOCTYPE html><html><body>x</body></html>", "an HTML file"),
        ("a.xml", b"<?xml version='1.0'?><feed/>", "XML, but not PubMed's"),
        ("a.bin", bytes(range(256)) * 8, "unknown format; the formats are text, page, pubmed"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file; save it as .xlsx"),
        ("a.xlsx", b"no workbook", "unknown format"),
    ],
)
def test_a_named_file_of_unknown_format_stops_at_once(
    name: str, content: bytes, message: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read([tmp_path / name], on_reject=lambda error: None)
    assert str(tmp_path / name) in str(caught.value)
    assert message in str(caught.value)


def test_what_no_forcing_helps_names_no_formats(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufefftext".encode("utf-16-le"))
    with pytest.raises(InputError) as caught:
        read([path])
    assert str(caught.value) == f"{path}: this is UTF-16 text; save it as UTF-8"


def test_a_zip_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(InputError, match="a ZIP file; unpack it"):
        read([tmp_path / "a.zip"])


def test_a_found_file_of_unknown_format_is_rejected_and_the_rest_read(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.txt").write_text(OTHER)
    found, rejects = read_all(tmp_path)
    assert [abstract.id for abstract in found] == ["a", "c"]
    ((record, reason),) = rejects
    assert record == "file"
    assert reason.startswith("this is a PDF")


def test_a_table_without_texts_in_a_folder_is_rejected_by_itself(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    (tmp_path / "a.csv").write_text("one,two\n1,2\n")
    (tmp_path / "b.txt").write_text(BODY)
    found, rejects = read_all(tmp_path)
    assert [abstract.id for abstract in found] == ["b"]
    assert rejects == [
        (
            "file",
            "can't tell which column holds the text; the columns are: 'one', 'two'; "
            "name it with --text-column",
        )
    ]


def test_without_on_reject_a_bad_record_is_raised(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "text": "Good."}\n{bad\n')
    records = read([path])
    assert next(records).id == "1"
    with pytest.raises(RecordError, match="line 2: not JSON") as caught:
        next(records)
    assert (caught.value.source, caught.value.record) == (str(path), "line 2")


@pytest.mark.parametrize("name", ["e.txt", "e.jsonl", "e.xml", "e.csv", "e.parquet", "e"])
def test_an_empty_file_is_rejected(name: str, tmp_path: Path, read_all: Callable[..., Any]) -> None:
    (tmp_path / name).write_bytes(b"")
    assert read_all(tmp_path / name) == ([], [("file", "the file is empty")])


def test_an_empty_packed_file_is_rejected(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    (tmp_path / "e.gz").write_bytes(gzip.compress(b""))
    assert read_all(tmp_path / "e.gz") == ([], [("file", "the file is empty")])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", "[]"),
        ("a.csv", "id,text\n"),
        ("a.xml", "<PubmedArticleSet></PubmedArticleSet>"),
        ("a.jsonl", "\n\n"),
    ],
)
def test_a_file_without_records_is_rejected(
    name: str, content: str, tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    (tmp_path / name).write_text(content)
    found, rejects = read_all(tmp_path / name)
    assert found == []
    assert [(record, reason[:27]) for record, reason in rejects] == [
        ("file", "the file holds no records o")
    ]


def test_no_sources_give_nothing() -> None:
    assert list(read([])) == []


def _many(count: int) -> bytes:
    return b"".join(
        orjson.dumps({"id": number, "text": f"{number} {os.urandom(40).hex()}"}) + b"\n"
        for number in range(count)
    )


def test_of_a_truncated_packed_file_the_beginning_stays(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    packed = gzip.compress(_many(5000))
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    found, rejects = read_all(tmp_path / "a.jsonl.gz")
    assert 2000 < len(found) < 3000
    assert [abstract.id for abstract in found] == [str(n) for n in range(len(found))]
    ((record, reason),) = rejects
    assert record == f"after record {len(found)}"
    assert reason.startswith("the rest can't be read: Compressed file ended")


def test_damage_in_a_packed_file_is_one_rejection(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    packed = bytearray(gzip.compress(_many(5000)))
    middle = len(packed) // 2
    packed[middle : middle + 60] = bytes(60)
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.txt").write_text(BODY)
    found, rejects = read_all(tmp_path / "a.jsonl.gz", tmp_path / "b.txt")
    assert found[-1].id == "b"
    # Whether the damage shows as broken packing or as broken lines before it, all is counted.
    assert rejects[-1][1].startswith("the rest can't be read")


def test_a_truncated_packed_text_is_no_abstract(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    packed = gzip.compress(os.urandom(3000).hex().encode())
    (tmp_path / "a.txt.gz").write_bytes(packed[:-400])
    found, rejects = read_all(tmp_path / "a.txt.gz")
    assert found == []
    assert [record for record, _ in rejects] == ["file"]


def test_a_file_that_vanishes_before_its_turn_is_rejected(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.txt" for name in "abc")
    for path in (first, second, third):
        path.write_text(BODY)
    rejects: list[RecordError] = []
    records: Iterator[Abstract] = read([tmp_path], on_reject=rejects.append)
    next(records)
    second.unlink()
    assert [abstract.id for abstract in records] == ["c"]
    assert [(error.source, error.record) for error in rejects] == [(str(second), "file")]
    assert "No such file" in rejects[0].reason


def test_progress_counts_packed_bytes_of_all_files(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(_many(9000)))
    (tmp_path / "b.txt").write_text(BODY)
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    steps: list[tuple[int, int]] = []
    for _ in read([tmp_path], on_progress=lambda done, of: steps.append((done, of))):
        pass
    assert len(steps) > 3
    assert steps == sorted(steps)
    assert {of for _, of in steps} == {total}
    assert steps[-1] == (total, total)


def test_progress_of_standard_input_has_no_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BODY.encode())))
    steps: list[tuple[int, int]] = []
    list(read(["-"], on_progress=lambda done, of: steps.append((done, of))))
    assert steps == [(len(BODY.encode()), 0)]


@pytest.mark.parametrize(("form", "library"), [("excel", "openpyxl"), ("parquet", "pyarrow")])
def test_a_missing_extra_says_how_to_install_it(
    form: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, content = CONTENT[form]
    (tmp_path / name).write_bytes(content)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match=rf"needs {library}: pip install 'absift\[{form}\]'"):
        read([tmp_path / name])


def test_columns_are_handed_to_tables(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nr,head,words\n7,Socks,Warm feet.\n")
    (found,) = read([path], columns=Columns(text="words", title="head", id="nr"))
    assert (found.id, found.title, found.text) == ("7", "Socks", "Socks\nWarm feet.")


def test_a_named_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(
        [sys.executable, "-c", f"open({str(pipe)!r}, 'w').write({BODY!r})"]
    ) as writer:
        (found,) = read([pipe])
        assert writer.wait(timeout=30) == 0
    assert found.text == BODY


def test_readers_import_neither_spacy_nor_pandas() -> None:
    code = (
        "import sys, absift.readers; "
        "heavy = {'spacy', 'pandas', 'lxml', 'openpyxl', 'pyarrow', 'rispy'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
