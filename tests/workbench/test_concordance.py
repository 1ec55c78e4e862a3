from __future__ import annotations

import pytest

from absift.errors import ConfigError
from absift.extraction.toolkit import Toolkit
from absift.records import Abstract
from absift.workbench.concordance import Concordance, Match, line

TEXT = "We gave 5 mg. Of 40 patients, 12% took 7 mg daily for 6 weeks."


def found(toolkit: Toolkit, pattern: str, label: str | None = None) -> list[str]:
    matches = Concordance(toolkit, pattern, label).matches([Abstract("a", TEXT)])
    return [match.text for match in matches]


@pytest.mark.parametrize(
    ("pattern", "label", "texts"),
    [
        ("NUMBER mg", None, ["5 mg", "7 mg"]),
        ("NUMBER %", None, ["12%"]),
        ("NUMBER %", "DOSE", []),
        ("PERCENTAGE took", None, ["12% took"]),
        ("for DURATION", None, ["for 6 weeks"]),
        ("NUMBER mg|unheardof", None, ["5 mg", "7 mg"]),
        ("DOSE for DURATION", None, ["7 mg daily for 6 weeks"]),
        ("nothing", None, []),
    ],
)
def test_matches(toolkit: Toolkit, pattern: str, label: str | None, texts: list[str]) -> None:
    assert found(toolkit, pattern, label) == texts


def test_a_match_has_its_context(toolkit: Toolkit) -> None:
    (first, _) = Concordance(toolkit, "dose=NUMBER mg").matches([Abstract("a", TEXT)])
    assert first == Match("a", "We gave ", "5 mg", ".", "body", {"dose": "5"})
    assert line(first, 60) == "a               We gave [5 mg]."


@pytest.mark.parametrize(
    ("pattern", "label", "message"),
    [
        ("NUMBRE", None, "the pattern: rule tried: unknown class NUMBRE; did you mean NUMBER"),
        ("( mg )?", None, "the pattern '\\( mg \\)\\?' can match without a word"),
        ("( a", None, "expected '\\)'"),
        ("a", "DOES", "no label DOES; there are PERCENTAGE"),
    ],
)
def test_what_cannot_be_looked_up(
    toolkit: Toolkit, pattern: str, label: str | None, message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        Concordance(toolkit, pattern, label)
