"""Records as tables: a row a finding, a row a study, a row a warning.

A row is a plain dict whose keys are the table's columns in their order; a value that
isn't known is ``None``. pandas is imported only by :func:`to_frame`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import orjson

from absift import summary
from absift.records import PERCENTAGE, Record, Span
from absift.writers.columns import (
    ATTRIBUTE_COLUMNS,
    COLUMNS,
    FINDINGS_COLUMNS,
    STUDY_COLUMNS,
    WARNING_COLUMNS,
    columns,
    table_name,
)

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

#: Between the items of a cell, such as the sizes of the arms or the rates of an event.
ITEMS = "; "
#: Between the events and the warnings of a cell, whose own text may hold ``; ``.
EVENTS = " | "

_TYPES: Mapping[str, tuple[type, ...]] = {
    "integer": (int,),
    "float": (int, float),
    "boolean": (bool,),
    "string": (str,),
}
#: A column of integers holds 64 bits.
_LARGEST = 2**63 - 1
_DTYPES = {"integer": "Int64", "float": "Float64", "boolean": "boolean", "string": "string"}


def findings_rows(record: Record, own: Mapping[str, str] | None = None) -> list[Row]:
    """Give a row for each span, in text order; none for a record without spans.

    The columns are :data:`FINDINGS_COLUMNS`: every attribute of every label has its own.
    ``rates`` is for a reader (``drug: 12/100, 12%; placebo: 5/98, 5.1%``), ``rates_json`` the
    same as a JSON list. An attribute that has no column, or a value of another type than
    its column's, goes into ``other`` as a JSON object, so nothing is lost.

    Args:
        record: The record.
        own: As in :func:`columns`.
    """
    names = columns("findings", own)
    added = {name: kind for name, kind in (own or {}).items() if name not in FINDINGS_COLUMNS}
    types = {**ATTRIBUTE_COLUMNS, **added}
    return [_finding(record, span, names, types) for span in record.spans]


def _finding(record: Record, span: Span, names: Iterable[str], types: Mapping[str, str]) -> Row:
    row: Row = dict.fromkeys(names)
    row.update(id=record.id, title=record.title, label=span.label, text=span.text)
    row.update(start=span.start, end=span.end, rule=span.rule, section=span.section)
    row["rule_set"] = _rule_set(record)
    other = {}
    for name, value in span.attributes.items():
        if name == "rates" and _is_rates(value):
            row["rates"] = summary.rates_text(value)
            row["rates_json"] = orjson.dumps(value).decode()
        elif name in types and _fits(value, types[name]):
            row[name] = value
        elif types.get(name) == "string" and name not in ATTRIBUTE_COLUMNS and _is_simple(value):
            row[name] = str(value).lower() if isinstance(value, bool) else str(value)
        else:
            other[name] = value
    if other:
        row["other"] = orjson.dumps(other).decode()
    return row


def _fits(value: object, kind: str) -> bool:
    if value is None:
        return True
    if isinstance(value, bool):
        # In Python a bool is an int; in a table it is not.
        return kind == "boolean"
    if isinstance(value, int) and abs(value) > _LARGEST:
        return False
    return isinstance(value, _TYPES[kind])


def _is_simple(value: object) -> bool:
    return isinstance(value, int | float)


def _rule_set(record: Record) -> str | None:
    """Give the version and the hash of the rules that made a record."""
    stamp = record.meta.get("rules")
    if not isinstance(stamp, Mapping):
        return None
    return " ".join(str(stamp[name]) for name in ("version", "hash") if name in stamp) or None


def _is_rates(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(rate, Mapping) for rate in value)


def study_row(record: Record) -> Row:
    """Give the one row of a study; the columns are :data:`STUDY_COLUMNS`.

    Each figure is chosen as :mod:`absift.summary` says. ``arms`` is like ``42; 41``;
    ``follow_up_days`` and ``treatment_days`` are in days. ``adverse_events`` names the
    particular harms that are present, with their rates; ``adverse_events_overall`` the rates
    of unnamed ones ("any adverse event"); ``adverse_events_absent`` what is said not to have
    happened; ``serious_adverse_events`` the serious ones present, named or not.
    """
    size = summary.sample_size(record)
    follow_up, treatment = summary.follow_up(record), summary.treatment_length(record)
    events = summary.events(record)
    present = [event for event in events if event.assertion == "present"]
    return {
        "id": record.id,
        "title": record.title,
        "year": _integer(record.meta.get("year")),
        **{name: _text(record.meta.get(name)) for name in ("journal", "pmid", "doi")},
        "total": size.value if size else None,
        "total_stage": size.stage if size else None,
        "total_is_sum": size.summed if size else None,
        "screened": summary.sample_at(record, "screened"),
        "arms": ITEMS.join(map(str, summary.arm_sizes(record))) or None,
        "analysed": summary.sample_at(record, "analysed"),
        "follow_up": follow_up.text if follow_up else None,
        "follow_up_days": follow_up.days if follow_up else None,
        "treatment_length": treatment.text if treatment else None,
        "treatment_days": treatment.days if treatment else None,
        "adverse_events": _join(event for event in present if not event.generic),
        "adverse_events_overall": _join(e for e in present if e.generic and e.rates),
        "adverse_events_absent": _join(e for e in events if e.assertion == "absent"),
        "serious_adverse_events": _join(event for event in present if event.serious),
        "n_percentages": len(record.of(PERCENTAGE)),
        "n_findings": len(record.spans),
        "n_warnings": len(record.warnings),
        "warnings": EVENTS.join(_warning_text(w.message, w.sum) for w in record.warnings) or None,
        "rule_set": _rule_set(record),
    }


def warnings_rows(record: Record) -> list[Row]:
    """Give a row for each warning; the columns are :data:`WARNING_COLUMNS`.

    ``figures`` are the words of all figures involved; ``start`` and ``end`` the bounds of the
    stretch of text that holds them.
    """
    return [
        {
            "id": record.id,
            "title": record.title,
            "kind": warning.kind,
            "message": warning.message,
            "sum": warning.sum or None,
            "figures": ITEMS.join(record.text[start:end] for start, end in warning.spans) or None,
            "start": min((start for start, _ in warning.spans), default=None),
            "end": max((end for _, end in warning.spans), default=None),
            "rule_set": _rule_set(record),
        }
        for warning in record.warnings
    ]


def _warning_text(message: str, sum_: str) -> str:
    return f"{message} ({sum_})" if sum_ and sum_ not in message else message


def _join(events: Iterable[summary.Event]) -> str | None:
    return EVENTS.join(map(str, events)) or None


def _integer(value: object) -> int | None:
    """Read a year that a source may give as a number or as text."""
    if isinstance(value, int) and _fits(value, "integer"):
        return value
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


_ROWS: Mapping[str, Callable[[Record], list[Row]]] = {
    "studies": lambda record: [study_row(record)],
    "warnings": warnings_rows,
}


def rows(record: Record, table: str, own: Mapping[str, str] | None = None) -> list[Row]:
    """Give a record's rows in the table ``findings``, ``studies`` or ``warnings``.

    Args:
        record: The record.
        table: The table.
        own: As in :func:`columns`.
    """
    if table == "findings":
        return findings_rows(record, own)
    return _ROWS[table_name(table)](record)


def to_frame(records: Iterable[Record], table: str = "findings") -> pd.DataFrame:
    """Give records as a DataFrame.

    Args:
        records: Any number of records, read once.
        table: ``findings`` (a row a span), ``studies`` (a row an abstract) or ``warnings``.

    Returns:
        A frame with the table's columns in order, of the nullable types ``Int64``,
        ``Float64``, ``boolean`` and ``string``, whether or not there are rows.

    Raises:
        InputError: There is no such table.
    """
    import pandas as pd

    columns = COLUMNS[table_name(table)]
    found = list(itertools.chain.from_iterable(rows(record, table) for record in records))
    return pd.DataFrame(
        {
            name: pd.array([row[name] for row in found], dtype=_DTYPES[kind])  # type: ignore[call-overload]
            for name, kind in columns.items()
        }
    )


__all__ = [
    "COLUMNS",
    "FINDINGS_COLUMNS",
    "STUDY_COLUMNS",
    "WARNING_COLUMNS",
    "columns",
    "findings_rows",
    "rows",
    "study_row",
    "table_name",
    "to_frame",
    "warnings_rows",
]
