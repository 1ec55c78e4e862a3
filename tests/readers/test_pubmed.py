from __future__ import annotations

import gzip
import io
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from absift.readers.build import Item, Origin
from absift.readers.pubmed import read_stream
from absift.records import Abstract

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet PUBLIC '
    '"-//NLM//DTD PubMedArticle, 1st January 2019//EN" "http://nowhere.invalid/pubmed.dtd">\n'
)

FULL = """<PubmedArticle>
  <MedlineCitation Status="MEDLINE">
    <PMID Version="1">39999999</PMID>
    <Article>
      <Journal>
        <ISSN IssnType="Electronic">1234-5678</ISSN>
        <JournalIssue><PubDate><MedlineDate>2012 Mar-Apr</MedlineDate></PubDate></JournalIssue>
        <Title>Journal of invented feet</Title>
        <ISOAbbreviation>J Inv Feet</ISOAbbreviation>
      </Journal>
      <ArticleTitle>[Warm <i>socks</i> at night].</ArticleTitle>
      <ELocationID EIdType="doi" ValidYN="Y">10.5555/socks.1</ELocationID>
      <Abstract>
        <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">Socks warm (10<sup>3</sup>
          times; p &lt; 0.05).</AbstractText>
        <AbstractText Label="UNLABELLED">Feet<sub>2</sub> are\u00a0cold.<!-- no --></AbstractText>
        <AbstractText Label="RESULTS"><b>Two</b> of 12 (16.7%) had <mml:math
          xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>x</mml:mi></mml:math> itching.
        </AbstractText>
        <AbstractText Label="EMPTY"/>
        <CopyrightInformation>Copyright 2012 Invented Press.</CopyrightInformation>
      </Abstract>
      <AuthorList>
        <Author><LastName>Strumpf</LastName><ForeName>Anna B</ForeName><Initials>AB</Initials>
          <AffiliationInfo><Affiliation>Institute of Feet.</Affiliation></AffiliationInfo></Author>
        <Author><LastName>Socke</LastName><Initials>C</Initials><Suffix>Jr</Suffix></Author>
        <Author><CollectiveName>Warm Feet Group</CollectiveName></Author>
      </AuthorList>
      <Language>ger</Language>
      <PublicationTypeList>
        <PublicationType>Randomized Controlled Trial</PublicationType>
      </PublicationTypeList>
      <VernacularTitle>Warme Socken bei Nacht.</VernacularTitle>
    </Article>
    <CommentsCorrectionsList>
      <CommentsCorrections RefType="RetractionIn"><PMID>39999990</PMID></CommentsCorrections>
    </CommentsCorrectionsList>
    <OtherAbstract Type="Publisher" Language="ger">
      <AbstractText>Deutsch.</AbstractText></OtherAbstract>
  </MedlineCitation>
  <PubmedData>
    <ArticleIdList>
      <ArticleId IdType="pubmed">39999999</ArticleId>
      <ArticleId IdType="pmc">PMC9999999</ArticleId>
    </ArticleIdList>
    <ReferenceList><Reference><ArticleIdList>
      <ArticleId IdType="doi">10.5555/other</ArticleId></ArticleIdList></Reference></ReferenceList>
  </PubmedData>
</PubmedArticle>"""

BOOK = """<PubmedBookArticle><BookDocument><PMID>5</PMID>
  <ArticleIdList><ArticleId IdType="bookaccession">NBK5</ArticleId></ArticleIdList>
  <Book><BookTitle>Invented Feet</BookTitle><PubDate><Year>2009</Year></PubDate></Book>
  <ArticleTitle>Cold feet</ArticleTitle><Language>eng</Language>
  <Abstract><AbstractText>Cold feet are common.</AbstractText></Abstract>
</BookDocument></PubmedBookArticle>"""


def _short(pmid: int, inside: str) -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>"
        f"<ArticleTitle>Head {pmid}.</ArticleTitle>{inside}</Article></MedlineCitation>"
        f"</PubmedArticle>"
    )


def _abstract(words: str) -> str:
    return f"<Abstract><AbstractText>{words}</AbstractText></Abstract>"


def _set(*records: str) -> str:
    return HEAD + "<PubmedArticleSet>" + "\n".join(records) + "</PubmedArticleSet>"


def _read(text: str | bytes) -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    stream = io.BufferedReader(io.BytesIO(data), 1 << 17)  # type: ignore[arg-type]
    return list(read_stream(stream, Origin("a.xml", "a.xml", "pubmed")))


def _said(items: list[Item]) -> list[str]:
    return [item.id if isinstance(item, Abstract) else str(item) for item in items]


def test_a_full_record() -> None:
    (found,) = _read(_set(FULL))
    assert isinstance(found, Abstract)
    assert found.id == "39999999"
    assert found.title == "[Warm socks at night]."
    assert found.text.split("\n") == [
        "[Warm socks at night].",
        "BACKGROUND: Socks warm (103 times; p < 0.05).",
        "Feet2 are\u00a0cold.",
        "RESULTS: Two of 12 (16.7%) had x itching.",
    ]
    assert found.meta == {
        "pmid": "39999999",
        "doi": "10.5555/socks.1",
        "pmcid": "PMC9999999",
        "authors": ["Strumpf AB", "Socke Jr C", "Warm Feet Group"],
        "year": 2012,
        "journal": "Journal of invented feet",
        "issn": "1234-5678",
        "language": "ger",
        "vernacular_title": "Warme Socken bei Nacht.",
        "publication_types": ["Randomized Controlled Trial"],
        "retracted": True,
        "source": "a.xml",
        "format": "pubmed",
    }


@pytest.mark.parametrize("text", [FULL, HEAD.replace("ArticleSet", "Article") + FULL])
def test_a_single_article_without_a_set(text: str) -> None:
    assert _said(_read(text)) == ["39999999"]


def test_a_book_article() -> None:
    (found,) = _read(_set(BOOK))
    assert isinstance(found, Abstract)
    assert (found.id, found.text) == ("5", "Cold feet\nCold feet are common.")
    assert (found.meta["year"], found.meta["journal"]) == (2009, "Invented Feet")


def test_an_abstract_in_another_language_only_stands_in() -> None:
    other = (
        '<OtherAbstract Type="Publisher" Language="fre">'
        "<AbstractText>Pieds froids.</AbstractText></OtherAbstract>"
    )
    record = _short(8, "").replace("</MedlineCitation>", other + "</MedlineCitation>")
    (found,) = _read(_set(record))
    assert isinstance(found, Abstract)
    assert found.text == "Head 8.\nPieds froids."
    assert found.meta["abstract_from"] == "OtherAbstract (fre, Publisher)"


def test_every_record_is_read_or_rejected_by_its_pmid() -> None:
    items = _read(
        _set(
            _short(1, _abstract("One.")),
            _short(2, ""),
            _short(3, _abstract(" \n ")),
            BOOK,
            "<PubmedArticle><MedlineCitation><PMID>4</PMID></MedlineCitation></PubmedArticle>",
            "<PubmedArticle/>",
            "<DeleteCitation><PMID>6</PMID><PMID>7</PMID></DeleteCitation>",
        )
    )
    assert _said(items) == [
        "1",
        "a.xml: 2: no abstract",
        "a.xml: 3: no abstract",
        "5",
        "a.xml: 4: has no Article element",
        "a.xml: record 6: has no citation element",
        "a.xml: 6: deleted by PubMed",
        "a.xml: 7: deleted by PubMed",
    ]


@pytest.mark.parametrize("break_", ["<PubmedArticle><oops></PubmedArticle>", "\x01", "&"])
def test_what_stands_before_a_break_is_kept(break_: str) -> None:
    records = [_short(number, _abstract("Words.")) for number in range(40)]
    items = _read(_set(*records[:25], break_, *records[25:]))
    assert _said(items[:25]) == [str(number) for number in range(25)]
    assert str(items[-1]).startswith("a.xml: after record ")
    assert "not well-formed XML" in str(items[-1])


def test_a_record_with_an_entity_that_nobody_defines_is_rejected_not_cut() -> None:
    items = _read(_set(_short(1, _abstract("One &nbsp;word.")), _short(2, _abstract("Two."))))
    assert _said(items) == [
        "a.xml: 1: uses the entity &nbsp;, which the file doesn't define",
        "2",
    ]


def test_a_file_that_stops_in_the_middle() -> None:
    text = _set(_short(1, _abstract("One.")), _short(2, _abstract("Two.")))
    items = _read(text[: text.index("Two.")])
    assert _said(items[:1]) == ["1"]
    assert [str(item)[:37] for item in items[1:]] == ["a.xml: after record 1: not well-formed"[:37]]


BOMB = (
    '<!DOCTYPE PubmedArticleSet [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)


@pytest.mark.parametrize("place", ["text", "attribute"])
def test_an_entity_bomb_is_refused_and_costs_nothing(
    place: str, tmp_path: Path, read_all: Callable[..., Any]
) -> None:
    inside = _abstract("&a11;")
    if place == "attribute":
        inside = '<Abstract><AbstractText Label="&a11;">Words.</AbstractText></Abstract>'
    text = BOMB + "<PubmedArticleSet>" + _short(1, inside) + "</PubmedArticleSet>"
    (tmp_path / "bomb.xml.gz").write_bytes(gzip.compress(text.encode()))
    tracemalloc.start()
    began = time.perf_counter()
    found, rejects = read_all(tmp_path / "bomb.xml.gz")
    assert time.perf_counter() - began < 5
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()
    assert found == []
    assert rejects == [
        ("file", "declares XML entities, which PubMed's files never do: refused; remove them")
    ]


def test_a_bomb_far_behind_the_head_of_the_file_is_refused_too() -> None:
    text = f"<!-- {'x' * 200_000} -->" + BOMB + "<PubmedArticleSet>" + _short(1, _abstract("&a11;"))
    items = _read(text + "</PubmedArticleSet>")
    assert not any(isinstance(item, Abstract) for item in items)
    assert len(items) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY leak SYSTEM "file://{path}">',
        '<!ENTITY % leak SYSTEM "file://{path}"> %leak;',
        '<!ENTITY leak PUBLIC "x" "file://{path}">',
    ],
)
@pytest.mark.parametrize("padding", [0, 200_000], ids=["at the head", "far behind"])
def test_an_external_entity_does_not_read_a_file(
    declaration: str, padding: int, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP-SECRET")
    text = (
        f"<!-- {'x' * padding} --><!DOCTYPE PubmedArticleSet ["
        + declaration.format(path=secret)
        + "]><PubmedArticleSet>"
        + _short(1, _abstract("Words &leak;."))
        + "</PubmedArticleSet>"
    )
    items = _read(text)
    assert items
    for item in items:
        assert not isinstance(item, Abstract)
        assert "TOP-SECRET" not in str(item)


def test_an_external_dtd_is_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "evil.dtd"
    dtd.write_text('<!ENTITY leak "TOP-SECRET">')
    text = f'<!DOCTYPE PubmedArticleSet SYSTEM "file://{dtd}"><PubmedArticleSet>' + _short(
        1, _abstract("Words &leak;.")
    )
    items = _read(text + "</PubmedArticleSet>")
    assert items
    assert "TOP-SECRET" not in "".join(
        item.text if isinstance(item, Abstract) else str(item) for item in items
    )


_STREAM = """
import io, re, sys
from absift.readers.build import Origin
from absift.readers.pubmed import read_stream

class Endless(io.RawIOBase):
    def __init__(self, count):
        record = sys.argv[1].encode()
        self.parts = iter([b"<PubmedArticleSet>", *[record] * count, b"</PubmedArticleSet>"])
        self.rest = b""
    def readable(self):
        return True
    def readinto(self, buffer):
        while len(self.rest) < len(buffer) and (part := next(self.parts, None)) is not None:
            self.rest += part
        data, self.rest = self.rest[: len(buffer)], self.rest[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

def peak(count):
    stream = io.BufferedReader(Endless(count), 1 << 17)
    assert sum(1 for _ in read_stream(stream, Origin("a", "a", "pubmed"))) == count
    # Not getrusage: its peak is inherited from the process that started this one.
    return int(re.search("VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])

print(-peak(500) + peak(5000))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_does_not_grow_with_the_file() -> None:
    record = _short(1, _abstract("Words. " * 1000))
    done = subprocess.run(
        [sys.executable, "-c", _STREAM, record], capture_output=True, text=True, check=True
    )
    # 4,500 more records are 32 MB of XML, and more as a tree.
    assert int(done.stdout) < 10_000
