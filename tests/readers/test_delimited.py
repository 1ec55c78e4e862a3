from __future__ import annotations

import csv
import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import InputError
from absift.readers import Columns
from absift.readers.build import Item, Origin
from absift.readers.delimited import read_stream
from absift.records import Abstract


def _read(data: str | bytes, form: str = "csv", columns: Columns | None = None) -> list[Item]:
    data = data.encode() if isinstance(data, str) else data
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    return list(read_stream(stream, Origin("t.csv", "t.csv", form, columns)))


def _texts(items: list[Item]) -> list[str]:
    return [item.text for item in items if isinstance(item, Abstract)]


def _errors(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.record, item.reason) for item in items if not isinstance(item, Abstract)]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_delimiters_are_told_from_the_header(mark: str) -> None:
    rows = [["pmid", "title", "abstract", "Year"], ["7", "Head", "Words.", "2001"]]
    items = _read("\n".join(mark.join(row) for row in rows))
    (found,) = items
    assert isinstance(found, Abstract)
    assert (found.id, found.text, found.meta["Year"]) == ("7", "Head\nWords.", "2001")


def test_quoted_cells_hold_delimiters_quotes_and_line_breaks() -> None:
    items = _read('id,text\r\n1,"One, ""two"",\r\nthree."\r\n\r\n2,Four.\r\n')
    assert _texts(items) == ['One, "two",\r\nthree.', "Four."]


def test_cells_are_text_whatever_they_look_like() -> None:
    (found,) = _read("id,text,n,flag\n007,NA,1.50,nan\n")
    assert isinstance(found, Abstract)
    assert (found.id, found.text) == ("007", "NA")
    assert (found.meta["n"], found.meta["flag"]) == ("1.50", "nan")


def test_bad_rows_are_named_by_their_line_and_the_others_read() -> None:
    items = _read('id,text\n1,"a\nb"\n2,x,y\n3\n4," "\n5,"c" d\n6,e\n')
    assert _texts(items) == ["a\nb", "e"]
    assert [record for record, _ in _errors(items)] == ["line 4", "line 5", "4", "line 7"]
    reasons = [reason for _, reason in _errors(items)]
    assert reasons[0] == "has 3 columns where the header has 2; quote its cells"
    assert reasons[2] == "no text"
    assert reasons[3].startswith("not a row of a table: ")


def test_an_unclosed_quote_is_rejected_not_swallowed_in_silence() -> None:
    items = _read('id,text\n1,Good.\n2,"never closed\n3,Lost.\n')
    assert _texts(items) == ["Good."]
    assert _errors(items)[0][0] == "line 3"


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    (found,) = _read("\ufeffid,text\n1,a\n")
    assert isinstance(found, Abstract)
    assert found.id == "1"


def test_rows_that_are_not_utf8_are_rejected_one_by_one() -> None:
    items = _read(b"id,text\n1,Gr\xf6\xdfe\n2,Fine.\n")
    assert _texts(items) == ["Fine."]
    assert _errors(items)[0][0] == "line 2"
    assert "not valid UTF-8" in _errors(items)[0][1]


def test_quotation_marks_in_a_tsv_without_quoting_stay() -> None:
    items = _read('id\ttext\n1\t"Sock" wearers\n2\tthe "cold" ones, "too"\n', "tsv")
    assert _texts(items) == ['"Sock" wearers', 'the "cold" ones, "too"']


def test_a_quoted_tsv_is_unquoted() -> None:
    assert _texts(_read('id\ttext\n1\t"a\tb"\n', "tsv")) == ["a\tb"]


def test_a_single_column() -> None:
    assert _texts(_read("text\nNo comma.\n")) == ["No comma."]
    assert _texts(_read("text\nOne, two.\n", "tsv")) == ["One, two."]


def test_without_a_text_column_the_columns_are_listed() -> None:
    with pytest.raises(InputError, match=r"t\.csv: can't tell .* 'a', 'b'; name it with"):
        _read("a,b\n1,2\n")


def test_chosen_columns() -> None:
    (found,) = _read("a,b,c\n1,2,3\n", columns=Columns(text="b", id="c"))
    assert isinstance(found, Abstract)
    assert (found.id, found.text, found.meta["a"]) == ("3", "2", "1")


_CELL = st.text(alphabet=st.characters(exclude_categories=["Cs"])).filter(str.strip)
if sys.version_info < (3, 11):
    # The csv module refused NUL before.
    _CELL = _CELL.filter(lambda text: "\0" not in text)


@given(st.lists(_CELL, min_size=1, max_size=5), st.sampled_from(",;\t"))
def test_what_the_csv_module_wrote_comes_back_to_the_character(texts: list[str], mark: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text"])
    writer.writerows([str(number), text] for number, text in enumerate(texts))
    assert _texts(_read(out.getvalue())) == texts
