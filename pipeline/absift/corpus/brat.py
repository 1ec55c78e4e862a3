"""brat standoff read back: a folder of ``.txt`` files, each with its ``.ann`` file.

Folders written by absift come back whole; of others, entities (``T``), their attributes
(``A``, ``M``) and notes (``#``) are read. See https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson

from absift.corpus.exchange import Loaded, build_record, json_lines, read_text
from absift.errors import InputError
from absift.writers.brat import ATTRIBUTES, INDEX

_ENTITY = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_ATTRIBUTE = re.compile(r"[AM]\S+\t(\S+) (\S+)(?: (.+))?")
_NOTE = re.compile(r"#\S*\t\S+ (\S+)\t(.*)")


def read_brat(path: Path) -> Loaded:
    """Read a folder of documents.

    Spans of several stretches with anything but line ends between them, relations, events
    and the like are left out, with a note.

    Raises:
        InputError: The folder holds no documents, or a line isn't of the format.
    """
    texts = sorted(path.glob("*.txt"))
    if not texts:
        raise InputError(f"{path}: no .txt files; name the folder that holds them")
    extras: dict[str, dict[str, Any]] = {}
    if (path / INDEX).is_file():
        for place, line in json_lines(path / INDEX):
            if not isinstance(line.get("file"), str):
                raise InputError(f"{place}: lacks the field 'file'")
            extras[line.pop("file")] = line
    # The index keeps the order in which records were written.
    order = {name: number for number, name in enumerate(extras)}
    texts.sort(key=lambda file: (order.get(file.stem, len(order)), file.name))
    loaded = Loaded()
    left_out: Counter[str] = Counter()
    for file in texts:
        text = read_text(file)
        annotations = file.with_suffix(".ann")
        spans = _spans(annotations, text, left_out) if annotations.is_file() else []
        record = build_record(str(annotations), file.stem, text, spans, extras.get(file.stem))
        loaded.records.append(record)
    loaded.notes += [f"{number} {what} left out" for what, number in sorted(left_out.items())]
    return loaded


def _spans(path: Path, text: str, left_out: Counter[str]) -> list[dict[str, Any]]:
    """Read one ``.ann`` file."""
    spans: dict[str, dict[str, Any]] = {}
    skipped: set[str] = set()
    later: list[tuple[str, str]] = []
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        line = line.rstrip("\r")
        place = f"{path}:{number}"
        if line.startswith("T"):
            match = _ENTITY.match(line)
            if match is None:
                raise InputError(f"{place}: an entity is T1, tab, label and offsets, tab, text")
            whole = _whole(match[3], text)
            if whole is None:
                skipped.add(match[1])
                left_out["spans of several stretches"] += 1
                continue
            spans[match[1]] = {"start": whole[0], "end": whole[1], "label": match[2]}
        elif line.startswith(("A", "M", "#")):
            later.append((place, line))
        elif line.strip():
            left_out[f"lines of kind {line[0]}"] += 1
    for place, line in later:
        _describe(line, place, spans, skipped, left_out)
    return list(spans.values())


def _whole(offsets: str, text: str) -> tuple[int, int] | None:
    """Join stretches that only line ends part; ``None`` if anything else stands between."""
    parts = [tuple(map(int, part.split())) for part in offsets.split(";")]
    for (_, end), (start, _) in pairwise(parts):
        if text[end:start].strip():
            return None
    return parts[0][0], parts[-1][1]


def _describe(
    line: str,
    place: str,
    spans: dict[str, dict[str, Any]],
    skipped: set[str],
    left_out: Counter[str],
) -> None:
    """Add an attribute or a note to its span."""
    match = (_NOTE if line.startswith("#") else _ATTRIBUTE).fullmatch(line)
    if match is None:
        raise InputError(f"{place}: not an attribute or note of the standoff format")
    target = match[1] if line.startswith("#") else match[2]
    span = spans.get(target)
    if span is None:
        if target not in skipped:
            left_out["attributes and notes of other things than spans"] += 1
        return
    if line.startswith("#"):
        span |= _note(match[2])
        return
    known = {ours: name for name, (ours, _) in ATTRIBUTES.get(span["label"], {}).items()}
    span[known.get(match[1], match[1])] = match[3] if match[3] is not None else True


def _note(text: str) -> dict[str, Any]:
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        data = None
    return data if isinstance(data, dict) else {"note": text}
