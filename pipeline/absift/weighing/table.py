"""Read tables of weights: how much a word or a class, where it stands, speaks for an outcome."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from absift.errors import ConfigError

#: The first cells of a table's header; the outcomes follow.
PLACE, ATOM = "place", "atom"
_FIRST = (PLACE, ATOM)
# What the weights of a row come to at most; sums over a sentence then stay within bounds.
_MOST = 100


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
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from error
    head = tuple(lines[0].split("\t"))
    if head[:2] != _FIRST or len(head) < 3:
        raise ConfigError(f"{path}: line 1 must be the header {PLACE} {ATOM} OUTCOME ...")
    rows: dict[tuple[str, str], tuple[float, ...]] = {}
    width = len(head)
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != width:
            raise ConfigError(f"{path}:{number}: expected {width} cells, found {len(cells)}")
        key = (cells[0], cells[1])
        try:
            weights = tuple(map(float, cells[2:]))
        except ValueError:
            weights = (math.nan,)
        if not sum(map(abs, weights)) <= _MOST:
            told = " ".join(cells[2:])
            raise ConfigError(f"{path}:{number}: weights must be numbers up to {_MOST}: {told}")
        if rows.setdefault(key, weights) is not weights:
            raise ConfigError(f"{path}:{number}: {' '.join(key)} stands twice")
    return Table(path.stem, head[2:], rows)


def line_of_row(path: Path, row: tuple[str, str]) -> int:
    """Give the line in which a row stands, by its place and atom."""
    begin = "\t".join(row) + "\t"
    lines = path.read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(begin))


def write_table(table: Table, path: Path) -> None:
    """Write a table, row by row in the order of places and what stands there."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join((*_FIRST, *table.outcomes)) + "\n")
        for key in sorted(table.rows):
            weights = (f"{weight:.2f}" for weight in table.rows[key])
            out.write("\t".join((*key, *weights)) + "\n")
