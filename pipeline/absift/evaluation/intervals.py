"""Percentile bootstrap intervals of precision, recall and F1 over documents.

Documents are drawn with replacement, not spans, since the spans of one abstract aren't
independent; the bounds are the 2.5th and 97.5th percentile of the resampled figures
(Efron and Tibshirani 1993, chapter 13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from absift.evaluation.scores import MACRO, MICRO, Counts, Interval

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
else:
    Floats = Any

FIGURES = ("precision", "recall", "f1")
LEVEL = 0.95


def draw_weights(documents: int, samples: int, seed: int) -> Floats:
    """Draw bootstrap samples.

    Returns:
        An array of shape (samples, documents): how often each document was drawn, each
        row adding up to ``documents``.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    even = np.full(documents, 1 / documents)
    return generator.multinomial(documents, even, size=samples).astype(np.float64)


def bootstrap(
    by_document: Sequence[Mapping[str, Counts]], labels: Sequence[str], weights: Floats
) -> dict[str, dict[str, Interval | None]]:
    """Give intervals for each label, ``micro`` and ``macro``.

    Args:
        by_document: The counts of each document by label.
        labels: The labels, in the order of the result.
        weights: As :func:`draw_weights` gives them for as many documents.

    Returns:
        By label, then by figure, the bounds; ``None`` where the figure was undefined in
        every sample.
    """
    sums = _resampled(by_document, labels, weights)
    figures = _figures(sums)
    micro = _figures(sums.sum(axis=1, keepdims=True))
    macro = _mean_over_labels(figures)
    out = {label: _bounds(figures[:, place]) for place, label in enumerate(labels)}
    return out | {MICRO: _bounds(micro[:, 0]), MACRO: _bounds(macro)}


def _resampled(
    by_document: Sequence[Mapping[str, Counts]], labels: Sequence[str], weights: Floats
) -> Floats:
    """Sum counts over each sample: shape (samples, labels, 4)."""
    import numpy as np

    nothing = Counts()
    cells = np.array(
        [
            [
                (item.predicted_credit, item.actual, item.gold_credit, item.possible)
                for item in (counts.get(label, nothing) for label in labels)
            ]
            for counts in by_document
        ],
        dtype=np.float64,
    ).reshape(len(by_document), -1)
    return (weights @ cells).reshape(len(weights), len(labels), 4)


def _figures(sums: Floats) -> Floats:
    """Turn sums of shape (..., 4) into precision, recall and F1 of shape (..., 3)."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        precision = sums[..., 0] / sums[..., 1]
        recall = sums[..., 2] / sums[..., 3]
        f1 = 2 * precision * recall / (precision + recall)
    measured = (sums[..., 1] > 0) | (sums[..., 3] > 0)
    f1 = np.where(np.isnan(f1) & measured, 0.0, f1)
    return np.stack([precision, recall, f1], axis=-1)


def _mean_over_labels(figures: Floats) -> Floats:
    """Average over the labels whose figure is defined: (samples, labels, 3) to (samples, 3)."""
    import numpy as np

    known = ~np.isnan(figures)
    with np.errstate(invalid="ignore"):
        mean: Floats = np.where(known, figures, 0.0).sum(axis=1) / known.sum(axis=1)
    return mean


def _bounds(figures: Floats) -> dict[str, Interval | None]:
    """Take the percentiles of each column of an array of shape (samples, 3)."""
    import numpy as np

    tail = 100 * (1 - LEVEL) / 2
    out: dict[str, Interval | None] = {}
    for place, name in enumerate(FIGURES):
        column = figures[:, place]
        column = column[~np.isnan(column)]
        if column.size:
            low, high = np.percentile(column, [tail, 100 - tail])
            out[name] = (float(low), float(high))
        else:
            out[name] = None
    return out
