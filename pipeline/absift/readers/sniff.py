"""Which format a file has, told from its first bytes and, where they leave it open, its name."""

from __future__ import annotations

import csv
import re

from absift.readers.columns import guess_columns

_ENDINGS = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".ris": "ris", ".nbib": "medline", ".medline": "medline",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "jsonl",
    ".xml": "pubmed", ".xlsx": "excel", ".xlsm": "excel",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip

#: Endings that are dropped from a text file's name to make its id.
TEXT_ENDINGS = tuple(ending for ending, form in _ENDINGS.items() if form == "text")

# First bytes of kinds of files that hold no abstracts absift can read, and what to do.
_FOREIGN = (
    (b"%PDF", "a PDF; save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an old Office file; save it as .xlsx or .csv"),
    (b"\xff\xfe", "UTF-16 text; save it as UTF-8"),
    (b"\xfe\xff", "UTF-16 text; save it as UTF-8"),
    (b"{\\rtf", "RTF; save it as plain text"),
    (b"BZh", "a bzip2 file; unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "an xz file; unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip file; unpack it"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3", "a database; export a table of it as .csv"),
)

_PUBMED_ROOT = re.compile(
    rb"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation|BookDocumentSet|DeleteCitation)"
)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_RIS = re.compile(rb"^[^\S\n]{0,2}TY {0,3}- ?", re.MULTILINE)
_MEDLINE = re.compile(rb"^PMID- *\d", re.MULTILINE)
_JSON_OBJECT = re.compile(rb'\{\s*(?:"|\}|$)')
_JSON_ARRAY = re.compile(rb"\[\s*(?:\{|\]\s*$)")
_LINES = 50


def ending_of(name: str) -> str:
    """Give the lower-case ending of a file's name, a ``.gz`` behind it left aside."""
    name = name.lower()
    name = name[:-3] if name.endswith(".gz") else name
    dot = name.rfind(".")
    return name[dot:] if dot > max(name.rfind("/"), name.rfind("\\")) else ""


def foreign_kind(head: bytes) -> str | None:
    """Say what an unreadable file is and what to do with it, if its first bytes tell."""
    for magic, kind in _FOREIGN:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return "a ZIP file; unpack it, or save it as .xlsx, .csv or .txt"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    if _HTML.match(start) or (start.startswith((b"<!", b"<?xml")) and _HTML.search(start)):
        return "an HTML file; save the page as text"
    if start.startswith(b"<?xml"):
        return "XML, but not PubMed's"
    return None


def _binary(head: bytes) -> bool:
    """Tell whether bytes are no text: many control characters, or hardly valid UTF-8."""
    control = sum(head.count(bytes([code])) for code in (*range(9), *range(14, 27), 28, 29, 30, 31))
    if control > len(head) // 50:
        return True
    text = head.decode("utf-8", "replace")
    return text.count("\N{REPLACEMENT CHARACTER}") > len(text) // 5


def delimiter_of(line: str) -> str | None:
    """Give the delimiter of a header line: the one that splits it into most columns."""
    counts = {mark: len(next(csv.reader([line], delimiter=mark), [])) for mark in "\t,;|"}
    mark = max(counts, key=lambda candidate: counts[candidate])
    return mark if counts[mark] > 1 else None


def _table(head: bytes, strict: bool) -> str | None:
    """Tell a table by its header line: with ``strict``, only one that names a text column."""
    lines = head.decode("utf-8", "replace").lstrip("\ufeff").splitlines()[:2]
    if len(lines) < 2 and strict:
        return None
    try:
        mark = delimiter_of(lines[0]) if lines else None
        names = next(csv.reader(lines[:1], delimiter=mark)) if mark else []
    except csv.Error:
        return None
    if not names and not strict:
        return None
    if strict and (mark not in ("\t", ",", ";") or not _header(names)):
        return None
    return "tsv" if mark == "\t" else "csv"


def _header(names: list[str]) -> bool:
    """Tell whether cells are a header: short names, of which one is of texts and one other known.

    A sentence that happens to hold commas has no two such cells.
    """
    if any(len(name) > 40 or not name.strip() for name in names):
        return False
    columns = guess_columns(names, None)
    return columns.text is not None and (columns.title is not None or columns.id is not None)


def guess_format(head: bytes, name: str) -> str | None:
    """Tell a file's format.

    Args:
        head: Its first bytes, unpacked, 64 KB or all of it.
        name: Its name, of which only the ending counts; content that is plain wins over it.

    Returns:
        One of ``FORMATS`` (a page of text is still ``text`` here), or ``None``.
    """
    ending = _ENDINGS.get(ending_of(name))
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04"):
        return "excel" if b"xl/" in head or ending == "excel" else None
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and _PUBMED_ROOT.search(head):
        return "pubmed"
    if foreign_kind(head) is not None:
        return None
    if _JSON_OBJECT.match(start) or _JSON_ARRAY.match(start):
        return "jsonl"
    first = b"\n".join(head.splitlines()[:_LINES])
    if ending not in ("csv", "tsv"):
        if _RIS.search(first):
            return "ris"
        if _MEDLINE.search(first):
            return "medline"
    if ending in ("csv", "tsv"):
        return _table(head, strict=False) or ending
    if ending is None or ending == "text":
        if _table(head, strict=True) is not None:
            return _table(head, strict=True)
        return "text" if ending == "text" or not _binary(head) else None
    return None if ending in ("excel", "parquet") else ending
