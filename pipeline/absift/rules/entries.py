"""What a rule file holds beside its rules: classes, tables of words, terms, rules to switch off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from absift.rules.model import Entry
from absift.rules.reading import line_of, plain, suggestion

_CLASS = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_TABLE = re.compile(r"[a-z][a-z_]*\Z")
_TERM_KEYS = ("term", "system", "kind", "synonyms")


class Entries(NamedTuple):
    """Named lists or tables of words, and the file and line of each."""

    entries: dict[str, Any]
    where: dict[str, str]


def read_classes(data: Mapping[str, Any], path: Path, problems: list[str]) -> Entries:
    """Read ``classes``: a list of words for each name in capitals."""
    found = _entries(data, "classes", path, problems)
    for name, held in list(found.entries.items()):
        if not _CLASS.match(name):
            problems.append(
                f"{found.where.pop(name)}: a class has a name in capitals, such as DRUG, not "
                f"{name!r}"
            )
            del found.entries[name]
        elif not isinstance(held, list):
            problems.append(
                f"{found.where.pop(name)}: class {name} must be a list of words, not {held!r}"
            )
            del found.entries[name]
    return found


def read_normalisers(data: Mapping[str, Any], path: Path, problems: list[str]) -> Entries:
    """Read ``normalisers``: tables that give a list of words for each value."""
    found = _entries(data, "normalisers", path, problems)
    for name, held in list(found.entries.items()):
        lists = list(held.values()) if isinstance(held, dict) else [None]
        texts = all(isinstance(each, list) and all(map(_is_text, each)) for each in lists)
        if not _TABLE.match(name) or not texts or not all(map(_is_text, held)):
            problems.append(
                f"{found.where.pop(name)}: '{name}' must be a name like dose_unit that gives a "
                "list of words for each value"
            )
            del found.entries[name]
    return found


def read_off(
    data: Mapping[str, Any], path: Path, problems: list[str]
) -> tuple[tuple[str, str], ...]:
    """Read ``off``: the ids of rules to switch off."""
    held, where = data.get("off") or [], f"{path}:{line_of(data, 'off')}"
    if not isinstance(held, list) or not all(map(_is_text, held)):
        problems.append(f"{where}: 'off' must be a list of ids of rules, not {plain(held)!r}")
        return ()
    return tuple((name, where) for name in held)


def read_terms(data: Mapping[str, Any], path: Path, problems: list[str]) -> tuple[Entry, ...]:
    """Read ``lexicon``: a list of terms with the columns of a lexicon file."""
    held = data.get("lexicon") or []
    if not isinstance(held, list):
        problems.append(f"{path}:{line_of(data, 'lexicon')}: 'lexicon' must be a list of terms")
        return ()
    found = []
    for entry in held:
        if not isinstance(entry, dict):
            line = line_of(data, "lexicon")
            problems.append(
                f"{path}:{line}: 'lexicon': expected {{term: ..., system: ..., kind: ...}}, "
                f"not {entry!r}"
            )
            continue
        where = f"{path}:{line_of(entry)}"
        bad = list(_term_problems(plain(entry)))
        problems += [f"{where}: 'lexicon': {problem}" for problem in bad]
        if not bad:
            parts = [str(entry[key]).strip() for key in _TERM_KEYS[:3]]
            synonyms = tuple(name.strip() for name in entry.get("synonyms") or () if name.strip())
            found.append(Entry(parts[0], parts[1], parts[2], synonyms, where))
    return tuple(found)


def _term_problems(entry: Mapping[str, Any]) -> list[str]:
    bad = [
        f"unknown key '{key}'"
        f"{suggestion(key, _TERM_KEYS) or '; known are ' + ', '.join(_TERM_KEYS)}"
        for key in entry
        if key not in _TERM_KEYS
    ]
    for key in _TERM_KEYS[:3]:
        value = entry.get(key)
        if not _is_text(value) or not str(value).strip() or not str(value).isprintable():
            bad.append(f"a term needs a '{key}' that is a text")
    synonyms = entry.get("synonyms") or []
    if not isinstance(synonyms, list) or not all(map(_is_text, synonyms)):
        bad.append("'synonyms' must be a list of texts")
    return bad


def _entries(data: Mapping[str, Any], key: str, path: Path, problems: list[str]) -> Entries:
    held = data.get(key) or {}
    if not isinstance(held, dict):
        problems.append(f"{path}:{line_of(data, key)}: '{key}' must be a mapping, not {held!r}")
        return Entries({}, {})
    entries, where = {}, {}
    for name, value in plain(held).items():
        place = f"{path}:{line_of(held, name)}"
        if not _is_text(name):
            problems.append(f"{place}: '{key}': {name!r} must be a name; put it in quotes")
            continue
        entries[name], where[name] = value, place
    return Entries(entries, where)


def _is_text(value: object) -> bool:
    return isinstance(value, str)
