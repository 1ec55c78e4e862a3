from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.readers.build import Item, Origin
from absift.readers.ris import read_stream
from absift.records import Abstract

FULL = """\ufeffProvider: Invented Press
Content: text/plain; charset="UTF-8"

TY  - JOUR
AU  - Strumpf, A. B.
AU  - Socke, C.
AD  - Institute of Feet
Department of Toes
AB  - Socks warm. Twelve adults wore them for 3\u00a0weeks.
DO  - 10.5555/socks.1
KW  - Adult
Foot
*Socks
LA  - eng
N1  - 1234-5678
PY  - 2012/03//
SN  - 1234-5678
T2  - J Invented Feet
TI  - Warm socks at night
ZZ  - a tag nobody knows
ID  - 139
ER  -


"""


def _read(text: str | bytes) -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_stream(io.BytesIO(data), Origin("a.ris", "a.ris", "ris")))


def _one(text: str) -> Abstract:
    (item,) = _read(text)
    assert isinstance(item, Abstract), item
    return item


def test_a_full_record() -> None:
    found = _one(FULL)
    assert found.id == "139"
    assert found.title == "Warm socks at night"
    assert found.text == (
        "Warm socks at night\nSocks warm. Twelve adults wore them for 3\u00a0weeks."
    )
    assert found.meta == {
        "authors": ["Strumpf, A. B.", "Socke, C."],
        "year": 2012,
        "journal": "J Invented Feet",
        "doi": "10.5555/socks.1",
        "language": "eng",
        "issn": "1234-5678",
        "keywords": ["Adult", "Foot", "*Socks"],
        "type": "JOUR",
        "source": "a.ris",
        "format": "ris",
    }


@pytest.mark.parametrize(
    ("lines", "id_", "id_from"),
    [
        ("ID  - 5\nAN  - 6", "5", None),
        ("AN  - 6\nDO  - 10.5555/x", "6", "accession"),
        ("DO  - https://doi.org/10.5555/x", "10.5555/x", "doi"),
        ("UR  - https://doi.org/10.5555/y", "10.5555/y", "doi"),
        ("PY  - 2001", "sha1-74e0037b9579f64b", "text hash"),
    ],
)
def test_ids(lines: str, id_: str, id_from: str | None) -> None:
    found = _one(f"TY  - JOUR\n{lines}\nAB  - Words.\nER  - \n")
    assert (found.id, found.meta.get("id_from")) == (id_, id_from)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("N2  - Words.", "Words."),
        ("AB  - Words.\nN2  - Others.", "Words."),
        ("AB  -\nN2  - Others.", "Others."),
        ("T1  - Head\nAB  - Words.", "Head\nWords."),
        ("AB - Words.", "Words."),
        ("AB  - First one.\nSecond one.\n\nThird.", "First one.\nSecond one.\nThird."),
        ("AB  - First.\nAB  - Second.", "First.\nSecond."),
        ("AB  - RESULTS: Words.\nXY  - z", "RESULTS: Words."),
        (
            "AB  - Socks that are worn at night warm the feet of adults\n"
            "who sleep alone in cold and draughty rooms of old houses,\n"
            "and of those who do not.",
            "Socks that are worn at night warm the feet of adults who sleep alone in cold and "
            "draughty rooms of old houses, and of those who do not.",
        ),
    ],
)  # fmt: skip
def test_where_the_text_is_taken_from(lines: str, text: str) -> None:
    assert _one(f"TY  - JOUR\nID  - 1\n{lines}\nER  - \n").text == text


def test_no_record_is_lost() -> None:
    items = _read(
        "TY  - JOUR\nID  - 1\nAB  - One.\n"  # no ER
        "TY  - JOUR\nID  - 2\nTI  - No abstract\nER  -\n"
        "ID  - 3\nAB  - Three.\nER  - \n"  # no TY
        "TY  - JOUR\r\nID  - 4\r\nAB  - Four.\r\nER  - \r\n"
        "TY  - JOUR\nID  - 5\nAB  - Five."  # the end
    )
    assert [item.id if isinstance(item, Abstract) else str(item) for item in items] == [
        "1",
        "a.ris: 2: no abstract",
        "3",
        "4",
        "5",
    ]


def test_a_record_that_is_not_utf8_is_rejected_by_itself() -> None:
    items = _read(b"TY  - JOUR\nAB  - Gr\xf6\xdfe\nER  - \nTY  - JOUR\nID  - 2\nAB  - B.\nER  - \n")
    assert not isinstance(items[0], Abstract)
    assert items[0].record == "record 1"
    assert isinstance(items[1], Abstract)


# RIS has one line a paragraph: no line breaks, and outer blanks don't count.
_LINE = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")
).map(str.strip).filter(bool)  # fmt: skip


@given(st.lists(_LINE, min_size=1, max_size=4))
def test_a_text_of_one_line_keeps_every_character(texts: list[str]) -> None:
    ris = "".join(
        f"TY  - JOUR\nID  - {number}\nAB  - {text}\nER  - \n" for number, text in enumerate(texts)
    )
    items = _read(ris)
    assert [item.text for item in items if isinstance(item, Abstract)] == texts
