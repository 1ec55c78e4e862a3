from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from absift.errors import RecordError
from absift.readers.build import Item
from absift.readers.dispatch import items_of, spans
from absift.readers.sources import Source, expand
from absift.readers.spans import Place, Span, spans_of


def plain(item: Item) -> tuple[object, ...]:
    """Give what must be the same, however a file is cut."""
    if isinstance(item, RecordError):
        return (item.source, item.record, item.reason)
    return (item.id, item.text, item.title, json.dumps(dict(item.meta), sort_keys=True))


def read(source: Source, span: Span | None = None) -> list[tuple[object, ...]]:
    return [plain(item) for item in items_of(source, None, None, lambda count: None, span)]


def assert_same_in_parts(path: Path, size: int) -> list[Span]:
    (source,) = expand(path)
    cut = spans(source, None, None, size)
    assert len(cut) != 1
    if cut:
        assert [item for span in cut for item in read(source, span)] == read(source)
    return cut


CSV = (
    'id,title,abstract\n1,"A ""b""","Line one\nline two, of 27"\n2,x\n\n'
    '3,"5"" tube",Of 30 men\n4,"bad"x,y\n5,t,Of 7\n'
)
FILES = {
    "a.jsonl": '\ufeff{"id": 1, "text": "Of 27."}\n\n{bad\n'
    '{"text": "Of 30."}\r\n{"id": 3, "text": "No end"}',
    "a.csv": CSV,
    "quote.csv": 'id,text\n1,a 5" tube\n2,"x, y"\n3,z 6" end\n',
    "a.tsv": 'id\ttext\n1\tquote " alone\n2\tOf 30\n3\tOf "31"\n',
    "a.nbib": "\n\nPMID- 1\nTI  - A\nAB  - Of 27\n      men\n\n\n"
    "PMID- 2\nAB  - Of 3\nPMID- 3\nTI  - None\n",
    "a.ris": "TY  - JOUR\nID  - 1\nAB  - Of 27\nmen\nER  - \n\nnoise\nTI  - lost\nAB  - x\nER  -\n"
    "TY  - JOUR\nID  - 2\nAB  - Of 30\nTY  - JOUR\nID  - 3\nAB  - y\n",
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("size", [1, 20, 35])
@pytest.mark.parametrize("name", FILES)
def test_parts_give_what_the_file_gives(name: str, size: int, packed: bool, tmp_path: Path) -> None:
    data = FILES[name].encode()
    path = tmp_path / (name + ".gz" * packed)
    path.write_bytes(gzip.compress(data) if packed else data)
    cut = assert_same_in_parts(path, size)
    assert len(cut) >= 2 or size > 20


_line = st.sampled_from(
    ["TY  - JOUR", "ER  - ", "AB  - Of 27 men", "AB  - x", "ID  - 7", "PMID- 12", "TI  - T", "",
     "  more", '{"text": "a"}', '"', '"a"', "1,2", '1,"2', "\ufeff", "é"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    lines=st.lists(_line, min_size=1, max_size=14),
    end=st.sampled_from(["\n", "\r\n"]),
    name=st.sampled_from(["a.ris", "a.nbib", "a.csv", "a.jsonl"]),
    size=st.integers(1, 60),
)
def test_any_lines_are_read_the_same_in_parts(
    lines: list[str], end: str, name: str, size: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    head = {"a.csv": "id,text", "a.ris": "TY  - JOUR", "a.nbib": "PMID- 1", "a.jsonl": "{}"}[name]
    path = tmp_path_factory.mktemp("cut") / name
    path.write_text(end.join([head, *lines]), encoding="utf-8", newline="")
    assert_same_in_parts(path, size)


def _xml(count: int) -> str:
    records = "".join(
        f"<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>T</ArticleTitle>"
        f"<Abstract><AbstractText>Of {n} men.</AbstractText></Abstract></Article>"
        "</MedlineCitation></PubmedArticle>\n"
        for n in range(1, count + 1)
    )
    return (
        f"<PubmedArticleSet>\n{records}"
        + "<DeleteCitation><PMID>1</PMID><PMID>2</PMID></DeleteCitation>"
    )


@pytest.mark.parametrize("end", ["</PubmedArticleSet>", "<broken", ""])
def test_a_very_large_xml_file_is_cut_by_records(end: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(_xml(40) + end)
    cut = assert_same_in_parts(path, path.stat().st_size // 8)
    assert {span.unit for span in cut} == {"records"}
    assert len(cut) >= 7


def test_a_large_table_of_parquet_is_cut_by_records(tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    rows = pyarrow.table({"id": list(range(500)), "text": [f"Of {n}" for n in range(500)]})
    parquet.write_table(rows, tmp_path / "a.parquet")
    assert len(assert_same_in_parts(tmp_path / "a.parquet", 100)) > 4


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", '[{"text": "Of 27"}, {"text": "Of 30"}]'),
        ("a.txt", "Of 27 men.\nOf 30 women.\n"),
        ("a.jsonl", ""),
        ("a.csv", "one,two\n1,2\n"),
        ("a.pdf", "%PDF-1.7 and more"),
    ],
)
def test_what_cannot_be_cut_is_read_whole(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    source = Source("a", "a", tmp_path / name, False, len(content))
    assert spans(source, None, None, 10_000) == []


def test_a_broken_packed_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "Of 27"}\n' * 500)[:-20])
    (source,) = expand(path)
    assert spans(source, None, None, 100) == []


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_was_cut_short_since_is_rejected_not_passed_over(
    packed: bool, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    lines = b'{"text": "Of 27"}\n' * 10
    path.write_bytes(gzip.compress(lines) if packed else lines)
    (source,) = expand(path)
    cut = spans(source, None, None, 60)
    short = lines[: cut[1].stop - 18]
    path.write_bytes(gzip.compress(short) if packed else short)
    *good, bad = read(source, cut[1])
    assert len(good) == 3
    assert bad[1] == f"3 records behind line {cut[1].number}"
    assert "the file has become shorter" in str(bad[2])
    (lost,) = read(source, cut[2])
    assert "the file has become shorter" in str(lost[2])


@given(st.lists(st.integers(1, 50), max_size=30), st.integers(1, 120))
def test_spans_are_all_of_the_content_once(steps: list[int], size: int) -> None:
    offsets = [sum(steps[: at + 1]) for at in range(len(steps))]
    cut = list(spans_of((Place(at, n) for n, at in enumerate(offsets, start=1)), size))
    assert [span.start for span in cut] == [0, *(span.stop for span in cut[:-1])][: len(cut)]
    assert (cut[-1].stop if cut else 0) == (offsets[-1] if offsets else 0)
    assert all(span.stop - span.start >= size for span in cut[:-1])
