from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from absift.errors import RecordError
from absift.readers import read
from absift.readers.build import Origin
from absift.readers.page import looks_like_page, read_page, split_records
from absift.records import Abstract

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = {
    case["id"]: case
    for case in map(json.loads, (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines())
}
ORIGIN = Origin("p.txt", "p.txt", "page")


def _text(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def _page(text: str) -> Abstract:
    found = read_page(text, ORIGIN)
    assert isinstance(found, Abstract), found
    return found


def _body(abstract: Abstract) -> str:
    return abstract.text.removeprefix(f"{abstract.title}\n") if abstract.title else abstract.text


def test_every_page_has_an_expectation() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in PAGES.glob("*.txt"))


@pytest.mark.parametrize("name", EXPECTED)
def test_pages_of_many_sites(name: str) -> None:
    (found,) = read([PAGES / f"{name}.txt"])
    expected = EXPECTED[name]
    assert found.meta["format"] == "page"
    assert found.id == name
    assert found.title == expected["title"]
    assert _body(found) == expected["body"]
    told = {key: found.meta.get(key) for key in expected["meta"]}
    assert told == expected["meta"]


def _last(body: str, behind: str, text: str) -> str:
    line = body.rsplit("\n", 1)[-1]
    return text.replace(line, line + behind, 1)


MANGLED: dict[str, Callable[[str, str], str]] = {
    "windows line ends": lambda text, body: text.replace("\n", "\r\n"),
    "indented": lambda text, body: textwrap.indent(text, "    "),
    "quoted": lambda text, body: "".join(f"> {line}\n" for line in text.split("\n")),
    "trailing blanks": lambda text, body: text.replace("\n", "  \n"),
    "blank lines doubled": lambda text, body: text.replace("\n", "\n\n"),
    "blank lines lost": lambda text, body: re.sub(r"\n\s*\n+", "\n", text),
    "more furniture": lambda text, body: (
        "Menu\nSign in\nSearch\nWe use cookies to personalise content on our website.\n\n"
        + text
        + "\n\nShare\nTweet\nSubscribe to our newsletter for the latest research!\n"
        "Privacy Policy\n© 2023 Nobody Inc. All rights reserved.\n"
    ),
    "copyright line": lambda text, body: _last(
        body, "\n\nCopyright © 2014 Nobody Ltd. All rights reserved.", text
    ),
    "keywords": lambda text, body: _last(body, "\n\nKeywords: alpha; beta gamma; delta\n", text),
    "labels with dashes": lambda text, body: re.sub(
        r"(?m)^(DOI|PMID|Year|Journal|Publication year|ISSN|Publication title): ?", r"\1 - ", text
    ),
    "bold labels": lambda text, body: re.sub(
        r"(?m)^(DOI|PMID|Year|Journal|Publication year|Author\(s\)):", r"**\1:**", text
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("how", MANGLED)
def test_mangled_pages_give_the_same(how: str, name: str) -> None:
    expected = EXPECTED[name]
    found = _page(MANGLED[how](_text(name), expected["body"]))
    assert _body(found) == expected["body"]
    if (how, name) != ("blank lines lost", "society_journal"):
        assert found.title == expected["title"]
    for key in ("doi", "pmid", "year", "journal"):
        if key in expected["meta"]:
            assert found.meta.get(key) == expected["meta"][key]


@pytest.mark.parametrize("width", [70, 80, 100])
@pytest.mark.parametrize(
    "name",
    ["aggregator_labels", "pubmed_crawl", "pubmed_old_markdown", "search_engine_card",
     "cookie_banner", "europe_search", "no_title_no_authors", "markdown_table", "no_title"],
)  # fmt: skip
def test_hard_wrapped_pages_give_the_same(name: str, width: int) -> None:
    wrapped = "\n".join(
        textwrap.fill(line, width, break_long_words=False) for line in _text(name).split("\n")
    )
    expected = EXPECTED[name]
    found = _page(wrapped)
    assert _body(found) == expected["body"]
    assert found.title == expected["title"]


@pytest.mark.parametrize("name", ["aggregator_labels", "pubmed_old_markdown", "year_in_brackets"])
def test_a_page_that_lost_its_title_has_none(name: str) -> None:
    expected = EXPECTED[name]
    lines = [line for line in _text(name).split("\n") if expected["title"] not in line]
    found = _page("\n".join(lines))
    assert found.title is None
    assert found.text == expected["body"]


def test_a_page_without_sentences_is_rejected() -> None:
    found = read_page("Home\nSign in\nDOI: 10.5555/x\nPMID: 12\n", ORIGIN)
    assert isinstance(found, RecordError)
    assert found.reason.startswith("no abstract found on this page; --input-format text takes")


BODY = "Twelve adults wore warm socks for 3 weeks. Two of them (16.7%) had itching."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BODY, False),
        (f"Warm socks at night\n{BODY}", False),
        (f"Warm socks at night\n\n{BODY}\n\nKeywords: socks", False),
        (f"Abstract\n{BODY}", False),
        ("BACKGROUND: Socks.\nMETHODS: Twelve adults.\nRESULTS: Two itched.", False),
        (f"Background\n{BODY}\n\nResults\n{BODY}\n\nConclusion\n{BODY}", False),
        (f"Warm socks\n{BODY}\nPMID: 123", True),
        (f"Warm socks\n{BODY}\nDOI: 10.5555/x", True),
        (f"J Sock. 2001;1:2.\n{BODY}", True),
        (f"Sign in\n{BODY}\nPrivacy policy", True),
        (f"Warm socks\nStrumpf A, Socke B\nAbstract\n{BODY}", True),
    ],
)
def test_looks_like_page(text: str, expected: bool) -> None:
    assert looks_like_page(text) is expected


def test_a_list_of_records_is_split() -> None:
    record = (
        "{n}. J Sock. 200{n};1:{n}.\n\nWarm socks, part {n}.\n\nStrumpf A.\n\n"
        "Twelve adults wore warm socks for {n} weeks and slept better.\n\nPMID: 7{n}\n\n\n"
    )
    text = "".join(record.format(n=n) for n in (1, 2, 3))
    assert len(split_records(text)) == 3
    assert split_records(record.format(n=1)) == []
    assert split_records(text.replace("PMID: 72", "")) == []


def test_records_of_a_list_have_their_own_ids(tmp_path: Path, read_all: Callable[..., Any]) -> None:
    (tmp_path / "set.txt").write_text(
        "1. J Sock. 2001;1:2.\n\nWarm socks.\n\nStrumpf A.\n\n"
        "Twelve adults wore warm socks for 3 weeks and slept better.\n\nPMID: 71\n\n\n"
        "2. J Sock. 2002;1:2.\n\nCold socks.\n\nStrumpf A.\n\nPMID: 72\n"
    )
    found, rejects = read_all(tmp_path / "set.txt")
    assert [(one.id, one.title, one.meta["id_from"]) for one in found] == [
        ("71", "Warm socks.", "pmid")
    ]
    assert [record for record, _ in rejects] == ["72"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Pain fell (P &lt; 0.05) in 3&nbsp;weeks.", "Pain fell (P < 0.05) in 3\u00a0weeks."),
        ("**Results:** *P* was <i>low</i> in HLA-B*27.", "Results: P was low in HLA-B*27."),
        ("[eight with pain (PP), four without (PW)] were seen.",
         "[eight with pain (PP), four without (PW)] were seen."),
        ("Socks [1](#ref1) were worn for 3 weeks.", "Socks 1 were worn for 3 weeks."),
        ("Socks were warm in all. Read more", "Socks were warm in all."),
        ("Socks were warm in all. © 2014 Nobody Ltd.", "Socks were warm in all."),
        ("Socks were warm in all.Keywords: socks, feet", "Socks were warm in all."),
    ],
)  # fmt: skip
def test_markup_and_tails_are_taken_off(line: str, expected: str) -> None:
    text = f"# Warm socks\n\nDOI: 10.5555/x\n\n## Abstract\n\nSocks were worn by 12. {line}\n"
    assert _body(_page(text)) == f"Socks were worn by 12. {expected}"
