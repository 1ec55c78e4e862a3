"""Invented records with what is hard to write: markup, formulas, controls, overlaps, scripts."""

from __future__ import annotations

from pathlib import Path

import pytest

from absift.records import Record, read_records


@pytest.fixture(scope="session")
def records() -> list[Record]:
    lines = (Path(__file__).parent / "records.jsonl").read_bytes().split(b"\n")
    return read_records(lines)
