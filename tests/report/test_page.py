from __future__ import annotations

import base64
import gc
import hashlib
import re
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from absift.errors import AbsiftError, InputError
from absift.output import visible_controls
from absift.records import Record, read_records
from absift.report.page import write_page

RECORDS = read_records(
    (Path(__file__).parents[1] / "writers" / "records.jsonl").read_bytes().split(b"\n")
)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "page.html"
    assert write_page(iter(RECORDS), path, title="A <title> & more") == len(RECORDS)
    return path.read_bytes().decode()


@pytest.fixture(scope="module")
def page(source: str) -> Any:  # noqa: ANN401 - lxml's element
    return html.document_fromstring(source)


def one(page: Any, path: str) -> Any:  # noqa: ANN401 - lxml's element
    found = page.xpath(path)
    assert len(found) == 1, path
    return found[0]


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml's element
    return " ".join(element.text_content().split())


def test_every_text_is_there_to_the_character(page: Any) -> None:  # noqa: ANN401
    for number, record in enumerate(RECORDS, start=1):
        title = page.xpath(f"//article[@id='a{number}']//h2[not(@class)]")
        body = one(page, f"//article[@id='a{number}']//div[@class='text']")
        parts = [element.text_content() for element in [*title, body]]
        # A parser takes CR LF for one line end, as the HTML standard says.
        assert "\n".join(parts) == visible_controls(record.text).replace("\r\n", "\n")
        assert len(title) == bool(record.title)


def test_every_span_is_marked_and_described(page: Any) -> None:  # noqa: ANN401
    for number, record in enumerate(RECORDS, start=1):
        for place, span in enumerate(record.spans):
            described = f"d{number}-{place}"
            pieces = page.xpath(f"//mark[@data-d='{described}']")
            words = "".join(piece.text_content() for piece in pieces)
            assert words == visible_controls(span.text).replace("\r\n", "\n")
            assert [piece.get("tabindex") for piece in pieces] == ["0"] + [None] * (len(pieces) - 1)
            assert pieces[0].get("id") == f"m{number}-{place}"
            assert pieces[0].get("aria-describedby") == described
            row = one(page, f"//tr[@id='{described}']")
            assert text_of(row.xpath("./th")[0]) == " ".join(visible_controls(span.text).split())
            assert text_of(row.xpath(".//td[@class='rule']")[0]).startswith(span.rule or "")


def test_findings_row(page: Any) -> None:  # noqa: ANN401
    row = one(page, "//article[@id='a1']//tr[.//a[text()='Nausea' or bdi='Nausea']]")
    assert text_of(row) == (
        "Nauseaadverse eventterm nausea, system gastrointestinal, generic no, assertion present, "
        "rates veltorine: 18/120, 15%; placebo: 9/120, 8.5%adverse_event.made_up in results"
    )


def test_every_reference_has_its_target(page: Any) -> None:  # noqa: ANN401
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [
        *(it[1:] for it in page.xpath("//a/@href") if it.startswith("#")),
        *page.xpath("//@aria-describedby"),
        *page.xpath("//@aria-labelledby"),
        *page.xpath("//@for"),
    ]
    assert set(wanted) <= set(ids)
    assert len(wanted) == 90


def test_warning_leads_to_its_figures(page: Any) -> None:  # noqa: ANN401
    item = one(page, "//article[@id='a1']//ul[@class='warnings']/li")
    assert text_of(item) == ("! 9 of 120 is 7.5%, but the text says 8.5%. 9/120 = 7.5% See 9, 8.5%")
    figures = [one(page, f"//*[@id='{href[1:]}']") for href in item.xpath(".//a/@href")]
    assert [(it.tag, it.get("class"), it.text_content()) for it in figures] == [
        ("mark", "warned", "9"),
        ("mark", "warned", "8.5%"),
    ]


def test_table(page: Any) -> None:  # noqa: ANN401
    rows = page.xpath("//table[@id='studies']/tbody/tr")
    assert [row.xpath("./th/a/@href") for row in rows] == [
        [f"#a{number}"] for number in range(1, len(RECORDS) + 1)
    ]
    assert [text_of(cell) for cell in rows[0]] == [
        "Veltorine for hill fever: a 240-person trialINV-001",
        "2021",
        "240 randomised",
        "120; 120",
        "2-4 years",
        "12 weeks",
        "nausea, febrile neutropenia",
        "17",
        "1 warning",
    ]
    heads = page.xpath("//table[@id='studies']/thead//th[@scope='col']")
    assert {len(row) for row in rows} == {len(heads)}


def test_counts(page: Any) -> None:  # noqa: ANN401
    assert text_of(one(page, "//p[@class='counts']")) == (
        "7 abstracts, 37 findings, 1 warning in 1 abstract."
    )
    chips = [text_of(chip) for chip in page.xpath("//button[contains(@class, 'chip')]")]
    assert chips == [
        "sample sizes 8",
        "percentages 11",
        "durations 5",
        "adverse events 10",
        "cost 2",
        "odd label 1",
        "only with warnings 1",
    ]


def test_the_page_is_alone_and_safe(source: str, page: Any) -> None:  # noqa: ANN401
    policy = one(page, "//meta[@http-equiv='Content-Security-Policy']").get("content")
    hashes = {}
    for kind in ("style", "script"):
        element = one(page, f"//{kind}")
        digest = hashlib.sha256(
            re.findall(f"<{kind}>(.*?)</{kind}>", source, re.DOTALL)[0].encode()
        )
        hashes[kind] = f"'sha256-{base64.b64encode(digest.digest()).decode()}'"
        assert not element.attrib
    assert policy == (
        f"default-src 'none'; style-src {hashes['style']}; script-src {hashes['script']}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert page.xpath("//link | //img | //iframe | //object | //@src | //@style") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//@href[not(starts-with(., '#'))]") == [
        "https://pubmed.ncbi.nlm.nih.gov/00000001/",
        "https://doi.org/10.0000/inv.1",
    ]
    style = one(page, "//style").text
    assert not re.search(r"url\(|@import", style)
    controls = set(map(chr, [*range(9), 11, 12, *range(14, 32), *range(127, 160)]))
    assert not set(source) & controls


def test_title_is_text(source: str) -> None:
    assert "<title>A &lt;title&gt; &amp; more</title>" in source


@pytest.mark.parametrize(
    ("meta", "links"),
    [
        ({"pmid": "123"}, ["https://pubmed.ncbi.nlm.nih.gov/123/"]),
        ({"pmid": 123, "doi": "10.1234/a b"}, ["https://pubmed.ncbi.nlm.nih.gov/123/"]),
        ({"doi": "10.1234/<a>\"'#?"}, ["https://doi.org/10.1234/%3Ca%3E%22%27%23%3F"]),
        ({"pmid": "javascript:alert(1)", "doi": "javascript:alert(1)"}, []),
    ],
)
def test_links(tmp_path: Path, meta: dict[str, object], links: list[str]) -> None:
    write_page([Record("r", "text", meta=meta)], tmp_path / "a.html")
    page = html.parse(str(tmp_path / "a.html"))
    assert page.xpath("//article//a/@href") == links


def test_languages(page: Any, tmp_path: Path) -> None:  # noqa: ANN401
    assert one(page, "//article[@id='a3']//div[@class='text']").get("lang") == "ar"
    assert set(page.xpath("//div[@class='text']/@dir")) == {"auto"}
    write_page([Record("r", "t", meta={"language": '"><script>'})], tmp_path / "a.html")
    assert html.parse(str(tmp_path / "a.html")).xpath("//article//@lang") == []


def test_years_are_left_out_where_there_are_none(tmp_path: Path, page: Any) -> None:  # noqa: ANN401
    assert one(page, "//table[@id='studies']").get("class") is None
    write_page([Record("r", "text")], tmp_path / "a.html")
    table = html.parse(str(tmp_path / "a.html")).xpath("//table[@id='studies']")[0]
    assert table.get("class") == "no-year"


def test_no_records(tmp_path: Path) -> None:
    assert write_page([], tmp_path / "a.html") == 0
    page = html.parse(str(tmp_path / "a.html"))
    assert text_of(page.xpath("//p[@class='counts']")[0]) == "0 abstracts, 0 findings, 0 warnings."


def test_same_records_give_the_same_bytes(tmp_path: Path, source: str) -> None:
    write_page(RECORDS, tmp_path / "a.html", title="A <title> & more")
    assert (tmp_path / "a.html").read_bytes() == source.encode()


def test_records_are_not_kept(tmp_path: Path) -> None:
    class Text(str):
        __slots__ = ("__weakref__",)

    alive: list[int] = []
    seen: list[weakref.ref[Text]] = []

    def records() -> Iterator[Record]:
        for number in range(50):
            text = Text(f"Of {number} mice.")
            seen.append(weakref.ref(text))
            yield Record(str(number), text)
            del text
            gc.collect()
            alive.append(sum(reference() is not None for reference in seen))

    assert write_page(records(), tmp_path / "a.html") == 50
    assert max(alive) <= 2


def test_failure_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[Record]:
        yield RECORDS[0]
        raise AbsiftError("line 2: not a record")

    with pytest.raises(AbsiftError, match="line 2"):
        write_page(broken(), tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_existing_page_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="add --force"):
        write_page(RECORDS, path)
    assert path.read_bytes() == b"old"
    write_page(RECORDS, path, force=True)
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")


def test_the_page_says_by_which_rules(tmp_path: Path) -> None:
    stamps = [{"version": "1.0", "hash": "ab"}, {"version": "1.0", "hash": "ab"}, None]
    records = [
        Record(str(n), "x", meta={"rules": one} if one else {}) for n, one in enumerate(stamps)
    ]
    write_page(records, tmp_path / "page.html")
    page = html.fromstring((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert [text_of(each) for each in page.xpath("//p[@class='stamp']")] == ["absift 1.0, rules ab"]
