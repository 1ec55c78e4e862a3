from __future__ import annotations

import json
from typing import Any

import pytest

from absift.errors import InputError
from absift.records import Record, Span
from absift.records import Warning as Contradiction
from absift.writers import tables


def test_findings_rows(records: list[Record]) -> None:
    rows = tables.findings_rows(records[0])
    assert len(rows) == len(records[0].spans) == 17
    assert all(tuple(row) == tables.FINDINGS_COLUMNS for row in rows)
    nausea = next(row for row in rows if row["text"] == "Nausea")
    assert {k: v for k, v in nausea.items() if v is not None} == {
        "id": "INV-001",
        "title": "Veltorine for hill fever: a 240-person trial",
        "label": "ADVERSE_EVENT",
        "text": "Nausea",
        "start": 261,
        "end": 267,
        "term": "nausea",
        "system": "gastrointestinal",
        "generic": False,
        "assertion": "present",
        "rates": "veltorine: 18/120, 15%; placebo: 9/120, 8.5%",
        "rates_json": '[{"numerator":18,"denominator":120,"percent":15,"arm":"veltorine"},'
        '{"numerator":9,"denominator":120,"percent":8.5,"arm":"placebo"}]',
        "rule": "adverse_event.made_up",
        "section": "results",
    }


@pytest.mark.parametrize(
    ("attributes", "cells", "other"),
    [
        ({"value": 3}, {"value": 3}, None),
        ({"value": "about 3"}, {}, {"value": "about 3"}),
        ({"value": True}, {}, {"value": True}),
        ({"generic": 1}, {}, {"generic": 1}),
        ({"numerator": 2.5}, {}, {"numerator": 2.5}),
        ({"numerator": 2**63}, {}, {"numerator": 2**63}),
        ({"numerator": 2**63 - 1}, {"numerator": 2**63 - 1}, None),
        ({"currency": "EUR", "unit": None}, {}, {"currency": "EUR"}),
        ({"rates": "12%"}, {}, {"rates": "12%"}),
        ({"rates": []}, {"rates": "", "rates_json": "[]"}, None),
    ],
)
def test_no_attribute_is_lost(
    attributes: dict[str, Any], cells: dict[str, Any], other: dict[str, Any] | None
) -> None:
    (row,) = tables.findings_rows(Record("r", "x", spans=(Span(0, 1, "x", "L", attributes),)))
    fixed = ("id", "label", "text", "start", "end")
    got = {name: cell for name, cell in row.items() if cell is not None and name not in fixed}
    assert (json.loads(got.pop("other")) if other else None) == other
    assert got == cells


def test_study_row(records: list[Record]) -> None:
    row = tables.study_row(records[0])
    assert tuple(row) == tables.STUDY_COLUMNS
    assert row == {
        "id": "INV-001",
        "title": "Veltorine for hill fever: a 240-person trial",
        "year": 2021,
        "journal": "Journal of Invented Medicine",
        "pmid": "00000001",
        "doi": "10.0000/inv.1",
        "total": 240,
        "total_stage": "randomised",
        "total_is_sum": False,
        "screened": 412,
        "arms": "120; 120",
        "analysed": None,
        "follow_up": "2-4 year",
        "follow_up_days": pytest.approx(1460.97),
        "treatment_length": "12 week",
        "treatment_days": 84.0,
        "adverse_events": "nausea (veltorine: 18/120, 15%; placebo: 9/120, 8.5%)"
        " | febrile neutropenia [serious, grade 3-4] (veltorine: n=4, 3.3%)",
        "adverse_events_overall": None,
        "adverse_events_absent": "adverse events [serious]",
        "serious_adverse_events": "febrile neutropenia [serious, grade 3-4] (veltorine: n=4, 3.3%)",
        "n_percentages": 7,
        "n_findings": 17,
        "n_warnings": 1,
        "warnings": "9 of 120 is 7.5%, but the text says 8.5%. (9/120 = 7.5%)",
        "rule_set": None,
    }


def test_study_row_of_an_empty_record(records: list[Record]) -> None:
    row = tables.study_row(next(record for record in records if record.id == "empty"))
    known = {name: cell for name, cell in row.items() if cell is not None}
    assert known == {"id": "empty", "n_percentages": 0, "n_findings": 0, "n_warnings": 0}


@pytest.mark.parametrize(
    ("year", "cell"),
    [(1999, 1999), ("1999", 1999), (" 1999 ", 1999), ("1999 Mar", None), ("²", None), (True, None)],
)
def test_year(year: Any, cell: int | None) -> None:  # noqa: ANN401 - any JSON value
    assert tables.study_row(Record("r", "", meta={"year": year}))["year"] == cell


def test_overall_events_have_rates() -> None:
    def mention(start: int, end: int, **attributes: object) -> Span:
        generic = {"generic": True, "assertion": "present", **attributes}
        return Span(start, end, "toxicity and harm"[start:end], "ADVERSE_EVENT", generic)

    spans = (mention(0, 8, rates=[{"percent": 40}]), mention(13, 17))
    row = tables.study_row(Record("r", "toxicity and harm", spans=spans))
    assert row["adverse_events"] is None
    assert row["adverse_events_overall"] == "toxicity (40%)"


def test_warnings_rows() -> None:
    warnings = (
        Contradiction("percent_mismatch", "It is 50%.", ((7, 9), (0, 3)), "1/2 = 50%"),
        Contradiction("other", "Odd.", (), ""),
    )
    rows = tables.warnings_rows(Record("r", "1/2 is 49%", warnings=warnings))
    assert all(tuple(row) == tables.WARNING_COLUMNS for row in rows)
    assert [list(row.values()) for row in rows] == [
        ["r", None, "percent_mismatch", "It is 50%.", "1/2 = 50%", "49; 1/2", 0, 9, None],
        ["r", None, "other", "Odd.", None, None, None, None, None],
    ]


def test_to_frame(records: list[Record]) -> None:
    frame = tables.to_frame(iter(records))
    assert tuple(frame.columns) == tables.FINDINGS_COLUMNS
    assert len(frame) == sum(len(record.spans) for record in records)
    types = frame.dtypes.astype(str)
    names = ["id", "start", "value", "numerator", "generic", "rates"]
    assert [types[name] for name in names] == [
        "string",
        "Int64",
        "Float64",
        "Int64",
        "boolean",
        "string",
    ]
    assert frame["value"].sum() == pytest.approx(
        sum(
            span.attributes["value"]
            for record in records
            for span in record.spans
            if isinstance(span.attributes.get("value"), int | float)
        )
    )
    studies = tables.to_frame(records, "studies").set_index("id")
    assert studies.loc["INV-001", "total"] == 240
    assert studies["total"].notna().sum() == 4


@pytest.mark.parametrize("table", ["findings", "studies", "warnings"])
def test_to_frame_has_its_types_without_rows(table: str, records: list[Record]) -> None:
    empty, full = tables.to_frame([], table), tables.to_frame(records, table)
    assert len(empty) == 0
    assert list(empty.dtypes.items()) == list(full.dtypes.items())


def test_unknown_table() -> None:
    with pytest.raises(InputError, match="no table 'figures'; choose one of findings, studies"):
        tables.to_frame([], "figures")


STAMPED = {"rules": {"version": "1.2", "hash": "ab"}}


@pytest.mark.parametrize("table", ["findings", "studies", "warnings"])
def test_every_table_names_the_rule_set(table: str) -> None:
    warnings = (Contradiction("other", "Odd.", (), ""),)
    spans = (Span(0, 1, "x", "L"),)
    record = Record("r", "x", spans=spans, warnings=warnings, meta=STAMPED)
    (row,) = tables.rows(record, table)
    assert row["rule_set"] == "1.2 ab"


def test_attributes_of_own_labels_have_columns() -> None:
    own = {"dose": "float", "route": "string", "id": "string"}
    names = list(tables.columns("findings", own))
    assert names[names.index("serious") + 1 :][:3] == ["dose", "route", "rates"]
    assert tables.columns("studies", own) == tables.COLUMNS["studies"]
    attributes = {"dose": 5, "route": True, "id": "x", "low": "?"}
    record = Record("r", "x", spans=(Span(0, 1, "x", "L", attributes),))
    (row,) = tables.rows(record, "findings", own)
    assert list(row) == names
    assert (row["dose"], row["route"], row["id"]) == (5, "true", "r")
    assert row["other"] == '{"id":"x","low":"?"}'
