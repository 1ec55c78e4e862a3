"""What one abstract costs by its length, up to a megabyte."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from math import log
from pathlib import Path
from typing import Any

from absift.records import Abstract, dumps

from .passage import Extract
from .texts import Variation

#: Lengths in characters.
LENGTHS = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
# Characters to go over at each length, so that short texts are measured as surely as long ones.
_ALTOGETHER = 1_000_000
_SENTENCES = Path(__file__).with_name("sentences.txt")


def sentences() -> Iterator[str]:
    """Give sentences without end, in each round with other figures."""
    known = _SENTENCES.read_text(encoding="utf-8").splitlines()
    # All words count as common, so that a sentence stays in English.
    variation = Variation([*known, *known])
    for turn, sentence in zip(count(), cycle(known), strict=False):
        yield variation.vary(sentence, str(turn))


def text_of(length: int, more: Iterator[str]) -> str:
    """Join sentences to a text of at least so many characters."""
    held: list[str] = []
    size = 0
    while size < length:
        held.append(next(more))
        size += len(held[-1]) + 1
    return " ".join(held)


def measure(extract: Extract, share: float, longest: int = LENGTHS[-1]) -> dict[str, Any]:
    """Extract from texts of each length.

    Args:
        extract: The loaded extraction.
        share: Part of the repetitions of short texts to do, 0 to 1.
        longest: Lengths above are left out.

    Returns:
        For each length in characters the seconds a text and the microseconds a thousand
        characters; and the exponent of growth (1 is linear) between 10,000 and the longest.
    """
    more = sentences()
    points = []
    for length in (one for one in LENGTHS if one <= longest):
        texts = [text_of(length, more) for _ in range(max(1, int(_ALTOGETHER * share / length)))]
        abstracts = [Abstract(str(number), text) for number, text in enumerate(texts)]
        start = time.process_time()
        for record in extract(abstracts):
            dumps(record)
        seconds = time.process_time() - start
        characters = sum(map(len, texts))
        points.append(
            {
                "length": length,
                "seconds": seconds / len(texts),
                "us_per_1000": seconds / characters * 1e9,
            }
        )
    return {"points": points, "exponent": exponent(points)}


def exponent(points: Sequence[dict[str, float]]) -> float | None:
    """Give the power of the length with which the seconds grow, above 10,000 characters.

    Returns:
        The slope of the least-squares line through the logarithms; ``None`` of fewer than two
        points.
    """
    held = [(log(one["length"]), log(one["seconds"])) for one in points if one["length"] >= 10_000]
    if len(held) < 2:
        return None
    across = sum(x for x, _ in held) / len(held)
    up = sum(y for _, y in held) / len(held)
    spread = sum((x - across) ** 2 for x, _ in held)
    return sum((x - across) * (y - up) for x, y in held) / spread
