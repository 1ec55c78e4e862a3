"""The lexicon of adverse events and the look-up of its terms in an abstract."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from absift.compiled_parts import compiled
from absift.errors import ConfigError
from absift.lexicon import walk
from absift.lexicon.entries import NOT_A_HARM, Entry, read_entries
from absift.lexicon.walk import Form, Forms, Mention, Node, follow
from absift.text.tokens import DASHES, fold, tokenize

_WALK = compiled("absift.lexicon._walk") or walk
# A name whose blanks alone part its words, as most: splitting is faster than tokenizing.
_PLAIN_NAME = re.compile("[A-Za-z ]+")
# Word forms that are remembered; the memory is emptied beyond that, so that it stays bounded.
_MOST_FORMS = 60_000


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
        self._root = Node()
        self._forms = Forms(self._form)
        self.entries = tuple(entries)
        # Names share most of their words; what texts hold is remembered by its form alone.
        keys = _Keys(self._key_in_name)
        # The names by their first keys: most of them begin no name in most runs, so that the steps
        # of a name are made once its first word is met.
        self._names: dict[str, list[tuple[list[str], Entry]]] = {}
        for entry in self.entries:
            for name in (entry.term, *entry.synonyms):
                path = [key for key in map(keys.__getitem__, _words(name)) if key is not None]
                if path:
                    self._names.setdefault(path[0], []).append((path, entry))
        # Every key of a word of a term.
        self._used = {key for key in keys.values() if key is not None}

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
        made = map(self._key_in_name, _words(name))
        return tuple(key for key in made if key is not None)

    def _key_in_name(self, word: str) -> str | None:
        """Give the key of a word of a name; ``None`` of one that may be left out."""
        if word in self._skipped:
            return None
        return f"={word}" if _is_abbreviation(word) else self.key(word)

    def _begin(self, key: str) -> None:
        """Make the steps of the names that begin with a key."""
        if key in self._names and key not in self._root.following:
            first = Node()
            for path, entry in self._names[key]:
                node = first
                for each in path[1:]:
                    node = node.following.setdefault(each, Node())
                node.entry = node.entry or entry
            # Last, since another thread may look it up.
            self._root.following[key] = first

    def _form(self, word: str) -> Form | None:
        """Give what the look-up asks of a word; ``None`` of a word that no term has."""
        exact: tuple[str, ...] = ()
        if len(word) > 1 and word[:-1].isupper():
            exact = (f"={word}", f"={word[:-1]}") if word[-1] == "s" else (f"={word}",)
        key = self.key(word)
        skipped = word in self._skipped
        if not skipped and key not in self._used and self._used.isdisjoint(exact):
            return None
        for each in (*exact, key):
            self._begin(each)
        return Form(follow(self._root, exact, key), key, exact, skipped)

    def find(self, words: Sequence[str]) -> list[Mention]:
        """Give the terms among words, at each place the longest, none overlapping."""
        if len(self._forms) > _MOST_FORMS:
            self._forms.clear()
        found: list[Mention] = _WALK.terms(words, self._forms)
        return found

    def within(self, words: Sequence[str]) -> Entry | None:
        """Give the longest harm among the words of a name; of equals the last, mostly its head.

        ``None`` where no harm is among them.
        """
        found = [one for one in self.find(words) if one.entry.kind != NOT_A_HARM]
        longest = max(found, key=lambda one: (one.last - one.first, one.last), default=None)
        return longest.entry if longest else None


class _Keys(dict[str, str | None]):
    """Word of a name to its key, worked out when first asked for."""

    def __init__(self, make: Callable[[str], str | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str | None:
        made = self[word] = self._make(word)
        return made


def _words(name: str) -> list[str]:
    return name.split() if _PLAIN_NAME.fullmatch(name) else tokenize(name).words


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
