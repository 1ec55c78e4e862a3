"""What a corpus holds, counted by hand."""

from __future__ import annotations

import io

from rich.console import Console

from absift.corpus.stats import corpus_stats, stats_tables
from absift.records import Record, Span

RECORDS = [
    Record(
        "1",
        "27 adults had nausea and pain",
        spans=(
            Span(0, 2, "27", "SAMPLE_SIZE", {"value": 27, "scope": "total"}),
            Span(14, 20, "nausea", "ADVERSE_EVENT", {"assertion": "present", "generic": True}),
            Span(25, 29, "pain", "ADVERSE_EVENT", {"assertion": "absent", "rates": [{"n": 1}]}),
            Span(14, 20, "nausea", "OWN", {"size": 2}),
        ),
        meta={"design": "trial", "field": "oncology"},
    ),
    Record("2", "Nothing  here", meta={"design": "trial"}),
    Record("3", "9 more", spans=(Span(0, 1, "9", "SAMPLE_SIZE", {"value": 9, "scope": "arm"}),)),
]


def test_counts_by_hand() -> None:
    stats = corpus_stats(RECORDS)
    assert (stats.records, stats.nothing_to_find, stats.words) == (3, 1, 10)
    assert stats.characters == 29 + 13 + 6
    assert list(stats.spans.items()) == [("SAMPLE_SIZE", 2), ("ADVERSE_EVENT", 2), ("OWN", 1)]
    assert stats.attributes == {
        "SAMPLE_SIZE": {"value": {"(given)": 2}, "scope": {"arm": 1, "total": 1}},
        "ADVERSE_EVENT": {
            "generic": {"true": 1},
            "assertion": {"absent": 1, "present": 1},
            "rates": {"(given)": 1},
        },
        "OWN": {"size": {"2": 1}},
    }
    assert (stats.designs, stats.fields) == ({"trial": 2}, {"oncology": 1})


def test_no_records() -> None:
    stats = corpus_stats([])
    assert (stats.records, stats.words, stats.spans, stats.designs) == (0, 0, {}, {})


def test_tables_show_all_of_it_in_80_columns() -> None:
    console = Console(width=80, file=io.StringIO())
    for table in stats_tables(corpus_stats(RECORDS)):
        console.print(table)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert max(map(len, text.splitlines())) <= 80
    for part in ("without a span", "scope: total", "rates: (given)", "Designs", "oncology", "all"):
        assert part in text
