"""Readers: files of many formats in, :class:`~absift.records.Abstract` out."""

from __future__ import annotations

from absift.readers.columns import Columns
from absift.readers.dispatch import FORMATS, read

__all__ = ["FORMATS", "Columns", "read"]
