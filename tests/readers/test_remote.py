from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from absift.errors import InputError
from absift.readers import read
from absift.readers.remote import is_url
from absift.readers.sources import expand

LINE = b'{"id": "s1", "text": "Of 27 men."}\n'


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("s3://bucket/a.xml", True),
        ("memory://a", True),
        ("simplecache::s3://bucket/a", True),
        ("a.xml", False),
        ("folder/a:b.xml", False),
        ("/a/b://c", False),
        (r"C:\a.xml", False),
        ("-", False),
    ],
)
def test_urls_are_told_from_paths(name: str, url: bool) -> None:
    assert is_url(name) == url


def test_a_file_elsewhere_is_read(memory: fsspec.AbstractFileSystem) -> None:
    memory.pipe_file("/in/a.jsonl.gz", gzip.compress(LINE))
    steps: list[tuple[int, int]] = []
    (found,) = read(["memory://in/a.jsonl.gz"], on_progress=lambda *step: steps.append(step))
    assert (found.id, found.meta["source"]) == ("s1", "a.jsonl.gz")
    assert steps[-1] == (len(gzip.compress(LINE)),) * 2


def test_a_folder_and_a_pattern_elsewhere(memory: fsspec.AbstractFileSystem) -> None:
    for name in ("b/2.jsonl", "1.jsonl", ".hidden/3.jsonl", "x.csv"):
        memory.pipe_file(f"/in/{name}", LINE)
    assert [(source.label, source.named) for source in expand("memory://in")] == [
        ("in/1.jsonl", False), ("in/b/2.jsonl", False), ("in/x.csv", False)
    ]  # fmt: skip
    assert [source.label for source in expand("memory://in/*.jsonl")] == ["1.jsonl"]
    assert len(expand(["memory://in", "memory://in/1.jsonl"])) == 3


def test_a_url_of_a_local_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINE)
    assert [item.id for item in read([(tmp_path / "a.jsonl").as_uri()])] == ["s1"]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("memory://gone", "no such file, and no files below it"),
        ("simplecache::memory://in", "a URL of two parts can only name a single file"),
        ("nowhere://a", "can't be opened: Protocol not known: nowhere"),
    ],
)
def test_a_bad_url_is_named(url: str, message: str, memory: fsspec.AbstractFileSystem) -> None:
    with pytest.raises(InputError) as caught:
        read([url])
    assert str(caught.value) == f"{url}: {message}"


def test_a_missing_driver_is_named() -> None:
    with pytest.raises(InputError, match=r"^s3://bucket/a: can't be opened: .*s3fs"):
        read(["s3://bucket/a"])
