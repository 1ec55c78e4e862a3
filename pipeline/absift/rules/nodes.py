"""The syntax tree of a pattern of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: The name of a class, and a condition on a number.
CLASS = re.compile(r"[A-Z][A-Z0-9_]*\Z")
CONDITION = re.compile(r"NUMBER(<=|>=|!=|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)\Z")
_CAPITALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Atom:
    """One token: a word, a class, a condition on a number, or anything (``ANY``)."""

    name: str
    negated: bool = False

    @property
    def is_class(self) -> bool:
        """Whether the name is that of a class or a condition and not a word."""
        # Most names are words, which the first letter tells.
        return self.name[:1] in _CAPITALS and bool(
            CLASS.match(self.name) or CONDITION.match(self.name)
        )


@dataclass(frozen=True, slots=True)
class Edge:
    """The beginning (``^``) or the end (``$``) of a sentence."""

    at: str


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes that follow each other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Rows of which one must match, tried in order."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node between ``least`` and ``most`` times."""

    node: Node
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Capture:
    """A node whose tokens are kept under a name; ``source`` is how it was written."""

    name: str
    node: Node
    source: str


Node = Atom | Edge | Row | Choice | Repeat | Capture


def captures(node: Node) -> list[Capture]:
    """Give every capture of a tree, those around others first."""
    found: list[Capture] = []
    _collect(node, found, [])
    return found


def condition(name: str) -> tuple[str, float] | None:
    """Split ``NUMBER>=2`` into its sign and its bound; ``None`` for any other name."""
    match = CONDITION.match(name)
    return (match[1], float(match[2])) if match else None


def atoms(node: Node) -> list[Atom]:
    """Give every atom of a tree, from left to right."""
    found: list[Atom] = []
    _collect(node, [], found)
    return found


def _collect(node: Node, found: list[Capture], single: list[Atom]) -> None:
    """Add the captures and the atoms of a tree."""
    if isinstance(node, Atom):
        single.append(node)
    elif isinstance(node, Row):
        for child in node.nodes:
            _collect(child, found, single)
    elif isinstance(node, Choice):
        for child in node.options:
            _collect(child, found, single)
    elif isinstance(node, Repeat | Capture):
        if isinstance(node, Capture):
            found.append(node)
        _collect(node.node, found, single)
