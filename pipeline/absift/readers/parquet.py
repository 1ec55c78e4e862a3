"""Parquet files, read in batches of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from absift.errors import InputError
from absift.readers.build import Item, Origin, from_row
from absift.readers.columns import require_text
from absift.readers.excel import seekable

_BATCH = 1024


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstracts of a Parquet file, row by row.

    Raises:
        InputError: The file is no Parquet file or no column of texts is known.
    """
    import pyarrow
    from pyarrow import parquet

    with seekable(stream) as copy:
        try:
            file = parquet.ParquetFile(copy)
            names = list(file.schema_arrow.names)
            columns = require_text(names, origin.columns)
        except InputError as error:
            raise InputError(f"{origin.name}: {error}") from error
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
            raise InputError(f"{origin.name}: not a Parquet file: {error}") from error
        number = 0
        try:
            for batch in file.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield from_row(origin, f"row {number}", row, columns)
        except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
            yield origin.reject(f"after row {number}", f"the rest can't be read: {error}")
