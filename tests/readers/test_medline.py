from __future__ import annotations

import io

import pytest

from absift.readers.build import Item, Origin
from absift.readers.medline import read_stream
from absift.records import Abstract

FULL = """
PMID- 39999999
OWN - NLM
STAT- MEDLINE
IS  - 1234-5678 (Electronic)
IS  - 1234-0000 (Print)
VI  - 3
DP  - 2012 Mar 4
TI  - Warm socks at night in adults who sleep alone: a double-blind, placebo-
      controlled trial.
LID - 10.5555/socks.1 [doi]
AB  - BACKGROUND: Socks warm, and pre-
      and post-sleep feet are cold. METHODS: Twelve adults wore them for 3\u00a0weeks.
CI  - Copyright (c) 2012 Invented Press.
FAU - Strumpf, Anna
AU  - Strumpf A
FAU - Socke, Carl
AU  - Socke C
LA  - eng
PT  - Journal Article
PT  - Randomized Controlled Trial
TA  - J Inv Feet
JT  - Journal of invented feet
PMC - PMC9999999
AID - feet-1 [pii]
AID - 10.5555/socks.1 [doi]
SO  - J Inv Feet. 2012 Mar 4.

"""


def _read(text: str | bytes) -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_stream(io.BytesIO(data), Origin("a.nbib", "a.nbib", "medline")))


def test_a_full_record() -> None:
    (found,) = _read(FULL)
    assert isinstance(found, Abstract)
    assert found.id == "39999999"
    assert found.title == (
        "Warm socks at night in adults who sleep alone: a double-blind, placebo-controlled trial."
    )
    assert found.text == found.title + (
        "\nBACKGROUND: Socks warm, and pre- and post-sleep feet are cold. "
        "METHODS: Twelve adults wore them for 3\u00a0weeks."
    )
    assert found.meta == {
        "pmid": "39999999",
        "doi": "10.5555/socks.1",
        "pmcid": "PMC9999999",
        "authors": ["Strumpf A", "Socke C"],
        "year": 2012,
        "journal": "Journal of invented feet",
        "issn": "1234-5678",
        "language": "eng",
        "publication_types": ["Journal Article", "Randomized Controlled Trial"],
        "source": "a.nbib",
        "format": "medline",
    }


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\n"])
def test_records_are_parted_by_blank_lines_or_the_next_pmid(gap: str) -> None:
    items = _read(gap.join(f"PMID- {number}\nAB  - Text {number}." for number in (1, 2, 3)))
    assert [item.id for item in items if isinstance(item, Abstract)] == ["1", "2", "3"]


def test_records_without_an_abstract_are_rejected_by_their_pmid() -> None:
    items = _read("PMID- 1\nTI  - Head\n\nPMID- 2\nAB  - Words.\n\nTI  - Nothing else\n")
    assert [str(item) for item in items if not isinstance(item, Abstract)] == [
        "a.nbib: 1: no abstract",
        "a.nbib: record 3: no abstract",
    ]
    assert len(items) == 3


def test_an_abstract_in_another_language_stands_in_and_is_named() -> None:
    (found,) = _read(
        "PMID- 1\nTI  - [Socken].\nTT  - Socken.\nOAB - Zwoelf Erwachsene.\nLA  - ger\n"
    )
    assert isinstance(found, Abstract)
    assert found.text == "[Socken].\nZwoelf Erwachsene."
    assert (found.meta["abstract_from"], found.meta["vernacular_title"]) == ("OAB", "Socken.")


@pytest.mark.parametrize("line", ["PT  - Retracted Publication", "RIN - J Foo. 2013;1(1):1."])
def test_retractions(line: str) -> None:
    (found,) = _read(f"PMID- 1\nAB  - Words.\n{line}\n")
    assert isinstance(found, Abstract)
    assert found.meta["retracted"] is True
