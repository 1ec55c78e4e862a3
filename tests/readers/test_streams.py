from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from absift.readers.streams import HEAD, head_of, open_source


def test_a_packed_file_gives_its_content_and_counts_packed_bytes(tmp_path: Path) -> None:
    content = os.urandom(500_000)
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(content[:200_000]) + gzip.compress(content[200_000:]))
    counts: list[int] = []
    with open_source(path, counts.append) as stream:
        assert head_of(stream) == content[:HEAD]
        assert stream.read() == content
    assert sum(counts) == path.stat().st_size


def test_an_unpacked_file_can_be_read_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    with open_source(tmp_path / "a", lambda count: None) as stream:
        assert head_of(stream) == b"0123456789"
        assert stream.seekable()
        stream.seek(7)
        assert stream.read() == b"789"


def test_a_truncated_packed_file_gives_all_it_has_and_then_complains(tmp_path: Path) -> None:
    lines = [os.urandom(30).hex().encode() + b"\n" for _ in range(20_000)]
    packed = gzip.compress(b"".join(lines))
    (tmp_path / "a").write_bytes(packed[: len(packed) * 3 // 4])
    read: list[bytes] = []
    with open_source(tmp_path / "a", lambda count: None) as stream, pytest.raises(EOFError):
        read.extend(stream)
    assert read == lines[: len(read)]
    assert len(read) > 14_000
