"""The form of a record's JSON: which fields its spans and warnings have, and of what type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from absift.errors import AbsiftError

#: The fields that each span and each warning must have, with their types.
_NEEDED: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {"spans": {"start": int, "end": int, "label": str}, "warnings": {"kind": str}}
)
_MAY: Mapping[str, type] = MappingProxyType(
    {"text": str, "rule": str, "section": str, "why": dict, "message": str, "sum": str}
)


def objects(data: Mapping[str, Any], field: str, name: str) -> list[Mapping[str, Any]]:
    """Give the objects of a list field of a record once their fields have been checked.

    Raises:
        AbsiftError: The field is no list of objects, or one of them lacks a field or has one of
            another type than it must have.
    """
    items = data.get(field) or []
    if not isinstance(items, list | tuple) or not all(isinstance(one, Mapping) for one in items):
        raise AbsiftError(f"record {name}: '{field}' must be a list of objects")
    what = field[:-1]
    for item in items:
        for key, kind in _NEEDED[field].items():
            if key not in item:
                raise AbsiftError(f"record {name}: a {what} lacks its field '{key}'")
            if type(item[key]) is not kind:
                raise AbsiftError(
                    f"record {name}: '{key}' of a {what} must be {kind.__name__}, not {item[key]!r}"
                )
        for key, kind in _MAY.items():
            if not isinstance(item.get(key), kind | None):
                raise AbsiftError(
                    f"record {name}: '{key}' of a {what} must be {kind.__name__}, not {item[key]!r}"
                )
        if field == "warnings" and not _are_pairs(item.get("spans", ())):
            raise AbsiftError(f"record {name}: 'spans' of a warning must be pairs of offsets")
    return list(items)


def _are_pairs(value: object) -> bool:
    return isinstance(value, list | tuple) and all(
        isinstance(pair, list | tuple) and len(pair) == 2 and all(type(n) is int for n in pair)
        for pair in value
    )
