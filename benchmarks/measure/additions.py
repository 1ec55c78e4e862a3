"""What more rules and more terms of a user's cost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, product
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any

from absift.batch.memory import keep_what_is_loaded
from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.records import Abstract, dumps
from absift.text.tokens import tokenize

from .texts import stream

RULES = (0, 500, 1_000)
TERMS = (0, 10_000, 50_000)
_BLOCK = 50
# Turns before the clock counts: what all share is new to the first only.
_UNCOUNTED = 6
_SYLLABLES = ("ba", "den", "fil", "gor", "lum", "mex", "nor", "pil", "rux", "tas", "vem", "zol")
# So many of the input's own words begin terms, so that the look-up has to go on behind them.
_OPENERS = 100


def term_file(number: int, texts: Sequence[str]) -> str:
    """Give a lexicon file with so many terms of two words: common ones and made-up names."""
    spread = Counter(word for text in texts for word in set(tokenize(text).words))
    openers = [word for word, _ in spread.most_common() if word.isalpha() and len(word) > 4]
    names = ("".join(parts) for parts in product(_SYLLABLES, repeat=3))
    pairs = product(names, openers[:_OPENERS])
    lines = (f"{word} {name}\tother\tevent\t" for name, word in islice(pairs, number))
    return "\n".join(["term\tsystem\tkind\tsynonyms", *lines]) + "\n"


def measure_rules(abstracts: Sequence[Abstract], count: int, folder: Path) -> dict[str, Any]:
    """Compare runs with 0, 500 and 1,000 more rules; see :func:`compare`."""
    # The script that stands beside: what it measures alone is a point of this curve.
    from user_rules import rule_file

    def layers(number: int) -> list[Path]:
        path = folder / f"rules-{number}.yaml"
        path.write_text(rule_file(number), encoding="utf-8")
        return [path] if number else []

    return compare({number: _toolkit(layers(number)) for number in RULES}, abstracts, count)


def measure_terms(abstracts: Sequence[Abstract], count: int, folder: Path) -> dict[str, Any]:
    """Compare runs with 0, 10,000 and 50,000 more terms; see :func:`compare`."""
    texts = [one.text for one in abstracts]

    def layers(number: int) -> list[Path]:
        path = folder / f"terms-{number}.tsv"
        path.write_text(term_file(number, texts), encoding="utf-8")
        return [path] if number else []

    return compare({number: _toolkit(layers(number)) for number in TERMS}, abstracts, count)


def _toolkit(layers: Sequence[Path]) -> tuple[Toolkit, float]:
    """Load absift with rule or term files laid over its own; give the seconds, too."""
    start = time.process_time()
    return load_toolkit(layers=layers), time.process_time() - start


def compare(
    held: dict[int, tuple[Toolkit, float]], abstracts: Sequence[Abstract], count: int
) -> dict[str, Any]:
    """Run several toolkits in turns over the same blocks of abstracts, unseen by each.

    Args:
        held: The toolkit and its loading time by the number of additions; 0 must be among them.
        abstracts: The input.
        count: Abstracts to run with each.

    Returns:
        For each number the abstracts a second, the share by which it is slower than without
        additions (the median over the turns), and the seconds that loading took.
    """
    # As the command does once all is loaded.
    keep_what_is_loaded()
    seconds: dict[int, list[float]] = {number: [] for number in held}
    made = stream(abstracts, count + _UNCOUNTED * _BLOCK)
    for turn, block in enumerate(iter(lambda: list(islice(made, _BLOCK)), [])):
        for number in _turned(list(held), turn):
            start = time.process_time()
            for one in block:
                dumps(read(held[number][0], one))
            if turn >= _UNCOUNTED:
                seconds[number].append(time.process_time() - start)
    points = [
        {
            "more": number,
            "per_s": count / sum(seconds[number]),
            "slower": 1 - median(map(truediv, seconds[0], seconds[number])),
            "load_s": loading,
        }
        for number, (_, loading) in held.items()
    ]
    return {"abstracts": count, "points": points}


def _turned(numbers: list[int], turn: int) -> Iterator[int]:
    """Give the numbers, each turn beginning with another."""
    first = turn % len(numbers)
    yield from numbers[first:] + numbers[:first]
