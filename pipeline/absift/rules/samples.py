"""Words that match an expression, so that what words of its shape are is known beforehand."""

from __future__ import annotations

import re
from itertools import islice, product
from typing import Any

from absift.rules.regexes import members, parser, sre

# Samples of one expression; where it has more matches, of each set a few characters stand for all.
_MOST = 256
_FEW = 3


def samples(pattern: str) -> list[str]:
    """Give words that match an expression: all, if they are few, and else some of every kind.

    Args:
        pattern: An expression that Python's ``re`` takes. What looks around, refers back or
            excludes characters is passed over, so that fewer words, or none, come of it.
    """
    tree = parser.parse(pattern)
    found = _all(tree, None)
    if len(found) > _MOST:
        found = _all(tree, _FEW)
    shape = re.compile(pattern)
    return [word for word in found[:_MOST] if shape.fullmatch(word)]


def _all(tree: Any, few: int | None) -> list[str]:  # noqa: ANN401 - the parser's own type
    parts = [_part(operator, argument, few) for operator, argument in tree]
    # One more than is wanted tells that there are more.
    return ["".join(row) for row in islice(product(*parts), _MOST + 1)]


def _part(operator: Any, argument: Any, few: int | None) -> list[str]:  # noqa: ANN401
    if operator is sre.LITERAL:
        return [chr(argument)]
    if operator is sre.ANY:
        return ["q"]
    if operator is sre.IN:
        found = list(members(argument))
        return found if few is None else found[:: max(1, (len(found) - 1) // (few - 1) or 1)]
    if operator is sre.BRANCH:
        return [word for branch in argument[1] for word in _all(branch, few)]
    if operator is sre.SUBPATTERN:
        return _all(argument[-1], few)
    if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        least, most, inner = argument
        words = _all(inner, few or _FEW)
        return [
            "".join(row)
            for times in sorted({least, min(most, least + 1), min(most, 3)})
            if times >= least
            for row in islice(product(words, repeat=times), _MOST)
        ]
    return [""]
