"""What the components of one pipeline know of a Doc beside what the Doc itself holds.

Spans live in ``doc.spans[label]``, their attributes in the ``attrs`` of that group, so that
they survive ``to_bytes`` and ``DocBin``, and a user's own component can read and change
them. The layout of the text, which every step needs and which can be made again at any
time, is kept beside the Doc for as long as the Doc lives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from spacy.tokens import Doc, Span, SpanGroup, Token

from absift.errors import AbsiftError
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.records import LABELS
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.text.tokens import Tokens

_ATTRIBUTES, _WHY = "attributes", "why"
_TITLE = "absift_has_title"
_WARNINGS = "absift_warnings"
_STAMP = "absift_rules"

# A Doc's text and tokens never change once it is made; asking it for its text is dear.
_TOKENS: WeakKeyDictionary[Doc, tuple[str, Tokens]] = WeakKeyDictionary()
_SHEETS: WeakKeyDictionary[Doc, tuple[Toolkit, Sheet]] = WeakKeyDictionary()


def keep_tokens(doc: Doc, text: str, tokens: Tokens) -> None:
    """Keep what the tokenizer knows of a Doc, so that the layout needn't find it again."""
    _TOKENS[doc] = (text, tokens)


def sheet_of(doc: Doc, toolkit: Toolkit | None = None) -> Sheet:
    """Give the layout of a Doc's text, made when it is first asked for.

    Args:
        doc: A Doc.
        toolkit: What to lay it out with; where only its sentences are wanted, ``None`` takes the
            layout that was made last, and the built-in toolkit for want of one.
    """
    made, sheet = _SHEETS.get(doc, (None, None))
    if sheet is None or (toolkit is not None and made is not toolkit):
        if toolkit is not None:
            doc.user_data[_STAMP] = toolkit.stamp
        toolkit = toolkit or load_toolkit()
        text, tokens = _TOKENS.pop(doc, (None, None))
        title = doc.user_data.get(_TITLE)
        maker = toolkit.rules.maker
        sheet = maker.make(doc.text if text is None else text, has_title=title, tokens=tokens)
        _SHEETS[doc] = (toolkit, sheet)
    return sheet


def stamp_of(doc: Doc) -> Mapping[str, str] | None:
    """Give version and hash of the rule set of the components that went over a Doc."""
    stamp: Mapping[str, str] | None = doc.user_data.get(_STAMP)
    return stamp


def labels_of(doc: Doc) -> list[str]:
    """Give the labels of a Doc's spans: absift's own, and those that its components found."""
    return [
        label
        for label, group in doc.spans.items()
        if label in LABELS or isinstance(group.attrs.get(_ATTRIBUTES), dict)
    ]


def set_title(doc: Doc, has_title: bool) -> None:
    """Say whether the first line of a Doc is a title; otherwise its look decides."""
    if doc.user_data.get(_TITLE) != has_title:
        doc.user_data[_TITLE] = has_title
        _SHEETS.pop(doc, None)


def read_findings(doc: Doc, labels: Iterable[str]) -> list[Finding]:
    """Give the spans of some labels as findings, label by label in text order."""
    found = []
    for label in labels:
        group = doc.spans.get(label)
        if group is None:
            continue
        attributes, why = group.attrs.get(_ATTRIBUTES, {}), group.attrs.get(_WHY, {})
        for span in group:
            start, end = span.start_char, span.end_char
            held = dict(attributes.get(f"{start}:{end}", {}))
            reasons = dict(why.get(f"{start}:{end}", {}))
            found.append(Finding(start, end, label, span.id_ or label.lower(), held, reasons))
    return found


def write_findings(
    doc: Doc, label: str, findings: Iterable[Finding], *, explain: bool = False
) -> None:
    """Put the spans of one label in ``doc.spans``, with their attributes.

    Args:
        doc: A Doc.
        label: The label.
        findings: Its spans.
        explain: Whether to keep what set each attribute.

    Raises:
        AbsiftError: A span doesn't end on tokens and they can't be split, which is a defect.
    """
    ordered = sorted(findings, key=lambda finding: (finding.start, -finding.end))
    spans = [_span(doc, finding) for finding in ordered]
    if any(span is None for span in spans):
        _split_tokens(doc, ordered)
        spans = [_span(doc, finding) for finding in ordered]
    for span, finding in zip(spans, ordered, strict=True):
        if span is None:
            words = doc.text[finding.start : finding.end]
            raise AbsiftError(f"span {words!r} at {finding.start} doesn't end on tokens")
    group = SpanGroup(doc, name=label, spans=[span for span in spans if span is not None])
    group.attrs[_ATTRIBUTES] = {
        f"{finding.start}:{finding.end}": finding.attributes for finding in ordered
    }
    why = {f"{finding.start}:{finding.end}": finding.why for finding in ordered if finding.why}
    if explain:
        group.attrs[_WHY] = why
    doc.spans[label] = group


def _span(doc: Doc, finding: Finding) -> Span | None:
    return doc.char_span(finding.start, finding.end, label=finding.label, span_id=finding.rule)


def _split_tokens(doc: Doc, findings: Iterable[Finding]) -> None:
    """Split the tokens of another tokenizer where a span begins or ends inside them."""
    edges = {edge for finding in findings for edge in (finding.start, finding.end)}
    # Groups made before hold token numbers, which a split moves: they are made anew.
    kept = {
        name: [(span.start_char, span.end_char, span.label_, span.id_) for span in group]
        for name, group in doc.spans.items()
    }
    attrs = {name: dict(group.attrs) for name, group in doc.spans.items()}
    with doc.retokenize() as retokenizer:
        for token in doc:
            cuts = sorted(
                edge - token.idx for edge in edges if token.idx < edge < token.idx + len(token)
            )
            if cuts:
                bounds = [0, *cuts, len(token)]
                parts = [token.text[a:b] for a, b in pairwise(bounds)]
                # A lone token of a Doc without a parse is its own head.
                heads: list[Token | tuple[Token, int]] = [
                    (token, place) for place in range(len(parts))
                ]
                retokenizer.split(token, parts, heads=heads)
    for name, held in kept.items():
        spans = [doc.char_span(a, b, label=label, span_id=rule) for a, b, label, rule in held]
        group = SpanGroup(doc, name=name, spans=[span for span in spans if span is not None])
        group.attrs.update(attrs[name])
        doc.spans[name] = group


def attributes_of(span: Span) -> Mapping[str, Any]:
    """Give the attributes of a span that absift found, by name; empty for other spans."""
    group = span.doc.spans.get(span.label_)
    held = group.attrs.get(_ATTRIBUTES, {}) if group is not None else {}
    found: Mapping[str, Any] = held.get(f"{span.start_char}:{span.end_char}", {})
    return found


def write_warnings(doc: Doc, warnings: list[dict[str, Any]]) -> None:
    """Keep the warnings of a Doc, as JSON objects."""
    doc.user_data[_WARNINGS] = warnings


def read_warnings(doc: Doc) -> list[dict[str, Any]]:
    """Give the warnings of a Doc, as JSON objects."""
    return [dict(one) for one in doc.user_data.get(_WARNINGS, [])]
