"""Whether gold files are sound: their form, their spans, their attributes, their splits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from absift.corpus.check_spans import check_span
from absift.evaluation.sources import open_lines
from absift.records import LABELS

_KEYS = frozenset({"id", "title", "text", "spans", "warnings", "meta"})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a gold file.

    Attributes:
        file: The file as it was named.
        line: Number of its line, from 1; 0 where the file as a whole is meant.
        id: The record's id, if it has one.
        span: Offsets and label of the span, if one is meant.
        message: What is wrong.
    """

    file: str
    line: int
    id: str | None
    span: str | None
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.id, self.span, self.message) if part)

    def to_json(self) -> dict[str, Any]:
        """Give the problem as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def check_files(
    paths: Sequence[str | Path],
    *,
    labels: Sequence[str] | None = None,
    attributes: bool = True,
    own: Mapping[str, frozenset[str]] | None = None,
) -> list[Problem]:
    """Check gold files, each by itself and against each other.

    Args:
        paths: JSONL files, which may be compressed with gzip; the splits of a corpus are
            checked for overlap by naming them together.
        labels: The labels allowed; those of the guidelines by default.
        attributes: Whether to check attributes against the guidelines; leave it off for a
            gold set that annotates spans alone.
        own: Labels of a user's own that are allowed as well, each with its attributes.

    Returns:
        Every problem found, in the order of files and lines.

    Raises:
        InputError: A file can't be read.
    """
    problems: list[Problem] = []
    ids: dict[str, str] = {}
    texts: dict[str, str] = {}
    own = own or {}
    allowed = frozenset((*(labels or LABELS), *own))
    for path in paths:
        name, records = str(path), 0
        with open_lines(path) as lines:
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                records += 1
                record, found = check_line(line, allowed, attributes=attributes, own=own)
                id_ = _id_of(record)
                found += _seen_before(record, f"{name}:{number}", ids, texts)
                problems += [Problem(name, number, id_, span, text) for span, text in found]
        if not records:
            problems.append(Problem(name, 0, None, None, "no records"))
    return problems


#: A problem of a line: the span meant, if any, and the message.
Found = list[tuple[str | None, str]]


def check_line(
    line: bytes,
    labels: frozenset[str],
    *,
    attributes: bool = True,
    own: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Mapping[str, Any], Found]:
    """Check one line by itself.

    Returns:
        The record as far as it could be read, and what is wrong with it.
    """
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return {}, [(None, f"not JSON: {error}")]
    if not isinstance(record, dict):
        return {}, [(None, "not a JSON object")]
    found: Found = [(None, text) for text in _form(record)]
    text, spans = record.get("text"), record.get("spans")
    if not isinstance(text, str) or not isinstance(spans, list):
        return record, found
    seen: set[tuple[Any, ...]] = set()
    for place, span in enumerate(spans):
        if not isinstance(span, dict):
            found.append((f"span {place + 1}", "not a JSON object"))
            continue
        name = f"{span.get('start')}-{span.get('end')} {span.get('label')}"
        problems = check_span(span, text, labels, attributes=attributes, own=own)
        found += [(name, problem) for problem in problems]
        key = (str(span.get("start")), str(span.get("end")), str(span.get("label")))
        if key in seen:
            found.append((name, "the span stands twice"))
        seen.add(key)
    return record, found


def _form(record: Mapping[str, Any]) -> Iterable[str]:
    """Check the record's own fields."""
    if not isinstance(record.get("id"), str) or not record["id"].strip():
        yield "id must be a string that isn't empty"
    text, title = record.get("text"), record.get("title")
    if not isinstance(text, str) or not text.strip():
        yield "text must be a string that isn't empty"
    if title is not None and (not isinstance(title, str) or not str(text).startswith(title)):
        yield "title must be what the text begins with"
    if not isinstance(record.get("spans"), list):
        yield "spans must be a list; give an empty one where there is nothing to find"
    if not isinstance(record.get("warnings", []), list):
        yield "warnings must be a list"
    if not isinstance(record.get("meta") or {}, dict):
        yield "meta must be an object"
    for key in sorted(set(record) - _KEYS):
        yield f"unknown field {key!r}"


def _id_of(record: Mapping[str, Any]) -> str | None:
    id_ = record.get("id")
    return id_ if isinstance(id_, str) else None


def _seen_before(
    record: Mapping[str, Any], place: str, ids: dict[str, str], texts: dict[str, str]
) -> Found:
    """Note ids and texts that an earlier line or file has too."""
    found: Found = []
    for known, value, what in ((ids, record.get("id"), "id"), (texts, record.get("text"), "text")):
        if not isinstance(value, str):
            continue
        # Texts that differ in white space or case only are one abstract.
        key = " ".join(value.split()).casefold() if what == "text" else value
        if key in known:
            found.append((None, f"the same {what} as in {known[key]}"))
        known.setdefault(key, place)
    return found
