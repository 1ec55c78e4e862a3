"""A bar on a terminal's standard error: how far, how fast, how long to go."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from absift.output import Scoped

if TYPE_CHECKING:
    from absift.records import Record


class ProgressBar(Scoped):
    """Shows bytes read as a bar and records written as a rate; use it in a ``with`` statement.

    Args:
        shown: Whether to show anything. On a standard error that is no terminal nothing
            is shown in any case.
    """

    def __init__(self, shown: bool) -> None:
        super().__init__()
        self._shown = shown
        self._records = 0

    def _open(self, stack: ExitStack) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            TaskProgressColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TaskProgressColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[records]:,} abstracts, {task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
            expand=True,
            disable=not self._shown or not console.is_terminal,
        )
        stack.enter_context(self._bar)
        self._task = self._bar.add_task("reading", total=None, records=0, rate=0.0)

    def on_progress(self, done: int, total: int) -> None:
        """Take the bytes read so far and in all (0 where unknown)."""
        self._bar.update(self._task, completed=done, total=total or None)

    def on_record(self, record: Record) -> None:
        """Count one record."""
        self.on_records(self._records + 1)

    def on_records(self, count: int) -> None:
        """Take the number of records so far."""
        self._records = count
        seconds = self._bar.tasks[self._task].elapsed or 0.0
        rate = count / seconds if seconds else 0.0
        self._bar.update(self._task, records=count, rate=rate)
