"""What can be told of regular expressions without matching them, from how Python parses them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as sre  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_constants as sre
    import sre_parse as parser

__all__ = ["folded", "initials", "members", "parser", "sre"]

_ASCII = frozenset(map(chr, range(128)))
_FOLD = "(?i:"


def members(held: Any) -> Iterator[str]:  # noqa: ANN401 - re's own type
    """Give the characters that a set holds one by one or in a range, and digits for their kind."""
    for operator, argument in held:
        if operator is sre.LITERAL:
            yield chr(argument)
        elif operator is sre.RANGE:
            yield from map(chr, range(argument[0], argument[1] + 1))
        elif operator is sre.CATEGORY and argument is sre.CATEGORY_DIGIT:
            yield from "0123456789"


def initials(pattern: str) -> frozenset[str]:
    """Give the ASCII characters with which words that match an expression can begin.

    Args:
        pattern: An expression that Python's ``re`` takes.

    Returns:
        All such characters, and perhaps some others.
    """
    return frozenset(_first_of(parser.parse(pattern), folds=False)[0])


def _first_of(tree: Any, *, folds: bool) -> tuple[set[str], bool]:  # noqa: ANN401
    """Give what may stand first, and whether nothing may stand there at all."""
    found: set[str] = set()
    for operator, argument in tree:
        first, passes = _first(operator, argument, folds=folds)
        found |= first
        if not passes:
            return found, False
    return found, True


def _first(operator: Any, argument: Any, *, folds: bool) -> tuple[set[str], bool]:  # noqa: ANN401
    if operator in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return set(), True
    if operator is sre.SUBPATTERN:
        _, added, _, inner = argument
        return _first_of(inner, folds=folds or bool(added & re.IGNORECASE))
    if operator is sre.BRANCH:
        each = [_first_of(branch, folds=folds) for branch in argument[1]]
        return set[str]().union(*(first for first, _ in each)), any(empty for _, empty in each)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, _, inner = argument
        first, passes = _first_of(inner, folds=folds)
        return first, passes or not least
    if operator is sre.LITERAL:
        held = {chr(argument)}
    elif operator is sre.IN and all(kind in (sre.LITERAL, sre.RANGE) for kind, _ in argument):
        held = set(members(argument))
    else:
        return set(_ASCII), False
    return held | set(map(str.swapcase, held)) if folds else held, False


def folded(pattern: str) -> re.Pattern[str] | None:
    """Give an expression that matches the lower case of the ASCII words that another one matches.

    Case is looked at letter by letter, and slowly, where it is to be passed over.

    Args:
        pattern: An expression that Python's ``re`` takes.

    Returns:
        The expression; ``None`` where case counts in it, or that can't be told.
    """
    if _FOLD not in pattern or not _passes_over_case(parser.parse(pattern), folds=False):
        return None
    return re.compile(pattern.replace(_FOLD, "(?:"))


def _passes_over_case(tree: Any, *, folds: bool) -> bool:  # noqa: ANN401
    for operator, argument in tree:
        inner: list[Any] = []
        inside = folds
        if operator is sre.SUBPATTERN:
            _, added, _, part = argument
            inner, inside = [part], folds or bool(added & re.IGNORECASE)
        elif operator is sre.BRANCH:
            inner = argument[1]
        elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            inner = [argument[2]]
        elif operator in (sre.ASSERT, sre.ASSERT_NOT):
            inner = [argument[1]]
        elif operator in (sre.LITERAL, sre.IN):
            known = operator is sre.LITERAL or all(
                kind in (sre.LITERAL, sre.RANGE) for kind, _ in argument
            )
            held = {chr(argument)} if operator is sre.LITERAL else set(members(argument))
            # What is written in capitals, or holds for them alone, doesn't fit lower case.
            if not known or not {one.lower() for one in held} <= held:
                return False
            if not folds and not {one.upper() for one in held if one.isascii()} <= held:
                return False
        elif operator not in (sre.ANY, sre.AT):
            return False
        if not all(_passes_over_case(part, folds=inside) for part in inner):
            return False
    return True
