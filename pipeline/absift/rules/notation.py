"""The pattern notation of rule files: text to a small syntax tree.

A pattern is a row of elements with blanks between them:

===================  ==============================================================
``was``              the word itself, in any case
``PARTICIPANT``      a class of the vocabulary
``was|were|CLASS``   any one of these
``( a b | c d )``    one of these rows
``was|( has been )`` any one of these
``!CLASS``           one token that is not this
``NUMBER>=2``        a number that fulfils the condition (``<= >= < > = !=``)
``n=NUMBER``         captured under the name ``n``
``? * + {2} {0,3}``  behind an element: how often; ``*`` and ``+`` stop at twenty
``^`` and ``$``      the beginning and the end of the sentence, also as one of ``a|b|$``
``"|"``              a character that otherwise means something
===================  ==============================================================

A pattern never runs across the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from absift.errors import ConfigError
from absift.text.tokens import fold, tokenize

#: What ``*`` and ``+`` stop at: no element of a sentence repeats oftener to any purpose.
MOST_REPEATS = 20
#: Brackets inside brackets: more than anyone can read.
MOST_BRACKETS = 20

_WANTED = "expected a word, a CLASS, or '('"
_CLASS = re.compile(r"[A-Z][A-Z0-9_]*\Z")
_CONDITION = re.compile(r"NUMBER(<=|>=|!=|<|>|=)(-?\d{1,15}(?:\.\d{1,15})?)\Z")
_NAME = re.compile(r"([a-z][a-z_]*)=(?=.)")
_PIECE = re.compile(
    r"""\s*(?:
        (?P<open>(?:[a-z][a-z_]*=)?\((?=\s)) | (?P<close>\))
      | (?P<tight>\|(?=\(\s)|(?<=\))\|(?=\S)) | (?P<bar>\|(?=\s|$))
      | (?P<repeat>\{\d{1,9}(?:,\d{1,9})?\}|[?*+](?=\s|$|\)))
      | (?P<edge>[\^$](?=\s|$))
      | (?P<atom>(?:"[^"]*"|\|(?!\(\s)|[^\s"{?*+|]|[?*+](?!\s|$|\)))+)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One token: a word, a class, a condition on a number, or anything (``ANY``)."""

    name: str
    negated: bool = False

    @property
    def is_class(self) -> bool:
        """Whether the name is that of a class or a condition and not a word."""
        return bool(_CLASS.match(self.name) or _CONDITION.match(self.name))


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


def parse(pattern: str) -> Node:
    """Read a pattern.

    Raises:
        ConfigError: The pattern is malformed; the message says where and what was expected.
    """
    parser = _Parser(pattern)
    node = parser.choice()
    if parser.kind is not None:
        raise parser.error(parser.unexpected())
    return node


def captures(node: Node) -> Iterator[Capture]:
    """Give every capture of a tree."""
    if isinstance(node, Capture):
        yield node
    for child in _children(node):
        yield from captures(child)


def condition(name: str) -> tuple[str, float] | None:
    """Split ``NUMBER>=2`` into its sign and its bound; ``None`` for any other name."""
    match = _CONDITION.match(name)
    return (match[1], float(match[2])) if match else None


def atoms(node: Node) -> Iterator[Atom]:
    """Give every atom of a tree."""
    if isinstance(node, Atom):
        yield node
    for child in _children(node):
        yield from atoms(child)


def _children(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Row):
        return node.nodes
    if isinstance(node, Choice):
        return node.options
    return (node.node,) if isinstance(node, Repeat | Capture) else ()


class _Parser:
    """A recursive-descent parser; ``kind`` and ``piece`` are those of the next piece."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.kind: str | None = None
        self.piece = ""
        self.depth = 0
        self.names: set[str] = set()
        self.advance()

    def error(self, reason: str) -> ConfigError:
        return ConfigError(f"pattern {self.pattern!r}, near character {self.place}: {reason}")

    def advance(self) -> None:
        if not self.pattern[self.place :].strip():
            self.kind, self.piece = None, ""
            return
        match = _PIECE.match(self.pattern, self.place)
        if not match:
            raise self.error(f"{_WANTED}, found {self.pattern[self.place :].strip()[:12]!r}")
        self.place = match.end()
        self.kind = match.lastgroup
        self.piece = match[match.lastgroup or 0]

    def choice(self) -> Node:
        options = [self.row()]
        while self.kind == "bar":
            self.advance()
            options.append(self.row())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def row(self) -> Node:
        nodes: list[Node] = []
        while self.kind in ("open", "edge", "atom"):
            node = self.element()
            if self.kind == "repeat":
                node = self.repeated(node)
            nodes.append(node)
        if not nodes:
            raise self.error(f"{_WANTED}, found {self.piece!r}" if self.piece else _WANTED)
        return nodes[0] if len(nodes) == 1 else Row(tuple(nodes))

    def element(self) -> Node:
        options = [self.alternative()]
        while self.kind == "tight":
            self.advance()
            options.append(self.alternative())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def alternative(self) -> Node:
        if self.kind not in ("open", "edge", "atom"):
            raise self.error("expected a word, a CLASS, or '(' behind '|'")
        kind, piece = self.kind, self.piece
        self.advance()
        if kind == "edge":
            return Edge(piece)
        if kind == "atom":
            return self.atom(piece)
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise self.error(f"more than {MOST_BRACKETS} brackets inside each other")
        node = self.choice()
        self.depth -= 1
        if self.kind != "close":
            raise self.error("expected ')'" + (f", found {self.piece!r}" if self.piece else ""))
        self.advance()
        name = piece[:-2]
        return self.capture(name, node, piece) if name else node

    def capture(self, name: str, node: Node, source: str) -> Capture:
        if name in self.names:
            raise self.error(f"the name '{name}' is given twice")
        self.names.add(name)
        return Capture(name, node, source)

    def unexpected(self) -> str:
        if self.kind == "close":
            return "a ')' without its '('"
        return f"{self.piece!r} has nothing before it to repeat"

    def repeated(self, node: Node) -> Node:
        piece = self.piece
        self.advance()
        if self.kind == "repeat":
            raise self.error("two repeats in a row")
        if piece in "?*+":
            least, most = {"?": (0, 1), "*": (0, MOST_REPEATS), "+": (1, MOST_REPEATS)}[piece]
        else:
            low, _, high = piece[1:-1].partition(",")
            least, most = int(low), int(high or low)
        if most < least or most > MOST_REPEATS or most == 0:
            raise self.error(f"a repeat is {{m,n}} with m <= n, n from 1 to {MOST_REPEATS}")
        if isinstance(node, Edge):
            raise self.error("the edge of a sentence can't be repeated")
        return Repeat(node, least, most)

    def atom(self, piece: str) -> Node:
        named = _NAME.match(piece)
        source = piece
        if named:
            piece = piece[named.end() :]
        if len(piece) > 1 and (piece[0] == "|" or piece[-1] == "|"):
            raise self.error("'|' stands between alternatives with blanks on both sides or none")
        options: list[Node] = []
        for part in _split(piece):
            negated = part.startswith("!") and len(part) > 1
            options.append(self.single(part[1:] if negated else part, negated))
        node = options[0] if len(options) == 1 else Choice(tuple(options))
        return self.capture(named[1], node, source) if named else node

    def single(self, part: str, negated: bool) -> Node:
        if part.startswith('"') and part.endswith('"') and len(part) > 1:
            part = part[1:-1]
        elif part in ("^", "$"):
            if negated:
                raise self.error("'!' can't stand before the edge of a sentence")
            return Edge(part)
        elif _CLASS.match(part) or _CONDITION.match(part):
            return Atom(part, negated)
        words = [fold(word) for word in tokenize(part).words]
        if not words:
            raise self.error("an empty word")
        if len(words) > 1 and negated:
            raise self.error("'!' takes a single token")
        parts = tuple(Atom(word, negated) for word in words)
        return parts[0] if len(parts) == 1 else Row(parts)


def _split(piece: str) -> list[str]:
    """Split at the bars that stand outside quotation marks."""
    parts = re.findall(r'(?:"[^"]*"|[^|"])+', piece)
    return parts or [piece]
