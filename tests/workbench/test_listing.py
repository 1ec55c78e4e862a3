from __future__ import annotations

from absift.extraction.toolkit import Toolkit
from absift.records import Record, Span
from absift.workbench.listing import RuleHits, count_hits

TEXT = "We gave 5 mg orally and 7 mg orally. Nausea occurred."


def test_hits_and_what_is_correct(toolkit: Toolkit) -> None:
    gold = Record(
        "r",
        TEXT,
        spans=(
            Span(8, 12, "5 mg", "DOSE", {"route": "oral"}),
            Span(37, 43, "Nausea", "ADVERSE_EVENT"),
        ),
    )
    found = count_hits(toolkit, [gold])
    assert found["dose.plain"] == RuleHits(2, 1)
    assert found["dose.route"] == RuleHits(2, 1)
    assert found["dose.plain"].precision == 0.5
    assert found["harm.occurred"].hits >= 1
    assert RuleHits().precision is None
