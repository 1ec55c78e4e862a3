"""The patterns that linking reads sentences with, compiled from ``configs/linking.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from absift.errors import ConfigError
from absift.rules.classes import build_classes
from absift.rules.compile import expression, register
from absift.rules.notation import Node, parse
from absift.rules.pattern import Pattern, over_signs
from absift.rules.vocabulary import Vocabulary

#: The classes of what a sentence that is linked has as single items, besides the labels.
ARM, FIGURE = "ARM", "FIGURE"
_WHERE = "linking.yaml"


class Patterns:
    """Compiled patterns and sets of signatures by name, renewed when the vocabulary grew.

    Args:
        vocabulary: The alphabet, not yet settled; the classes of ``source`` are added to it.
        source: ``classes``, ``reads`` and ``patterns`` as ``configs/linking.yaml`` holds them.

    Attributes:
        signs: Gives the signatures of the single words of classes, by their names.

    Raises:
        ConfigError: A pattern or class is missing, malformed, or already there.
    """

    def __init__(self, vocabulary: Vocabulary, source: Mapping[str, Any]) -> None:
        self.vocabulary = vocabulary
        own = dict(source.get("classes") or {})
        clash = sorted(own.keys() & vocabulary.classes.keys())
        if clash:
            raise ConfigError(f"{_WHERE}: class {clash[0]} stands in vocabulary.yaml already")
        _take_in(vocabulary, own)
        vocabulary.labels = (*vocabulary.labels, ARM, FIGURE)
        read = [*own, *map(str, source.get("reads") or ())]
        missing = [name for name in read if name not in vocabulary.classes]
        if missing:
            raise ConfigError(f"{_WHERE}: no class {', '.join(missing)}")
        self._nodes: dict[str, Node] = {}
        for name, pattern in (source.get("patterns") or {}).items():
            where = f"{_WHERE}: pattern {name}"
            try:
                self._nodes[name] = parse(str(pattern))
            except ConfigError as error:
                raise ConfigError(f"{where}: {error}") from error
            register(self._nodes[name], vocabulary, where)
        self._classes = frozenset(read)
        for name in read:
            vocabulary.use(name, is_class=True)
        self._version = -1
        self._compiled: dict[str, Pattern] = {}
        # Asked for so often that to go through Python each time is felt.
        self.signs = cache(self._signs)

    def renew(self) -> None:
        """Compile anew if the vocabulary has new signatures."""
        if self._version == self.vocabulary.version:
            return
        for name, node in self._nodes.items():
            self._compiled[name] = over_signs(expression(node, self.vocabulary))
        self.signs.cache_clear()
        self._version = self.vocabulary.version

    def label(self, name: str) -> str:
        """Give the signature of a label."""
        return self.vocabulary.of_label(name)

    def of(self, name: str) -> Pattern:
        """Give a pattern, compiled over signatures.

        Raises:
            ConfigError: There is none of this name.
        """
        try:
            return self._compiled[name]
        except KeyError:
            raise ConfigError(f"{_WHERE}: no pattern {name}") from None

    def _signs(self, *names: str) -> frozenset[str]:
        """Give the signatures of the single words of classes.

        Raises:
            ConfigError: There is no such class, or ``reads`` doesn't name it.
        """
        missing = [name for name in names if name not in self._classes]
        if missing:
            raise ConfigError(f"{_WHERE}: no class {', '.join(missing)}")
        return frozenset("".join(self.vocabulary.signatures(name) for name in names))


def _take_in(vocabulary: Vocabulary, own: Mapping[str, list[str]]) -> None:
    """Add classes, whose entries may name each other and classes that are there already."""
    names = own.keys()
    made = build_classes(
        {
            name: [e for e in map(str, entries) if e in names or e not in vocabulary.classes]
            for name, entries in own.items()
        },
        _WHERE,
    )

    def known(name: str) -> Iterator[str]:
        for entry in map(str, own[name]):
            if entry in names:
                yield from known(entry)
            elif entry in vocabulary.classes:
                yield entry

    for name in own:
        for entry in known(name):
            made[name].update(vocabulary.classes[entry])
    vocabulary.classes.update(made)
