from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from absift.evaluation.run import evaluate
from absift.records import Record, Span
from absift.report.evaluation_groups import match_documents
from absift.report.evaluation_rows import KINDS, browser_data, script_json


@pytest.fixture
def data(case: Any, sections: Any) -> dict[str, Any]:  # noqa: ANN401
    documents = match_documents(case.result, case.gold, case.predicted, sections)
    return browser_data(case.result, documents)


def units(text: str, start: int, end: int) -> str:
    """Cut a text as a browser does, by UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def shown(data: dict[str, Any], row: list[Any]) -> tuple[Any, ...]:
    doc = data["docs"][row[0]]
    words = []
    for layer, place in (("gold", row[2]), ("found", row[3])):
        spans = doc[layer]
        words.append(units(doc["text"], *spans[place][:2]) if place >= 0 else None)
    return doc["id"], data["kinds"][row[1]], *words, data["sections"][row[4]], row[5]


def test_every_kind_of_row(data: dict[str, Any]) -> None:
    assert [shown(data, row) for row in data["rows"]] == [
        ("a", "attributes", "40", "40", "methods", [["scope", "total", "arm"]]),
        ("a", "incorrect", "6 weeks", "6", "methods", []),
        ("a", "partial", "nausea", "nausea in", "results", [["assertion", "present", "absent"]]),
        ("a", "missed", "12.5%", None, "results", []),
        ("b", "correct", "40", "40", "methods", []),
        ("c<", "correct", "6 weeks", "6 weeks", "methods", []),
        ("c<", "spurious", None, "5", "results", []),
    ]
    assert {row[1] for row in data["rows"]} == set(range(len(KINDS)))


def test_rows_are_those_of_the_evaluation(data: dict[str, Any], case: Any) -> None:  # noqa: ANN401
    kinds = [data["kinds"][row[1]].replace("attributes", "correct") for row in data["rows"]]
    assert kinds == [row.category for row in case.result.rows]
    differ = [[name for name, _, _ in row[5]] for row in data["rows"]]
    assert differ == [
        [part.partition(":")[0] for part in row.wrong.split("; ") if part]
        for row in case.result.rows
    ]


def test_spans_name_label_rule_and_attributes(data: dict[str, Any]) -> None:
    start, end, label, rule, attributes = data["docs"][2]["found"][0]
    assert data["labels"][label] == {"name": "duration", "style": "l2"}
    assert data["rules"][rule] == "time.plain"
    assert attributes == {"value": "6", "unit": "week"}
    assert units(data["docs"][2]["text"], start, end) == "6 weeks"
    assert data["docs"][2]["gold"][0][3] == -1


def test_recall_only_gold_calls_nothing_spurious(case: Any) -> None:  # noqa: ANN401
    result = evaluate(case.gold, case.predicted, recall_only=True)
    found = browser_data(result, match_documents(result, case.gold, case.predicted))
    assert "spurious" not in {found["kinds"][row[1]] for row in found["rows"]}
    assert len(found["rows"]) == len(result.rows) == 6


def test_labels_that_were_not_scored_are_left_out(case: Any) -> None:  # noqa: ANN401
    result = evaluate(case.gold, case.predicted, labels=["DURATION"])
    found = browser_data(result, match_documents(result, case.gold, case.predicted))
    assert [label["name"] for label in found["labels"]] == ["duration"]
    assert len(found["rows"]) == len(result.rows) == 2


def test_controls_and_markup_are_harmless(case: Any) -> None:  # noqa: ANN401
    text = "</script><!--\x1b\u2028 7"
    gold = [Record("\x07", text, spans=(Span(len(text) - 1, len(text), "7", "SAMPLE_SIZE"),))]
    predicted = [replace(gold[0], spans=())]
    result = evaluate(gold, predicted)
    found = browser_data(result, match_documents(result, gold, predicted))
    written = script_json(found)
    assert "<" not in written
    assert "\x1b" not in written
    assert orjson.loads(str(written)) == found | {"kinds": list(KINDS)}
    assert found["docs"][0]["text"] == "</script><!--␛\u2028 7"
    assert found["docs"][0]["id"] == "␇"
