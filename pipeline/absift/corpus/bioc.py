"""BioC (Comeau et al. 2013), the exchange format of biomedical text mining, as XML and JSON.

A record with a title has two passages, ``title`` and ``abstract``, as PubTator gives them;
one without, or with a span across the two, has one. An annotation's infon ``type`` is the
label and its infon ``attributes`` a JSON object of attributes, rule and section; the
document's infon ``absift`` holds title, meta and warnings. Offsets count characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from absift.corpus.bioc_xml import collection_from_xml, collection_to_xml
from absift.corpus.exchange import (
    OWN,
    Loaded,
    build_record,
    json_object,
    read_bytes,
    record_extras,
    span_extras,
)
from absift.errors import InputError
from absift.records import Record, Span

TYPE = "type"
ATTRIBUTES = "attributes"


def read_bioc(path: Path) -> Loaded:
    """Read a collection in XML or JSON, whichever the file holds.

    Text between passages that the file doesn't give is filled with line feeds and blanks, so
    that offsets hold. Annotations of several stretches and relations are left out, with a
    note.

    Raises:
        InputError: The file isn't a collection, or an annotation doesn't fit its text.
    """
    data = read_bytes(path)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        collection = collection_from_xml(data, str(path))
    else:
        collection = json_object(data, str(path))
    loaded = Loaded()
    left_out: Counter[str] = Counter()
    documents = collection.get("documents")
    if not isinstance(documents, list):
        raise InputError(f"{path}: not a BioC collection: it lacks its documents")
    for number, document in enumerate(documents, start=1):
        place = f"{path}: document {number}"
        try:
            loaded.records.append(_record(document, place, left_out))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(f"{place}: not of BioC's form: {error}") from error
    loaded.notes += [f"{number} {what} left out" for what, number in sorted(left_out.items())]
    return loaded


def _record(document: Mapping[str, Any], place: str, left_out: Counter[str]) -> Record:
    text, spans = "", []
    for part in _parts(document):
        offset = int(part["offset"])
        if part.get("text"):
            if offset > len(text):
                text += ("\n" if text else "").ljust(offset - len(text))
            if offset < len(text):
                raise InputError(f"{place}: the passage at {offset} overlaps the one before it")
            text += part["text"]
        spans += [span for item in part["annotations"] for span in _span(item, left_out)]
        left_out["relations"] += len(part.get("relations") or ())
    left_out += Counter()
    extras = (document.get("infons") or {}).get(OWN)
    rest = json_object(extras, place) if extras else {}
    return build_record(place, "", text, spans, {**rest, "id": str(document["id"])})


def _parts(document: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Give all that has text or annotations: passages, or the sentences within them."""
    for passage in document["passages"]:
        sentences = passage.get("sentences") or ()
        yield {"annotations": [], **passage, **({"text": ""} if sentences else {})}
        for sentence in sentences:
            yield {"annotations": [], **sentence}
    if document.get("annotations"):
        yield {"offset": 0, "annotations": document["annotations"]}


def _span(item: Mapping[str, Any], left_out: Counter[str]) -> Iterable[dict[str, Any]]:
    locations, infons = item["locations"], item.get("infons") or {}
    if len(locations) != 1:
        left_out["annotations of several stretches"] += 1
        return
    start = int(locations[0]["offset"])
    attributes = infons.get(ATTRIBUTES)
    rest = orjson.loads(attributes) if attributes else _plain(infons)
    yield {
        **rest,
        "start": start,
        "end": start + int(locations[0]["length"]),
        "text": item["text"],
        "label": infons[TYPE],
    }


def _plain(infons: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the infons of another project as attributes."""
    return {key: value for key, value in infons.items() if key != TYPE}


def dump_bioc_json(records: Iterable[Record]) -> bytes:
    """Write records as a collection in JSON."""
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(_collection(records), option=option)


def dump_bioc_xml(records: Iterable[Record]) -> bytes:
    """Write records as a collection in XML.

    Raises:
        InputError: A text has a character that XML can't hold.
    """
    return collection_to_xml(_collection(records))


def _collection(records: Iterable[Record]) -> dict[str, Any]:
    return {
        "source": OWN,
        "date": "",
        "key": "",
        "infons": {},
        "documents": [_document(record) for record in records],
    }


def _document(record: Record) -> dict[str, Any]:
    title = record.title or ""
    bound = len(title)
    two = record.title and record.text[: bound + 1] == f"{title}\n" and len(record.text) > bound + 1
    if two and not any(span.start <= bound < span.end for span in record.spans):
        passages = [
            _passage("title", 0, title, record.spans),
            _passage("abstract", bound + 1, record.text[bound + 1 :], record.spans),
        ]
    else:
        passages = [_passage("abstract", 0, record.text, record.spans)]
    extras = orjson.dumps(record_extras(record)).decode()
    return {
        "id": record.id,
        "infons": {OWN: extras},
        "passages": passages,
        "annotations": [],
        "relations": [],
    }


def _passage(kind: str, offset: int, text: str, spans: Iterable[Span]) -> dict[str, Any]:
    inside = [span for span in spans if offset <= span.start < offset + len(text)]
    return {
        "offset": offset,
        "infons": {TYPE: kind},
        "text": text,
        "sentences": [],
        "annotations": [_annotation(span, number) for number, span in enumerate(inside, start=1)],
        "relations": [],
    }


def _annotation(span: Span, number: int) -> dict[str, Any]:
    extras = span_extras(span)
    attributes = {ATTRIBUTES: orjson.dumps(extras).decode()} if extras else {}
    return {
        "id": str(number),
        "infons": {TYPE: span.label, **attributes},
        "text": span.text,
        "locations": [{"offset": span.start, "length": span.end - span.start}],
    }
