"""Draft rules for what a rule set misses: gold spans grouped by the shape of their context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from absift.evaluation.matching import match_spans
from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit
from absift.records import Abstract, Record, Span
from absift.rules.sheet import Sheet
from absift.workbench.draft import Draft, items_of
from absift.workbench.naming import Namer

#: How many items before and behind a span a draft looks at, the narrowest first.
_WIDTHS = ((2, 2), (1, 1), (2, 0), (0, 2), (1, 0), (0, 1))
_LONGEST_EXAMPLE = 160


@dataclass(frozen=True, slots=True)
class Group:
    """Missed spans of one shape.

    Attributes:
        label: Their label.
        before: The items before them.
        span: The spans' own.
        after: The items behind them.
        count: How many they are.
        examples: Their sentences, the spans in square brackets.
        others: Places of the gold set in which the draft would match and the gold has no
            such span.
    """

    label: str
    before: tuple[str, ...]
    span: tuple[str, ...]
    after: tuple[str, ...]
    count: int
    examples: tuple[str, ...]
    others: int

    @property
    def worth(self) -> float:
        """Their number times the share of them among all that the draft would match."""
        return self.count**2 / (self.count + self.others)

    def draft(self, number: int) -> Draft:
        """Give the draft rule; ``number`` makes its id one of its own."""
        contexts = {
            key: " ".join(row)
            for key, row in (("before", self.before), ("after", self.after))
            if row
        }
        return Draft(
            self.label,
            f"{self.label.lower()}.suggested.{number}",
            " ".join(self.span),
            self.examples[:3],
            contexts=contexts,
            comment=f"{self.count} missed; matches {self.others} other places",
        )


def suggest(toolkit: Toolkit, gold: Sequence[Record], label: str | None = None) -> list[Group]:
    """Group the spans that the rules miss.

    Spans, and up to two items on each side of them, are named by number, class or word. A
    context that no other missed span has is made smaller, step by step (:data:`_WIDTHS`); what
    stays alone keeps its whole context.

    Args:
        toolkit: Rules, words and terms.
        gold: Gold records.
        label: Only this label; all by default.

    Returns:
        Groups, those first whose drafts would find most and least else.
    """
    namer = Namer(toolkit.rules)
    rows = _Rows()
    missed: list[tuple[Span, Sheet, tuple[int, ...]]] = []
    for record in gold:
        made = read(toolkit, Abstract(record.id, record.text, record.title))
        has_title = True if record.title else None
        sheet = toolkit.rules.maker.make(record.text, has_title=has_title)
        names = [
            namer.name(sheet, i) if sheet.ends[i] > sheet.starts[i] else ""
            for i in range(len(sheet.signs))
        ]
        places = rows.add(sheet, names, record)
        for outcome in match_spans(record.spans, made.spans, "strict"):
            one = outcome.gold
            if one is not None and outcome.category != "correct" and label in (None, one.label):
                items = tuple(items_of(sheet, one.start, one.end))
                if items:
                    missed.append((one, sheet, (places, *items)))
    return sorted(_groups(missed, rows), key=lambda group: -group.worth)


class _Rows:
    """The named items of all records, to count a shape in."""

    def __init__(self) -> None:
        self.names: list[list[str]] = []
        self.sheets: list[Sheet] = []
        self.gold: list[set[tuple[int, int, str]]] = []

    def add(self, sheet: Sheet, names: list[str], record: Record) -> int:
        self.names.append(names)
        self.sheets.append(sheet)
        self.gold.append({(span.start, span.end, span.label) for span in record.spans})
        return len(self.names) - 1

    def others(self, label: str, row: Sequence[str], before: int, size: int) -> int:
        """Count the places of a row of names whose span the gold hasn't got."""
        count, width = 0, len(row)
        for names, sheet, gold in zip(self.names, self.sheets, self.gold, strict=True):
            for place in range(len(names) - width + 1):
                if names[place] == row[0] and names[place : place + width] == list(row):
                    first = place + before
                    span = (sheet.starts[first], sheet.ends[first + size - 1], label)
                    count += span not in gold
        return count


_Missed = tuple[Span, Sheet, tuple[int, ...]]
_Key = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def _groups(missed: Sequence[_Missed], rows: _Rows) -> Iterator[Group]:
    left = list(missed)
    for place, width in enumerate((*_WIDTHS, _WIDTHS[0])):
        groups: dict[_Key, list[_Missed]] = defaultdict(list)
        for one in left:
            groups[_key(one, rows, width)].append(one)
        left = []
        for (label, before, span, after), held in groups.items():
            if len(held) == 1 and place < len(_WIDTHS):
                left += held
                continue
            row = (*before, *span, *after)
            others = rows.others(label, row, len(before), len(span))
            examples = tuple(dict.fromkeys(_example(one) for one in held))
            yield Group(label, before, span, after, len(held), examples, others)


def _key(one: _Missed, rows: _Rows, width: tuple[int, int]) -> _Key:
    span, _, (place, *items) = one
    names = rows.names[place]
    before: list[str] = []
    after: list[str] = []
    for step in range(1, width[0] + 1):
        if items[0] - step < 0 or not names[items[0] - step]:
            break
        before.insert(0, names[items[0] - step])
    for step in range(1, width[1] + 1):
        if items[-1] + step >= len(names) or not names[items[-1] + step]:
            break
        after.append(names[items[-1] + step])
    return span.label, tuple(before), tuple(names[item] for item in items), tuple(after)


def _example(one: _Missed) -> str:
    """Give the sentence of a span with it in brackets, cut where it is long."""
    span, sheet, (_, *items) = one
    first, last = sheet.sentence(items[0])
    start = max(sheet.starts[first], span.start - _LONGEST_EXAMPLE // 2)
    end = min(sheet.ends[max(first, last - 1)], span.end + _LONGEST_EXAMPLE // 2)
    while start > sheet.starts[first] and not sheet.text[start - 1].isspace():
        start += 1
    while end < len(sheet.text) and not sheet.text[end].isspace() and end > span.end:
        end -= 1
    left, right = sheet.text[start : span.start], sheet.text[span.end : max(end, span.end)]
    marked = f"{_bare(left)}[{span.text}]{_bare(right)}"
    return " ".join(marked.split())


def _bare(text: str) -> str:
    """Take square brackets for round ones: in examples they mark spans."""
    return text.replace("[", "(").replace("]", ")")
