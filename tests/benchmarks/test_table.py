"""The page of figures says what was measured, and nothing of what wasn't."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from measure.plots import draw
from measure.table import page, table

STAMP = {
    "date": "2026-01-31",
    "processor": "A processor",
    "processors": 2,
    "memory_gb": 8.0,
    "system": "Linux x86_64",
    "load": 0.1,
    "versions": {"absift": "1.0", "Python": "3.11.7"},
    "rules": "0123456789abcdef",
}


def part(**result: object) -> dict[str, Any]:
    return {"stamp": STAMP, "texts": "9 abstracts", "result": result}


def test_a_table_keeps_its_columns_whatever_is_in_a_cell() -> None:
    assert table(("a", "b"), [("x|y", "two\nlines"), (1, "")]) == (
        "| a | b |\n| --- | ---: |\n| x\\|y | two lines |\n| 1 |  |\n"
    )


def test_the_ratio_stands_on_the_page() -> None:
    found = {"absift_per_s": 1300.4, "spacy_per_s": 1200.0, "ratio": 1.084, "blocks": [1.0]}
    made = page({"ratio": part(**found, low=1.05, high=1.114, late=1.2, abstracts=5000)})
    assert "**ratio 1.08** (95% 1.05 to 1.11), over 5,000 abstracts" in made
    assert "second half 1.20." in made
    assert "Two processes" not in made


def test_peers_that_did_not_run_say_why() -> None:
    ran = {"name": "one", "does": "words", "per_s": 1234.5, "abstracts": 60}
    lost = {"name": "other", "does": "terms", "note": "doesn't install: no | wheel"}
    made = page({"peers": part(systems=[ran, lost])})
    assert "| one | words | 1,234.5 | 60 |" in made
    assert "| other | terms | doesn't install: no \\| wheel |  |" in made


def test_parts_of_one_machine_and_day_are_named_together() -> None:
    later = part(shares={"tokens": 0.5}, samples=2)
    later["stamp"] = STAMP | {"load": 3.0}
    run = [{"abstracts": 10, "seconds": 1.0, "per_s": 10.0, "rss_mb": 99.6}]
    along = part(points=run, memory=1.0, speed=0.98)
    made = page({"steps": later, "run": along})
    assert "| tokens | 50.0% |" in made
    assert "After 10 abstracts 100 MB, 1.00 times" in made
    assert made.count("A processor, 2 processors, 8.0 GB") == 1
    assert "texts: 9 abstracts (parts: steps at load 3.0, run at load 0.1)." in made


def test_the_same_figures_give_the_same_plot(tmp_path: Path) -> None:
    points = [
        {"length": one, "seconds": one / 1e6, "us_per_1000": 1e3} for one in (1_000, 1_000_000)
    ]
    results = {"length": part(points=points, exponent=1.0), "workers": part()}
    for name in ("one", "two"):
        draw(results, tmp_path / name)
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["length.svg"]
    drawn = (tmp_path / "one" / "length.svg").read_bytes()
    assert drawn == (tmp_path / "two" / "length.svg").read_bytes()
    assert b">1,000,000<" in drawn
