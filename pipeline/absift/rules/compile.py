"""Pattern trees to regular expressions over signatures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from absift.errors import ConfigError
from absift.rules.ambiguity import MOST_WAYS, ways
from absift.rules.index import ANY, NUMBER_CLASSES, SPAN
from absift.rules.notation import (
    Atom,
    Capture,
    Choice,
    Edge,
    Node,
    Repeat,
    Row,
    atoms,
)
from absift.rules.vocabulary import BOUNDARY, Vocabulary

_NEVER = "(?!)"


def register(node: Node, vocabulary: Vocabulary, where: str) -> None:
    """Check a tree's classes and tell the vocabulary of its atoms.

    Raises:
        ConfigError: A class is unknown (the message suggests the one that was meant), or
            repeats make the pattern too slow.
    """
    for atom in atoms(node):
        if atom.name in (SPAN, ANY):
            continue
        is_class = atom.is_class
        if is_class and not vocabulary.knows(atom.name):
            raise ConfigError(f"{where}: unknown class {atom.name}{_suggestion(atom, vocabulary)}")
        vocabulary.use(atom.name, is_class=is_class)
    if ways(node) > MOST_WAYS:
        raise ConfigError(
            f"{where}: the pattern's repeats can share the words of a sentence out among them in "
            f"more than {MOST_WAYS:,} ways; shorten them or put a word between them"
        )


def _suggestion(atom: Atom, vocabulary: Vocabulary) -> str:
    import difflib

    names = [*vocabulary.classes, *NUMBER_CLASSES, *vocabulary.labels, ANY, SPAN]
    near = difflib.get_close_matches(atom.name, names, n=1)
    return f"; did you mean {near[0]}?" if near else "; see configs/vocabulary.yaml"


def expression(node: Node, vocabulary: Vocabulary, label: str | None = None) -> str:
    """Give the source of the regular expression of a tree.

    Args:
        node: A tree whose atoms were registered.
        vocabulary: Where the signatures come from.
        label: The label that ``SPAN`` stands for.
    """
    if isinstance(node, Atom):
        return _atom(node, vocabulary, label)
    if isinstance(node, Edge):
        return rf"(?<={BOUNDARY})" if node.at == "^" else rf"(?={BOUNDARY})"
    if isinstance(node, Row):
        return "".join(expression(child, vocabulary, label) for child in _joined(node.nodes))
    if isinstance(node, Choice):
        return f"(?:{'|'.join(_options(node, vocabulary, label))})"
    if isinstance(node, Repeat):
        inner = expression(node.node, vocabulary, label)
        how_often = f"{{{node.least},{node.most}}}"
        # A gap takes as little as it can, so that a rule stays with the nearest figures.
        lazy = "?" if _is_gap(node.node) else ""
        return f"(?:{inner}){how_often}{lazy}"
    return f"(?P<{node.name}>{expression(node.node, vocabulary, label)})"


def one_of(signs: Collection[str]) -> str:
    """Give an expression of one of some signatures."""
    ranges = _ranges(_hashable(signs))
    return f"[{ranges}]" if ranges else _NEVER


def none_of(signs: Collection[str]) -> str:
    """Give an expression of a token with none of some signatures."""
    return f"[^{BOUNDARY}{_ranges(_hashable(signs))}]"


def _hashable(signs: Collection[str]) -> str | frozenset[str]:
    return signs if isinstance(signs, str) else frozenset(signs)


@lru_cache(4096)
def _ranges(signs: str | frozenset[str]) -> str:
    """Give the inside of a set: neighbours as a range, which compiles many times faster."""
    made: list[str] = []
    first = last = -1
    for code in sorted(map(ord, signs)):
        if code != last + 1:
            made.append(_range(first, last))
            first = code
        last = code
    made.append(_range(first, last))
    return "".join(made)


def _range(first: int, last: int) -> str:
    if first < 0:
        return ""
    if last - first < 2:
        return chr(first) if first == last else chr(first) + chr(last)
    return f"{chr(first)}-{chr(last)}"


def _options(node: Choice, vocabulary: Vocabulary, label: str | None) -> Iterator[str]:
    """Give the alternatives; neighbours of one token become one set, tried once."""
    for single, options in groupby(node.options, key=lambda one: _is_single(one, vocabulary)):
        if not single:
            yield from (expression(option, vocabulary, label) for option in options)
            continue
        wanted: set[str] = set()
        unwanted: set[str] | None = None
        for atom in options:
            assert isinstance(atom, Atom)
            signatures = set() if atom.name == ANY else set(vocabulary.signatures(atom.name))
            if atom.negated or atom.name == ANY:
                unwanted = signatures if unwanted is None else unwanted & signatures
            else:
                wanted |= signatures
        if unwanted is None:
            yield one_of(wanted)
        else:
            yield none_of(unwanted - wanted)


def _is_single(node: Node, vocabulary: Vocabulary) -> bool:
    """Tell whether a node is an atom of which all matches are one token."""
    if not isinstance(node, Atom) or node.name == SPAN:
        return False
    held = vocabulary.classes.get(node.name)
    return node.negated or held is None or not held.phrases or not node.is_class


def _is_gap(node: Node) -> bool:
    """Whether a repeat of this node skips over text: anything, or anything but some words."""
    if isinstance(node, Choice):
        return any(_is_gap(option) for option in node.options)
    return isinstance(node, Atom) and (node.negated or node.name == ANY)


def _joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """Make one of like gaps in a row: they could share words out in thousands of ways."""
    for gap, alike in groupby(nodes, key=_gap):
        if gap is None:
            yield from alike
            continue
        gaps = [node for node in alike if isinstance(node, Repeat)]
        yield Repeat(gap, sum(one.least for one in gaps), sum(one.most for one in gaps))


def _gap(node: Node) -> Node | None:
    """Give what a gap repeats."""
    return node.node if isinstance(node, Repeat) and _is_gap(node.node) else None


def _atom(atom: Atom, vocabulary: Vocabulary, label: str | None) -> str:
    if atom.name == ANY:
        return rf"[^{BOUNDARY}]"
    if atom.name == SPAN:
        if label is None:
            raise ConfigError("SPAN stands only in rules about a span that was found")
        return f"(?P<{SPAN}>{re.escape(vocabulary.of_label(label))})"
    signatures = vocabulary.signatures(atom.name)
    if atom.negated:
        return none_of(signatures)
    held = vocabulary.classes.get(atom.name)
    if held is None or not held.phrases or not atom.is_class:
        return one_of(signatures)
    version, made = vocabulary.phrased.get(atom.name, (-1, ""))
    if version != vocabulary.version:
        parts = vocabulary.parts(atom.name)
        if version < 0 or not parts.isdisjoint(vocabulary.changed(version)):
            # Phrases before single words, longer ones first.
            made = f"(?:{_phrases(held.phrases, vocabulary)}|{one_of(signatures)})"
        vocabulary.phrased[atom.name] = vocabulary.version, made
    return made


def _phrases(phrases: Iterable[tuple[str, ...]], vocabulary: Vocabulary) -> str:
    """Give an expression of rows of words, with what rows begin with in common taken out.

    Different words are never of one signature, so only rows with the same first word compete;
    of those the longer comes first.
    """
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases):
        by_first.setdefault(phrase[0], []).append(phrase[1:])
    made = []
    for word, rests in by_first.items():
        head = one_of(vocabulary.signatures(word))
        longer = [rest for rest in rests if rest]
        if longer:
            tail = _phrases(longer, vocabulary)
            made.append(f"{head}(?:{tail})" + ("?" if () in rests else ""))
        else:
            made.append(head)
    return "|".join(made)


def first_signs(node: Node, vocabulary: Vocabulary) -> frozenset[str] | None:
    """Give the signatures that a match of a tree can begin with.

    ``None`` where that may be anything, or where a match can be empty.
    """
    if isinstance(node, Atom):
        if node.negated or node.name in (ANY, SPAN):
            return None
        return frozenset().union(*map(vocabulary.signatures, vocabulary.firsts(node.name)))
    if isinstance(node, Row):
        found: frozenset[str] = frozenset()
        for child in node.nodes:
            inner = child.node if isinstance(child, Repeat) else child
            if isinstance(inner, Edge):
                return None
            signs = first_signs(inner, vocabulary)
            if signs is None:
                return None
            found |= signs
            if not (isinstance(child, Repeat) and child.least == 0):
                return found
        return None
    if isinstance(node, Choice):
        parts = [first_signs(option, vocabulary) for option in node.options]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    if isinstance(node, Capture) or (isinstance(node, Repeat) and node.least > 0):
        return first_signs(node.node, vocabulary)
    return None


def longest(node: Node, vocabulary: Vocabulary) -> int:
    """Give the most tokens that a match of a tree can have."""
    if isinstance(node, Atom):
        held = vocabulary.classes.get(node.name) if node.is_class and not node.negated else None
        return max([1, *map(len, held.phrases)] if held else [1])
    if isinstance(node, Edge):
        return 0
    if isinstance(node, Row):
        return sum(longest(child, vocabulary) for child in node.nodes)
    if isinstance(node, Choice):
        return max(longest(child, vocabulary) for child in node.options)
    times = node.most if isinstance(node, Repeat) else 1
    return times * longest(node.node, vocabulary)
