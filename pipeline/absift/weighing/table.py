"""Read tables of weights: how much a word or a class, where it stands, speaks for an outcome."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from absift.errors import ConfigError

#: The first cells of a table's header; the outcomes follow.
PLACE, ATOM = "place", "atom"
_FIRST = (PLACE, ATOM)


@dataclass(frozen=True, slots=True)
class Table:
    """The weights for one question.

    Attributes:
        name: What is asked: a label in lower case, or one with an attribute of it behind a dot.
        outcomes: What the answer can be.
        rows: A weight an outcome for each place and what stands there.
    """

    name: str
    outcomes: tuple[str, ...]
    rows: Mapping[tuple[str, str], tuple[float, ...]]


def read_tables(folder: Path) -> dict[str, Table]:
    """Read all tables of a folder.

    Args:
        folder: Holds a file ``NAME.tsv`` a table; it may be missing.

    Returns:
        Name to table.

    Raises:
        ConfigError: A table is malformed; the message names file and line.
    """
    paths = {path.stem: path for path in folder.glob("*.tsv")}
    return {name: read_table(paths[name]) for name in sorted(paths)}


def read_table(path: Path) -> Table:
    """Read one table: tab-separated, a header of ``place``, ``atom`` and the outcomes.

    Raises:
        ConfigError: The file can't be read, or a line is malformed.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            held = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from error
    if not held or tuple(held[0][:2]) != _FIRST or len(held[0]) < 3:
        raise ConfigError(f"{path}: line 1 must be the header {PLACE} {ATOM} OUTCOME ...")
    outcomes = tuple(held[0][2:])
    rows: dict[tuple[str, str], tuple[float, ...]] = {}
    for line, cells in enumerate(held[1:], start=2):
        if not cells:
            continue
        key, weights = _row(cells, len(outcomes), f"{path}:{line}")
        if key in rows:
            raise ConfigError(f"{path}:{line}: {' '.join(key)} stands twice")
        rows[key] = weights
    return Table(path.stem, outcomes, rows)


def _row(
    cells: Sequence[str], outcomes: int, where: str
) -> tuple[tuple[str, str], tuple[float, ...]]:
    if len(cells) != outcomes + 2:
        raise ConfigError(f"{where}: expected {outcomes + 2} cells, found {len(cells)}")
    try:
        return (cells[0], cells[1]), tuple(map(float, cells[2:]))
    except ValueError:
        raise ConfigError(f"{where}: weights must be numbers: {' '.join(cells[2:])}") from None


def write_table(table: Table, path: Path) -> None:
    """Write a table, row by row in the order of places and what stands there."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join((*_FIRST, *table.outcomes)) + "\n")
        for key in sorted(table.rows):
            weights = (f"{weight:.2f}" for weight in table.rows[key])
            out.write("\t".join((*key, *weights)) + "\n")
