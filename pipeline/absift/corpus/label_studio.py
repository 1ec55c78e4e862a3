"""Label Studio's JSON: a list of tasks with the regions of their annotations.

A region's attributes, rule and section stand as a JSON object in the text of its ``meta``;
``data.absift`` holds the record's id, title, meta and warnings. The short export
(``JSON_MIN``), with the regions in ``label`` of the task itself, is read too.
See https://labelstud.io/guide/export for the format.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from absift.corpus.exchange import (
    OWN,
    Loaded,
    build_record,
    read_bytes,
    record_extras,
    span_extras,
)
from absift.errors import InputError, not_json
from absift.records import Record, Span


def read_label_studio(path: Path) -> Loaded:
    """Read tasks; of several annotations of one task the first is taken, with a note.

    Raises:
        InputError: The file isn't a list of tasks, or a region doesn't fit its text.
    """
    data = read_bytes(path)
    try:
        tasks = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path}: {not_json(data, error)}") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise InputError(f"{path}: not a list of tasks; export the project as JSON")
    loaded = Loaded()
    for number, task in enumerate(tasks, start=1):
        place = f"{path}: task {task.get('id', number)}"
        data = task["data"] if isinstance(task.get("data"), dict) else task
        fallback = str(data.get("id", task.get("id", f"{path.stem}-{number}")))
        try:
            regions = _regions(task, place, loaded.notes)
            spans = [span for region in regions for span in _spans(region, place, loaded.notes)]
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{place}: a region lacks start, end or labels") from error
        record = build_record(place, fallback, data.get("text"), spans, data.get(OWN))
        loaded.records.append(record)
    return loaded


def _regions(task: Mapping[str, Any], place: str, notes: list[str]) -> Iterable[Mapping[str, Any]]:
    """Give the regions of a task, each with its offsets and labels in ``value``."""
    if "annotations" not in task:
        return [{"value": region} for region in task.get("label") or ()]
    kept = [item for item in task["annotations"] if not item.get("was_cancelled")]
    if len(kept) > 1:
        notes.append(f"{place}: {len(kept) - 1} further annotations left out")
    regions: list[Mapping[str, Any]] = kept[0].get("result") or [] if kept else []
    return regions


def _spans(region: Mapping[str, Any], place: str, notes: list[str]) -> Iterable[dict[str, Any]]:
    value = region.get("value") or {}
    if "labels" not in value:
        notes.append(f"{place}: a {region.get('type', 'region')} left out: it labels no text")
        return
    for label in value["labels"]:
        span = {**_meta(region), "start": value["start"], "end": value["end"], "label": label}
        # A text given by the format is checked against the offsets.
        yield span | ({"text": value["text"]} if value.get("text") else {})


def _meta(region: Mapping[str, Any]) -> dict[str, Any]:
    """Read the attributes back; a note that a person wrote becomes the attribute ``note``."""
    texts = (region.get("meta") or {}).get("text") or []
    note = texts if isinstance(texts, str) else "\n".join(map(str, texts))
    if not note:
        return {}
    try:
        data = orjson.loads(note)
    except orjson.JSONDecodeError:
        data = None
    return data if isinstance(data, dict) else {"note": note}


def dump_label_studio(records: Iterable[Record]) -> bytes:
    """Write records as tasks with one annotation each."""
    tasks = [
        {
            "data": {"text": record.text, OWN: record_extras(record)},
            "annotations": [
                {"result": [_region(span, n) for n, span in enumerate(record.spans, start=1)]}
            ],
        }
        for record in records
    ]
    return orjson.dumps(tasks, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _region(span: Span, number: int) -> dict[str, Any]:
    extras = span_extras(span)
    region: dict[str, Any] = {
        "id": f"span{number}",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "labels": [span.label],
        },
    }
    return region | ({"meta": {"text": [orjson.dumps(extras).decode()]}} if extras else {})
