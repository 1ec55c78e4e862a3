from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest
from lxml import etree
from markupsafe import Markup

from absift.errors import InputError
from absift.evaluation.rule_scores import RuleScore
from absift.report.charts import Dot, dot_chart, heat_map, rule_chart, worst_rules
from absift.report.charts_svg import COLOURS

RULES = [
    RuleScore("DURATION", "time.good", 5, 5, 9),
    RuleScore("DURATION", "time.bad", 1, 4, 9),
    RuleScore("SAMPLE_SIZE", "size.n<", 90, 95, 99),
    RuleScore("SAMPLE_SIZE", "size.unjudged", 3, None, 99),
]
CONFUSION = {"arm": {"arm": 1204}, "total": {"arm": 3, "total": 7}}


def dots() -> Markup:
    one = [Dot("DURATION", 0.91, (0.85, 0.95), "e2"), Dot("a<b> $x$", None)]
    other = [Dot("DURATION", 0.2, None, "e2"), Dot("a<b> $x$", 1.0, (1.0, 1.0))]
    return dot_chart("scores", {"strict": one, "type": other}, "Scores & more")


CHARTS: dict[str, Callable[[], Markup]] = {
    "scores": dots,
    "map": lambda: heat_map("map", CONFUSION, "Confusion"),
    "rules": lambda: rule_chart(
        "rules", worst_rules(RULES), {"DURATION": "e2", "SAMPLE_SIZE": "e0"}, "Rules"
    ),
}


def parse(svg: Markup) -> Any:  # noqa: ANN401 - lxml's element
    return etree.fromstring(str(svg))


def texts(svg: Markup) -> list[str]:
    return [text for text in parse(svg).xpath("//*[local-name()='text']/text()") if text.strip()]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_a_page_with_a_strict_policy(name: str) -> None:
    svg = CHARTS[name]()
    root = parse(svg)
    assert root.xpath("//@style | //*[local-name()='style'] | //*[local-name()='metadata']") == []
    assert not re.search(r"#[0-9a-fA-F]{6}", svg), "a colour that doesn't follow the page's"
    assert set(re.findall(r"var\(--([a-z0-9]+)\)", svg)) <= set(COLOURS)
    assert "<?xml" not in svg
    assert "<!DOCTYPE" not in svg


@pytest.mark.parametrize("name", CHARTS)
def test_ids_are_the_charts_own_and_all_are_used(name: str) -> None:
    svg = CHARTS[name]()
    ids = parse(svg).xpath("//@id")
    used = set(re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg))
    assert set(ids) == {one or other for one, other in used}
    assert len(ids) == len(set(ids))
    assert all(identity.startswith(f"{name}-") for identity in ids)


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_figures_give_the_same_bytes(name: str) -> None:
    first = CHARTS[name]()
    dot_chart("between", {"x": [Dot("y", 0.5)]}, "Another")
    assert CHARTS[name]() == first


def test_colours_are_those_of_the_page() -> None:
    style = (resources.files("absift.report") / "templates/page.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", style.partition("@media")[0]))
    assert {name: light[name] for name in COLOURS} == COLOURS
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_dots_are_named_and_nothing_measured_is_na() -> None:
    svg = dots()
    shown = texts(svg)
    assert parse(svg).get("aria-label") == "Scores & more"
    assert parse(svg).get("role") == "img"
    assert [text for text in shown if text in ("strict", "type")] == ["strict", "type"]
    assert shown.count("DURATION") == 1
    assert shown.count("a<b> $x$") == 1
    assert shown.count("n/a") == 1
    assert {"0.91", "0.20", "1.00"} <= set(shown)


def test_heat_map_shows_every_count() -> None:
    shown = texts(heat_map("map", CONFUSION, "Confusion"))
    assert sorted(shown) == sorted(["arm", "total", "arm", "total", "1,204", "3", "7"])
    assert heat_map("m", CONFUSION, "c").count("var(--alarm)") == 1


def test_worst_rules_come_first() -> None:
    assert [rule.rule for rule in worst_rules(RULES)] == ["size.n<", "time.bad"]
    assert [rule.rule for rule in worst_rules(RULES, most=1)] == ["size.n<"]


def test_rule_chart_shows_precision_and_what_is_behind_it() -> None:
    shown = texts(CHARTS["rules"]())
    assert "size.n<" in shown
    assert any(re.fullmatch(r"0\.95 · 90 of 95 right", text) for text in shown)
    assert any(re.fullmatch(r"0\.25 · 1 of 4 right", text) for text in shown)


def test_without_matplotlib_a_person_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"pip install 'absift\[report\]'"):
        dots()
