"""Arbitrary input to every reader and through a whole run: nothing breaks, nothing is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import absift
from absift.batch.folder import Outcome
from absift.errors import InputError, RecordError
from absift.readers import FORMATS
from absift.readers.dispatch import items_of, spans
from absift.readers.sources import Source
from absift.readers.spans import Span
from absift.records import Abstract, dumps, loads

QUICK = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

#: What files of the formats are made of; a random string of them is often nearly a file.
SHREDS = [
    "PMID- 1", "AB  - Of 27 men", "TI  - T", "TY  - JOUR", "ER  - ", "ID  - 2", "      more",
    "<PubmedArticleSet>", "<PubmedArticle>", "<MedlineCitation>", "<PMID>3</PMID>", "<Article>",
    "<Abstract><AbstractText Label='A'>Of 30</AbstractText></Abstract>", "</Article>",
    "</MedlineCitation>", "</PubmedArticle>", "</PubmedArticleSet>", "<!-- ", "<![CDATA[", "&amp;",
    "&x;", "<!DOCTYPE a [<!ENTITY x 'y'>]>", '{"text": "Of 27"}', '{"text":', "[{", "}]", "id,text",
    'a,"b', '"', "\t", ",", "Abstract", "DOI: 10.1000/x", "Smith J, Doe A.", "N Engl. 2019;3:4-5.",
    "Background: Of 27 men, 19 (70%) had a rash.", "\ufeff", "\x00", "\r", "é", "27", "%", "n = ",
]  # fmt: skip
CONTENT = st.one_of(
    st.binary(max_size=400),
    st.lists(st.sampled_from(SHREDS), max_size=25).map(lambda it: "\n".join(it).encode()),
    st.lists(st.sampled_from(SHREDS), max_size=25).map(lambda it: "".join(it).encode()),
)


def key(item: Abstract | RecordError) -> object:
    if isinstance(item, RecordError):
        return (item.record, item.reason)
    return (item.id, item.text, item.title, json.dumps(dict(item.meta), sort_keys=True))


def read(source: Source, form: str | None, span: Span | None = None) -> list[object] | None:
    """Give what a reader gives; ``None`` where it refuses the file, by its name."""
    try:
        return [key(item) for item in items_of(source, form, None, lambda count: None, span)]
    except InputError as error:
        refusal = str(error)
    assert refusal.startswith("in: ")
    return None


@pytest.mark.parametrize("form", [*FORMATS, None])
@QUICK
@given(content=CONTENT, size=st.integers(1, 200))
def test_a_reader_gives_items_or_says_why_not(
    form: str | None, content: bytes, size: int, tmp_path: Path
) -> None:
    path = tmp_path / "in"
    path.write_bytes(content)
    source = Source("in", "in", path, False, len(content))
    whole = read(source, form)
    if whole is None:
        return
    assert whole, "a file gives something, if only the reason why it gives nothing"
    cut = spans(source, form, None, size)
    assert not cut or [item for span in cut for item in read(source, form, span) or ()] == whole


@pytest.mark.parametrize("form", ["excel", "parquet"])
@QUICK
@given(data=st.data())
def test_a_damaged_binary_file_gives_items_or_says_why_not(
    form: str, data: st.DataObject, tmp_path: Path
) -> None:
    content = bytearray(_binary(form))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "in"
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    source = Source("in", "in", path, False, len(content))
    assert read(source, form) != []


@lru_cache
def _binary(form: str) -> bytes:
    out = io.BytesIO()
    if form == "excel":
        import openpyxl

        book = openpyxl.Workbook()
        for row in (["id", "text"], ["1", "Of 27 men"], ["2", "Of 30 women"]):
            book.active.append(row)
        book.save(out)
    else:
        import pyarrow
        from pyarrow import parquet

        parquet.write_table(pyarrow.table({"id": ["1", "2"], "text": ["Of 27", "Of 30"]}), out)
    return out.getvalue()


WORDS = st.sampled_from(
    ["27", "19", "(70%)", "3/4", "12.5", "1,204", "n=", "%", "±", "95% CI", "10–15", "to", "versus",
     "patients", "women", "randomised", "died", "headache", "rash", "grade 3", "serious", "events",
     "weeks", "respectively", "in the", "placebo", "arm", "and", ".", ";", "(", ")", "-", "twelve",
     "thirty-two", "no", "without", "≥", "p<0.001", "\n"]
)  # fmt: skip


@QUICK
@given(text=st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_a_record_that_is_true_to_it(text: str) -> None:
    (record,) = absift.extract(Abstract("a", text))
    assert record.text == text
    for span in record.spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    assert loads(dumps(record)) == record


@QUICK
@given(files=st.lists(CONTENT, min_size=1, max_size=4), size=st.integers(20, 300))
def test_any_files_are_run_through_and_counted(
    go: Callable[..., Outcome], files: list[bytes], size: int, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir(exist_ok=True)
    for number in range(4):
        (folder / str(number)).unlink(missing_ok=True)
    for number, content in enumerate(files):
        (folder / str(number)).write_bytes(content)
    rejected: list[RecordError] = []
    expected = list(absift.extract(folder, on_reject=rejected.append))
    total = go(folder, tmp_path / "out", shard_size=size, force=True).manifest.total
    assert (total.written, total.rejected) == (len(expected), len(rejected))
    assert total.read == total.found
