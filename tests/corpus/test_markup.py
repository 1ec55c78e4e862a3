"""The annotation markup, read and written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.corpus.markup import parse_markup, to_markup
from absift.errors import InputError
from absift.records import Record, Span

SOURCE = """\
### demo-1 | randomised trial | oncology
Zelorin in [[27]]{S 27 total enrolled} adults

BACKGROUND: none [yet].
Of them [[19 (70%)]]{P 70 proportion n=19 N=27} had [[headaches]]{A present grade=3 r(n=2)}.

### demo-2|case series|surgery

No title, and nothing to find.
"""


def test_a_file_by_hand() -> None:
    one, two = parse_markup(SOURCE, "demo.txt")
    text = "Zelorin in 27 adults\nBACKGROUND: none [yet].\nOf them 19 (70%) had headaches."
    assert (one.id, one.title, one.text) == ("demo-1", "Zelorin in 27 adults", text)
    assert one.meta == {"design": "randomised trial", "field": "oncology"}
    places = [(span.start, span.end, span.text, span.label) for span in one.spans]
    assert places == [
        (11, 13, "27", "SAMPLE_SIZE"),
        (53, 61, "19 (70%)", "PERCENTAGE"),
        (66, 75, "headaches", "ADVERSE_EVENT"),
    ]
    assert all(one.text[span.start : span.end] == span.text for span in one.spans)
    assert (two.id, two.title, two.text) == ("demo-2", None, "No title, and nothing to find.")
    assert two.spans == ()


@pytest.mark.parametrize(
    ("mark", "label", "attributes"),
    [
        (
            "{S 27 total enrolled}",
            "SAMPLE_SIZE",
            {"value": 27, "scope": "total", "stage": "enrolled", "unit": "participants"},
        ),
        (
            "{S 12 arm analysed studies}",
            "SAMPLE_SIZE",
            {"value": 12, "scope": "arm", "stage": "analysed", "unit": "studies"},
        ),
        ("{P 70 proportion}", "PERCENTAGE", {"value": 70, "kind": "proportion"}),
        ("{P -0.3 change}", "PERCENTAGE", {"value": -0.3, "kind": "change"}),
        ("{P 12..20.5 interval}", "PERCENTAGE", {"low": 12, "high": 20.5, "kind": "interval"}),
        ("{P -5..-2 interval}", "PERCENTAGE", {"low": -5, "high": -2, "kind": "interval"}),
        (
            "{P 70 proportion N=27 n=19}",
            "PERCENTAGE",
            {"value": 70, "kind": "proportion", "numerator": 19, "denominator": 27},
        ),
        (
            "{D 6.2 month follow_up median}",
            "DURATION",
            {"value": 6.2, "unit": "month", "role": "follow_up", "statistic": "median"},
        ),
        (
            "{D 4..9 month time_to_event range}",
            "DURATION",
            {
                "low": 4,
                "high": 9,
                "unit": "month",
                "role": "time_to_event",
                "statistic": "range",
            },
        ),
        (
            "{D -1 day timepoint}",
            "DURATION",
            {"value": -1, "unit": "day", "role": "timepoint", "statistic": "none"},
        ),
        ("{A absent}", "ADVERSE_EVENT", {"assertion": "absent"}),
        (
            '{A present generic grade=>=3 serious term="Heart \\"block\\"" '
            'r(n=2 N=27 p=7.4 arm="low (2 mg) {x}") r(n=1 arm=drug)}',
            "ADVERSE_EVENT",
            {
                "assertion": "present",
                "generic": True,
                "grade": ">=3",
                "serious": True,
                "term": 'Heart "block"',
                "rates": [
                    {"numerator": 2, "denominator": 27, "percent": 7.4, "arm": "low (2 mg) {x}"},
                    {"numerator": 1, "arm": "drug"},
                ],
            },
        ),
    ],
)
def test_marks(mark: str, label: str, attributes: dict[str, Any]) -> None:
    (record,) = parse_markup(f"### 1 | a | b\nA [[word]]{mark} here", "x")
    (span,) = record.spans
    assert (span.label, dict(span.attributes)) == (label, attributes)
    kinds = {key: type(value) for key, value in attributes.items()}
    assert {key: type(value) for key, value in span.attributes.items()} == kinds


def test_a_bracket_before_and_behind_a_mark_is_text() -> None:
    (record,) = parse_markup("### 1 | a | b\n[[[95%]]{P 95 confidence_level}] and [more]", "x")
    assert record.text == "[95%] and [more]"
    assert [(span.start, span.text) for span in record.spans] == [(1, "95%")]


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("{X 1}", "the letter X is none of S, P, D, A"),
        ("{S 27 total}", "SAMPLE_SIZE takes number scope stage unit, but got 27 total"),
        ("{S 27 all enrolled}", "scope 'all' is none of total, arm, subgroup"),
        ("{S 2.5 total enrolled}", "'2.5' is not a whole number"),
        ("{S 27 total enrolled n=3}", "SAMPLE_SIZE takes no n="),
        ("{P 70}", "takes number kind"),
        ("{P 70% change}", "'70%' is not a number"),
        ("{P 1...5 interval}", "not a number"),
        ("{P 70 change serious}", "PERCENTAGE takes no 'serious'"),
        ("{P 70 change r(n=1)}", "PERCENTAGE takes no 'r"),
        ("{D 6 months follow_up}", "unit 'months' is none of second"),
        ("{D 6 month follow_up odd}", "statistic 'odd' is none of mean"),
        ("{A}", "takes assertion, but got nothing"),
        ("{A present big}", "but got present big"),
        ("{A present grade=III}", "grade 'III' is not of the form"),
        ("{A present r()}", "an empty rate"),
        ("{A present r(x=1)}", "a rate is r"),
        ("{A present r(n=1.5)}", "'1.5' is not a whole number"),
        ("{A present r(n=1}", "can't be read"),
        ("{A present colour=red}", "ADVERSE_EVENT takes no colour="),
    ],
)
def test_bad_marks_name_file_and_line(mark: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_markup(f"### 1 | a | b\nTitle\nA [[word]]{mark} here", "x.txt")
    assert str(caught.value).startswith("x.txt:3: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "x: no document"),
        ("stray\n### 1 | a | b\nT", "x:1: text before the first"),
        ("### 1 | a\nT", "x:1: a header is"),
        ("### 1 | | b\nT", "x:1: a header is"),
        ("### 1 | a | b\n\n\n", "x:1: the document 1 has no text"),
        ("### 1 | a | b\nT\n### 1 | a | b\nT", "x:3: the id 1 was used before"),
        ("### 1 | a | b\nA [[word here", "x:2: .* has a '\\[\\[' that is not part"),
        ("### 1 | a | b\nA [[word]] here", "x:2: .* not part of a whole mark"),
        ("### 1 | a | b\nA [[a [[b]]{A absent}]]{A absent}", "x:2: .* not part"),
        ("### 1 | a | b\nA [[ word]]{A absent}", "x:2: .* white space at an end"),
        ("### 1 | a | b\nA [[]]{A absent}", "x:2: .* is empty"),
    ],
)
def test_bad_files_name_the_line(source: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_markup(source, "x")


def test_all_problems_are_listed_at_once() -> None:
    with pytest.raises(InputError) as caught:
        parse_markup("### 1 | a | b\n[[a]]{X}\n\n[[b]]{S 1}\n### 2 | a\nT", "x")
    assert [line[:4] for line in str(caught.value).split("\n")] == ["x:2:", "x:4:", "x:5:"]


def test_line_ends_of_windows_and_a_byte_order_mark() -> None:
    (record,) = parse_markup("\ufeff### 1 | a | b\r\nTitle\r\nBody\r\n", "x")
    assert record.text == "Title\nBody"


def marked(*spans: Span, text: str = "some words here", title: str | None = None) -> Record:
    return Record("1", text, title, spans, meta={"design": "a", "field": "b"})


ABSENT = {"assertion": "absent"}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (marked(text="a [[b]] c"), "signs of a mark"),
        (marked(text="a\n### b"), "starts with '###'"),
        (
            marked(
                Span(0, 10, "some words", "ADVERSE_EVENT", ABSENT),
                Span(5, 10, "words", "ADVERSE_EVENT", ABSENT),
            ),
            "overlap at 5",
        ),
        (marked(Span(0, 3, "a\nb", "ADVERSE_EVENT", ABSENT), text="a\nb"), "crosses a line"),
        (marked(Span(0, 3, "[a]", "ADVERSE_EVENT", ABSENT), text="[a]"), "with a bracket"),
        (marked(Span(0, 4, "some", "OWN")), "the label OWN has no letter"),
        (marked(Span(0, 4, "some", "ADVERSE_EVENT", {**ABSENT, "x": 1})), "attributes x have no"),
        (marked(Span(0, 4, "some", "ADVERSE_EVENT")), "assertion '' is none of|got nothing"),
        (replace(marked(), id="a|b"), "in its id"),
    ],
)
def test_what_the_markup_cannot_hold(record: Record, message: str) -> None:
    with pytest.raises(InputError, match=message):
        to_markup(record)


WORDS = st.text("abc é·µ'\"(){}=.,-", min_size=1, max_size=8).map(str.strip).filter(bool)
NUMBER = st.integers(-999, 9999) | st.floats(-99, 99).map(lambda x: round(x, 3))
VALUE = st.fixed_dictionaries({"value": NUMBER}) | st.fixed_dictionaries(
    {"low": NUMBER, "high": NUMBER}
)
RATE = st.fixed_dictionaries(
    {"numerator": st.integers(0, 99)},
    optional={"denominator": st.integers(1, 99), "percent": NUMBER, "arm": WORDS},
)
ATTRIBUTES = st.one_of(
    st.tuples(
        st.just("SAMPLE_SIZE"),
        st.fixed_dictionaries(
            {
                "value": st.integers(0, 10**6),
                "scope": st.sampled_from(["total", "arm"]),
                "stage": st.just("enrolled"),
                "unit": st.sampled_from(["participants", "other"]),
            }
        ),
    ),
    st.tuples(
        st.just("PERCENTAGE"),
        st.builds(
            lambda number, rest: number | rest,
            VALUE,
            st.fixed_dictionaries(
                {"kind": st.just("change")}, optional={"numerator": st.integers(0, 99)}
            ),
        ),
    ),
    st.tuples(
        st.just("DURATION"),
        st.builds(
            lambda number, rest: number | rest,
            VALUE,
            st.fixed_dictionaries(
                {
                    "unit": st.sampled_from(["day", "year"]),
                    "role": st.just("other"),
                    "statistic": st.sampled_from(["none", "mean"]),
                }
            ),
        ),
    ),
    st.tuples(
        st.just("ADVERSE_EVENT"),
        st.fixed_dictionaries(
            {"assertion": st.just("possible")},
            optional={
                "generic": st.just(True),
                "serious": st.just(True),
                "grade": st.sampled_from(["3", "3-4", ">=3", "3b"]),
                "term": WORDS,
                "rates": st.lists(RATE, min_size=1, max_size=3),
            },
        ),
    ),
)


@given(st.lists(st.tuples(WORDS, ATTRIBUTES, WORDS), min_size=1, max_size=5), st.booleans())
def test_what_is_written_is_read_back(
    pieces: list[tuple[str, tuple[str, dict[str, Any]], str]], titled: bool
) -> None:
    text, spans = "Title" if titled else "", []
    for surface, (label, attributes), rest in pieces:
        text += "\n" if text else ""
        spans.append(Span(len(text), len(text) + len(surface), surface, label, attributes))
        text += f"{surface} {rest}"
    record = marked(*spans, text=text, title="Title" if titled else None)
    assert parse_markup(to_markup(record), "x") == [record]
