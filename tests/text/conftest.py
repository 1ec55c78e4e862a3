from __future__ import annotations

import pytest

from absift.text.numbers import NumberWords
from absift.text.sections import SectionFinder

BELOW_TWENTY = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
UNITS = BELOW_TWENTY.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.fixture(scope="session")
def words() -> NumberWords:
    tens = {word: 20 + 10 * place for place, word in enumerate(TENS)}
    return NumberWords(
        cardinals={**{word: value for value, word in enumerate(UNITS)}, **tens},
        multipliers={"hundred": 100, "thousand": 1000, "million": 1_000_000},
        ordinals={"first": 1, "second": 2, "fourth": 4, "twentieth": 20},
        ordinal_endings=frozenset({"st", "nd", "rd", "th"}),
        joiners=frozenset({"and"}),
        labelled=frozenset({"group", "week"}),
    )


@pytest.fixture(scope="session")
def finder() -> SectionFinder:
    return SectionFinder(
        {
            "background": ["background", "background and aims"],
            "methods": ["methods", "materials and methods", "patients", "treatment"],
            "results": ["result", "results", "main results"],
            "conclusions": ["conclusions"],
        },
        abbreviations=["vs", "al", "e.g", "no", "u.s", "i.v"],
        marked_only=["patients", "treatment"],
        never_in_title=["was", "we"],
    )
