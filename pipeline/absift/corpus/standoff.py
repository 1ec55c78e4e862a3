"""Gold apart from its texts: what may be passed on where the abstracts themselves may not.

A stand-off record has an id, a hash of the text, and spans as offsets; nothing of the text. White
space isn't counted, neither in the offsets nor in the hash, since one source breaks the lines of
an abstract where another has blanks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from absift.errors import InputError
from absift.records import Abstract, Record, Span

# Attributes that quote the text, or only say again what the lexicon has.
_WORDS = frozenset({"term", "system"})


@dataclass(slots=True)
class Joined:
    """What became of stand-off records.

    Attributes:
        records: Gold records with their texts, in the order of the stand-off records.
        missing: Ids that no abstract has.
        different: Ids whose abstract has another text than the one that was annotated.
    """

    records: list[Record] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)


def strip(record: Record) -> dict[str, Any]:
    """Give a gold record without its text.

    Args:
        record: The record; arms of rates must stand in its text as they are written.

    Returns:
        A JSON object: ``id``, ``sha256``, ``spans``; offsets count characters but white space,
        and an arm is a pair of offsets.

    Raises:
        InputError: An arm doesn't stand in the text.
    """
    place = _places(record.text)
    spans = []
    for span in record.spans:
        attributes = {key: value for key, value in span.attributes.items() if key not in _WORDS}
        if "rates" in attributes:
            attributes["rates"] = [
                _without_arm(rate, record, place) for rate in attributes["rates"]
            ]
        ends = {"start": place[span.start], "end": place[span.end - 1] + 1}
        spans.append({**ends, "label": span.label, **attributes})
    return {"id": record.id, "sha256": _hash(record.text), "spans": spans}


def join(standoff: Iterable[Mapping[str, Any]], abstracts: Iterable[Abstract]) -> Joined:
    """Give gold records their texts back.

    Args:
        standoff: Records as :func:`strip` makes them.
        abstracts: Abstracts, found by their ids; those that nobody asks for are passed over.

    Raises:
        InputError: A stand-off record lacks something.
    """
    wanted = {str(_part(one, "id")): one for one in standoff}
    found: dict[str, Record] = {}
    out = Joined()
    for abstract in abstracts:
        held = wanted.get(abstract.id)
        if held is None or abstract.id in found:
            continue
        if _hash(abstract.text) == _part(held, "sha256"):
            found[abstract.id] = _record(abstract, held)
        elif abstract.id not in out.different:
            out.different.append(abstract.id)
    out.different = [id for id in out.different if id not in found]
    out.records = [found[id] for id in wanted if id in found]
    out.missing = [id for id in wanted if id not in found and id not in out.different]
    return out


def read_standoff(lines: Iterable[bytes], name: str) -> list[dict[str, Any]]:
    """Read stand-off records, JSON lines.

    Raises:
        InputError: A line is no stand-off record; the message names it.
    """
    read = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            one = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputError(f"{name}: line {number}: not JSON: {error}") from error
        if not isinstance(one, dict) or not {"id", "sha256", "spans"} <= one.keys():
            raise InputError(f"{name}: line {number}: expected an object with id, sha256 and spans")
        read.append(one)
    return read


def _record(abstract: Abstract, held: Mapping[str, Any]) -> Record:
    text = abstract.text
    characters = [at for at, character in enumerate(text) if not character.isspace()]

    def place(first: int, last: int) -> tuple[int, int]:
        if not 0 <= first < last:
            raise ValueError(f"{first} to {last}")
        return characters[first], characters[last - 1] + 1

    spans = []
    for one in _part(held, "spans"):
        try:
            start, end = place(one["start"], one["end"])
            attributes = {key: one[key] for key in one if key not in ("start", "end", "label")}
            if "rates" in attributes:
                attributes["rates"] = [
                    {**rate, "arm": text[slice(*place(*rate["arm"]))]} if "arm" in rate else rate
                    for rate in attributes["rates"]
                ]
            spans.append(Span(start, end, text[start:end], one["label"], attributes))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"{abstract.id}: a span that is none of this text: {one}") from error
    return Record(abstract.id, text, title=abstract.title, spans=tuple(spans))


def _without_arm(rate: Mapping[str, Any], record: Record, place: list[int]) -> dict[str, Any]:
    if "arm" not in rate:
        return dict(rate)
    start = record.text.find(rate["arm"])
    if start < 0:
        raise InputError(f"{record.id}: the arm {rate['arm']!r} doesn't stand in the text")
    return {**rate, "arm": [place[start], place[start + len(rate["arm"]) - 1] + 1]}


def _places(text: str) -> list[int]:
    """Give for each character how many before it are no white space."""
    places, count = [], 0
    for character in text:
        places.append(count)
        count += not character.isspace()
    return places


def _hash(text: str) -> str:
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def _part(held: Mapping[str, Any], name: str) -> Any:  # noqa: ANN401 - any JSON value
    if name not in held:
        raise InputError(f"a stand-off record lacks '{name}'")
    return held[name]
