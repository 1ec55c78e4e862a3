"""Gold records written as plain text with marks, the form in which a person composes them.

A file holds any number of documents. A document starts with a header, then its title on
one line (an empty line if it has none), then the abstract's lines::

    ### demo-1 | randomised trial | oncology
    Zelorin in [[27]]{S 27 total enrolled} adults
    [[19]]{S 19 arm randomised} took it for [[6 weeks]]{D 6 week treatment}.

A mark is ``[[characters of the span]]{letter, then attributes}``; marks don't nest:

* ``{S value scope stage [unit]}``; the unit is ``participants`` unless given.
* ``{P value kind [n=19] [N=27]}``; a range is written ``{P 12..20 interval}``.
* ``{D value unit role [statistic]}``; the statistic is ``none`` unless given, a range as above.
* ``{A assertion [generic] [serious] [grade=3-4] [term="..."] [system="..."] [r(...)]...}``
  with one ``r(n=2 N=27 p=7.4 arm="placebo")`` for each rate, each of its parts optional.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from absift.corpus.marks import MarkError, read_attributes, write_mark
from absift.errors import InputError
from absift.records import Record, Span, span_order

HEADER = "###"
_MARK = re.compile(
    r"\[\[(?!\[)(?P<surface>(?:(?!\[\[|\]\]).)*)\]\]"
    r"\{(?P<letter>[A-Z])(?P<body>(?:[^{}\"\n]|\"(?:[^\"\\\n]|\\.)*\")*)\}"
)


@dataclass(frozen=True, slots=True)
class _Document:
    """The lines of one document and the number of its header line in the file."""

    number: int
    lines: tuple[str, ...]


def parse_markup(source: str, name: str) -> list[Record]:
    """Read records from text with marks.

    Args:
        source: The whole file.
        name: The file's name for messages.

    Returns:
        One record a document, with ``meta`` ``{"design", "field"}`` and ``text`` made of the
        title, a newline and the body's lines as they stand, without the marks. Empty lines
        at either end of the body are dropped.

    Raises:
        InputError: Something isn't as described; the message lists every such place as
            ``name:line: what is wrong``.
    """
    problems: list[str] = []
    records: dict[str, Record] = {}
    for document in _documents(source, name, problems):
        record = _record(document, name, problems)
        if record is None:
            continue
        if record.id in records:
            problems.append(f"{name}:{document.number}: the id {record.id} was used before")
        records[record.id] = record
    if not records and not problems:
        problems.append(f"{name}: no document; start one with '{HEADER} id | design | field'")
    if problems:
        raise InputError("\n".join(problems))
    return list(records.values())


def _documents(source: str, name: str, problems: list[str]) -> list[_Document]:
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(source.removeprefix("\ufeff").split("\n"), start=1):
        line = line.removesuffix("\r")
        if line.startswith(HEADER):
            found.append((number, [line]))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            problems.append(f"{name}:{number}: text before the first '{HEADER}' header")
    return [_Document(number, tuple(lines)) for number, lines in found]


def _record(document: _Document, name: str, problems: list[str]) -> Record | None:
    """Make a record of a document, or note why that can't be done."""
    header = [part.strip() for part in document.lines[0].removeprefix(HEADER).split("|")]
    if len(header) != 3 or not all(header):
        problems.append(
            f"{name}:{document.number}: a header is '{HEADER} id | design | field', "
            f"not {document.lines[0]!r}"
        )
        return None
    lines = list(enumerate(document.lines[1:], start=document.number + 1))
    body = _trim(lines[1:])
    title_line = [(number, line) for number, line in lines[:1] if line.strip()]
    if not body and not title_line:
        problems.append(f"{name}:{document.number}: the document {header[0]} has no text")
        return None
    text, spans = "", []
    for number, line in title_line + body:
        if text:
            text += "\n"
        plain, found = _read_line(line, len(text), f"{name}:{number}", problems)
        text += plain
        spans += found
        if number == document.number + 1:
            title = plain
    return Record(
        id=header[0],
        text=text,
        title=title if title_line else None,
        spans=tuple(sorted(spans, key=span_order)),
        meta={"design": header[1], "field": header[2]},
    )


def _trim(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Drop empty lines at either end."""
    full = [place for place, (_, line) in enumerate(lines) if line.strip()]
    return lines[full[0] : full[-1] + 1] if full else []


def _read_line(line: str, offset: int, place: str, problems: list[str]) -> tuple[str, list[Span]]:
    """Take the marks out of a line that starts at ``offset`` of the text."""
    plain, spans, position = "", [], 0
    for match in _MARK.finditer(line):
        plain += _plain(line[position : match.start()], place, problems)
        position = match.end()
        surface = match["surface"]
        start = offset + len(plain)
        plain += surface
        if not surface or surface != surface.strip():
            problems.append(f"{place}: {match[0]!r} is empty or has white space at an end")
            continue
        try:
            label, attributes = read_attributes(match["letter"], match["body"])
        except MarkError as error:
            problems.append(f"{place}: {match[0]!r}: {error}")
            continue
        spans.append(Span(start, start + len(surface), surface, label, attributes))
    return plain + _plain(line[position:], place, problems), spans


def _plain(piece: str, place: str, problems: list[str]) -> str:
    """Check that text between marks holds no half of a mark."""
    for sign in ("[[", "]]"):
        if sign in piece:
            at = piece.index(sign)
            problems.append(
                f"{place}: {piece[max(0, at - 20) : at + 40]!r} has a '{sign}' that is not part "
                "of a whole mark [[...]]{...}"
            )
            break
    return piece


def to_markup(record: Record) -> str:
    """Write a record as one document of the markup; the inverse of :func:`parse_markup`.

    Rules, sections, warnings and meta other than ``design`` and ``field`` aren't held.

    Raises:
        InputError: The record can't be held: its spans overlap or cross a line, its text
            has ``[[``, ``]]`` or a line that looks like a header, or an attribute has no
            place in a mark.
    """
    design, field = (str(record.meta.get(key) or "-") for key in ("design", "field"))
    lines = [f"{HEADER} {record.id} | {design} | {field}"]
    if any("|" in part or "\n" in part for part in (record.id, design, field)):
        raise InputError(f"record {record.id}: '|' or a line break in its id, design or field")
    if "[[" in record.text or "]]" in record.text:
        raise InputError(f"record {record.id}: its text has '[[' or ']]', the signs of a mark")
    if any(line.startswith(HEADER) for line in record.text.split("\n")):
        raise InputError(f"record {record.id}: a line of its text starts with '{HEADER}'")
    if not record.title:
        lines.append("")
    marked, position = "", 0
    for span in sorted(record.spans, key=span_order):
        if span.start < position:
            raise InputError(f"record {record.id}: the spans overlap at {span.start}")
        if "\n" in span.text:
            raise InputError(f"record {record.id}: the span at {span.start} crosses a line")
        if span.text.startswith("[") or span.text.endswith("]"):
            raise InputError(
                f"record {record.id}: the span at {span.start} starts or ends with a bracket"
            )
        try:
            mark = write_mark(span)
        except MarkError as error:
            raise InputError(f"record {record.id}: {span.start}-{span.end}: {error}") from error
        marked += record.text[position : span.start] + f"[[{span.text}]]{mark}"
        position = span.end
    return "\n".join([*lines, marked + record.text[position:]]) + "\n"
