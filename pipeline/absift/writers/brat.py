"""brat standoff: a folder with a ``.txt`` and an ``.ann`` file for each record.

The format is that of https://brat.nlplab.org/standoff.html: ``T`` lines for the spans,
``A`` lines for the attributes that take one of a few values, and an ``AnnotatorNotes``
comment with a JSON object for all the rest, rule and section included.
``annotation.conf`` declares labels and attributes; ``index.jsonl`` maps each file to the
record's id and holds its title, meta and warnings.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import orjson

from absift.records import ADVERSE_EVENT, DURATION, LABELS, PERCENTAGE, SAMPLE_SIZE, Record, Span
from absift.writers.base import FolderWriter

INDEX = "index.jsonl"
CONFIGURATION = "annotation.conf"

_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_ROLES = ("follow_up", "treatment", "time_to_event", "timepoint", "frequency", "other")

#: For each label and attribute the name in brat, where a name stands for one set of values,
#: and the values; no values for an attribute that is there or not.
ATTRIBUTES: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        SAMPLE_SIZE: {
            "scope": ("scope", ("total", "arm", "subgroup")),
            "stage": ("stage", ("screened", "enrolled", "randomised", "analysed", "completed")),
            "unit": ("sample_unit", ("participants", "studies", "other")),
        },
        PERCENTAGE: {
            "kind": ("kind", ("proportion", "change", "confidence_level", "interval", "other")),
        },
        DURATION: {
            "unit": ("time_unit", _UNITS),
            "role": ("role", _ROLES),
            "statistic": ("statistic", ("mean", "median", "range", "none")),
        },
        ADVERSE_EVENT: {
            "assertion": ("assertion", ("present", "absent", "possible")),
            "generic": ("generic", ()),
            "serious": ("serious", ()),
        },
    }
)

_UNSAFE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_UNSAFE_LABEL = re.compile(r"[^A-Za-z0-9_-]")
# Windows keeps these names, whatever their ending, for itself.
_RESERVED_NAME = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_LONGEST_NAME = 80
# brat reads its files with a function that takes all of these for the end of a line.
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class BratWriter(FolderWriter):
    """Writes records as brat standoff.

    Args:
        path: The folder.
        force: Replace a folder of this format that is already there.

    Raises:
        InputError: The folder holds files and may not be replaced.
    """

    def __init__(self, path: str, *, force: bool = False) -> None:
        super().__init__(path, force=force, marker=INDEX)

    def _open(self, stack: ExitStack) -> None:
        super()._open(stack)
        self._index = stack.enter_context((self._folder / INDEX).open("wb"))
        self._names: set[str] = set()
        self._labels = dict.fromkeys(LABELS)

    def _write(self, record: Record) -> None:
        self._labels.update(dict.fromkeys(span.label for span in record.spans))
        name = self._name(record.id)
        rest = {k: v for k, v in record.to_json().items() if k not in ("text", "spans")}
        line = orjson.dumps({"file": name, **rest}, option=orjson.OPT_APPEND_NEWLINE)
        (self._folder / f"{name}.txt").write_bytes(record.text.encode())
        (self._folder / f"{name}.ann").write_bytes("".join(annotation_lines(record)).encode())
        self._index.write(line)

    def _name(self, id_: str) -> str:
        """Give a file name that is safe on every system and not yet taken.

        An id that can't be a name as it stands, or differs from another only in case, gets
        eight digits of its SHA-256 behind it; one that comes again, a number.
        """
        name = _UNSAFE_NAME.sub("_", id_).strip("._")[:_LONGEST_NAME]
        digest = hashlib.sha256(id_.encode()).hexdigest()[:8]
        taken = name.casefold() in self._names
        if taken or not name or name != id_ or _RESERVED_NAME.match(name):
            name = f"{name or 'record'}-{digest}"
        once, number = name, 1
        while name.casefold() in self._names:
            number += 1
            name = f"{once}-{number}"
        self._names.add(name.casefold())
        return name

    def _finish(self) -> None:
        self._index.close()
        text = configuration(tuple(self._labels))
        (self._folder / CONFIGURATION).write_bytes(text.encode())


def annotation_lines(record: Record) -> Iterator[str]:
    """Give the lines of a record's ``.ann`` file, each with its newline."""
    attributes = 0
    for number, span in enumerate(record.spans, start=1):
        fragments = list(_fragments(span))
        where = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(record.text[start:end] for start, end in fragments)
        yield f"T{number}\t{_UNSAFE_LABEL.sub('_', span.label)} {where}\t{words}\n"
        enumerated, rest = _split(span)
        for name, value in enumerated:
            attributes += 1
            yield f"A{attributes}\t{name} T{number}{' ' + value if value else ''}\n"
        if rest:
            # In ASCII, as a line separator within a text would end the line.
            yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(rest)}\n"


def _fragments(span: Span) -> Iterator[tuple[int, int]]:
    """Give the span's offsets line by line, since an annotation can't hold a line's end."""
    start = span.start
    for end in _LINE_ENDS.finditer(span.text):
        if span.start + end.start() > start:
            yield start, span.start + end.start()
        start = span.start + end.end()
    if start < span.end:
        yield start, span.end


def _split(span: Span) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Give the attributes that brat can enumerate, and the rest as a JSON object."""
    known = ATTRIBUTES.get(span.label, {})
    enumerated: list[tuple[str, str]] = []
    rest: dict[str, Any] = {}
    for name, value in span.to_json().items():
        if name in ("start", "end", "text", "label"):
            continue
        brat_name, values = known.get(name, (name, ()))
        if name in known and value is True and not values:
            enumerated.append((brat_name, ""))
        elif name in known and value in values:
            enumerated.append((brat_name, str(value)))
        else:
            rest[name] = value
    return enumerated, rest


def configuration(labels: tuple[str, ...]) -> str:
    """Give the text of ``annotation.conf`` for some labels."""
    lines = ["[entities]", *(_UNSAFE_LABEL.sub("_", label) for label in labels)]
    lines += ["", "[relations]", "", "[events]", "", "[attributes]"]
    for label, attributes in ATTRIBUTES.items():
        for name, values in attributes.values():
            choice = f", Value:{'|'.join(values)}" if values else ""
            lines.append(f"{name}\tArg:{label}{choice}")
    return "\n".join(lines) + "\n"
