"""The lexicon of adverse events and the look-up of its terms in an abstract."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from absift.errors import ConfigError
from absift.text.tokens import DASHES, fold, tokenize

_COLUMNS = ("term", "system", "kind", "synonyms")
#: What a term of this kind holds is no harm: it keeps its words from other terms.
NOT_A_HARM = "none"
KINDS = frozenset({"harm", "effect", "event", "disease", "finding", NOT_A_HARM})
# A name whose blanks alone part its words, as most: splitting is faster than tokenizing.
_PLAIN_NAME = re.compile("[A-Za-z ]+")
# Word forms that are remembered; the memory is emptied beyond that, so that it stays bounded.
_MOST_FORMS = 60_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A preferred term.

    Attributes:
        term: Its name.
        system: The body system, in plain English.
        kind: ``harm`` (the word itself says a harm of an intervention), ``effect`` (mostly met as
            a side effect), ``event``, ``disease`` (mostly what is treated), ``finding`` or
            ``none``.
        synonyms: Its other surface forms.
        source: File and line.
    """

    term: str
    system: str
    kind: str
    synonyms: tuple[str, ...]
    source: str


class Mention(NamedTuple):
    """A term that stands at words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    entry: Entry


def read_entries(path: Path) -> list[Entry]:
    """Read a lexicon file: tab-separated ``term``, ``system``, ``kind``, ``synonyms``.

    Raises:
        ConfigError: The file can't be read, or a line is malformed; the message names the line.
    """
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from error
    if not rows or tuple(rows[0]) != _COLUMNS:
        raise ConfigError(f"{path}: line 1 must be the header {' '.join(_COLUMNS)}")
    return [_entry(row, f"{path}:{line}") for line, row in enumerate(rows[1:], start=2) if row]


def _entry(row: Sequence[str], source: str) -> Entry:
    cells = [*row, ""] if len(row) == len(_COLUMNS) - 1 else row
    if len(cells) != len(_COLUMNS) or not cells[0].strip():
        raise ConfigError(f"{source}: expected {len(_COLUMNS)} cells, found {len(row)}")
    term, system, kind, synonyms = (cell.strip() for cell in cells)
    if kind not in KINDS:
        raise ConfigError(f"{source}: kind '{kind}' must be one of {', '.join(sorted(KINDS))}")
    names = tuple(name.strip() for name in synonyms.split("|") if name.strip())
    return Entry(term, system, kind, names, source)


class _Node:
    """A step of the look-up: the entry that ends here and the words that may follow."""

    __slots__ = ("entry", "following")

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.following: dict[str, _Node] = {}


class Lexicon:
    """Finds terms whatever their spelling, number, case and hyphens.

    Args:
        entries: The preferred terms. Where two share a surface form, the first keeps it.
        spelling: What ``configs/spelling.yaml`` holds.
    """

    def __init__(self, entries: Iterable[Entry], spelling: Mapping[str, Any]) -> None:
        self._folds = [(re.compile(was), becomes) for was, becomes in spelling["folds"]]
        self._any_fold = re.compile("|".join(f"(?:{was})" for was, _ in spelling["folds"]))
        self._skipped = frozenset(spelling["skipped"]) | DASHES
        self._same: dict[str, str] = dict(spelling.get("same") or {})
        self._root = _Node()
        # Every key of a word of a term.
        self._used: set[str] = set()
        self._forms = _Forms(self._form)
        self.entries = tuple(entries)
        # Names share most of their words; what texts hold is remembered by its form alone.
        key = cache(self.key)
        for entry in self.entries:
            for name in (entry.term, *entry.synonyms):
                self._add(self._path(name, key), entry)

    def key(self, word: str) -> str:
        """Give the form in which a word is compared: one for all of its spellings."""
        made = fold(word) if word.isascii() else _without_accents(fold(word))
        made = self._same.get(made, made)
        # Most words are spelt in one way, which one look tells.
        if len(made) > 3 and self._any_fold.search(made):
            for was, becomes in self._folds:
                made = was.sub(becomes, made)
        return made

    def path(self, name: str) -> tuple[str, ...]:
        """Give the keys of a name's words: names that share it can't be told apart."""
        return self._path(name, self.key)

    def _path(self, name: str, key: Callable[[str], str]) -> tuple[str, ...]:
        return tuple(
            f"={word}" if _is_abbreviation(word) else key(word)
            for word in (name.split() if _PLAIN_NAME.fullmatch(name) else tokenize(name).words)
            if word not in self._skipped
        )

    def _add(self, path: Iterable[str], entry: Entry) -> None:
        node = self._root
        for key in path:
            self._used.add(key)
            node = node.following.setdefault(key, _Node())
        if node is not self._root and node.entry is None:
            node.entry = entry

    def _form(self, word: str) -> _Form | None:
        """Give what the look-up asks of a word; ``None`` of a word that no term has."""
        exact: tuple[str, ...] = ()
        if len(word) > 1 and word[:-1].isupper():
            exact = (f"={word}", f"={word[:-1]}") if word[-1] == "s" else (f"={word}",)
        key = self.key(word)
        skipped = word in self._skipped
        if not skipped and key not in self._used and self._used.isdisjoint(exact):
            return None
        return _Form(_follow(self._root, exact, key), key, exact, skipped)

    def find(self, words: Sequence[str]) -> Iterator[Mention]:
        """Give the terms among words, at each place the longest, none overlapping."""
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
        forms = list(map(self._forms.__getitem__, words))
        # Nearly every word begins no term, and what follows most of the others ends it.
        starts = [place for place, form in enumerate(forms) if form and form.start]
        forms.append(None)
        free = 0
        for first in starts:
            form = forms[first]
            node = form.start if form else None
            if node is None or first < free:
                continue
            following = forms[first + 1]
            if node.entry is None and (
                following is None
                or not (following.key in node.following or following.exact or following.skipped)
            ):
                continue
            found = _longest(forms, first, node)
            if found:
                yield found
                free = found.last

    def within(self, words: Sequence[str]) -> Entry | None:
        """Give the longest harm among the words of a name; of equals the last, mostly its head.

        ``None`` where no harm is among them.
        """
        found = [one for one in self.find(words) if one.entry.kind != NOT_A_HARM]
        longest = max(found, key=lambda one: (one.last - one.first, one.last), default=None)
        return longest.entry if longest else None


def _longest(forms: Sequence[_Form | None], first: int, node: _Node) -> Mention | None:
    """Give the longest term that begins at a word."""
    best = Mention(first, first + 1, node.entry) if node.entry else None
    for place in range(first + 1, len(forms)):
        form = forms[place]
        if form is None or not node.following:
            break
        if not form.skipped:
            following = _follow(node, form.exact, form.key)
            if following is None:
                break
            node = following
            if node.entry:
                best = Mention(first, place + 1, node.entry)
    return best


class _Form(NamedTuple):
    """A word as the look-up sees it: the step that it begins, its key, its keys by case."""

    start: _Node | None
    key: str
    exact: tuple[str, ...]
    skipped: bool


class _Forms(dict[str, _Form | None]):
    """Word to its form, worked out when first asked for."""

    def __init__(self, make: Callable[[str], _Form | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> _Form | None:
        made = self[word] = self._make(word)
        return made


def _follow(node: _Node, exact: Iterable[str], key: str) -> _Node | None:
    for each in exact:
        if each in node.following:
            return node.following[each]
    return node.following.get(key)


def _is_abbreviation(word: str) -> bool:
    """Tell whether a word is written in capitals on purpose, so that its case counts."""
    return len(word) > 1 and word.isupper()


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def load_lexicon(folder: Path, spelling: Mapping[str, Any]) -> Lexicon:
    """Read all ``*.tsv`` files of a folder.

    Raises:
        ConfigError: A file is malformed, or there is none.
    """
    paths = sorted(folder.glob("*.tsv"))
    if not paths:
        raise ConfigError(f"{folder}: no lexicon (*.tsv) in it")
    return Lexicon((entry for path in paths for entry in read_entries(path)), spelling)
