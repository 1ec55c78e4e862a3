from __future__ import annotations

import pytest

from absift.readers.sniff import delimiter_of, ending_of, guess_format


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.CSV", ".csv"),
        ("a.xml.gz", ".xml"),
        ("dir.csv/a", ""),
        ("a.b.RIS", ".ris"),
        ("-", ""),
    ],
)
def test_ending_of(name: str, expected: str) -> None:
    assert ending_of(name) == expected


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"Socks, in general, are warm.\nThey, too.", "x", "text"),
        (b"title, abstract and id are words.\nThey are.", "x.txt", "text"),
        (b"id,title,abstract\n1,T,Words.", "x", "csv"),
        (b"id;abstract\n1;Words, more words.", "x.txt", "csv"),
        (b"pmid\tabstract\n1\tWords.", "x.csv", "tsv"),
        (b"text\nWords.", "x.csv", "csv"),
        (b"text\nWords, words.", "x.tsv", "tsv"),
        (b"[A title in brackets]. And words.", "x", "text"),
        (b'[\n  {"text": "a"}]', "x", "jsonl"),
        (b'\xef\xbb\xbf {"text": "a"}', "x", "jsonl"),
        (b"{curly} words", "x.txt", "text"),
        (b"{bad json", "x.jsonl", "jsonl"),
        (b"Provider: X\n\nTY - JOUR\nAB - Words.", "x", "ris"),
        (b"\nPMID- 12\nTI  - T", "x.txt", "medline"),
        (b"PMID - 12\nDOI - 10.1/2\nWords.", "x.txt", "text"),
        (b"<!DOCTYPE PubmedArticleSet SYSTEM 'x'>\n<PubmedArticleSet>", "x", "pubmed"),
        (b"<?xml version='1.0'?><!-- c --><PubmedBookArticle>", "x.xml", "pubmed"),
        (b"PAR1\x15\x04", "x", "parquet"),
        (b"PK\x03\x04....word/document.xml", "x.docx", None),
        (b"PK\x03\x04....xl/workbook.xml", "x", "excel"),
        (b"<html><body>PMID</body></html>", "x.txt", None),
        ("Größe ist 5.".encode("latin-1"), "x", "text"),
        (bytes(range(200, 256)) * 9, "x", None),
        (b"\x00\x01\x02\x03\x04" * 30, "x", None),
    ],
)
def test_guess_format(head: bytes, name: str, expected: str | None) -> None:
    assert guess_format(head, name) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("a,b;c,d", ","), ("a\tb", "\t"), ('"a,b";c', ";"), ("a|b|c", "|"), ("alone", None)],
)
def test_delimiter_of(line: str, expected: str | None) -> None:
    assert delimiter_of(line) == expected
