"""How many ways a pattern can be read, so that none is let in that could run for ever.

A regular expression engine that goes back on its steps tries, at worst, every way of sharing
tokens out among the repeats of a pattern. Repeats multiply; a repeat inside a repeat has them
in a power. A repeat that can only be left in one way, because what it takes differs from
what follows it, adds nothing. Cf. Brüggemann-Klein A, Wood D. One-unambiguous regular
languages. Inf Comput 1998;142(2):182-206.
"""

from __future__ import annotations

from absift.rules.notation import Atom, Capture, Choice, Edge, Node, Repeat, Row

#: The most ways in which a pattern may be read.
MOST_WAYS = 100_000

_ANY = "ANY"

Atoms = frozenset[Atom]
_NOTHING: Atoms = frozenset()


def ways(node: Node, follow: Atoms = _NOTHING) -> int:
    """Give an upper bound of the ways in which a node can match from one token on.

    Words and classes of different names count as different tokens. The count stops a little
    above :data:`MOST_WAYS`.

    Args:
        node: A pattern.
        follow: The atoms that can come behind it.
    """
    if isinstance(node, Atom):
        return 1
    if isinstance(node, Row):
        total = 1
        for place, child in enumerate(node.nodes):
            if isinstance(child, Atom):
                continue
            total *= ways(child, _first(node.nodes[place + 1 :], follow))
            if total > MOST_WAYS:
                return MOST_WAYS + 1
        return total
    if isinstance(node, Choice):
        many = [option for option in node.options if not isinstance(option, Atom)]
        # Alternatives of one token are compiled to one set of tokens.
        total = sum(ways(option, follow) for option in many)
        return min(total + (len(many) < len(node.options)), MOST_WAYS + 1)
    if isinstance(node, Capture):
        return ways(node.node, follow)
    return _repeated(node, follow) if isinstance(node, Repeat) else 1


def is_empty(node: Node) -> bool:
    """Tell whether a pattern can match without a single word, which finds nothing anywhere."""
    if isinstance(node, Row):
        return all(map(is_empty, node.nodes))
    if isinstance(node, Choice):
        return any(map(is_empty, node.options))
    if isinstance(node, Repeat):
        return node.least == 0 or is_empty(node.node)
    return is_empty(node.node) if isinstance(node, Capture) else isinstance(node, Edge)


def _repeated(node: Repeat, follow: Atoms) -> int:
    starts, empty = _starts(node.node)
    again = starts if node.most > 1 else _NOTHING
    each = ways(node.node, follow | again)
    # Where a token tells whether to stay or to leave, how often is no choice.
    settled = not _overlap(starts, follow) and not empty
    total, product = 0, each**node.least
    for _ in range(node.least, node.most + 1):
        total = max(total, product) if settled else total + product
        product *= each
        if total > MOST_WAYS:
            return MOST_WAYS + 1
    return max(total, 1)


def _starts(node: Node) -> tuple[Atoms, bool]:
    """Give the atoms that a node can begin with, and whether it can match nothing."""
    if isinstance(node, Atom):
        return frozenset({node}), False
    if isinstance(node, Row):
        return _first(node.nodes, _NOTHING), is_empty(node)
    if isinstance(node, Choice):
        single = [option for option in node.options if isinstance(option, Atom)]
        parts = [_starts(option) for option in node.options if not isinstance(option, Atom)]
        starts = frozenset(single).union(*(part for part, _ in parts))
        return starts, any(empty for _, empty in parts)
    if isinstance(node, Capture):
        return _starts(node.node)
    if isinstance(node, Repeat):
        starts, empty = _starts(node.node)
        return starts, empty or node.least == 0
    assert isinstance(node, Edge)
    return _NOTHING, True


def _first(nodes: tuple[Node, ...], follow: Atoms) -> Atoms:
    """Give the atoms that nodes in a row can begin with, those behind them included."""
    found: Atoms = _NOTHING
    for node in nodes:
        starts, empty = _starts(node)
        found |= starts
        if not empty:
            return found
    return found | follow


def _overlap(left: Atoms, right: Atoms) -> bool:
    """Tell whether one token may be of both sets."""
    return any(_may_share(one, other) for one in left for other in right)


def _may_share(one: Atom, other: Atom) -> bool:
    if _ANY in (one.name, other.name):
        return True
    if one.negated != other.negated:
        return one.name != other.name
    return one.negated or one.name == other.name
