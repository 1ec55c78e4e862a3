"""Many parts as one file."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from typing import BinaryIO

from absift.batch.store import Store
from absift.errors import InputError
from absift.output import OutputFile

_Merge = Callable[[Store, Sequence[str], BinaryIO], None]


def merge(store: Store, parts: Sequence[str], name: str, format: str) -> None:
    """Write one file of all parts, in their order; it appears when it is complete.

    Args:
        store: Where they are, and the file will be.
        parts: Their names.
        name: The file's name.
        format: Their format.

    Raises:
        InputError: Files of this format can't be merged.
        AbsiftError: The file can't be written.
    """
    require_mergeable(format)
    with store.place(name) as path, OutputFile(path, force=True) as out:
        _MERGES[format](store, parts, out)


def require_mergeable(format: str) -> None:
    """Refuse formats whose files can't be merged.

    Raises:
        InputError: This is one.
    """
    if format not in _MERGES:
        raise InputError(
            f"parts of {format} can't be merged; leave --merge out, or choose one of "
            f"{', '.join(_MERGES)}"
        )


def _lines(store: Store, parts: Sequence[str], out: BinaryIO) -> None:
    for part in parts:
        with store.open(part) as stream:
            shutil.copyfileobj(stream, out, 1 << 20)


def _tables(store: Store, parts: Sequence[str], out: BinaryIO) -> None:
    """Join tables; the line of column names, which has no line break in it, is kept once."""
    for number, part in enumerate(parts):
        with store.open(part) as stream:
            if number:
                stream.readline()
            shutil.copyfileobj(stream, out, 1 << 20)


def _parquet(store: Store, parts: Sequence[str], out: BinaryIO) -> None:
    from pyarrow import parquet

    writer = None
    for part in parts:
        with store.open(part) as stream:
            file = parquet.ParquetFile(stream)
            if writer is None:
                writer = parquet.ParquetWriter(out, file.schema_arrow)
            for group in range(file.num_row_groups):
                writer.write_table(file.read_row_group(group))
    if writer is not None:
        writer.close()


def _docbin(store: Store, parts: Sequence[str], out: BinaryIO) -> None:
    from spacy.tokens import DocBin

    whole = DocBin(attrs=["ORTH"], store_user_data=True)
    for part in parts:
        whole.merge(DocBin(store_user_data=True).from_bytes(store.read(part)))
    out.write(whole.to_bytes())


_MERGES: dict[str, _Merge] = {
    "jsonl": _lines,
    "csv": _tables,
    "tsv": _tables,
    "parquet": _parquet,
    "spacy": _docbin,
}
