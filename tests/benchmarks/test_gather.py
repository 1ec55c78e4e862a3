"""Cases are what was weighed, with the answers of the gold."""

from __future__ import annotations

from typing import Any

import pytest
from fit.gather import NO, gather_rates

from absift.extraction.toolkit import load_toolkit
from absift.records import ADVERSE_EVENT, Record, Span

TEXT = "Side effects were few. Rash was seen in 5 (10%) of the patients."


def gold(rates: list[dict[str, Any]]) -> Record:
    start = TEXT.index("Rash")
    span = Span(start, start + 4, "Rash", ADVERSE_EVENT, {"assertion": "present", "rates": rates})
    return Record("one", TEXT, spans=(span,))


@pytest.mark.parametrize(
    ("rates", "answer"),
    [
        ([{"numerator": 5, "percent": 10.0}], "right"),
        ([{"numerator": 7}, {"percent": 10}], "right"),
        ([{"numerator": 7, "percent": 14}], NO),
        ([], NO),
    ],
)
def test_figures_are_right_for_an_event_that_has_any_of_them(
    rates: list[dict[str, Any]], answer: str
) -> None:
    cases = list(gather_rates(load_toolkit(), [gold(rates)]))
    assert [(case.id, case.answer) for case in cases] == [("one", answer)]
    assert ("side", "left") in cases[0].facts
    # Nothing listens any more.
    weigher = load_toolkit().weights.rates
    assert weigher is not None
    assert weigher.heard is None
