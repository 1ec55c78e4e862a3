"""Decide which generic mentions, such as "complications", an abstract presents as harms.

"Complications" may be those of an operation or of diabetes, "toxicity" the harm done or a scale's
name. Rules find each such phrase; rules of doubt then speak for or against it, as rules of
evidence do of terms, and what they say of one mention they say of all of the same phrase where
their scope is the abstract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from absift.errors import ConfigError
from absift.lexicon.lexicon import Lexicon
from absift.rules.engine import Engine, Finding
from absift.rules.model import DOUBTS
from absift.rules.sheet import Sheet

_SCOPES = frozenset({"here", "abstract"})
#: The attribute of a mention that names no particular harm.
_ATTRIBUTE = "generic"


class Rejected(NamedTuple):
    """A generic mention that is no harm: its prior, and the rules that spoke, with weights."""

    mention: Finding
    prior: float
    reasons: Mapping[str, float]


class GenericJudge:
    """Weighs generic mentions.

    Args:
        engine: The rules of the label; its rules of doubt are used.
        settings: The ``generic`` settings: the ``prior`` of a mention, and what each of some
            ``words`` in it adds to that.
        lexicon: Tells which phrases are spellings of one.

    Raises:
        ConfigError: A rule has an unknown scope.
        KeyError: A setting is missing.
    """

    def __init__(self, engine: Engine, settings: Mapping[str, Any], lexicon: Lexicon) -> None:
        self._engine = engine
        self._prior = float(settings["prior"])
        self._path = lexicon.path
        self._words = {lexicon.key(word): float(held) for word, held in settings["words"].items()}
        for rule in engine.rules.of(DOUBTS):
            if rule.scope not in _SCOPES:
                known = ", ".join(sorted(_SCOPES))
                raise ConfigError(f"{rule.source}: scope '{rule.scope}' must be one of {known}")

    def rejected(self, sheet: Sheet, found: Sequence[Finding]) -> list[Rejected]:
        """Give those generic mentions that are no harms; one that no rule doubts is a harm.

        Args:
            sheet: A sheet in which terms and what the rules found are single items.
            found: What the rules found.
        """
        hits = self._engine.hits(sheet, DOUBTS)
        if not hits:
            return []
        mentions = {
            sheet.item_at(one.start): one for one in found if one.attributes.get(_ATTRIBUTE)
        }
        names = {
            item: self._path(sheet.text[one.start : one.end]) for item, one in mentions.items()
        }
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for item, name in names.items():
            alike[name].append(item)
        reasons: dict[int, dict[str, float]] = defaultdict(dict)
        for hit in hits:
            if hit.at in mentions:
                reached = [hit.at] if hit.rule.scope == "here" else alike[names[hit.at]]
                for item in reached:
                    reasons[item][hit.rule.id] = hit.rule.weight
        weighed = [
            Rejected(mentions[item], self._worth(names[item]), held)
            for item, held in sorted(reasons.items())
        ]
        return [one for one in weighed if one.prior + sum(one.reasons.values()) <= 0]

    def _worth(self, name: Iterable[str]) -> float:
        """Give the prior of a phrase."""
        return self._prior + sum(self._words.get(word, 0.0) for word in name)
