"""doccano's JSONL for sequence labelling, in both of its forms.

The list form is ``{"text": ..., "label": [[start, end, "LABEL"], ...]}``, the form of
projects with relations ``{"text": ..., "entities": [{"id", "label", "start_offset",
"end_offset"}, ...], "relations": []}``. Neither has a place for attributes of a span. Other
fields of a line are the document's metadata; ``absift`` holds the record's id, title, meta
and warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from absift.corpus.exchange import OWN, Loaded, build_record, dump_lines, json_lines, record_extras
from absift.errors import InputError
from absift.records import Record


def read_doccano(path: Path) -> Loaded:
    """Read lines of either form.

    Raises:
        InputError: A line has no text, or a span isn't of either form or doesn't fit.
    """
    loaded = Loaded()
    relations = 0
    for number, (place, line) in enumerate(json_lines(path), start=1):
        try:
            spans = [_span(item) for item in _items(line)]
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f'{place}: a span is [start, end, "LABEL"] or an object with start_offset, '
                "end_offset and label"
            ) from error
        relations += len(line.get("relations") or ())
        fallback = str(line.get("id", f"{path.stem}-{number}"))
        text = line.get("text", line.get("data"))
        loaded.records.append(build_record(place, fallback, text, spans, line.get(OWN)))
    if relations:
        loaded.notes.append(f"{relations} relations left out: a record has none")
    return loaded


def _items(line: Mapping[str, Any]) -> Iterable[Any]:
    for name in ("label", "labels", "entities"):
        if line.get(name):
            items: Iterable[Any] = line[name]
            return items
    return ()


def _span(item: Any) -> dict[str, Any]:  # noqa: ANN401 - either form
    if isinstance(item, Mapping):
        start, end = item["start_offset"], item["end_offset"]
        return {"start": start, "end": end, "label": item["label"]}
    start, end, label = item
    return {"start": start, "end": end, "label": label}


def dump_doccano(records: Iterable[Record]) -> bytes:
    """Write records in the list form, without the spans' attributes."""
    return dump_lines(
        {
            "text": record.text,
            "label": [[span.start, span.end, span.label] for span in record.spans],
            OWN: record_extras(record),
        }
        for record in records
    )


def dump_doccano_entities(records: Iterable[Record]) -> bytes:
    """Write records in the form with entities, without the spans' attributes."""
    lines, last = [], 0
    for record in records:
        entities = []
        for span in record.spans:
            last += 1
            place = {"start_offset": span.start, "end_offset": span.end}
            entities.append({"id": last, "label": span.label, **place})
        lines.append(
            {"text": record.text, "entities": entities, "relations": [], OWN: record_extras(record)}
        )
    return dump_lines(lines)
