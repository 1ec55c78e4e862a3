"""What a corpus holds: records, words, spans, attribute values, kinds of study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from absift.records import ATTRIBUTES, LABELS, Record

if TYPE_CHECKING:
    from rich.table import Table

#: Attributes of too many values to count each; only how many spans give them is counted.
_OPEN = frozenset({"value", "low", "high", "numerator", "denominator", "rates", "term"})
GIVEN = "(given)"


@dataclass(frozen=True, slots=True)
class CorpusStats:
    """Counts over a corpus.

    Attributes:
        records: Number of records.
        nothing_to_find: Records without any span.
        words: Words, split at white space.
        characters: Characters of all texts.
        spans: Number of spans by label.
        attributes: By label and attribute, how many spans have each value; for numbers and
            the like only how many have any.
        designs: Records by ``meta.design``.
        fields: Records by ``meta.field``.
    """

    records: int
    nothing_to_find: int
    words: int
    characters: int
    spans: Mapping[str, int]
    attributes: Mapping[str, Mapping[str, Mapping[str, int]]]
    designs: Mapping[str, int]
    fields: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        """Give the counts as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


def corpus_stats(records: Iterable[Record]) -> CorpusStats:
    """Count what some records hold."""
    records = list(records)
    spans: Counter[str] = Counter()
    values: dict[str, dict[str, Counter[str]]] = {}
    for record in records:
        for span in record.spans:
            spans[span.label] += 1
            for name, value in span.attributes.items():
                key = GIVEN if name in _OPEN else _text(value)
                values.setdefault(span.label, {}).setdefault(name, Counter())[key] += 1
    labels = [label for label in LABELS if label in spans] + sorted(set(spans) - set(LABELS))
    return CorpusStats(
        records=len(records),
        nothing_to_find=sum(not record.spans for record in records),
        words=sum(len(record.text.split()) for record in records),
        characters=sum(len(record.text) for record in records),
        spans={label: spans[label] for label in labels},
        attributes={label: _ordered(label, values.get(label, {})) for label in labels},
        designs=_by_meta(records, "design"),
        fields=_by_meta(records, "field"),
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ordered(label: str, values: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    order = ATTRIBUTES.get(label, ())
    names = [name for name in order if name in values] + sorted(set(values) - set(order))
    return {name: _by_number(values[name]) for name in names}


def _by_number(counts: Counter[str]) -> dict[str, int]:
    """Order by falling number, then by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _by_meta(records: Iterable[Record], key: str) -> dict[str, int]:
    found = (record.meta.get(key) for record in records)
    return _by_number(Counter(str(value) for value in found if value is not None))


def stats_tables(stats: CorpusStats) -> list[Table]:
    """Lay the counts out for a terminal of 80 columns."""
    tables = [
        _table(
            "Corpus",
            {
                "records": stats.records,
                "without a span": stats.nothing_to_find,
                "words": stats.words,
                "characters": stats.characters,
            },
        ),
        _table("Spans", {**stats.spans, "all": sum(stats.spans.values())}),
    ]
    for label, by_name in stats.attributes.items():
        rows = {
            f"{name}: {value}": number
            for name, values in by_name.items()
            for value, number in values.items()
        }
        if rows:
            tables.append(_table(label, rows))
    for title, counts in (("Designs", stats.designs), ("Fields", stats.fields)):
        if counts:
            tables.append(_table(title, counts))
    return tables


def _table(title: str, rows: Mapping[str, int]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for name, number in rows.items():
        table.add_row(Text(name), f"{number:,}")
    return table
