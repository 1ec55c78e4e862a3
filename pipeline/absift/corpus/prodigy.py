"""Prodigy's JSONL: one task a line, spans by character offsets.

A span's attributes, rule and section stand in its ``meta``; a task's field ``absift``
holds the record's id, title, meta and warnings, which Prodigy carries along unread.
See https://prodi.gy/docs/api-interfaces for the format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from absift.corpus.exchange import (
    OWN,
    Loaded,
    build_record,
    dump_lines,
    json_lines,
    record_extras,
    span_extras,
)
from absift.errors import InputError
from absift.records import Record


def read_prodigy(path: Path) -> Loaded:
    """Read tasks; those that the annotator rejected or ignored are left out, with a note.

    Raises:
        InputError: A line isn't a task, or a span doesn't fit its text.
    """
    loaded = Loaded()
    refused: Counter[str] = Counter()
    for number, (place, task) in enumerate(json_lines(path), start=1):
        answer = task.get("answer", "accept")
        if answer != "accept":
            refused[str(answer)] += 1
            continue
        extras = task.get(OWN) or _own_meta(task, f"{path.stem}-{number}")
        try:
            spans = [_span(item) for item in task.get("spans") or ()]
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{place}: a span lacks start, end or label") from error
        loaded.records.append(build_record(place, "", task.get("text"), spans, extras))
    loaded.notes += [
        f"{number} tasks left out: answer {answer}" for answer, number in refused.items()
    ]
    return loaded


def _own_meta(task: Mapping[str, Any], fallback_id: str) -> dict[str, Any]:
    """Take the id from a task that another project made, and keep its meta."""
    meta = task.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    return {"id": meta.get("id", fallback_id), "meta": meta}


def _span(item: Mapping[str, Any]) -> dict[str, Any]:
    meta = item.get("meta") or {}
    return {**meta, "start": item["start"], "end": item["end"], "label": item["label"]}


def dump_prodigy(records: Iterable[Record]) -> bytes:
    """Write records as tasks."""
    return dump_lines(
        {
            "text": record.text,
            "spans": [
                {"start": s.start, "end": s.end, "label": s.label, "meta": span_extras(s)}
                for s in record.spans
            ],
            "meta": {"id": record.id},
            OWN: record_extras(record),
        }
        for record in records
    )
