from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import RecordError
from absift.readers.build import Origin
from absift.readers.plain import decode, stem


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("in/study.txt", "study"),
        ("study.TXT.gz", "study"),
        ("a.b.md", "a.b"),
        ("study.1", "study.1"),
        (".txt", ".txt"),
        ("C:\\in\\study.txt", "study"),
        ("study.txt.txt", "study.txt"),
    ],
)
def test_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


TEXTS = [
    "A title of its own\nTwelve adults wore socks.\n",
    "  Outer blanks stay. \n\n",
    "Windows\r\nline ends stay.\r\n",
    "No-break\u00a0space, thin\u2009space, \u00b7 and \u2212 stay; so do \x0b and \u2028.",
    "BACKGROUND: Socks warm.\nMETHODS: Twelve adults.\nRESULTS: 5 of 12 (42%) itched.",
    "Background\nSocks warm.\n\nMethods\nTwelve adults wore them for 3 weeks.\n",
    "Socks and feet\n\nTwelve adults wore socks.\n\nKeywords: socks; feet\n",
    "Sock *P* < 0.05, HLA-B*27, [eight](nine), 5_6_7 &amp; <b>.",
    "Abstract\nTwelve adults wore warm socks for 3 weeks.",
    "Zwölf Erwachsene trugen Socken. 十二名成人穿袜子。",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bare_abstract_is_unchanged_to_the_character(
    text: str, packed: bool, tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    path = tmp_path / ("a.txt.gz" if packed else "a.txt")
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    ((found,), rejects) = read_all(path)
    assert (found.id, found.title, found.text, rejects) == ("a", None, text, [])
    assert found.meta == {"source": path.name, "format": "text"}


def test_a_byte_order_mark_is_dropped(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffWords.".encode())
    ((found,), _) = read_all(tmp_path)
    assert found.text == "Words."


def test_what_is_not_utf8_is_rejected_with_its_place(
    tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    (tmp_path / "a.txt").write_bytes("One.\nTwo.\nGröße.".encode("latin-1"))
    assert read_all(tmp_path) == (
        [],
        [("line 3", "byte 12 (0xF6) is not valid UTF-8; convert the file to UTF-8")],
    )


@pytest.mark.parametrize("content", [" \n\t\n", "\ufeff"])
def test_a_blank_text_is_rejected(
    content: str, tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    assert read_all(tmp_path) == ([], [("a", "no text")])


@given(st.text())
def test_decoding_gives_back_what_was_encoded(text: str) -> None:
    origin = Origin("a", "a", "text")
    # A text's own first character may be a byte order mark only behind another one.
    assert decode(b"\xef\xbb\xbf" + text.encode(), origin) == text


def test_decoding_names_the_byte() -> None:
    error = decode(b"ab\xffc", Origin("a", "a", "text"))
    assert isinstance(error, RecordError)
    assert (error.record, error.reason[:13]) == ("line 1", "byte 2 (0xFF)")
