"""Weights are learnt from words, and what rules say counts for what it is worth."""

from __future__ import annotations

import pytest
from fit.gather import NO, Case
from fit.learn import Question, fit

SPANS = Question("size", ("span",), frozenset({"rule", "block"}))
SCOPE = Question("size.scope", ("total", "arm"), frozenset({"scope"}))


def spans(id: int, word: str, ruled: bool, answer: str) -> Case:
    told = (("rule", "r"), ("rule", "any")) if ruled else ()
    return Case(str(id), (("1", word), *told), answer)


def test_a_word_that_tells_spans_gets_its_weight() -> None:
    unread = [
        spans(each, "people" if each % 2 else "mg", each % 3 == 0, "span" if each % 2 else NO)
        for each in range(120)
    ]
    made = fit(SPANS, unread, unread[:20])
    assert made.table.rows["1", "people"][0] > 0 > made.table.rows["1", "mg"][0]
    # The rule is right half the time, and the word always.
    assert made.before < 0.5
    assert made.after == 1.0


def test_what_a_rule_is_worth_is_learnt_from_unread_cases_alone() -> None:
    unread = [
        spans(each, "x", each % 2 == 0, "span" if each % 4 == 0 else NO) for each in range(80)
    ]
    known = [spans(each, "x", True, "span") for each in range(80)]
    trusted = fit(SPANS, unread, []).table.rows["rule", "any"]
    assert fit(SPANS, unread, known).table.rows["rule", "any"] == pytest.approx(trusted, abs=0.2)


def test_an_attribute_has_a_weight_for_each_value() -> None:
    unread = [
        Case(
            str(each),
            (("1", "each" if each % 2 else "all"), ("scope", "total")),
            "arm" if each % 2 else "total",
        )
        for each in range(80)
    ]
    made = fit(SCOPE, unread, [])
    total, arm = made.table.rows["1", "each"]
    assert arm > total
    assert (made.before, made.after) == (0.5, 1.0)
