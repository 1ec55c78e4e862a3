"""Decide which generic mentions, such as "complications", an abstract presents as harms.

"Complications" may be those of an operation or of diabetes, "toxicity" the harm done or a scale's
name. Rules find each such phrase; rules of doubt then speak for or against it, as rules of
evidence do of terms, and what they say of one mention they say of all of the same phrase where
their scope is the abstract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from absift.errors import ConfigError
from absift.rules.engine import GENERIC, Engine, Finding
from absift.rules.model import DOUBTS
from absift.rules.sheet import Sheet

_SCOPES = frozenset({"here", "abstract"})
#: The attribute of a mention that names no particular harm.
_ATTRIBUTE = "generic"


class GenericJudge:
    """Weighs generic mentions.

    Args:
        engine: The rules of the label; its rules of doubt are used.
        settings: The ``generic`` settings: the ``prior`` of a mention, and what each of some
            ``words`` in it adds to that.

    Raises:
        ConfigError: A rule has an unknown scope.
        KeyError: A setting is missing.
    """

    def __init__(self, engine: Engine, settings: Mapping[str, Any]) -> None:
        self._engine = engine
        self._prior = float(settings["prior"])
        self._words: Mapping[str, float] = dict(settings["words"])
        self._sign = engine.vocabulary.of_label(GENERIC)
        for rule in engine.rules.of(DOUBTS):
            if rule.scope not in _SCOPES:
                known = ", ".join(sorted(_SCOPES))
                raise ConfigError(f"{rule.source}: scope '{rule.scope}' must be one of {known}")

    def rejected(self, sheet: Sheet, found: Sequence[Finding]) -> list[Finding]:
        """Give those generic mentions that are no harms.

        Args:
            sheet: A sheet in which terms and what the rules found are single items.
            found: What the rules found.
        """
        hits = self._engine.hits(sheet, DOUBTS)
        if not hits and self._prior > 0 and not self._words:
            return []
        mentions = {
            sheet.item_at(one.start): one for one in found if one.attributes.get(_ATTRIBUTE)
        }
        names = {item: self._name(sheet, one) for item, one in mentions.items()}
        alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for item, name in names.items():
            alike[name].append(item)
        reasons: dict[int, dict[str, float]] = {item: {} for item in mentions}
        for hit in hits:
            if hit.at in mentions:
                reached = [hit.at] if hit.rule.scope == "here" else alike[names[hit.at]]
                for item in reached:
                    reasons[item][hit.rule.id] = hit.rule.weight
        return [
            one
            for item, one in mentions.items()
            if self._worth(names[item]) + sum(reasons[item].values()) <= 0
        ]

    def _name(self, sheet: Sheet, one: Finding) -> tuple[str, ...]:
        words = sheet.text[one.start : one.end].lower().replace("-", " ").split()
        return tuple(word.removesuffix("s") for word in words)

    def _worth(self, name: Iterable[str]) -> float:
        """Give the prior of a phrase."""
        return self._prior + sum(self._words.get(word, 0.0) for word in name)
