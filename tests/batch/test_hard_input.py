"""Input that is meant to break a run: every record is written or rejected, and none is lost."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import absift
from absift.batch.folder import Outcome
from absift.records import Abstract, Record, loads
from tests.batch.helpers import lines

Go = Callable[..., Outcome]

NORMAL = "Of 27 patients, 19 (70%) had headaches for 3 days."
TEXTS = {
    "right to left": "من بين 27 مريضا، تعافى 19 (70%) خلال 3 أيام."
    " \u202eOf 27 patients\u202c, 70%.",
    "emoji": "😀 Of 27 patients 👩‍⚕️, 19 (70%) 🎉 responded; 👨‍👩‍👧‍👦 n=4.",
    "digits only": "0123456789" * 2000,
    "percentages": "12% " * 10_000,
    "percentages glued": "12%" * 10_000,
    "NUL": "Of 27\x00patients, 19\x00(70%)\x00\x00responded.",
    "controls": "Of 27 patients\x1b[31m, 19 (70%)\x7f\x85 responded.",
    "not characters": "Of 27 \ufffe\uffff patients, 70%.",
    "combining": "2" + "\u0301" * 500 + "7 patie" + "\u0327" * 500 + "nts, 70\u20dd%.",
    "brackets": "(" * 3000 + "27 patients" + ")" * 3000,
    "one word": "a" * 50_000,
    "numbers in words": "twenty-" * 3000 + "seven patients",
    "ranges": "1-" * 5000 + "2%",
    "slashes": "3/4/" * 500 + "5 (70%)",
    "line breaks": "Of\n27\r\npatients,\u2028 19\u2029 (70\x0c%)\n\n\nresponded.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_hard_text_is_kept_to_the_character_and_its_neighbours_are_found(
    go: Go, text: str, tmp_path: Path
) -> None:
    rows = [{"id": "a", "text": NORMAL}, {"id": "b", "text": text}, {"id": "c", "text": NORMAL}]
    (tmp_path / "in.jsonl").write_text(lines(rows))
    total = go(tmp_path / "in.jsonl", tmp_path / "out").manifest.total
    assert (total.read, total.written, total.set_aside) == (3, 3, 0)
    made = (tmp_path / "out" / "part-00000.jsonl").read_bytes()
    first, hard, last = (loads(line) for line in made.splitlines())
    assert hard.text == text
    assert all(text[span.start : span.end] == span.text for span in hard.spans)
    (alone,) = absift.extract(Abstract("x", NORMAL))
    assert found(first) == found(last) == found(alone) != []
    if text.startswith("12% "):
        assert [span.label for span in hard.spans] == ["PERCENTAGE"] * 10_000


def found(record: Record) -> list[str]:
    return [span.text for span in record.spans]


BAD_LINES = {
    "invalid UTF-8": (b'{"id": "b", "text": "Of 27 \xff men"}', "byte 27 (0xFF) is not"),
    "half a surrogate pair": (b'{"id": "b", "text": "Of 27 \\ud800 men"}', "not JSON"),
    "bare NUL": (b'{"id": "b", "text": "Of \x00 27"}', "not JSON"),
    "nested too deep": (b'{"text": "Of 27", "x": ' + b"[" * 5000 + b"]" * 5000 + b"}", "not JSON"),
    "no object": (b"[1, 2]", "is a JSON list, not an object"),
    "a number for a text": (b'{"id": "b", "text": 27}', "'text' is not a string"),
    "nothing but blanks": (b'{"id": "b", "text": " \\t "}', "no text"),
}


@pytest.mark.parametrize(("line", "reason"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_costs_no_other(go: Go, line: bytes, reason: str, tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": NORMAL}).encode()
    (tmp_path / "in.jsonl").write_bytes(b"\n".join((good, line, good, b"")))
    outcome = go(tmp_path / "in.jsonl", tmp_path / "out", shard_size=40)
    total = outcome.manifest.total
    assert (total.read, total.written, total.rejected) == (3, 2, 1)
    assert outcome.first[0].reason.startswith(reason)


def article(number: int) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{number}</PMID><Article><ArticleTitle>T"
        f"</ArticleTitle><Abstract><AbstractText>Of {number} men.</AbstractText></Abstract>"
        "</Article></MedlineCitation></PubmedArticle>\n"
    )


def test_malformed_xml_in_record_5000(go: Go, tmp_path: Path) -> None:
    records = [article(n) for n in range(1, 6001)]
    records[4999] = records[4999].replace("</Abstract>", "</Abstrakt>")
    whole = f"<PubmedArticleSet>\n{''.join(records)}</PubmedArticleSet>"
    (tmp_path / "a.xml.gz").write_bytes(gzip.compress(whole.encode()))
    (tmp_path / "b.xml").write_text(f"<PubmedArticleSet>{article(9000)}</PubmedArticleSet>")
    outcome = go([tmp_path / "a.xml.gz", tmp_path / "b.xml"], tmp_path / "out")
    total = outcome.manifest.total
    assert (total.read, total.written, total.rejected) == (5001, 5000, 1)
    assert outcome.first[0].record == "after record 4999"
    assert outcome.first[0].reason.startswith("not well-formed XML: ")


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
        '<!ENTITY c SYSTEM "file:///etc/passwd">',
    ],
)
def test_entities_are_refused_and_the_next_file_is_read(
    go: Go, declaration: str, tmp_path: Path
) -> None:
    source = tmp_path / "in"
    source.mkdir()
    (source / "a.xml").write_text(
        f"<!DOCTYPE PubmedArticleSet [{declaration}]><PubmedArticleSet>"
        + article(1).replace("men", "&c;") + "</PubmedArticleSet>"
    )  # fmt: skip
    (source / "b.xml").write_text(f"<PubmedArticleSet>{article(2)}</PubmedArticleSet>")
    outcome = go(source, tmp_path / "out")
    assert (outcome.manifest.total.written, outcome.manifest.total.rejected) == (1, 1)
    assert "declares XML entities" in outcome.first[0].reason


@pytest.mark.slow
def test_a_record_of_100_mb_takes_no_other_with_it(go: Go, tmp_path: Path) -> None:
    huge = (NORMAL + " ") * (100_000_000 // len(NORMAL))
    rows = [{"id": "a", "text": NORMAL}, {"id": "b", "text": huge}, {"id": "c", "text": NORMAL}]
    (tmp_path / "in.jsonl").write_text(lines(rows))
    outcome = go(tmp_path / "in.jsonl", tmp_path / "out", record_timeout=1.0)
    total = outcome.manifest.total
    assert (total.read, total.written, total.set_aside) == (3, 2, 1)
    assert outcome.first[0].record == "b"
    assert outcome.first[0].reason.startswith("set aside: took longer than 1 s, twice")
