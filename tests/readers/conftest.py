from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from absift.errors import RecordError
from absift.readers import read
from absift.records import Abstract

ReadAll = Callable[..., tuple[list[Abstract], list[tuple[str, str]]]]


@pytest.fixture
def read_all() -> ReadAll:
    """Read sources; give the abstracts, and each rejection as (record, reason)."""

    def run(
        *sources: str | Path | Sequence[str | Path], **options: object
    ) -> tuple[list[Abstract], list[tuple[str, str]]]:
        rejects: list[RecordError] = []
        found = list(read([str(source) for source in sources], on_reject=rejects.append, **options))  # type: ignore[arg-type]
        return found, [(reject.record, reject.reason) for reject in rejects]

    return run
