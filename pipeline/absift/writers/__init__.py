"""Writers: one module a format, each turning records into a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Any

from absift.errors import InputError
from absift.writers.base import Writer
from absift.writers.brat import BratWriter
from absift.writers.delimited import DelimitedWriter
from absift.writers.docbin import DocBinWriter
from absift.writers.excel import ExcelWriter
from absift.writers.jsonl import JsonlWriter
from absift.writers.parquet import ParquetWriter

__all__ = ["FORMATS", "Writer", "open_writer"]

#: Each format with the endings that choose it; a ``.gz`` may follow those of a text format.
FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "jsonl": (".jsonl", ".ndjson"),
        "csv": (".csv",),
        "tsv": (".tsv", ".tab"),
        "parquet": (".parquet",),
        "xlsx": (".xlsx",),
        "spacy": (".spacy",),
        "brat": (".brat",),
    }
)

#: Formats that can go to standard output and be packed with gzip.
TEXT_FORMATS: tuple[str, ...] = ("jsonl", "csv", "tsv")
_WITHOUT_TABLES = ("spacy", "brat")


def open_writer(
    path: str | None,
    *,
    format: str | None = None,
    table: str | None = None,
    force: bool = False,
    own: Mapping[str, str] | None = None,
) -> Writer:
    """Choose the writer for an output; use it in a ``with`` statement.

    Args:
        path: Where to write; ``None`` or ``-`` for standard output (JSON lines unless
            ``format`` says CSV or TSV).
        format: One of :data:`FORMATS`; by default the one that the path's ending names.
        table: ``findings``, ``studies`` or ``warnings``. By default CSV, TSV and Parquet
            write ``findings``, Excel writes all three as sheets, JSON lines whole records;
            spaCy and brat have no tables.
        force: Replace an output that is already there.
        own: Attributes of a user's own labels to the types of their columns in the table of
            findings; see :func:`absift.writers.tables.columns`.

    Raises:
        InputError: An unknown ending, format or table; an output that exists, without
            ``force``; a format that can't go to standard output; a library that is missing.
    """
    target = None if path in (None, "-") else path
    name, packed = _format(target, format)
    if target is None and name not in TEXT_FORMATS:
        raise InputError(
            f"{name} can't go to standard output; name a file, or use {_listed(TEXT_FORMATS)}"
        )
    if table is not None and name in _WITHOUT_TABLES:
        raise InputError(f"{name} has no tables; leave the table out, or choose another format")
    if packed and name not in TEXT_FORMATS:
        raise InputError(f"{path}: {name} isn't packed with gzip; leave .gz out of the name")
    return _open(name, target, force, packed, {"table": table, "own": own})


def _open(
    name: str, path: str | None, force: bool, packed: bool, tables: Mapping[str, Any]
) -> Writer:
    if name == "jsonl":
        return JsonlWriter(path, **tables, force=force, compress=packed)
    if name in ("csv", "tsv"):
        delimiter = "," if name == "csv" else "\t"
        return DelimitedWriter(path, delimiter=delimiter, **tables, force=force, compress=packed)
    assert path is not None, "only text formats go to standard output"
    with_table: Mapping[str, Callable[..., Writer]] = {
        "parquet": ParquetWriter,
        "xlsx": ExcelWriter,
    }
    if name in with_table:
        return with_table[name](path, **tables, force=force)
    return {"spacy": DocBinWriter, "brat": BratWriter}[name](path, force=force)


def _format(path: str | None, chosen: str | None) -> tuple[str, bool]:
    """Give the format's name and whether the output is to be packed."""
    base = (path or "").lower()
    packed = base.endswith(".gz")
    ending = PurePath(base.removesuffix(".gz")).suffix
    if chosen is not None:
        if chosen not in FORMATS:
            raise InputError(f"no format {chosen!r}; choose one of {_listed(tuple(FORMATS))}")
        return chosen, packed
    if path is None:
        return "jsonl", False
    for name, endings in FORMATS.items():
        if ending in endings:
            return name, packed
    endings = tuple(ending for endings in FORMATS.values() for ending in endings)
    raise InputError(
        f"{path}: its ending names no format; end it in one of {_listed(endings)}, "
        f"or add --format with one of {_listed(tuple(FORMATS))}"
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
