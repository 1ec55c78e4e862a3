"""Precision and recall by rule."""

from __future__ import annotations

from absift.evaluation.matching import match_spans
from absift.evaluation.rule_scores import NO_RULE, score_rules
from absift.records import Span


def span(start: int, rule: str | None = None, label: str = "A") -> Span:
    return Span(start, start + 3, "abc", label, rule=rule)


GOLD = [span(0), span(10), span(20), span(30)]
PREDICTED = [span(0, "a.one"), span(10, "a.one"), span(40, "a.one"), span(20, "a.two"), span(50)]


def test_rules_by_hand() -> None:
    rows = {
        item.rule: (item.precision, item.recall, item.predicted, item.support)
        for item in score_rules(match_spans(GOLD, PREDICTED))
    }
    assert rows == {
        "a.one": (2 / 3, 2 / 4, 3, 4),
        "a.two": (1.0, 1 / 4, 1, 4),
        NO_RULE: (0.0, 0.0, 1, 4),
    }


def test_a_rule_of_a_label_without_gold_has_no_recall() -> None:
    (item,) = score_rules(match_spans([span(0)], [span(0, "b.one", "B")]))
    assert (item.label, item.precision, item.recall) == ("B", 0.0, None)


def test_recall_only_gives_no_precision() -> None:
    rules = score_rules(match_spans(GOLD, PREDICTED), recall_only=True)
    assert {item.precision for item in rules} == {None}
    assert [item.recall for item in rules if item.rule == "a.one"] == [0.5]
