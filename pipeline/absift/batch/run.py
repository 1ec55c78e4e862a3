"""The run over many abstracts: each read, searched and written before the next one is read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from absift import api
from absift.errors import AbsiftError, RecordError
from absift.records import Record

if TYPE_CHECKING:
    from absift.batch.outputs import Outputs
    from absift.readers import Columns


@dataclass(slots=True)
class Counts:
    """What became of the records of a run; ``read`` is the sum of ``written`` and ``rejected``.

    Attributes:
        written: Records that were written.
        rejected: Records that gave none, for whatever reason.
        unusable: Those of the rejected that are no matter of course
            (:data:`~absift.batch.rejects.NORMAL_REASONS`).
        spans: Findings in the records written.
        warnings: Warnings in the records written.
    """

    written: int = 0
    rejected: int = 0
    unusable: int = 0
    spans: int = 0
    warnings: int = 0

    @property
    def read(self) -> int:
        """Records that were read, usable or not."""
        return self.written + self.rejected

    def add(self, record: Record) -> None:
        """Count a record that was written."""
        self.written += 1
        self.spans += len(record.spans)
        self.warnings += len(record.warnings)


def run(
    sources: str | Path | Sequence[str | Path],
    outputs: Outputs,
    *,
    config: str | Path | None = None,
    rules: Sequence[Path] = (),
    explain: bool = False,
    input_format: str | None = None,
    columns: Columns | None = None,
    on_start: Callable[[], None] | None = None,
    on_record: Callable[[Record], None] | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Counts:
    """Extract from sources into outputs, one record in memory at a time.

    An output that fails, bad input or Ctrl-C leaves no file half written.

    Args:
        sources: Files, folders, patterns, ``-``; see :func:`absift.readers.read`.
        outputs: Where the records go.
        config: A spaCy config, or a pipeline's folder; absift's own by default.
        rules: Files and folders of rules to lay over the pipeline's, the lowest first.
        explain: Whether each span says what set each of its attributes.
        input_format: One of :data:`absift.readers.FORMATS`; told by the content by default.
        columns: Columns of tables; guessed by default.
        on_start: Called when rules, words and terms are loaded.
        on_record: Called with each record that was written.
        on_progress: Called with the bytes read so far and in all (0 where unknown).

    Returns:
        The counts.

    Raises:
        InputError: A source is missing or can't be used at all.
        ConfigError: The config can't be used.
        AbsiftError: An output can't be written.
    """
    counts = Counts()
    rejects = outputs.rejects
    # Absift's own pipeline needs no Doc of each abstract.
    nlp = api.load(config, rules=rules, explain=explain) if config is not None else None
    found = api.extract(
        sources,
        nlp=nlp,
        rules=rules if nlp is None else None,
        explain=explain,
        input_format=input_format,
        columns=columns,
        on_reject=rejects.add,
        on_progress=on_progress,
    )
    if on_start is not None:
        on_start()
    with ExitStack() as stack:
        stack.enter_context(rejects)
        if outputs.writer is not None:
            stack.enter_context(outputs.writer)
        records = _written(found, outputs, counts, on_record)
        if outputs.page is not None:
            outputs.page(records)
        else:
            deque(records, maxlen=0)
    counts.rejected, counts.unusable = rejects.count, rejects.unusable
    return counts


def _written(
    records: Iterator[Record],
    outputs: Outputs,
    counts: Counts,
    on_record: Callable[[Record], None] | None,
) -> Iterator[Record]:
    """Yield each record once it is written; one that its format can't hold is rejected."""
    for record in records:
        try:
            if outputs.writer is not None:
                outputs.writer.write(record)
        except AbsiftError as error:
            if isinstance(error.__cause__, OSError):
                raise
            source = str(record.meta.get("source", "?"))
            outputs.rejects.add(RecordError(source, record.id, str(error)))
            continue
        counts.add(record)
        if outputs.show is not None:
            outputs.show(record)
        if on_record is not None:
            on_record(record)
        yield record
