"""A page for people: every abstract with its spans, the study table, the warnings.

One HTML file that needs nothing else and asks nothing of the network: its
Content-Security-Policy allows only the page's own style and script, by their SHA-256. The
records pass through two temporary files, so memory doesn't grow with their number.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from markupsafe import Markup, escape

from absift import summary
from absift._version import with_rules
from absift.output import OutputFile, explained, visible_controls
from absift.records import ATTRIBUTES, LABELS, Record, Span
from absift.report.assets import assets, environment, style_of
from absift.report.highlight import (
    HEADING,
    WARNING,
    Mark,
    Open,
    label_names,
    label_order,
    marks_of,
    nested,
    title_length,
)
from absift.report.study import length_text, study_facts, total_text

_CHUNK = 1 << 16
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
#: Characters of a text that stand for a title where a record has none.
_SNIPPET = 120


@dataclass
class _Totals:
    """What the head of the page says of all records."""

    studies: int = 0
    warnings: int = 0
    warned: int = 0
    years: bool = False
    labels: Counter[str] = field(default_factory=Counter)
    rules: dict[str, None] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        self.studies += 1
        self.warnings += len(record.warnings)
        self.warned += bool(record.warnings)
        self.years = self.years or bool(record.meta.get("year"))
        self.labels.update(span.label for span in record.spans)
        stamp = record.meta.get("rules")
        if isinstance(stamp, Mapping):
            self.rules[with_rules(stamp.get("hash", "?"), stamp.get("version", "?"))] = None

    def chips(self) -> list[dict[str, Any]]:
        """Give each label with its count: the four always, the user's where they occur."""
        return [
            {
                "style": style_of(label),
                "label": label,
                "count": self.labels[label],
                "name": label_names(label)[1 if self.labels[label] == 1 else 2],
            }
            for label in label_order({*LABELS, *self.labels})
        ]


def write_page(
    records: Iterable[Record],
    path: str | Path,
    title: str = "Findings in abstracts",
    force: bool = False,
) -> int:
    """Write records as one self-contained HTML page.

    Args:
        records: Any number of records, read once.
        path: The file.
        title: The page's title and heading.
        force: Replace a file that is already there.

    Returns:
        The number of records on the page.

    Raises:
        InputError: The file exists and ``force`` is false, or is no regular file.
        AbsiftError: The file can't be written.
    """
    target = OutputFile(path, force=force)
    templates = environment()
    totals = _Totals()
    with ExitStack() as stack:
        stream = stack.enter_context(target)
        rows, articles = (stack.enter_context(_temporary()) for _ in range(2))
        row, article = (templates.get_template(f"{name}.html") for name in ("row", "article"))
        for number, record in enumerate(records, start=1):
            totals.add(record)
            view = _view(record, number)
            with explained(path):
                rows.write(row.render(view))
                articles.write(article.render(view))
        page = templates.get_template("page.html").generate(
            title=visible_controls(title),
            totals=totals,
            chips=totals.chips(),
            rows=_chunks(rows),
            articles=_chunks(articles),
            **assets(templates, ["page.css"], ["page.js"]),
        )
        for piece in page:
            with explained(path):
                stream.write(piece.encode())
    return totals.studies


def _temporary() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8", newline="")


def _chunks(stream: IO[str]) -> Iterator[Markup]:
    """Give back what a template has rendered, piece by piece."""
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield Markup(chunk)  # the template has escaped it


def _view(record: Record, number: int) -> dict[str, Any]:
    """Give what the templates show of one record."""
    marks = marks_of(record)
    body = title_length(record) + 1 if title_length(record) else 0
    follow_up, treatment = summary.follow_up(record), summary.treatment_length(record)
    size = summary.sample_size(record)
    return {
        "number": number,
        "id": visible_controls(record.id),
        "language": _language(record),
        "name": visible_controls(record.title or record.text[:_SNIPPET].partition("\n")[0]),
        "title": _html(record, marks, number, 0, body - 1) if body else None,
        "text": _html(record, marks, number, body, len(record.text)),
        "meta": [visible_controls(str(it)) for it in _meta(record, "journal", "year") if it],
        "links": list(_links(record)),
        "year": visible_controls(str(record.meta.get("year") or "")),
        "total": total_text(record),
        "total_value": size.value if size else "",
        "arms": "; ".join(f"{it:,}" for it in summary.arm_sizes(record)),
        "follow_up": (length_text(follow_up), follow_up.days if follow_up else ""),
        "treatment": (length_text(treatment), treatment.days if treatment else ""),
        "events": _names(record),
        "facts": [
            (name, [visible_controls(value) for value in values])
            for name, values in study_facts(record)
        ],
        "findings": [_finding(span) for span in record.spans],
        "warnings": [
            {
                "message": visible_controls(warning.message),
                "sum": visible_controls(warning.sum) if warning.sum not in warning.message else "",
                "figures": [
                    (mark.part, visible_controls(record.text[mark.start : mark.end]))
                    for mark in marks
                    if mark.kind == WARNING and mark.number == place
                ],
            }
            for place, warning in enumerate(record.warnings)
        ],
    }


def _meta(record: Record, *names: str) -> list[Any]:
    return [record.meta.get(name) for name in names]


def _language(record: Record) -> str:
    language = str(record.meta.get("language") or "")
    return language if _LANGUAGE.fullmatch(language) else ""


def _links(record: Record) -> Iterator[tuple[str, str]]:
    """Give the words and address of links that lead to the article; nothing loads them."""
    pmid, doi = (str(it or "") for it in _meta(record, "pmid", "doi"))
    if re.fullmatch("[0-9]{1,9}", pmid):
        yield f"PMID {pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    if _DOI.fullmatch(doi):
        yield f"doi:{doi}", f"https://doi.org/{quote(doi, safe='/')}"


def _names(record: Record) -> str:
    """Give the names of the particular harms present, each once."""
    found = summary.events(record)
    names = (event.name for event in found if event.assertion == "present" and not event.generic)
    return visible_controls(", ".join(dict.fromkeys(names)))


def _finding(span: Span) -> dict[str, Any]:
    known = ATTRIBUTES.get(span.label, ())
    names = [*(it for it in known if it in span.attributes)]
    names += [it for it in span.attributes if it not in names]
    return {
        "text": visible_controls(span.text),
        "label": label_names(span.label)[1],
        "style": style_of(span.label),
        "attributes": [(it, _readable(it, span.attributes[it])) for it in names],
        "rule": visible_controls(span.rule or ""),
        "section": visible_controls(span.section or ""),
    }


def _readable(name: str, value: Any) -> str:  # noqa: ANN401 - any JSON value
    if name == "rates" and isinstance(value, list | tuple):
        return visible_controls(summary.rates_text(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return visible_controls(str(value))


def _html(record: Record, marks: list[Mark], number: int, start: int, end: int) -> Markup:
    """Give a stretch of a record's text with its marks as HTML elements.

    A span's first piece can be focused and is described by its row among the findings; a
    figure that a warning is about can be linked to.
    """
    out: list[str] = []
    for item in nested(record.text, marks, start, end):
        if isinstance(item, str):
            out.append(escape(visible_controls(item)))
        elif item.mark.kind == HEADING:
            out.append('<b class="head">' if isinstance(item, Open) else "</b>")
        elif isinstance(item, Open):
            out.append(_tag(item, number))
        else:
            out.append("</mark>")
    return Markup("".join(out))  # every text in it is escaped


def _tag(item: Open, number: int) -> str:
    mark = item.mark
    if mark.kind == WARNING:
        place, style = f"w{number}-{mark.number}", "warned"
        own = f"{place}-{mark.part}"
    else:
        place, style = f"d{number}-{mark.number}", style_of(mark.kind)
        own = f"m{number}-{mark.number}"
    if not item.first:
        return f'<mark class="{style} more" data-d="{place}">'
    described = f'aria-describedby="{place}" data-d="{place}"'
    return f'<mark class="{style}" id="{own}" tabindex="0" {described}>'
