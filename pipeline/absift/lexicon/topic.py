"""What the mentions of a term tell together: whether it is what the abstract is about.

A harm that was met with comes late in an abstract and once or twice; what a study set out to
prevent, to treat or to predict stands in its title, comes early and is spoken of throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from absift.errors import ConfigError
from absift.lexicon.candidates import Candidate
from absift.lexicon.entries import KINDS
from absift.rules.sheet import Sheet

_KEYS = frozenset({"id", "section", "until", "mentions", "share", "of", "weight"})


@dataclass(frozen=True, slots=True)
class _Sign:
    """One thing that the mentions of a term tell; all that it asks must hold.

    Attributes:
        id: Its name.
        weight: What it adds to the score of each mention.
        section: A section in which one of them must stand.
        until: The share of the text in which the first must stand.
        mentions: How many there must be.
        share: The share that they must be of the mentions of all terms.
        of: The kinds of terms that it tells of.
    """

    id: str
    weight: float
    section: str | None
    until: float
    mentions: int
    share: float
    of: frozenset[str]


class Topics:
    """Weighs terms by where and how often they are mentioned.

    Args:
        settings: The ``topic`` settings: what is asked of a term's mentions, and what it weighs.
        short: A text of fewer sentences is too short to have a topic: nothing is weighed in it.
        where: What the settings belong to, for messages.

    Raises:
        ConfigError: A setting is malformed.
        KeyError: One lacks ``id`` or ``weight``.
    """

    def __init__(self, settings: Iterable[Mapping[str, Any]], short: int, where: str) -> None:
        self._short = short
        self._signs = [_read(held, f"{where}: judge: topic") for held in settings]

    def weigh(
        self, sheet: Sheet, terms: Mapping[int, Sequence[int]], items: Mapping[int, Candidate]
    ) -> None:
        """Add to each mention's score what all mentions of its term tell.

        Args:
            sheet: The abstract; terms are single items.
            terms: For each term, the items of its mentions in text order.
            items: The mentions by item.
        """
        if len(sheet.ranges) < self._short:
            return
        total = len(items)
        for places in terms.values():
            kind = items[places[0]].entry.kind
            for sign in self._signs:
                if kind in sign.of and _holds(sign, sheet, places, total):
                    for place in places:
                        items[place].weigh(sign.id, sign.weight)


def _holds(sign: _Sign, sheet: Sheet, places: Sequence[int], total: int) -> bool:
    return (
        places[0] <= sign.until * len(sheet.signs)
        and len(places) >= sign.mentions
        and len(places) >= sign.share * total
        and (sign.section is None or sign.section in map(sheet.section, places))
    )


def _read(held: Mapping[str, Any], where: str) -> _Sign:
    name = held["id"]
    unknown = ", ".join(sorted(held.keys() - _KEYS))
    if unknown:
        raise ConfigError(f"{where}: {name}: unknown key '{unknown}'")
    of = frozenset(held.get("of", KINDS))
    if not of <= KINDS:
        raise ConfigError(f"{where}: {name}: '{', '.join(sorted(of - KINDS))}' is no kind of term")
    return _Sign(
        id=name,
        weight=float(held["weight"]),
        section=held.get("section"),
        until=float(held.get("until", 1)),
        mentions=int(held.get("mentions", 1)),
        share=float(held.get("share", 0)),
        of=of,
    )
