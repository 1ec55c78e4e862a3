"""Regular expressions over one token, as far as they can neither hang nor disturb others."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any

#: The most ways in which the repeats of a shape may share a word out among them.
MOST_WAYS = 10_000
#: Repeats without an end; each takes as many steps as a word has letters, for each step before.
MOST_ENDLESS = 2

# A repeat of more than this counts as one without an end.
_ENDLESS = 40


def shape(source: str) -> re.Pattern[str]:
    """Compile a shape.

    Raises:
        ValueError: It is no regular expression, could take very long with some word, or uses
            named groups, references or flags for the whole, which can't stand beside others'.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            made = re.compile(source)
            tree = _parser().parse(source)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        raise ValueError(f"no regular expression: {error}") from error
    if made.groupindex or made.flags != re.UNICODE:
        raise ValueError("named groups and flags for the whole aren't taken; write (?i:...)")
    ways, endless = _count(tree)
    if ways > MOST_WAYS or endless > MOST_ENDLESS:
        raise ValueError(
            f"can be read in too many ways to be quick: at most {MOST_ENDLESS} repeats without an "
            "end, none inside a repeat, and no alternatives inside one"
        )
    return made


def _parser() -> Any:  # noqa: ANN401 - the module moved in Python 3.11
    from importlib import import_module

    try:
        return import_module("re._parser")
    except ImportError:
        return import_module("sre_parse")


def _count(tree: Iterable[tuple[Any, Any]]) -> tuple[int, int]:
    """Give how many ways bounded repeats make, and how many repeats have no end."""
    ways, endless = 1, 0
    for operation, value in tree:
        name = str(operation)
        if name == "BRANCH":
            parts = [_count(option) for option in value[1]]
            ways *= sum(part[0] for part in parts)
            endless += max(part[1] for part in parts)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            least, most, inner = value
            inside = _count(inner)
            if int(most) > 1 and inside != (1, 0):
                return MOST_WAYS + 1, 0
            ways *= inside[0] * (1 if int(most) > _ENDLESS else int(most) - int(least) + 1)
            endless += inside[1] + (int(most) > _ENDLESS)
        elif name.startswith("GROUPREF"):
            raise ValueError("references to groups aren't taken")
        elif name == "SUBPATTERN":
            inside = _count(value[3])
            ways, endless = ways * inside[0], endless + inside[1]
        elif name in ("ASSERT", "ASSERT_NOT"):
            inside = _count(value[1])
            ways, endless = ways * inside[0], endless + inside[1]
        elif name == "ATOMIC_GROUP":
            inside = _count(value)
            ways, endless = ways * inside[0], endless + inside[1]
        ways = min(ways, MOST_WAYS + 1)
    return ways, endless
