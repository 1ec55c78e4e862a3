"""spaCy's DocBin read back: absift's own, and those of other projects.

Of a document that absift didn't write, every span group and the entities are spans, with
the span's label, or the group's name where it has none.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from absift.corpus.exchange import Loaded, build_record, read_bytes
from absift.errors import InputError

if TYPE_CHECKING:
    from spacy.tokens import Doc


def read_docbin(path: Path) -> Loaded:
    """Read the documents of a ``.spacy`` file.

    Raises:
        InputError: The file isn't a DocBin.
    """
    import spacy
    from spacy.tokens import DocBin

    from absift.writers.docbin import USER_DATA, record_from_doc

    data = read_bytes(path)
    try:
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))
    except Exception as error:  # spaCy, srsly and zlib each raise their own
        raise InputError(f"{path}: not a DocBin of spaCy 3 ({error})") from error
    loaded = Loaded()
    for number, doc in enumerate(docs, start=1):
        if USER_DATA in doc.user_data:
            loaded.records.append(record_from_doc(doc))
            continue
        place, fallback = f"{path}: document {number}", f"{path.stem}-{number}"
        loaded.records.append(build_record(place, fallback, doc.text, _spans(doc), None))
    return loaded


def _spans(doc: Doc) -> list[dict[str, Any]]:
    """Give the spans of all groups and the entities, each place and label once."""
    found: dict[tuple[int, int, str], dict[str, Any]] = {}
    groups = [(name, list(group)) for name, group in doc.spans.items()]
    for name, spans in [*groups, ("", list(doc.ents))]:
        for span in spans:
            label = span.label_ or name
            data = {"start": span.start_char, "end": span.end_char, "label": label}
            rule = {"rule": span.id_} if span.id_ else {}
            found.setdefault((span.start_char, span.end_char, label), data | rule)
    return list(found.values())
