"""absift against spaCy's splitting of words, in turns over the same unseen texts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from absift.records import Abstract

from .passage import Extract, extract_file
from .texts import stream, write

if TYPE_CHECKING:
    from spacy.language import Language

BLOCK = 50
_SAMPLES = 2000


def split_words(nlp: Language, texts: Sequence[str]) -> float:
    """Let spaCy split texts; give the seconds of processor time.

    ``pipe`` is a little faster than calling the pipeline with each text, so it is what absift is
    held against.
    """
    start = time.process_time()
    for _ in nlp.pipe(texts):
        pass
    return time.process_time() - start


def measure(
    extract: Extract, abstracts: Sequence[Abstract], count: int, folder: Path
) -> dict[str, Any]:
    """Run both over blocks of 50 abstracts, now the one first and now the other.

    Args:
        extract: The loaded extraction.
        abstracts: The input.
        count: Abstracts to run, at least one block.
        folder: Where the blocks are laid and the records are written.

    Returns:
        The ratio of throughputs (above 1, absift is the faster) with its 95% interval by
        bootstrap over blocks; the ratio in the second half; both throughputs in abstracts a
        second; and the ratio of each block.
    """
    # Not above: the memory of other parts is not to hold it.
    import spacy

    nlp = spacy.blank("en")
    split_words(nlp, ["All is loaded."])
    source, target = folder / "block.jsonl", folder / "records.jsonl"
    ours: list[float] = []
    theirs: list[float] = []
    done = 0
    made = stream(abstracts, count)
    while block := list(islice(made, BLOCK)):
        write(block, source)
        texts = [one.text for one in block]
        done += len(block)
        if len(ours) % 2:
            ours.append(extract_file(extract, source, target))
            theirs.append(split_words(nlp, texts))
        else:
            theirs.append(split_words(nlp, texts))
            ours.append(extract_file(extract, source, target))
    low, high = interval(ours, theirs)
    half = len(ours) // 2
    ratios = [spacy_s / absift_s for absift_s, spacy_s in zip(ours, theirs, strict=True)]
    return {
        "abstracts": done,
        "ratio": sum(theirs) / sum(ours),
        "low": low,
        "high": high,
        # When words and figures of the second half come, most are known already.
        "late": sum(theirs[half:]) / sum(ours[half:]),
        "absift_per_s": done / sum(ours),
        "spacy_per_s": done / sum(theirs),
        "blocks": [round(one, 4) for one in ratios],
    }


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Give the 95% interval of the ratio of sums, by percentiles of a bootstrap over blocks.

    Args:
        ours: Seconds of each block.
        theirs: Seconds of the same blocks.
    """
    random, places = Random(0), range(len(ours))
    ratios = []
    for _ in range(_SAMPLES):
        drawn = random.choices(places, k=len(places))
        ratios.append(sum(theirs[at] for at in drawn) / sum(ours[at] for at in drawn))
    ratios.sort()
    return ratios[int(0.025 * _SAMPLES)], ratios[int(0.975 * _SAMPLES) - 1]
