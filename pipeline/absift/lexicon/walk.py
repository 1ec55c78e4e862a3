"""The look-up of terms, word by word.

:func:`terms` is done by :mod:`absift.lexicon._walk` where that was compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from absift.lexicon.entries import Entry


class Mention(NamedTuple):
    """A term that stands at words ``first`` to ``last`` (exclusive)."""

    first: int
    last: int
    entry: Entry


class Node:
    """A step of the look-up: the entry that ends here and the words that may follow."""

    __slots__ = ("entry", "following")

    def __init__(self) -> None:
        self.entry: Entry | None = None
        self.following: dict[str, Node] = {}


class Form(NamedTuple):
    """A word as the look-up sees it.

    Attributes:
        start: The step that it begins, if it begins a term.
        key: Its key, one for all of its spellings.
        exact: Its keys by case.
        skipped: Whether it may stand between words of a term.
    """

    start: Node | None
    key: str
    exact: tuple[str, ...]
    skipped: bool


class Forms(dict[str, Form | None]):
    """Word to its form, worked out when first asked for; ``None`` for one that no term has."""

    def __init__(self, make: Callable[[str], Form | None]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> Form | None:
        made = self[word] = self._make(word)
        return made


def terms(words: Sequence[str], known: Forms) -> list[Mention]:
    """Give the terms among words, at each place the longest, none overlapping.

    Args:
        words: The words of an abstract.
        known: Their forms.
    """
    forms = list(map(known.__getitem__, words))
    # Nearly every word begins no term, and what follows most of the others ends it.
    starts = [place for place, form in enumerate(forms) if form and form.start]
    forms.append(None)
    found: list[Mention] = []
    free = 0
    for first in starts:
        form = forms[first]
        node = form.start if form else None
        if node is None or first < free:
            continue
        following = forms[first + 1]
        if node.entry is None and (
            following is None
            or not (following.key in node.following or following.exact or following.skipped)
        ):
            continue
        mention = _longest(forms, first, node)
        if mention:
            found.append(mention)
            free = mention.last
    return found


def _longest(forms: Sequence[Form | None], first: int, node: Node) -> Mention | None:
    """Give the longest term that begins at a word."""
    best = Mention(first, first + 1, node.entry) if node.entry else None
    for place in range(first + 1, len(forms)):
        form = forms[place]
        if form is None or not node.following:
            break
        if not form.skipped:
            following = follow(node, form.exact, form.key)
            if following is None:
                break
            node = following
            if node.entry:
                best = Mention(first, place + 1, node.entry)
    return best


def follow(node: Node, exact: Iterable[str], key: str) -> Node | None:
    """Give the step behind a step, by a word's keys by case before its key."""
    for each in exact:
        if each in node.following:
            return node.following[each]
    return node.following.get(key)
