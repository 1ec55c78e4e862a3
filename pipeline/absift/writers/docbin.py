"""spaCy's DocBin (``.spacy``): documents with their spans, for training and for notebooks."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, cast

import orjson

from absift.errors import AbsiftError
from absift.records import Record, Span
from absift.writers.base import FileWriter

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.language import Language
    from spacy.tokens import Doc

#: Key of ``doc.user_data`` that holds all of the record but its spans, as JSON.
USER_DATA = "absift"
_ATTRIBUTES = "attributes"
_SECTIONS = "sections"


class DocBinWriter(FileWriter):
    """Writes records as a ``DocBin``.

    Each label is a group ``doc.spans[label]``; a span's ``id_`` is its rule. The group's
    ``attrs["attributes"]`` and ``attrs["sections"]`` are lists with an item a span, in the
    group's order. ``doc.user_data["absift"]`` is a JSON object with id, title, warnings and
    meta. :func:`record_from_doc` reads all of it back.

    spaCy packs a DocBin in one piece, so memory grows with the number of records.

    Args:
        path: The file.
        force: Replace a file that is already there.

    Raises:
        InputError: The file exists and ``force`` is false.
    """

    def __init__(self, path: str, *, force: bool = False) -> None:
        super().__init__(path, force=force)

    def _begin(self, stack: ExitStack) -> None:
        import spacy
        from spacy.tokens import DocBin

        self._nlp = spacy.blank("en")
        self._bin = DocBin(attrs=["ORTH"], store_user_data=True)

    def _write(self, record: Record) -> None:
        self._bin.add(doc_from_record(record, self._nlp))

    def _finish(self) -> None:
        self._stream.write(self._bin.to_bytes())


def doc_from_record(record: Record, nlp: Language) -> Doc:
    """Make a spaCy document of a record.

    Tokens are those of ``nlp``'s tokenizer, cut further wherever a span begins or ends
    inside one, so that every span keeps its exact offsets.

    Args:
        record: The record.
        nlp: A pipeline, of which the tokenizer and the vocabulary are used.

    Returns:
        A document with the record's very text, its spans and its other data, as
        :class:`DocBinWriter` describes.

    Raises:
        AbsiftError: A span is empty or lies outside the text.
    """
    from spacy.tokens import Doc, SpanGroup

    for span in record.spans:
        if not 0 <= span.start < span.end <= len(record.text):
            raise AbsiftError(
                f"record {record.id}: {span.label} {span.start}-{span.end} doesn't lie in its "
                f"text of {len(record.text)} characters"
            )
    words, spaces = _cut(record, nlp)
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    rest = {k: v for k, v in record.to_json().items() if k not in ("text", "spans")}
    doc.user_data[USER_DATA] = orjson.dumps(rest).decode()
    for label in dict.fromkeys(span.label for span in record.spans):
        found = record.of(label)
        group = SpanGroup(
            doc,
            name=label,
            attrs={
                _ATTRIBUTES: [orjson.loads(orjson.dumps(dict(s.attributes))) for s in found],
                _SECTIONS: [span.section for span in found],
            },
            spans=[_span(doc, span) for span in found],
        )
        doc.spans[label] = group
    return doc


def _cut(record: Record, nlp: Language) -> tuple[list[str], list[bool]]:
    """Give the words and whether a space follows each, with bounds at every span's ends."""
    starts = {span.start for span in record.spans}
    ends = {span.end for span in record.spans}
    bounds = {0, len(record.text)} | starts | ends
    for token in nlp.make_doc(record.text):
        bounds.update((token.idx, token.idx + len(token)))
    words: list[str] = []
    spaces: list[bool] = []
    edges = sorted(bounds)
    for start, end in itertools.pairwise(edges):
        word = record.text[start:end]
        # spaCy hangs a single space on the token before it, unless a span begins or ends there.
        if word == " " and words and not spaces[-1] and start not in starts and end not in ends:
            spaces[-1] = True
            continue
        words.append(word)
        spaces.append(False)
    return words, spaces


def _span(doc: Doc, span: Span) -> spacy.tokens.Span:
    made = doc.char_span(span.start, span.end, label=span.label, span_id=span.rule or "")
    # The words have been cut at every span's ends, so there is one.
    return cast("spacy.tokens.Span", made)


def record_from_doc(doc: Doc, labels: Iterable[str] | None = None) -> Record:
    """Read a record back from a document that :func:`doc_from_record` made.

    Args:
        doc: The document.
        labels: The groups to read; all by default.

    Returns:
        The record, equal to the one written.
    """
    spans: list[dict[str, Any]] = []
    for label in doc.spans if labels is None else labels:
        group = doc.spans[label]
        rows = zip(group, group.attrs[_ATTRIBUTES], group.attrs[_SECTIONS], strict=True)
        for span, attributes, section in rows:
            data = {"start": span.start_char, "end": span.end_char, "label": span.label_}
            rule = {"rule": span.id_} if span.id_ else {}
            spans.append({**attributes, **data, **rule, "section": section})
    rest = orjson.loads(doc.user_data[USER_DATA])
    return Record.from_json({**rest, "text": doc.text, "spans": spans})
