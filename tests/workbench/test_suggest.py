from __future__ import annotations

from pathlib import Path

import pytest

from absift.extraction.toolkit import Toolkit
from absift.records import Record, Span
from absift.rules.files import load_rules
from absift.workbench.draft import with_rule
from absift.workbench.suggest import suggest

SENTENCES = [
    "Doses were [5 beads] a day.",
    "Doses were [7 beads] a day.",
    "It fell by 8 beads [only].",
    "We gave [5 mg] now.",
]


def record(number: int, sentence: str) -> Record:
    start = sentence.index("[")
    end = sentence.index("]") - 1
    text = sentence.replace("[", "").replace("]", "")
    return Record(str(number), text, spans=(Span(start, end, text[start:end], "DOSE"),))


@pytest.fixture(scope="module")
def gold() -> list[Record]:
    return [record(number, sentence) for number, sentence in enumerate(SENTENCES)]


def test_missed_spans_are_grouped_by_their_shape(toolkit: Toolkit, gold: list[Record]) -> None:
    first, second = suggest(toolkit, gold)
    assert (first.label, first.span, first.count, first.others) == (
        "DOSE",
        ("NUMBER", "beads"),
        2,
        0,
    )
    assert first.examples == tuple(SENTENCES[:2])
    assert (second.span, second.count, second.examples) == (("APPROXIMATE",), 1, (SENTENCES[2],))
    assert suggest(toolkit, gold, "DURATION") == []


def test_a_draft_is_a_rule(toolkit: Toolkit, gold: list[Record], tmp_path: Path) -> None:
    draft = suggest(toolkit, gold)[0].draft(1)
    path = tmp_path / "drafts.yaml"
    path.write_text(with_rule("", draft), encoding="utf-8")
    (rule,) = load_rules(path).rules
    assert (rule.id, rule.pattern) == ("dose.suggested.1", "NUMBER beads")
    assert set(rule.contexts) == {"before", "after"}
    assert draft.comment == "2 missed; matches 0 other places"
