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


def not_utf8(data: bytes, at: int) -> str:
    """Say that a byte isn't UTF-8, and what to do.

    Args:
        data: The bytes.
        at: Index of the first that can't be read.
    """
    return f"byte {at} (0x{data[at]:02X}) is not valid UTF-8; convert the file to UTF-8"


def not_json(data: bytes | str, error: ValueError) -> str:
    """Say why something isn't JSON; the encoding is named where that is the cause.

    Args:
        data: What was read.
        error: What the JSON library raised for it.
    """
    if isinstance(data, bytes):
        try:
            data.decode()
        except UnicodeDecodeError as encoding:
            return not_utf8(data, encoding.start)
    return f"not JSON: {error}"
