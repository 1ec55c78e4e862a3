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
from functools import lru_cache

from absift.errors import ConfigError
from absift.rules.nodes import (
    CLASS,
    CONDITION,
    Atom,
    Capture,
    Choice,
    Edge,
    Node,
    Repeat,
    Row,
    atoms,
    captures,
    condition,
)
from absift.text.tokens import fold, tokenize

#: What ``*`` and ``+`` stop at: no element of a sentence repeats oftener to any purpose.
MOST_REPEATS = 20
#: Brackets inside brackets: more than anyone can read.
MOST_BRACKETS = 20

_WANTED = "expected a word, a CLASS, or '('"
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

_PART = re.compile(r'(?:"[^"]*"|[^|"])+')


@lru_cache(4096)
def parse(pattern: str) -> Node:
    """Read a pattern; rules share many, and each is read by those who check it, too.

    Raises:
        ConfigError: The pattern is malformed; the message says where and what was expected.
    """
    parser = _Parser(pattern)
    node = parser.choice()
    if parser.kind is not None:
        raise parser.error(parser.unexpected())
    return node


class _Parser:
    """A recursive-descent parser; ``kind`` and ``piece`` are those of the next piece."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0
        self.end = len(pattern.rstrip())
        self.kind: str | None = None
        self.piece = ""
        self.depth = 0
        self.names: set[str] = set()
        self.advance()

    def error(self, reason: str) -> ConfigError:
        return ConfigError(f"pattern {self.pattern!r}, near character {self.place}: {reason}")

    def advance(self) -> None:
        if self.place >= self.end:
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
        try:
            node = _alternatives(piece)
        except ValueError as error:
            raise self.error(str(error)) from error
        return self.capture(named[1], node, source) if named else node


@lru_cache(8192)
def _alternatives(piece: str) -> Node:
    """Read words and classes with bars between them; rules have most of them in common.

    Raises:
        ValueError: It is malformed.
    """
    if len(piece) > 1 and (piece[0] == "|" or piece[-1] == "|"):
        raise ValueError("'|' stands between alternatives with blanks on both sides or none")
    options: list[Node] = []
    for part in _split(piece):
        negated = part.startswith("!") and len(part) > 1
        options.append(_single(part[1:] if negated else part, negated))
    return options[0] if len(options) == 1 else Choice(tuple(options))


@lru_cache(8192)
def _single(part: str, negated: bool) -> Node:
    """Read one word, one class, or the edge of a sentence."""
    if part.startswith('"') and part.endswith('"') and len(part) > 1:
        part = part[1:-1]
    elif part in ("^", "$"):
        if negated:
            raise ValueError("'!' can't stand before the edge of a sentence")
        return Edge(part)
    elif CLASS.match(part) or CONDITION.match(part):
        return Atom(part, negated)
    words = [fold(word) for word in tokenize(part).words]
    if not words:
        raise ValueError("an empty word")
    if len(words) > 1 and negated:
        raise ValueError("'!' takes a single token")
    parts = tuple(Atom(word, negated) for word in words)
    return parts[0] if len(parts) == 1 else Row(parts)


def _split(piece: str) -> list[str]:
    """Split at the bars that stand outside quotation marks."""
    if '"' not in piece:
        return [part for part in piece.split("|") if part] or [piece]
    return _PART.findall(piece) or [piece]


__all__ = [
    "MOST_BRACKETS",
    "MOST_REPEATS",
    "Atom",
    "Capture",
    "Choice",
    "Edge",
    "Node",
    "Repeat",
    "Row",
    "atoms",
    "captures",
    "condition",
    "parse",
]
