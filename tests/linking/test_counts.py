from __future__ import annotations

import pytest

from absift.extraction.toolkit import Toolkit
from absift.linking.counts import CountReader
from tests.linking.conftest import Laid


def values(toolkit: Toolkit, lay: Laid, text: str) -> list[int]:
    _, (line, *_) = lay(text + " [[rash]]{A present} 7")
    reader = CountReader(toolkit.linker.patterns)
    found = [reader.value(line, item) for item in sorted(line.numbers)]
    assert found.pop() == 7
    return [value for value in found if value is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Two women and 3 of the men had", [2, 3]),
        ("Four serious", [4]),
        ("Three withdrew because of", [3]),
        ("Twelve were excluded for", [12]),
        ("With two drugs that have other effects there was", []),
        ("With two of these therapies there was", []),
        ("Two treatment groups had", []),
        ("At 10 or 20 mg there was", []),
        ("By H(2) blockers there was", []),
        ("By CYP 2D6 there was", []),
        ("(4) Patches cause", []),
        ("As was said before [12] there was", []),
        ("In case 2 there was", []),
        ("A rate of more than 180 caused", []),
        ("Of grade 3 was", []),
        ("There were 29 per year of", []),
        ("Seven more had", []),
    ],
)
def test_only_people_and_events_are_counted(
    toolkit: Toolkit, lay: Laid, text: str, wanted: list[int]
) -> None:
    assert values(toolkit, lay, text) == wanted
