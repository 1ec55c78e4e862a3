"""Gold and predictions from files, and which prediction belongs to which gold record."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from absift.errors import AbsiftError, InputError
from absift.records import Record, Span, read_records

#: How many ids a message names before it says how many more there are.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold record and its prediction; ``predicted`` is ``None`` where there is none."""

    gold: Record
    predicted: Record | None

    @property
    def predicted_spans(self) -> tuple[Span, ...]:
        """The predicted spans; none where the prediction is missing."""
        return self.predicted.spans if self.predicted is not None else ()


@dataclass(frozen=True, slots=True)
class Pairs:
    """All gold records in their order, each with its prediction.

    Attributes:
        items: One pair for each gold record.
        without_prediction: Ids of gold records that have none; all their spans are missed.
        without_gold: Ids of predictions that have no gold; they are left out.
    """

    items: tuple[Pair, ...]
    without_prediction: tuple[str, ...] = ()
    without_gold: tuple[str, ...] = ()

    @property
    def gold(self) -> list[Record]:
        """The gold records."""
        return [pair.gold for pair in self.items]

    @property
    def notes(self) -> list[str]:
        """What a person should know of records without a partner."""
        notes = []
        if self.without_prediction:
            notes.append(
                f"{len(self.without_prediction)} gold records have no prediction, so all their "
                f"spans count as missed: {name_ids(self.without_prediction)}"
            )
        if self.without_gold:
            notes.append(
                f"{len(self.without_gold)} predictions have no gold record and were left out: "
                f"{name_ids(self.without_gold)}"
            )
        return notes


def name_ids(ids: Sequence[str]) -> str:
    """Write a list of ids for a message, cut short when it is long."""
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


@contextmanager
def open_lines(path: str | Path) -> Iterator[Iterable[bytes]]:
    """Open a file of lines, which may be compressed with gzip.

    Raises:
        InputError: The file can't be read; the message names it.
    """
    path = Path(path)
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            yield lines
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: can't be read: {reason}") from error


def read_file(path: str | Path) -> list[Record]:
    """Read records from a JSONL file, which may be compressed with gzip.

    Raises:
        InputError: The file can't be read, is empty or has a line that isn't a record; the
            message names the file and the line.
    """
    try:
        with open_lines(path) as lines:
            records = read_records(lines)
    except InputError:
        raise
    except (AbsiftError, TypeError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    if not records:
        raise InputError(f"{path}: no records; give one JSON object a line")
    return records


def pair_up(gold: Iterable[Record], predictions: Iterable[Record]) -> Pairs:
    """Find the prediction of each gold record by its id.

    Raises:
        InputError: An id occurs twice on one side, no id occurs on both sides, or the texts
            of an id differ, so that offsets can't be compared.
    """
    golds = _by_id(gold, "gold")
    predicted = _by_id(predictions, "predictions")
    if golds and predicted and not golds.keys() & predicted.keys():
        raise InputError(
            "no prediction has the id of a gold record; gold has "
            f"{name_ids(list(golds))}, predictions have {name_ids(list(predicted))}"
        )
    items = tuple(Pair(record, predicted.get(key)) for key, record in golds.items())
    for pair in items:
        if pair.predicted is not None and pair.predicted.text != pair.gold.text:
            raise InputError(_difference(pair.gold, pair.predicted))
    return Pairs(
        items,
        without_prediction=tuple(key for key in golds if key not in predicted),
        without_gold=tuple(key for key in predicted if key not in golds),
    )


def read_pairs(gold: str | Path, predictions: str | Path) -> Pairs:
    """Read two JSONL files and pair their records.

    Raises:
        InputError: As :func:`read_file` and :func:`pair_up`.
    """
    return pair_up(read_file(gold), read_file(predictions))


def _by_id(records: Iterable[Record], side: str) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for record in records:
        if record.id in found:
            raise InputError(f"{side}: the id {record.id} occurs twice; ids must be unique")
        found[record.id] = record
    return found


def _difference(gold: Record, predicted: Record) -> str:
    """Say where two texts part."""
    place = next(
        (
            i
            for i, (one, other) in enumerate(zip(gold.text, predicted.text, strict=False))
            if one != other
        ),
        min(len(gold.text), len(predicted.text)),
    )
    return (
        f"record {gold.id}: gold and prediction have different texts from character {place} on "
        f"(gold {gold.text[place : place + 20]!r}, prediction "
        f"{predicted.text[place : place + 20]!r}); make the prediction from the gold's text"
    )
