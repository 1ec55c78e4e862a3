"""The plain, frozen types that flow through absift; nothing here knows of spaCy.

A reader yields :class:`Abstract`, the pipeline turns it into :class:`Record`,
writers and the evaluation consume :class:`Record`. Gold and prediction share
one form, so either can stand wherever a record is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import orjson

from absift.errors import AbsiftError, not_json
from absift.record_form import objects

SAMPLE_SIZE = "SAMPLE_SIZE"
PERCENTAGE = "PERCENTAGE"
DURATION = "DURATION"
ADVERSE_EVENT = "ADVERSE_EVENT"

LABELS: tuple[str, ...] = (SAMPLE_SIZE, PERCENTAGE, DURATION, ADVERSE_EVENT)

#: The attributes of each label in the order in which they are written.
ATTRIBUTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        SAMPLE_SIZE: ("value", "scope", "stage", "unit"),
        PERCENTAGE: ("value", "low", "high", "kind", "numerator", "denominator"),
        DURATION: ("value", "low", "high", "unit", "role", "statistic"),
        ADVERSE_EVENT: ("term", "system", "generic", "assertion", "grade", "serious", "rates"),
    }
)

_SPAN_KEYS = frozenset({"start", "end", "text", "label", "rule", "section", "why"})


def _empty() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Abstract:
    """One abstract as a reader gives it.

    Attributes:
        id: The source's own id; where it has none, a stable one (``meta["id_from"]``
            then says what it was made from).
        text: The characters that all offsets count. Where the source has a title
            apart, the title, a newline, and the abstract.
        title: The title, if the source has one apart.
        meta: JSON values about the abstract: ``authors``, ``year``, ``journal``,
            ``pmid``, ``doi``, ``language``, ``source``, ``format`` and the like.
    """

    id: str
    text: str
    title: str | None = None
    meta: Mapping[str, Any] = field(default_factory=_empty)

    @classmethod
    def build(
        cls, id: str, body: str, *, title: str | None = None, meta: Mapping[str, Any] | None = None
    ) -> Abstract:
        """Join a title and a body as the class defines it."""
        text = f"{title}\n{body}" if title else body
        return cls(id=id, text=text, title=title or None, meta=meta or _empty())


@dataclass(frozen=True, slots=True)
class Span:
    """A tagged stretch of an abstract.

    Attributes:
        start: Offset of the first character.
        end: Offset behind the last character.
        text: ``abstract.text[start:end]``.
        label: One of :data:`LABELS`, or a label of the user's rules.
        attributes: The label's attributes (:data:`ATTRIBUTES`); absent ones are left out.
        rule: Id of the rule that made the span; ``None`` in hand-annotated gold.
        section: Section that the span stands in, such as ``results``.
        why: Attribute to the rule, term or step that set it, where that was asked for.
    """

    start: int
    end: int
    text: str
    label: str
    attributes: Mapping[str, Any] = field(default_factory=_empty)
    rule: str | None = None
    section: str | None = None
    why: Mapping[str, str] | None = None

    def to_json(self) -> dict[str, Any]:
        """Give the span as one flat JSON object, attributes in their fixed order."""
        out: dict[str, Any] = {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "label": self.label,
        }
        attributes = self.attributes
        for name in ATTRIBUTES.get(self.label, ()):
            if name in attributes:
                out[name] = attributes[name]
        if len(out) < len(attributes) + 4:
            # One of its own.
            for name, value in attributes.items():
                if name not in out:
                    out[name] = value
        if self.rule is not None:
            out["rule"] = self.rule
        if self.section is not None:
            out["section"] = self.section
        if self.why is not None:
            out["why"] = dict(self.why)
        return out

    @classmethod
    def from_json(cls, data: Mapping[str, Any], text: str | None = None) -> Span:
        """Read a span from its flat JSON object.

        Args:
            data: The object; ``start``, ``end`` and ``label`` must be there.
            text: The abstract's text, used where the object has no ``text``.

        Raises:
            KeyError: A required key is missing.
        """
        start, end = int(data["start"]), int(data["end"])
        words = data.get("text")
        if words is None:
            words = text[start:end] if text is not None else ""
        return cls(
            start=start,
            end=end,
            text=words,
            label=data["label"],
            attributes={k: v for k, v in data.items() if k not in _SPAN_KEYS},
            rule=data.get("rule"),
            section=data.get("section"),
            why=data.get("why"),
        )


@dataclass(frozen=True, slots=True)
class Warning:
    """Figures of one abstract that contradict each other.

    Attributes:
        kind: ``percent_mismatch``, ``numerator_above_denominator``, ``parts_do_not_add_up``
            or ``denominator_above_sample``.
        message: One sentence for a person.
        spans: The offsets of each figure involved, as ``(start, end)`` pairs.
        sum: The sum done, such as ``7/16 = 43.75%``.
    """

    kind: str
    message: str
    spans: tuple[tuple[int, int], ...]
    sum: str

    def to_json(self) -> dict[str, Any]:
        """Give the warning as a JSON object."""
        return {
            "kind": self.kind,
            "message": self.message,
            "spans": [list(pair) for pair in self.spans],
            "sum": self.sum,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Warning:
        """Read a warning from its JSON object."""
        pairs = tuple((int(start), int(end)) for start, end in data.get("spans", ()))
        return cls(data["kind"], data.get("message", ""), pairs, data.get("sum", ""))


@dataclass(frozen=True, slots=True)
class Record:
    """An abstract with what was found in it, or what an annotator marked in it."""

    id: str
    text: str
    title: str | None = None
    spans: tuple[Span, ...] = ()
    warnings: tuple[Warning, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=_empty)

    def of(self, label: str) -> tuple[Span, ...]:
        """Give the spans of one label in text order."""
        return tuple(span for span in self.spans if span.label == label)

    def to_json(self) -> dict[str, Any]:
        """Give the record as a JSON object, keys in a fixed order."""
        return {
            "id": self.id,
            "title": self.title,
            "text": self.text,
            "spans": [span.to_json() for span in self.spans],
            "warnings": [warning.to_json() for warning in self.warnings],
            "meta": dict(self.meta),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Record:
        """Read a record from its JSON object.

        Raises:
            AbsiftError: ``text`` is missing, or a span lacks its offsets or label, or its
                words are not those that stand at its offsets.
        """
        name = str(data.get("id", "?"))
        text = data.get("text")
        if not isinstance(text, str):
            raise AbsiftError(f"record {name}: no text; give it as the string field 'text'")
        title, meta = data.get("title"), data.get("meta")
        if not isinstance(title, str | None):
            raise AbsiftError(f"record {name}: 'title' must be a string, not {title!r}")
        if not isinstance(meta or {}, Mapping):
            raise AbsiftError(f"record {name}: 'meta' must be an object, not {meta!r}")
        spans = tuple(Span.from_json(item, text) for item in objects(data, "spans", name))
        warnings = tuple(Warning.from_json(item) for item in objects(data, "warnings", name))
        for span in spans:
            if not 0 <= span.start < span.end <= len(text):
                raise AbsiftError(
                    f"record {name}: {span.label} {span.start}-{span.end} doesn't lie in the "
                    f"text of {len(text)} characters"
                )
            if text[span.start : span.end] != span.text:
                raise AbsiftError(
                    f"record {name}: {span.label} {span.start}-{span.end} is given as "
                    f"{span.text!r}, but the text has {text[span.start : span.end]!r} there"
                )
        return cls(
            id=name,
            text=text,
            title=title,
            spans=tuple(sorted(spans, key=span_order)),
            warnings=warnings,
            meta=meta or _empty(),
        )


def span_order(span: Span) -> tuple[int, int, str]:
    """Sort key of spans: by place, the longer first, then by label."""
    return (span.start, -span.end, span.label)


def dumps(record: Record) -> bytes:
    """Give a record as one line of JSON, with the newline."""
    return orjson.dumps(record.to_json(), option=orjson.OPT_APPEND_NEWLINE)


def loads(line: bytes | str) -> Record:
    """Read a record from a line of JSON.

    Raises:
        AbsiftError: The line is not a JSON object or not a record.
    """
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise AbsiftError(not_json(line, error)) from error
    if not isinstance(data, dict):
        raise AbsiftError("not a JSON object; a record is one object a line")
    return Record.from_json(data)


def read_records(lines: Iterable[bytes | str]) -> list[Record]:
    """Read records from lines of JSON, skipping blank lines.

    Raises:
        AbsiftError: A line is not a record; the message names the line.
    """
    records = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            records.append(loads(line))
        except AbsiftError as error:
            raise AbsiftError(f"line {number}: {error}") from error
    return records
