"""PHEE as published: JSON lines of sentences with the events of drugs and their arguments.

Which events and arguments mean what stands in ``configs/corpora/phee.yaml``; see
https://github.com/ZhaoyueSun/PHEE, ``data/json``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from absift.corpus.exchange import Loaded, build_record, json_lines
from absift.corpus.label_maps import Meaning, check_values, corpus_map, mapping_in, meanings
from absift.errors import InputError


class _Map(NamedTuple):
    """The meaning of each argument by kind of event, and what a cue changes."""

    events: Mapping[str, Mapping[str, Meaning]]
    cues: Mapping[str, Mapping[str, str]]


def read_phee(path: Path) -> Loaded:
    """Read a file of the corpus.

    Each stretch of an argument becomes a span of its own. Sentences without any argument that
    has a meaning here are left out: nobody looked for what we annotate in them.

    Raises:
        InputError: A line isn't JSON or isn't of the corpus's form.
        ConfigError: The map of labels can't be used.
    """
    known = _load_map()
    loaded = Loaded()
    tally: Counter[str] = Counter()
    for place, line in json_lines(path):
        text, number = line.get("context"), line.get("id")
        if not isinstance(text, str) or not isinstance(number, str | int):
            raise InputError(f"{place}: not a sentence of PHEE: lacks 'id' or 'context'")
        spans: dict[tuple[int, int], dict[str, Any]] = {}
        for event in _events(line, place):
            for span in _spans(event, text, known, tally, place):
                # Events may share an argument; the first says how it is meant.
                spans.setdefault((span["start"], span["end"]), span)
        if spans:
            loaded.records.append(build_record(place, str(number), text, spans.values(), None))
        else:
            tally["sentences without an adverse event"] += 1
    loaded.notes += [f"{number} {what} left out" for what, number in sorted(tally.items())]
    return loaded


def _load_map() -> _Map:
    data = corpus_map("phee")
    kinds = mapping_in(data, "events")
    events = {kind: meanings(mapping_in(kinds, kind)) for kind in kinds}
    cues = mapping_in(data, "cues")
    for cue in cues:
        for meaning in (one for arguments in events.values() for one in arguments.values()):
            check_values(cue, meaning.label, mapping_in(cues, cue))
    return _Map(events, cues)


def _events(line: Mapping[str, Any], place: str) -> Iterator[Mapping[str, Any]]:
    """Give the events of all annotations of a sentence."""
    try:
        events = [event for one in line["annotations"] for event in one["events"]]
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{place}: not a sentence of PHEE: lacks 'annotations' with their 'events'"
        ) from error
    for event in events:
        if not isinstance(event, dict) or not isinstance(event.get("event_type"), str):
            raise InputError(f"{place}: not an event of PHEE: lacks 'event_type'")
        yield event


def _spans(
    event: Mapping[str, Any], text: str, known: _Map, tally: Counter[str], place: str
) -> Iterator[dict[str, Any]]:
    """Give the spans of one event, as build_record wants them."""
    arguments = known.events.get(event["event_type"])
    if arguments is None:
        tally[f"events of kind {event['event_type']}"] += 1
        return
    changed: dict[str, str] = {}
    for cue, change in known.cues.items():
        if event.get(cue):
            changed |= change
    for name, meaning in arguments.items():
        if name not in event:
            continue
        for start, piece in _stretches(event[name], f"{place}: {name}"):
            end = start + len(piece)
            if start < 0 or text[start:end] != piece or not piece:
                tally["stretches whose text stands elsewhere"] += 1
                continue
            yield {"start": start, "end": end, "label": meaning.label} | {
                **meaning.attributes,
                **changed,
            }


def _stretches(argument: object, place: str) -> Iterator[tuple[int, str]]:
    """Give the stretches of an argument: a list of entities, each a list of stretches."""
    try:
        pairs = [
            (start, piece)
            for starts, pieces in zip(argument["start"], argument["text"], strict=True)  # type: ignore[index]
            for start, piece in zip(starts, pieces, strict=True)
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{place}: 'start' and 'text' must be lists of lists, alike") from error
    for start, piece in pairs:
        if not isinstance(start, int) or not isinstance(piece, str):
            raise InputError(f"{place}: a start is a whole number, its text a string")
        yield start, piece
