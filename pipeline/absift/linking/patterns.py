"""The patterns that linking reads sentences with, compiled from ``configs/linking.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from absift.errors import ConfigError
from absift.rules.classes import build_classes
from absift.rules.compile import expression, register
from absift.rules.notation import Node, parse
from absift.rules.vocabulary import Vocabulary

#: The classes of what a sentence that is linked has as single items, besides the labels.
ARM, FIGURE = "ARM", "FIGURE"
_WHERE = "linking.yaml"
_PATTERNS = (
    "across", "after_weak", "against", "allotted_two", "armed", "because", "before", "behind_arm",
    "bound", "cause", "chain", "composition", "count_before", "count_behind", "counted_list",
    "detailed", "dose", "dosed", "gap", "given", "group_word", "grouped", "has_own", "head_total",
    "joint", "likely", "mixed", "mostly", "of_each", "of_total", "opposed", "predicate", "ratio",
    "sampled", "seen_in", "seen_next", "share_of", "sized", "sized_share", "split_ratio", "theme",
    "total_behind", "total_share", "treated", "used", "weighed",
)  # fmt: skip
_CLASSES = (
    "BASE_STOP", "CLOSE", "COLON", "COMMA", "COUNT_SIGN", "DASH", "DRUG", "EACH", "GROUP",
    "HARM_NOUN", "INTERVENTION", "LINK_ABOVE", "LINK_AGAINST", "LINK_ALIKE", "LINK_ALONE",
    "LINK_ANOTHER", "LINK_ARM", "LINK_CAUSED", "LINK_CLAUSE", "LINK_COMES", "LINK_CONTROLLED",
    "LINK_COUNTED", "LINK_DEGREE", "LINK_DENIED", "LINK_DET", "LINK_ENDS", "LINK_FILL",
    "LINK_FINISH", "LINK_FOIL", "LINK_GIVEN", "LINK_GLUED", "LINK_GROUPS", "LINK_HYPHEN",
    "LINK_IN", "LINK_INITIAL", "LINK_INTO", "LINK_JOIN", "LINK_KIND", "LINK_LEAD", "LINK_LETTER",
    "LINK_LOOSE", "LINK_MEASURE", "LINK_NAMED", "LINK_NO", "LINK_NONE", "LINK_OF", "LINK_ONCE",
    "LINK_PLUS", "LINK_SALT", "LINK_SHARED", "LINK_SPREAD", "LINK_STATISTIC", "LINK_STOP",
    "LINK_STOPS", "LINK_TAIL", "LINK_TESTED", "LINK_THAN", "LINK_VAGUE", "LINK_VERB",
    "LIST_JOINER", "OCCUR", "OPEN", "OUTCOME_CORE", "PARTICIPANT", "PEOPLE", "PERCENT",
    "RANDOMISED", "RANDOM_VERB", "RANGE_TO", "RESPECTIVELY", "SENTENCE_END", "SEP", "SIZE_AGAINST",
    "SIZE_ALLOTTED", "SIZE_ARM", "SIZE_BARRED", "SIZE_COMPARED", "SIZE_CUT", "SIZE_EQUALS",
    "SIZE_JOINT", "SIZE_LEAD", "SIZE_NAMED", "SIZE_PLUS", "SIZE_STOP", "SIZE_VERB", "VERSUS",
)  # fmt: skip


class Patterns:
    """Compiled patterns and sets of signatures by name, renewed when the vocabulary grew.

    Args:
        vocabulary: The alphabet, not yet settled; the classes of ``source`` are added to it.
        source: ``classes`` and ``patterns`` as ``configs/linking.yaml`` holds them.

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
        patterns = source.get("patterns") or {}
        missing = [name for name in _PATTERNS if name not in patterns]
        missing += [name for name in _CLASSES if name not in vocabulary.classes]
        if missing:
            raise ConfigError(f"{_WHERE}: no {', '.join(missing)}")
        self._nodes: dict[str, Node] = {}
        for name in _PATTERNS:
            where = f"{_WHERE}: pattern {name}"
            try:
                self._nodes[name] = parse(str(patterns[name]))
            except ConfigError as error:
                raise ConfigError(f"{where}: {error}") from error
            register(self._nodes[name], vocabulary, where)
        for name in _CLASSES:
            vocabulary.use(name, is_class=True)
        self._version = -1
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._sets: dict[tuple[str, ...], frozenset[str]] = {}

    def renew(self) -> None:
        """Compile anew if the vocabulary has new signatures."""
        if self._version == self.vocabulary.version:
            return
        for name, node in self._nodes.items():
            self._compiled[name] = re.compile(expression(node, self.vocabulary))
        self._sets.clear()
        self._version = self.vocabulary.version

    def label(self, name: str) -> str:
        """Give the signature of a label."""
        return self.vocabulary.of_label(name)

    def of(self, name: str) -> re.Pattern[str]:
        """Give a pattern, compiled over signatures."""
        return self._compiled[name]

    def signs(self, *names: str) -> frozenset[str]:
        """Give the signatures of the single words of classes."""
        held = self._sets.get(names)
        if held is None:
            words = (self.vocabulary.signatures(name) for name in names)
            held = self._sets[names] = frozenset("".join(words))
        return held


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
