"""A record on a terminal: the abstract with its spans marked, the study's facts, the warnings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from absift.output import visible_controls
from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE, SAMPLE_SIZE, Record
from absift.report.highlight import (
    HEADING,
    WARNING,
    Close,
    Open,
    label_names,
    label_order,
    marks_of,
    nested,
    title_length,
)
from absift.report.study import study_facts

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
    from rich.text import Text

# Black on four colours of Okabe and Ito's palette, which people with any of the common
# colour vision deficiencies tell apart (Color Universal Design, 2008); yellow for the rest.
_STYLES: Mapping[str, str] = {
    SAMPLE_SIZE: "#000000 on #56b4e9",
    PERCENTAGE: "#000000 on #e69f00",
    DURATION: "#000000 on #009e73",
    ADVERSE_EVENT: "#000000 on #cc79a7",
}
_OTHER = "#000000 on #f0e442"
_ALARM = "bold #d55e00"


class RecordView:
    """A record that rich can print; made by :func:`show`."""

    def __init__(self, record: Record, width: int) -> None:
        self._record = record
        self._width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give the parts in order, within the view's width."""
        from rich.constrain import Constrain

        colour = console.color_system is not None and not console.no_color
        width = min(self._width, options.max_width)
        for part in self._parts(colour, width):
            yield Constrain(part, width)

    def _parts(self, colour: bool, width: int) -> Iterator[RenderableType]:
        record = self._record
        yield _heading(record)
        yield _abstract(record, colour)
        if record.spans or record.warnings:
            yield _legend(record, colour, width)
        facts = study_facts(record)
        if facts:
            yield _facts(facts)
        if record.warnings:
            yield ""
            yield _warnings(record)
        yield ""


def show(record: Record, width: int = 80) -> RecordView:
    """Give a record in a form that ``rich.print`` or a rich console prints.

    The abstract's spans are coloured by label, those within another span also underlined.
    Where the console has no colour (no terminal, or ``NO_COLOR`` is set), each stands in
    square brackets after a mark for its label: ``[N:27]``. A figure that a warning is
    about has the warning's number behind it. A legend, the study's facts and the warnings follow.

    Args:
        record: The record.
        width: The most columns to use.

    Returns:
        A rich renderable.
    """
    return RecordView(record, width)


def _heading(record: Record) -> RenderableType:
    from rich.rule import Rule
    from rich.text import Text

    meta = (record.meta.get(name) for name in ("journal", "year"))
    parts = [record.id, *(str(value) for value in meta if value)]
    return Rule(Text(visible_controls(" · ".join(parts)), style="bold"), align="left", style="dim")


def _abstract(record: Record, colour: bool) -> Text:
    from rich.text import Text

    out = Text(end="\n\n" if record.spans or record.warnings else "\n", overflow="fold")
    styles = ["bold"]
    title_end = title_length(record)
    place = 0
    for item in nested(record.text, marks_of(record)):
        if isinstance(item, str):
            head = item[: max(0, title_end - place)]
            out.append(visible_controls(head), " ".join(styles))
            out.append(visible_controls(item[len(head) :]), " ".join(styles[1:]))
            place += len(item)
        elif isinstance(item, Open):
            _open(out, item, styles, colour)
        else:
            _close(out, item, styles, colour)
    return out


def _open(out: Text, item: Open, styles: list[str], colour: bool) -> None:
    kind = item.mark.kind
    if kind in (HEADING, WARNING):
        styles.append("bold")
    elif colour:
        inside = any(" on " in style for style in styles)
        styles.append(_STYLES.get(kind, _OTHER) + (" underline" if inside else ""))
    else:
        styles.append("")
        out.append(f"[{label_names(kind)[0]}:")


def _close(out: Text, item: Close, styles: list[str], colour: bool) -> None:
    styles.pop()
    if item.mark.kind == WARNING:
        if item.last:
            out.append(f"[!{item.mark.number + 1}]", _ALARM)
    elif item.mark.kind != HEADING and not colour:
        out.append("]")


def _legend(record: Record, colour: bool, width: int) -> Text:
    from rich.text import Text

    chips = []
    for label in label_order(span.label for span in record.spans):
        number = len(record.of(label))
        mark, one, many = label_names(label)
        name = f"{number} {one if number == 1 else many}"
        if colour:
            chips.append(Text(f" {name} ", _STYLES.get(label, _OTHER)))
        else:
            chips.append(Text(f"[{mark}] {name}" if mark != one else f"[{name}]"))
    if record.warnings:
        number = len(record.warnings)
        chips.append(Text(f"[!] {number} {'warning' if number == 1 else 'warnings'}", _ALARM))
    out = Text(end="\n\n")
    room = width
    for chip in chips:
        # Broken here, as rich would break a line within a chip.
        if room < width:
            gap = "  " if 2 + chip.cell_len <= room else "\n"
            out.append(gap)
            room = room - 2 if gap != "\n" else width
        out.append_text(chip)
        room -= chip.cell_len
    return out


def _facts(facts: list[tuple[str, tuple[str, ...]]]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, values in facts:
        table.add_row(name, Text(visible_controls("\n".join(values))))
    return table


def _warnings(record: Record) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    table.add_column(style=_ALARM, no_wrap=True)
    table.add_column(overflow="fold")
    for number, warning in enumerate(record.warnings, start=1):
        text = Text(visible_controls(warning.message))
        if warning.sum and warning.sum not in warning.message:
            text.append(f" {visible_controls(warning.sum)}", "dim")
        table.add_row(f"[!{number}]", text)
    return table
