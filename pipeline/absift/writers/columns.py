"""The columns of the tables, with their types."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from absift.errors import InputError

#: The column of each attribute of absift's own labels.
ATTRIBUTE_COLUMNS: Mapping[str, str] = {
    "value": "float",
    "low": "float",
    "high": "float",
    "unit": "string",
    "scope": "string",
    "stage": "string",
    "kind": "string",
    "numerator": "integer",
    "denominator": "integer",
    "role": "string",
    "statistic": "string",
    "term": "string",
    "system": "string",
    "generic": "boolean",
    "assertion": "string",
    "grade": "string",
    "serious": "boolean",
}

#: The columns of each table with their types: ``integer``, ``float``, ``boolean``, ``string``.
COLUMNS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "findings": {
            "id": "string",
            "title": "string",
            "label": "string",
            "text": "string",
            "start": "integer",
            "end": "integer",
            **ATTRIBUTE_COLUMNS,
            "rates": "string",
            "rates_json": "string",
            "other": "string",
            "rule": "string",
            "section": "string",
            "rule_set": "string",
        },
        "studies": {
            "id": "string",
            "title": "string",
            "year": "integer",
            "journal": "string",
            "pmid": "string",
            "doi": "string",
            "total": "integer",
            "total_stage": "string",
            "total_is_sum": "boolean",
            "screened": "integer",
            "arms": "string",
            "analysed": "integer",
            "follow_up": "string",
            "follow_up_days": "float",
            "treatment_length": "string",
            "treatment_days": "float",
            "adverse_events": "string",
            "adverse_events_overall": "string",
            "adverse_events_absent": "string",
            "serious_adverse_events": "string",
            "n_percentages": "integer",
            "n_findings": "integer",
            "n_warnings": "integer",
            "warnings": "string",
            "rule_set": "string",
        },
        "warnings": {
            "id": "string",
            "title": "string",
            "kind": "string",
            "message": "string",
            "sum": "string",
            "figures": "string",
            "start": "integer",
            "end": "integer",
            "rule_set": "string",
        },
    }
)

FINDINGS_COLUMNS: tuple[str, ...] = tuple(COLUMNS["findings"])
STUDY_COLUMNS: tuple[str, ...] = tuple(COLUMNS["studies"])
WARNING_COLUMNS: tuple[str, ...] = tuple(COLUMNS["warnings"])


def table_name(table: str) -> str:
    """Check the name of a table.

    Raises:
        InputError: There is no such table.
    """
    if table not in COLUMNS:
        raise InputError(f"no table {table!r}; choose one of {', '.join(COLUMNS)}")
    return table


def columns(table: str, own: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """Give the columns of a table with their types.

    Args:
        table: ``findings``, ``studies`` or ``warnings``.
        own: Attributes that only a user's own labels have to the types of their columns, which
            stand in the table of findings behind the other attributes.

    Raises:
        InputError: There is no such table.
    """
    known = COLUMNS[table_name(table)]
    if table != "findings" or not own:
        return known
    out: dict[str, str] = {}
    for name, kind in known.items():
        if name == "rates":
            out.update((each, own[each]) for each in own if each not in known)
        out[name] = kind
    return out
