from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import load_toolkit
from absift.records import Record, Span
from absift.settings import config_root
from absift.workbench.difference import changes, toolkit_of


def test_changes_between_two_records() -> None:
    text = "5 mg 6 mg 7 mg"
    kept = Span(0, 4, "5 mg", "DOSE", {"value": 5}, "a")
    before = (
        kept,
        Span(5, 9, "6 mg", "DOSE", {"value": 6, "unit": "mg"}, "a"),
    )
    after = (
        kept,
        Span(5, 9, "6 mg", "DOSE", {"value": 7}, "b"),
        Span(10, 14, "7 mg", "DOSE", {}, "b"),
    )
    found = changes(Record("r", text, spans=before), Record("r", text, spans=after))
    assert [str(change) for change in found] == [
        "changed r 5-9 DOSE '6 mg': value 6 -> 7, unit mg -> None",
        "gained r 10-14 DOSE '7 mg' by b",
    ]
    lost = changes(Record("r", text, spans=after), Record("r", text, spans=before))
    assert [change.kind for change in lost] == ["changed", "lost"]


def test_what_can_be_compared(dose: Path) -> None:
    assert toolkit_of("-") is load_toolkit()
    assert toolkit_of(str(dose)) is load_toolkit(layers=[dose])
    assert toolkit_of(str(config_root())) is load_toolkit()
    with pytest.raises(ConfigError, match="'-' stands for none"):
        toolkit_of("nothing.yaml")
