"""Word classes as ``configs/vocabulary.yaml`` gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from absift.errors import ConfigError
from absift.rules.safe_shapes import shape
from absift.text.tokens import fold, tokenize


@dataclass(slots=True)
class WordClass:
    """A class of the vocabulary.

    Attributes:
        words: Folded single tokens.
        exact: Tokens that count in this case only.
        shapes: Regular expressions that a token's own form may match in full.
        phrases: Entries of more than one token, folded.
    """

    words: set[str] = field(default_factory=set)
    exact: set[str] = field(default_factory=set)
    shapes: list[re.Pattern[str]] = field(default_factory=list)
    phrases: set[tuple[str, ...]] = field(default_factory=set)

    def update(self, other: WordClass) -> None:
        """Take over all that another class holds."""
        self.words |= other.words
        self.exact |= other.exact
        self.shapes += other.shapes
        self.phrases |= other.phrases


def build_classes(
    source: Mapping[str, Sequence[str]], where: str, places: Mapping[str, str] | None = None
) -> dict[str, WordClass]:
    """Read the classes of a vocabulary.

    Args:
        source: Class name to entries: a word or phrase; ``=word`` for this case only;
            ``/shape/`` a regular expression over one token; ``CLASS`` all of that class.
        where: Name of the file, for errors.
        places: File and line of classes that stand elsewhere.

    Raises:
        ConfigError: A class holds itself, or has an entry that is no word or a malformed or
            slow shape; all such classes are named.
    """
    built: dict[str, WordClass] = {}
    problems: dict[str, str] = {}

    def place(name: str) -> str:
        return f"{(places or {}).get(name, where)}: class {name}"

    def build(name: str, path: tuple[str, ...]) -> WordClass:
        if name in path:
            raise ConfigError(f"{place(name)} holds itself by {' > '.join(path)}")
        if name not in built:
            made = WordClass()
            if not isinstance(source[name], list | tuple):
                raise ConfigError(f"{place(name)} must be a list, not {source[name]!r}")
            for entry in source[name]:
                if isinstance(entry, list | dict | None):
                    raise ConfigError(f"{place(name)}: {entry!r} must be a word; put it in quotes")
                _add_entry(made, str(entry), place(name), source, lambda n: build(n, (*path, name)))
            built[name] = made
        return built[name]

    for name in source:
        try:
            build(name, ())
        except ConfigError as error:
            problems[str(error)] = name
    if problems:
        raise ConfigError("\n".join(problems))
    return built


def _add_entry(
    made: WordClass,
    entry: str,
    where: str,
    source: Mapping[str, Sequence[str]],
    build: Callable[[str], WordClass],
) -> None:
    if entry in source:
        made.update(build(entry))
    elif len(entry) > 2 and entry.startswith("/") and entry.endswith("/"):
        try:
            made.shapes.append(shape(entry[1:-1]))
        except ValueError as error:
            raise ConfigError(f"{where}: {entry}: {error}") from error
    elif len(entry) > 1 and entry.startswith("="):
        made.exact.add(entry[1:])
    else:
        words = tuple(fold(word) for word in tokenize(entry).words)
        if len(words) == 1:
            made.words.add(words[0])
        elif words:
            made.phrases.add(words)
        else:
            raise ConfigError(f"{where} has an empty entry")
