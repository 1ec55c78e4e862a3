"""How a span stands among the others of its label: what the words around it can't tell."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from absift.rules.engine import Finding
from absift.weighing.weigher import Fact

#: The places of these facts: which of the abstract's spans it is, how large its value is, by
#: itself and beside the largest in the same unit, the unit, and what the attribute is by now in
#: the spans before and after it and in most of those that have the same value.
ORDINAL, SIZE, SHARE, UNIT = "ordinal", "size", "share", "unit"
PREVIOUS, NEXT, SAME = "previous", "next", "same"
STANDING = frozenset({ORDINAL, SIZE, SHARE, UNIT, PREVIOUS, NEXT, SAME})

#: Stands for a span or a value that isn't there.
NONE = "none"
# Spans are counted so far, each and all of them.
_FIRST, _ALL = 5, 6
# Lower bounds of sizes and of shares, and what stands for all below them and then for each.
_SIZES = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000)
_SIZE_NAMES = ("below", *map(str, _SIZES))
_SHARES = (0.1, 0.28, 0.44, 0.56, 0.85, 1.0)
_SHARE_NAMES = ("0", *map(str, _SHARES))


def standing(found: Sequence[Finding], attributes: Sequence[str]) -> list[tuple[Fact, ...]]:
    """Give the facts of each span.

    Args:
        found: The spans of one label, in text order.
        attributes: The attributes that are compared.
    """
    values = [_value(one) for one in found]
    units = [str(one.attributes.get("unit", NONE)) for one in found]
    most: dict[str, float] = {}
    for value, unit in zip(values, units, strict=True):
        if value is not None:
            most[unit] = max(value, most.get(unit, value))
    made = [
        [(ORDINAL, f"{min(at + 1, _FIRST)}/{min(len(found), _ALL)}"), (UNIT, unit)]
        for at, unit in enumerate(units)
    ]
    for facts, value, unit in zip(made, values, units, strict=True):
        if value is not None:
            facts.append((SIZE, _SIZE_NAMES[bisect(_SIZES, value)]))
            if most[unit] > 0:
                facts.append((SHARE, _SHARE_NAMES[bisect(_SHARES, value / most[unit])]))
    for name in attributes:
        said = [str(one.attributes.get(name, NONE)) for one in found]
        alike: dict[Hashable, Counter[str]] = defaultdict(Counter)
        for value, unit, word in zip(values, units, said, strict=True):
            alike[value, unit][word] += 1
        before, behind = [NONE, *said], [*said[1:], NONE]
        for at, facts in enumerate(made):
            facts += [(PREVIOUS, before[at]), (NEXT, behind[at])]
            if values[at] is not None:
                facts.append((SAME, _other(alike[values[at], units[at]], said[at])))
    return [tuple(facts) for facts in made]


def _value(one: Finding) -> float | None:
    """Give a span's value, or the upper end of its range."""
    held = one.attributes.get("value", one.attributes.get("high"))
    return held if isinstance(held, int | float) else None


def _other(words: Counter[str], own: str) -> str:
    """Give the most frequent of some words, of which one's own counts once less."""
    return min(
        (word for word in words if words[word] > (word == own)),
        key=lambda word: ((word == own) - words[word], word),
        default=NONE,
    )
