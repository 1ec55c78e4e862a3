"""From a record's fields to an Abstract: ids, guards, and the meaning of title and text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeAlias

from absift.errors import RecordError
from absift.readers.columns import Columns, guess_columns, listing
from absift.records import Abstract

#: What a format's reader yields: an abstract, or why one record gave none.
Item: TypeAlias = Abstract | RecordError

#: Columns by the names of the fields that an object has.
Shapes: TypeAlias = dict[tuple[str, ...], Columns]

#: Fields of absift's own output that describe the text rather than the abstract.
_OWN_FIELDS = frozenset({"spans", "warnings", "meta"})

#: How many different sets of field names are remembered in a file of JSON objects.
_KEPT_SHAPES = 1000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where records come from.

    Attributes:
        name: Name of the file for messages, as the user gave it (``-`` for standard input).
        label: Name of the file for ``meta["source"]``: as given, never an absolute path.
        format: One of :data:`absift.readers.FORMATS`.
        columns: The user's choice of columns.
    """

    name: str
    label: str
    format: str
    columns: Columns | None = None

    def reject(self, record: str, reason: str) -> RecordError:
        """Make the rejection of one record."""
        return RecordError(self.name, record, reason)


def text_id(text: str) -> str:
    """Make a stable id from a text: ``sha1-`` and the first 16 hex digits of its SHA-1."""
    return "sha1-" + hashlib.sha1(text.encode()).hexdigest()[:16]


def _encodable(value: object) -> bool:
    """Tell whether every string in a JSON value can be written as UTF-8.

    Readers decode with ``surrogateescape``, so bytes that aren't UTF-8 turn up here too.
    """
    if isinstance(value, str):
        if value.isascii():
            return True
        try:
            value.encode()
        except UnicodeEncodeError:
            return False
    elif isinstance(value, Mapping):
        return all(map(_encodable, value.keys())) and all(map(_encodable, value.values()))
    elif isinstance(value, list):
        return all(map(_encodable, value))
    return True


def make_item(
    origin: Origin,
    position: str,
    body: str | None,
    *,
    title: str | None = None,
    ids: Iterable[tuple[str, Any]] = (),
    meta: Mapping[str, Any] | None = None,
    missing: str = "no text",
) -> Item:
    """Make an abstract from the fields of a record, or say why that can't be done.

    Args:
        origin: Where the record comes from.
        position: The record's place in the file, used where it has no id.
        body: The abstract's text.
        title: Its title, if the source has one apart. A text that begins with the title
            and a newline, as absift's own records do, isn't joined with it again.
        ids: ``(name, value)`` pairs, best first. A value under an empty name is the source's
            own id; any other is noted in ``meta["id_from"]``.
        meta: What else is known.
        missing: The reason of rejection where there is no text.
    """
    facts = dict(meta or {})
    id_, id_from = None, None
    for name, value in ids:
        if value not in (None, "") and not isinstance(value, bool) and str(value).strip():
            id_, id_from = str(value), name
            break
    if body is None or not body.strip():
        return origin.reject(id_ or position, missing)
    if not title or not title.strip():
        title = None
    if not (_encodable(body) and _encodable(title) and _encodable(facts) and _encodable(id_)):
        return origin.reject(
            position, "has characters that are not valid UTF-8; convert the file to UTF-8"
        )
    if id_ is None:
        id_, id_from = text_id(body), "text hash"
    if id_from:
        facts["id_from"] = id_from
    facts["source"] = origin.label
    facts["format"] = origin.format
    if title is not None and body.startswith(title + "\n"):
        return Abstract(id_, body, title, facts)
    return Abstract.build(id_, body, title=title, meta=facts)


def _plain(value: object) -> object:
    """Turn a cell into a JSON value; ``None`` for one that has none."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        items = [_plain(item) for item in value if not isinstance(item, list | tuple | Mapping)]
        return [item for item in items if item is not None]
    return None


def _other_fields(row: Mapping[str, Any], used: set[str | None]) -> dict[str, Any]:
    """Give the fields that go to ``meta``: scalars and lists of scalars that aren't empty."""
    facts: dict[str, Any] = {}
    own = row.get("meta")
    if isinstance(own, Mapping):
        facts.update(own)
    for name, value in row.items():
        if name in used or name in _OWN_FIELDS:
            continue
        value = _plain(value)
        if value is None or value == "" or value == []:
            continue
        # ``source`` and ``format`` are absift's own keys; a column of that name keeps its value.
        facts[f"{name}_column" if name in ("source", "format") else name] = value
    return facts


def from_row(origin: Origin, position: str, row: Mapping[str, Any], columns: Columns) -> Item:
    """Make an abstract from a table's row or a JSON object.

    Args:
        origin: Where the row comes from.
        position: Its place, such as ``line 3``.
        row: Values by column.
        columns: Which columns hold what.
    """
    text = row.get(columns.text) if columns.text is not None else None
    title = row.get(columns.title) if columns.title is not None else None
    key = row.get(columns.id) if columns.id is not None else None
    if text is not None and not isinstance(text, str):
        return origin.reject(position, f"{columns.text!r} is not a string")
    if isinstance(key, float) and key.is_integer():
        key = int(key)
    if isinstance(key, list | dict):
        return origin.reject(position, f"{columns.id!r} is neither a string nor a number")
    return make_item(
        origin,
        position,
        text,
        title=title if isinstance(title, str) else None,
        ids=[("", key)],
        meta=_other_fields(row, {columns.text, columns.title, columns.id}),
    )


def _object_columns(names: tuple[str, ...], wanted: Columns) -> Columns:
    """Guess the columns of one JSON object; a chosen one that it lacks is not replaced."""
    text, title, key = (
        name if name in names else None for name in (wanted.text, wanted.title, wanted.id)
    )
    guessed = guess_columns(names, Columns(text, title, key))
    return Columns(
        guessed.text if wanted.text is None else text,
        guessed.title if wanted.title is None else title,
        guessed.id if wanted.id is None else key,
    )


def from_object(origin: Origin, position: str, value: object, known: Shapes) -> Item:
    """Make an abstract from one JSON value, whose fields may differ from its neighbours'.

    Args:
        origin: Where the value comes from.
        position: Its place, such as ``line 3``.
        value: The decoded JSON value.
        known: Columns by tuple of field names; filled as new ones turn up.
    """
    if not isinstance(value, dict):
        return origin.reject(position, f"is a JSON {type(value).__name__}, not an object")
    names = tuple(value)
    columns = known.get(names)
    if columns is None:
        columns = _object_columns(names, origin.columns or Columns())
        if len(known) > _KEPT_SHAPES:
            known.clear()
        known[names] = columns
    if columns.text is None:
        return origin.reject(
            position,
            f"no text: can't tell which field holds it; the fields are: {listing(names)}; "
            f"name it with --text-column",
        )
    return from_row(origin, position, value, columns)
