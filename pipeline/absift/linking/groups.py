"""What linking remembers of an abstract: events that share figures, and the arms named so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from absift.linking.figures import Line, Rate
from absift.rules.engine import Finding


@dataclass(slots=True)
class Group:
    """Adverse events that share their figures: items and findings in text order."""

    items: list[int]
    findings: list[Finding]
    rates: list[Rate] = field(default_factory=list)

    @property
    def first(self) -> int:
        """The first item."""
        return self.items[0]

    @property
    def last(self) -> int:
        """The item behind the last one."""
        return self.items[-1] + 1


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the abstract say of arms.

    Attributes:
        known: Names of arms, folded.
        allotted: The arms that the abstract compares, by how many they are.
        arms: The arms that were named last, by how many they were.
        head: The arm that the beginning of the current sentence names.
        compares: Whether the abstract tells of more than one group.
        pending: Earlier sentences without events, whose arms haven't been read yet.
    """

    known: frozenset[str]
    allotted: dict[int, tuple[str, ...]] = field(default_factory=dict)
    arms: dict[int, tuple[str, ...]] = field(default_factory=dict)
    head: str | None = None
    compares: bool = True

    pending: list[Line] = field(default_factory=list)
