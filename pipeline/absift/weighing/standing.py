"""How a span stands among the others of its label: what the words around it can't tell."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

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
_ORDINALS = [[(ORDINAL, f"{at}/{count}") for count in range(_ALL + 1)] for at in range(_FIRST + 1)]
# Lower bounds of sizes and of shares, and the facts of all below them and then of each.
_SIZES = (0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10000)
_SIZE_FACTS = [(SIZE, "below"), *((SIZE, str(bound)) for bound in _SIZES)]
_SHARES = (0.1, 0.28, 0.44, 0.56, 0.85, 1.0)
_SHARE_FACTS = [(SHARE, "0"), *((SHARE, str(bound)) for bound in _SHARES)]
_ALONE = (SAME, NONE)


def standing(found: Sequence[Finding], attributes: Iterable[str]) -> list[list[Fact]]:
    """Give the facts of each span.

    Args:
        found: The spans of one label, in text order.
        attributes: The attributes that are compared.
    """
    held = [one.attributes for one in found]
    values = [_amount(each.get("value", each.get("high"))) for each in held]
    units = [each.get("unit", NONE) for each in held]
    alike: dict[Hashable, list[int]] = {}
    most: dict[str, float] = {}
    for at, (value, unit) in enumerate(zip(values, units, strict=True)):
        if value is not None:
            most[unit] = max(value, most.get(unit, value))
            alike.setdefault((value, unit), []).append(at)
    all_of_them = min(len(found), _ALL)
    made = []
    for at, (value, unit) in enumerate(zip(values, units, strict=True), start=1):
        facts = [_ORDINALS[min(at, _FIRST)][all_of_them], (UNIT, unit)]
        if value is not None:
            facts.append(_SIZE_FACTS[bisect(_SIZES, value)])
            if most[unit] > 0:
                facts.append(_SHARE_FACTS[bisect(_SHARES, value / most[unit])])
        made.append(facts)
    for name in attributes:
        said = [each.get(name, NONE) for each in held]
        before = NONE
        for facts, one, behind in zip(made, said, [*said[1:], NONE], strict=False):
            facts += ((PREVIOUS, before), (NEXT, behind))
            before = one
        for places in alike.values():
            if len(places) == 1:
                made[places[0]].append(_ALONE)
                continue
            words = Counter(said[at] for at in places)
            for at in places:
                made[at].append((SAME, _other(words, said[at])))
    return made


def _amount(value: object) -> float | None:
    return value if isinstance(value, (int, float)) else None


def _other(words: Counter[str], own: str) -> str:
    """Give the most frequent of some words, of which one's own counts once less."""
    return min(
        (word for word in words if words[word] > (word == own)),
        key=lambda word: ((word == own) - words[word], word),
        default=NONE,
    )
