"""Read the preferred terms of a lexicon."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from absift.errors import ConfigError
from absift.rules.model import Entry

__all__ = ["KINDS", "NOT_A_HARM", "Entry", "read_entries"]

_COLUMNS = ("term", "system", "kind", "synonyms")
#: What a term of this kind holds is no harm: it keeps its words from other terms.
NOT_A_HARM = "none"
KINDS = frozenset({"harm", "effect", "event", "disease", "finding", NOT_A_HARM})


def read_entries(path: Path) -> list[Entry]:
    """Read a lexicon file: tab-separated ``term``, ``system``, ``kind``, ``synonyms``.

    Raises:
        ConfigError: The file can't be read, or a line is malformed; the message names the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from error
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise ConfigError(f"{path}: line 1 must be the header {' '.join(_COLUMNS)}")
    return [_entry(row, f"{path}:{line}") for line, row in enumerate(rows[1:], start=2) if row]


def _entry(row: Sequence[str], source: str) -> Entry:
    cells = [*row, ""] if len(row) == len(_COLUMNS) - 1 else row
    if len(cells) != len(_COLUMNS) or not cells[0].strip():
        raise ConfigError(f"{source}: expected {len(_COLUMNS)} cells, found {len(row)}")
    term, system, kind, synonyms = map(str.strip, cells)
    if kind not in KINDS:
        raise ConfigError(f"{source}: kind '{kind}' must be one of {', '.join(sorted(KINDS))}")
    names = tuple(filter(None, map(str.strip, synonyms.split("|"))))
    return Entry(term, system, kind, names, source)
