"""Which column of a table, or field of a JSON object, holds what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from absift.errors import InputError

# Names of columns in common exports, squeezed to lower-case letters and digits, best first.
_TEXT_NAMES = (
    "text", "abstract", "abstracttext", "ab", "abstractnote", "n2", "articleabstract",
    "notesabstract", "fulltext", "body", "content", "document", "sentence",
)  # fmt: skip
_TITLE_NAMES = (
    "title", "articletitle", "ti", "t1", "primarytitle", "documenttitle", "papertitle", "atitle",
)  # fmt: skip
_ID_NAMES = (
    "id", "recordid", "pmid", "pubmedid", "medlinepmid", "uid", "docid", "documentid", "articleid",
    "abstractid", "studyid", "refid", "referenceid", "citationid", "key", "pmcid", "doi",
    "accessionnumber", "an", "ut", "eid",
)  # fmt: skip

_OPTIONS = {"text": "--text-column", "title": "--title-column", "id": "--id-column"}


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the columns (or JSON fields) to use; ``None`` where absift should guess.

    Attributes:
        text: Column of the abstract's text.
        title: Column of its title.
        id: Column of its id.
    """

    text: str | None = None
    title: str | None = None
    id: str | None = None


def _squeeze(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _first(names: Sequence[str], known: Iterable[str], taken: set[str]) -> str | None:
    squeezed: dict[str, str] = {}
    for name in names:
        squeezed.setdefault(_squeeze(name), name)
    for candidate in known:
        found = squeezed.get(candidate)
        if found is not None and found not in taken:
            return found
    return None


def guess_columns(names: Sequence[str], wanted: Columns | None) -> Columns:
    """Say which of the names hold text, title and id, as far as that can be told.

    Args:
        names: The columns that a table has, as they are written.
        wanted: The user's own choice; it wins over any guess.

    Returns:
        The columns; those that are neither chosen nor guessable are ``None``.

    Raises:
        InputError: A chosen column isn't there.
    """
    wanted = wanted or Columns()
    for role, option in _OPTIONS.items():
        name = getattr(wanted, role)
        if name is not None and name not in names:
            raise InputError(
                f"no column {name!r}, which {option} names; the columns are: {listing(names)}"
            )
    taken = {name for name in (wanted.text, wanted.title, wanted.id) if name is not None}
    text = wanted.text or _first(names, _TEXT_NAMES, taken)
    taken.add(text or "")
    title = wanted.title or _first(names, _TITLE_NAMES, taken)
    taken.add(title or "")
    return Columns(text, title, wanted.id or _first(names, _ID_NAMES, taken))


def require_text(names: Sequence[str], wanted: Columns | None) -> Columns:
    """Guess the columns of a table that must have one of texts.

    Raises:
        InputError: No column of texts is known; the message lists what there is.
    """
    columns = guess_columns(names, wanted)
    if columns.text is None:
        raise InputError(
            f"can't tell which column holds the text; the columns are: {listing(names)}; "
            f"name it with --text-column"
        )
    return columns


def listing(names: Iterable[str]) -> str:
    """Give names as a person reads them in a message."""
    return ", ".join(repr(name) for name in names) or "none"
