"""What the readers and writers of annotation formats share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from absift.errors import AbsiftError, InputError, not_json
from absift.records import Record, Span

#: Field under which a format that keeps unknown fields carries what it has no place for.
OWN = "absift"


@dataclass(slots=True)
class Loaded:
    """Records read from another format.

    Attributes:
        records: The records.
        notes: What the file holds and a record can't; nothing is left out in silence.
    """

    records: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        InputError: It can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: can't be read: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text, line ends as they are.

    Raises:
        InputError: It can't be read or isn't UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def json_lines(path: Path) -> Iterable[tuple[str, dict[str, Any]]]:
    """Read JSON objects, one a line, each with its place for messages.

    Raises:
        InputError: A line isn't a JSON object.
    """
    for number, line in enumerate(read_bytes(path).split(b"\n"), start=1):
        if line.strip():
            yield f"{path}:{number}", json_object(line, f"{path}:{number}")


def json_object(data: bytes | str, place: str) -> dict[str, Any]:
    """Read one JSON object.

    Raises:
        InputError: It isn't one; the message begins with ``place``.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputError(f"{place}: {not_json(data, error)}") from error
    if not isinstance(value, dict):
        raise InputError(f"{place}: not a JSON object")
    return value


def record_extras(record: Record) -> dict[str, Any]:
    """Give all of a record but its text and spans."""
    return {key: item for key, item in record.to_json().items() if key not in ("text", "spans")}


def span_extras(span: Span) -> dict[str, Any]:
    """Give all of a span but its offsets, text and label: attributes, rule and section."""
    return {
        key: item
        for key, item in span.to_json().items()
        if key not in ("start", "end", "text", "label")
    }


def build_record(
    place: str, fallback_id: str, text: object, spans: Iterable[Mapping[str, Any]], extras: object
) -> Record:
    """Make a record from what a format gave.

    Args:
        place: File and line for messages.
        fallback_id: The id if ``extras`` has none.
        text: The abstract's text.
        spans: Flat JSON objects of the spans.
        extras: A mapping as :func:`record_extras` gives it, or anything else if there is none.

    Raises:
        InputError: The text or a span isn't sound.
    """
    rest = dict(extras) if isinstance(extras, Mapping) else {}
    try:
        data = {**rest, "id": rest.get("id", fallback_id), "text": text, "spans": list(spans)}
        return Record.from_json(data)
    except (AbsiftError, KeyError, TypeError, ValueError) as error:
        raise InputError(f"{place}: {error}") from error


def dump_lines(items: Iterable[Mapping[str, Any]]) -> bytes:
    """Write JSON objects, one a line."""
    return b"".join(orjson.dumps(item, option=orjson.OPT_APPEND_NEWLINE) for item in items)
