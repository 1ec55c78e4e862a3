"""Word classes as ``configs/vocabulary.yaml`` gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from absift.errors import ConfigError
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


def build_classes(source: Mapping[str, Sequence[str]], where: str) -> dict[str, WordClass]:
    """Read the classes of a vocabulary.

    Args:
        source: Class name to entries: a word or phrase; ``=word`` for this case only;
            ``/shape/`` a regular expression over one token; ``CLASS`` all of that class.
        where: Name of the file, for errors.

    Raises:
        ConfigError: A class is unknown, holds itself, or has a malformed shape.
    """
    built: dict[str, WordClass] = {}

    def build(name: str, path: tuple[str, ...]) -> WordClass:
        if name in path:
            raise ConfigError(f"{where}: class {name} holds itself by {' > '.join(path)}")
        if name not in built:
            made = WordClass()
            if not isinstance(source[name], list | tuple):
                raise ConfigError(f"{where}: class {name} must be a list, not {source[name]!r}")
            for entry in source[name]:
                if isinstance(entry, list | dict | None):
                    raise ConfigError(
                        f"{where}: class {name}: {entry!r} must be a word; put it in quotes"
                    )
                _add_entry(made, str(entry), name, where, source, lambda n: build(n, (*path, name)))
            built[name] = made
        return built[name]

    for name in source:
        build(name, ())
    return built


def _add_entry(
    made: WordClass,
    entry: str,
    name: str,
    where: str,
    source: Mapping[str, Sequence[str]],
    build: Callable[[str], WordClass],
) -> None:
    if entry in source:
        made.update(build(entry))
    elif len(entry) > 2 and entry.startswith("/") and entry.endswith("/"):
        try:
            made.shapes.append(re.compile(entry[1:-1]))
        except re.error as error:
            raise ConfigError(f"{where}: class {name}: {entry}: {error}") from error
    elif len(entry) > 1 and entry.startswith("="):
        made.exact.add(entry[1:])
    else:
        words = tuple(fold(word) for word in tokenize(entry).words)
        if len(words) == 1:
            made.words.add(words[0])
        elif words:
            made.phrases.add(words)
        else:
            raise ConfigError(f"{where}: class {name} has an empty entry")
