"""The page and the JSON that ``absift evaluate`` writes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from absift.api import rules_hash
from absift.records import Record, Span, dumps

if TYPE_CHECKING:
    from spacy.language import Language
    from typer.testing import Result

    Command = Callable[..., Result]

TEXT = "Zeltrine for hill fever\nMethods: 40 adults took it for 6 weeks."
GOLD = Record("a", TEXT, "Zeltrine for hill fever", spans=(Span(33, 35, "40", "SAMPLE_SIZE"),))


@pytest.fixture
def command(absift_command: Command) -> Command:
    """The command in a folder that holds gold and predictions."""
    Path("gold.jsonl").write_bytes(dumps(GOLD))
    Path("none.jsonl").write_bytes(dumps(Record("a", TEXT, GOLD.title)))
    return absift_command


def test_the_page_names_its_sources_and_knows_sections(command: Command) -> None:
    done = command("evaluate", "gold.jsonl", "none.jsonl", "--html", "page.html")
    assert done.exit_code == 0, done.output
    page = Path("page.html").read_text(encoding="utf-8")
    assert "<title>Evaluation: gold.jsonl</title>" in page
    assert "<li>predictions: <bdi>none.jsonl</bdi></li>" in page
    assert '"sections":["methods"]' in page


def test_the_rules_that_made_the_predictions_are_named(
    command: Command, pipeline: Language
) -> None:
    done = command("evaluate", "gold.jsonl", "--html", "page.html", "--json", "run.json")
    assert done.exit_code == 0, done.output
    data = orjson.loads(Path("run.json").read_bytes())
    assert data["gold"] == "gold.jsonl"
    assert data["rules_hash"] == rules_hash(pipeline)
    assert rules_hash(pipeline) in Path("page.html").read_text(encoding="utf-8")
    command("evaluate", "gold.jsonl", "none.jsonl", "--json", "run.json", "--force")
    assert orjson.loads(Path("run.json").read_bytes())["rules_hash"] is None


def test_a_page_is_replaced_only_with_force(command: Command) -> None:
    Path("page.html").write_text("mine", encoding="utf-8")
    done = command("evaluate", "gold.jsonl", "none.jsonl", "--html", "page.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "add --force" in done.stderr
    assert Path("page.html").read_text(encoding="utf-8") == "mine"
    command("evaluate", "gold.jsonl", "none.jsonl", "--html", "page.html", "--force")
    assert Path("page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_without_matplotlib_nothing_is_begun(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = command("evaluate", "gold.jsonl", "none.jsonl", "--html", "page.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "pip install 'absift[report]'" in done.stderr
    assert not Path("page.html").exists()
