"""Read the files that say how a language's texts are read: its numbers, its sections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from absift.errors import ConfigError
from absift.text.numbers import NumberWords
from absift.text.parts import PartGuesser
from absift.text.sections import SectionFinder

_VALUES = ("cardinals", "multipliers", "ordinals")
_LISTS = ("ordinal_endings", "joiners", "labelled")


def number_words(data: Mapping[str, Any], where: str = "numbers.yaml") -> NumberWords:
    """Make number words from what ``configs/numbers.yaml`` holds.

    Args:
        data: The content of the file.
        where: Name of the file, for errors.

    Raises:
        ConfigError: A part is missing or malformed.
    """
    values = [_part(data, name, dict, where) for name in _VALUES]
    lists = [frozenset(_part(data, name, list, where)) for name in _LISTS]
    for name, held in zip(_VALUES, values, strict=True):
        if not all(is_text(word) and type(value) is int for word, value in held.items()):
            raise ConfigError(f"{where}: '{name}' must give a whole number for each word")
    return NumberWords(*values, *lists)


def section_finder(data: Mapping[str, Any], where: str = "sections.yaml") -> SectionFinder:
    """Make a section finder from what ``configs/sections.yaml`` holds.

    Args:
        data: The content of the file.
        where: Name of the file, for errors.

    Raises:
        ConfigError: A part is missing or malformed.
    """
    headings = _part(data, "headings", dict, where)
    for name in headings:
        _part(headings, name, list, where)
    return SectionFinder(
        headings,
        _part(data, "abbreviations", list, where),
        _part(data, "marked_only", list, where),
        _part({"never_in_title": [], **data}, "never_in_title", list, where),
    )


def part_guesser(data: Mapping[str, Any], where: str = "sections.yaml") -> PartGuesser:
    """Make a guesser of parts from the ``cues`` of ``configs/sections.yaml``.

    Args:
        data: The content of the file; without cues nothing is guessed.
        where: Name of the file, for errors.

    Raises:
        ConfigError: The cues are malformed.
    """
    cues = _part(data, "cues", dict, where) if "cues" in data else {}
    for part in cues:
        weights = _part(cues, part, dict, where)
        for weight in weights:
            if not isinstance(weight, int) or isinstance(weight, bool):
                raise ConfigError(f"{where}: cues of '{part}': '{weight}' must be a whole number")
            _part(weights, weight, list, where)
    return PartGuesser(cues)


def _part(data: Mapping[Any, Any], name: str | int, kind: type, where: str) -> Any:  # noqa: ANN401
    held = data.get(name)
    if not isinstance(held, kind) or (isinstance(held, list) and not all(map(is_text, held))):
        what = "a list of words" if kind is list else "a mapping"
        raise ConfigError(f"{where}: '{name}' must be {what}")
    return held


def is_text(value: object) -> bool:
    """Tell whether a value of a file is a text."""
    return isinstance(value, str)
