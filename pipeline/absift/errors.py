"""Errors that absift raises for input that it can't use.

Every message names the file, line or record and says what to do, so that a
caller can show it to a person as it stands.
"""

from __future__ import annotations


class AbsiftError(Exception):
    """Any failure caused by input, configuration or options rather than by a defect."""


class InputError(AbsiftError):
    """A source that can't be read at all: missing, of an unknown format, or empty."""


class RecordError(AbsiftError):
    """One record of a source that can't be read; the records around it can be.

    Attributes:
        source: Name of the file (``-`` for standard input).
        record: The record's id, or its position as ``record 3`` or ``line 3``.
        reason: What is wrong with it and what to do.
    """

    def __init__(self, source: str, record: str, reason: str) -> None:
        self.source = source
        self.record = record
        self.reason = reason
        super().__init__(f"{source}: {record}: {reason}")


class ConfigError(AbsiftError):
    """A rule file, vocabulary, lexicon or config that can't be used."""
