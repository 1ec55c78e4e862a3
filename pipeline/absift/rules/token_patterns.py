"""spaCy's token patterns as trees of absift's own notation, so that one engine runs both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from absift.errors import ConfigError
from absift.rules.index import ANY
from absift.rules.notation import MOST_REPEATS, Atom, Choice, Node, Repeat, Row
from absift.text.tokens import fold, tokenize

_WORD_KEYS = frozenset({"LOWER", "NORM"})
_NUMBER_KEYS = frozenset({"LIKE_NUM", "IS_DIGIT"})
_BOUNDS = re.compile(r"\{(?:(\d+)|(\d+)?,(\d+)?)\}\Z")


def to_node(tokens: Sequence[Mapping[str, Any]], where: str) -> Node:
    """Translate a token pattern.

    Known are ``LOWER`` and ``NORM`` with a word or ``IN`` a list of words, ``LIKE_NUM`` and
    ``IS_DIGIT`` (a number), the empty pattern (any token), and ``OP``. What spaCy tells only of
    parsed or tagged text has no counterpart here.

    Args:
        tokens: One mapping a token, as ``spacy.matcher.Matcher`` takes them.
        where: File, line and rule, for errors.

    Raises:
        ConfigError: The pattern is empty or uses something else; the message names it.
    """
    if not tokens:
        raise ConfigError(f"{where}: 'tokens' is empty")
    nodes = tuple(_token(token, f"{where}: token {n}") for n, token in enumerate(tokens, start=1))
    return nodes[0] if len(nodes) == 1 else Row(nodes)


def _token(token: Mapping[str, Any], where: str) -> Node:
    if not isinstance(token, Mapping):
        raise ConfigError(f"{where}: expected a mapping such as {{LOWER: week}}")
    wanted = {key: value for key, value in token.items() if key != "OP"}
    if len(wanted) > 1:
        raise ConfigError(f"{where}: give one of {', '.join(sorted(wanted))} only")
    operator = str(token.get("OP", "1"))
    node = _test(*next(iter(wanted.items())), where) if wanted else Atom(ANY)
    if operator == "!":
        if not isinstance(node, Atom):
            raise ConfigError(f"{where}: OP '!' takes a single word")
        return Atom(node.name, negated=True)
    least, most = _bounds(operator, where)
    return node if (least, most) == (1, 1) else Repeat(node, least, most)


def _test(key: str, value: object, where: str) -> Node:
    if key in _NUMBER_KEYS and value is True:
        return Atom("NUMBER")
    if key in _WORD_KEYS:
        words = value.get("IN") if isinstance(value, Mapping) else [value]
        if isinstance(words, list) and words and all(isinstance(word, str) for word in words):
            options = tuple(_word(word, where) for word in words)
            return options[0] if len(options) == 1 else Choice(options)
    raise ConfigError(
        f"{where}: {key}: {value!r} isn't known; known are LOWER and NORM with a word or "
        "{IN: [words]}, LIKE_NUM: true, IS_DIGIT: true"
    )


def _word(word: str, where: str) -> Atom:
    parts = tokenize(word).words
    if len(parts) != 1:
        raise ConfigError(f"{where}: {word!r} is {len(parts)} tokens; give each its own")
    return Atom(fold(parts[0]))


def _bounds(operator: str, where: str) -> tuple[int, int]:
    simple = {"1": (1, 1), "?": (0, 1), "*": (0, MOST_REPEATS), "+": (1, MOST_REPEATS)}
    if operator in simple:
        return simple[operator]
    match = _BOUNDS.match(operator)
    if not match:
        raise ConfigError(f"{where}: OP '{operator}' must be one of ! ? * + {{n}} {{n,m}}")
    exact, low, high = match.groups()
    least = int(exact or low or 0)
    most = int(exact or high or MOST_REPEATS)
    if not least <= most <= MOST_REPEATS or most == 0:
        raise ConfigError(f"{where}: OP '{operator}' must lie between 0 and {MOST_REPEATS}")
    return least, most
