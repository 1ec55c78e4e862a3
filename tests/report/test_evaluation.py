from __future__ import annotations

import base64
import hashlib
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from lxml import html

from absift.errors import InputError
from absift.evaluation.run import evaluate
from absift.records import Record
from absift.report.evaluation import write_evaluation_page

FACTS = {"gold": "<gold>.jsonl", "rules": "0123abcd"}


@pytest.fixture(scope="module")
def source(case: Any, sections: Any, tmp_path_factory: pytest.TempPathFactory) -> str:  # noqa: ANN401
    path = tmp_path_factory.mktemp("page") / "page.html"
    rows = write_evaluation_page(
        case.result, case.gold, case.predicted, path, facts=FACTS, section_of=sections
    )
    assert rows == len(case.result.rows)
    return path.read_bytes().decode()


@pytest.fixture(scope="module")
def page(source: str) -> Any:  # noqa: ANN401 - lxml's element
    return html.document_fromstring(source)


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml's element
    return " ".join(element.text_content().split())


def write(case: Any, path: Path, **changes: Any) -> Any:  # noqa: ANN401
    result = evaluate(case.gold, case.predicted, **changes)
    write_evaluation_page(result, case.gold, case.predicted, path, force=True)
    return html.parse(str(path))


def test_the_head_says_what_was_measured(page: Any) -> None:  # noqa: ANN401
    assert text_of(page.xpath("//h1")[0]) == "Evaluation on <gold>.jsonl"
    assert text_of(page.xpath("//p[@class='counts']")[0]) == (
        "3 abstracts, 6 gold spans, 6 predicted."
    )
    facts = [text_of(item) for item in page.xpath("//ul[@class='facts']/li")]
    assert facts[0].startswith("absift ")
    assert facts[1:] == ["rules: 0123abcd"]


def test_cards(page: Any, case: Any) -> None:  # noqa: ANN401
    cards = {
        text_of(card.xpath("./span[@class='name']")[0]): text_of(
            card.xpath("./span[@class='value']")[0]
        )
        for card in page.xpath("//li[contains(@class, 'card')]")
    }
    assert cards == {
        "all spans (micro)": "0.500",
        "mean of labels (macro)": f"{case.result.scores['strict']['macro'].f1:.3f}",
        "sample sizes": "0.667",
        "percentages": "0.000",
        "durations": "0.667",
        "adverse events": "0.000",
    }
    low, high = case.result.scores["strict"]["micro"].intervals["f1"]
    assert f"[{low:.3f}, {high:.3f}]" in text_of(page.xpath("//li[contains(@class, 'whole')]")[0])


def test_charts(page: Any) -> None:  # noqa: ANN401
    assert [text_of(it) for it in page.xpath("//section[@id='charts']//figcaption")] == [
        "F1 of each label by measure",
        "Strict F1 by section",
        "Strict F1 by kind of study",
        "Precision of the 2 rules that made the most wrong spans",
    ]
    assert [text_of(it) for it in page.xpath("//section[@id='attributes']//figcaption")] == [
        "sample size: scope accuracy 0.500"
    ]
    figures = page.xpath("//figure")
    assert all(len(figure.xpath(".//*[local-name()='svg']/@aria-label")) == 1 for figure in figures)


def test_the_data_hold_every_row(page: Any, case: Any) -> None:  # noqa: ANN401
    data = orjson.loads(str(page.xpath("//script[@id='data']/text()")[0]))
    assert len(data["rows"]) == len(case.result.rows)
    assert [doc["text"] for doc in data["docs"]] == [record.text for record in case.gold]


def test_the_page_is_alone_and_safe(source: str, page: Any) -> None:  # noqa: ANN401
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    hashes = []
    for kind in ("style", "script"):
        (inside,) = re.findall(f"<{kind}>(.*?)</{kind}>", source, re.DOTALL)
        digest = hashlib.sha256(inside.encode()).digest()
        hashes.append(f"'sha256-{base64.b64encode(digest).decode()}'")
    assert policy == (
        f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; "
        "base-uri 'none'; form-action 'none'"
    )
    assert page.xpath("//link | //img | //iframe | //object | //@src | //@style") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//@href[not(starts-with(., '#'))]") == []
    assert not re.search(r"url\([^#]|@import", source)


def test_every_reference_has_its_target(page: Any) -> None:  # noqa: ANN401
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [
        *(it[1:] for it in page.xpath("//@href")),
        *page.xpath("//@aria-labelledby"),
        *page.xpath("//@for"),
    ]
    assert wanted
    assert set(wanted) <= set(ids)


def test_rules_lead_to_their_spans(page: Any) -> None:  # noqa: ANN401
    rows = page.xpath("//section[@id='rules']//tbody/tr")
    assert [row.xpath(".//@data-rule")[0] for row in rows] == [
        "size.any",
        "harm.x",
        "time.plain",
        "size.n",
    ]
    assert [text_of(cell) for cell in rows[0]] == [
        "size.any",
        "sample size",
        "0.000",
        "0.000",
        "0",
        "2",
    ]


def test_nothing_to_measure_is_na(case: Any, tmp_path: Path) -> None:  # noqa: ANN401
    page = write(case, tmp_path / "a.html", samples=0)
    assert "no interval" in text_of(page.xpath("//ul[@class='cards']")[0])
    assert "None was computed" in text_of(page.xpath("//section[@id='reading']")[0])
    assert "n/a" in text_of(page.xpath("//section[@id='tables']")[0])


def test_recall_only_leaves_precision_out_and_says_why(case: Any, tmp_path: Path) -> None:  # noqa: ANN401
    page = write(case, tmp_path / "a.html", recall_only=True)
    assert text_of(page.xpath("//p[@class='counts']")[0]) == "3 abstracts, 6 gold spans."
    assert text_of(page.xpath("//ul[@class='notes']/li")[0]) == (
        "Precision and F1 are left out, since the gold marks only some mentions."
    )
    charts = [text_of(it) for it in page.xpath("//figcaption")]
    assert charts[0] == "Recall of each label by measure"
    assert not any("Precision" in chart for chart in charts)


@pytest.mark.parametrize("profile", ["phee", "pico"])
def test_gold_sets_of_other_kinds(case: Any, tmp_path: Path, profile: str) -> None:  # noqa: ANN401
    page = write(case, tmp_path / "a.html", profile=profile)
    assert profile.upper() in text_of(page.xpath("//ul[@class='notes']")[0]).upper()


def test_nothing_at_all(tmp_path: Path) -> None:
    records = [Record("a", "No figures.")]
    path = tmp_path / "a.html"
    assert write_evaluation_page(evaluate(records, records), records, records, path) == 0
    assert "0 gold spans" in path.read_text(encoding="utf-8").replace("<b>", "").replace("</b>", "")


def test_same_results_give_the_same_bytes(
    case: Any,  # noqa: ANN401
    sections: Any,  # noqa: ANN401
    source: str,
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.html"
    again = evaluate(case.gold, case.predicted, samples=50)
    write_evaluation_page(again, case.gold, case.predicted, path, facts=FACTS, section_of=sections)
    assert path.read_bytes() == source.encode()


def test_existing_page_needs_force(case: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "a.html"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="add --force"):
        write_evaluation_page(case.result, case.gold, case.predicted, path)
    assert path.read_bytes() == b"old"


def test_failure_leaves_nothing(case: Any, tmp_path: Path) -> None:  # noqa: ANN401
    other = [replace(case.predicted[0], text="other", spans=())]
    with pytest.raises(InputError, match="different texts"):
        write_evaluation_page(case.result, case.gold, other, tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib(
    case: Any,  # noqa: ANN401
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'absift\[report\]'"):
        write_evaluation_page(case.result, case.gold, case.predicted, tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []
