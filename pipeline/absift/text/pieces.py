"""Where a text can be cut into sentences; heads of sections aside.

What is here is done by :mod:`absift.text._pieces` where that was compiled.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_END = re.compile(r"[.?!][)\]\"'”’]*(?:\s+|(?=[A-Z][a-z]*[:/]))|\n+")
_STOP = re.compile(r"[.?!\n]")
_LAST_WORD = re.compile(r"([^\s(\[,;]+)\Z")
# Abbreviations are looked for in as many characters before a stop.
_REACH = 20


def pieces(
    text: str, start: int, abbreviations: AbstractSet[str], most: int = -1
) -> list[tuple[int, int]]:
    """Cut a text behind the stops that end sentences, and behind its lines.

    Args:
        text: Any text.
        start: The offset from which on it is cut.
        abbreviations: Words behind which a full stop doesn't end a sentence, lower case.
        most: How many pieces to give at most; all, if it is negative.

    Returns:
        First offset of each piece and the one behind its last, blanks behind it included.
    """
    at = start
    found: list[tuple[int, int]] = []
    # The stops first: a set of single characters is found many times as fast.
    for stop in _STOP.finditer(text, start):
        if stop.start() < at:
            continue
        match = _END.match(text, stop.start())
        if match is None:
            continue
        at = match.end()
        if match.group()[0] == "\n" or _ends(text, match.start(), at, abbreviations):
            found.append((start, at))
            start = at
            if len(found) == most:
                return found
    if start < len(text):
        found.append((start, len(text)))
    return found


def _ends(text: str, stop: int, after: int, abbreviations: AbstractSet[str]) -> bool:
    """Tell whether the stop at ``stop`` ends a sentence that goes on at ``after``."""
    if after >= len(text):
        return True
    following = text[after]
    if following.islower():
        return False
    if text[stop] != ".":
        return True
    word = _LAST_WORD.search(text, max(0, stop - _REACH), stop)
    if not word:
        return True
    last = word[1]
    if last.lower() in abbreviations:
        # "No. 5" goes on; "in the U.S. The trial" ends.
        return following.isupper() and last[0].isupper() and "." in last
    # Initials: "P. falciparum", "E. coli"; but "vitamin D. We" ends.
    return not (len(last) == 1 and last.isupper() and stop - 2 >= 0 and text[stop - 2] in "\n(")
