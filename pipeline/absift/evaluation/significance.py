"""Approximate randomisation: could two systems be this far apart by chance?

For each of many samples the two systems' outputs are exchanged on every document with
probability one half; p is the share of samples whose difference is at least as large as
the one observed, in either direction (Noreen 1989; for F1 see Yeh 2000).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
else:
    Floats = Any

DEFAULT_EXCHANGES = 9999

#: Hits, gold spans and predicted spans of one label in one document.
Cell = tuple[int, int, int]

_CHUNK = 500
_ROUNDING = 1e-12


def randomisation_test(
    previous: Sequence[Sequence[Cell]],
    current: Sequence[Sequence[Cell]],
    *,
    recall_only: bool = False,
    samples: int = DEFAULT_EXCHANGES,
    seed: int = 0,
) -> list[float | None]:
    """Test the difference of F1 for each column of counts.

    Args:
        previous: One row a document, one cell a label.
        current: The same documents and labels for the other system.
        recall_only: Test recall instead of F1.
        samples: How many random exchanges to draw.
        seed: Their seed.

    Returns:
        Two-sided p for each label, (k + 1) / (samples + 1) with k samples at or beyond the
        observed difference; ``None`` where a figure is undefined.
    """
    import numpy as np

    if not previous or not previous[0]:
        return []
    one, other = np.array(previous, dtype=np.float64), np.array(current, dtype=np.float64)
    observed = np.abs(
        _figure(other.sum(axis=0), recall_only) - _figure(one.sum(axis=0), recall_only)
    )
    generator = np.random.default_rng(seed)
    beyond = np.zeros(len(observed), dtype=np.int64)
    for start in range(0, samples, _CHUNK):
        size = min(_CHUNK, samples - start)
        swaps = generator.integers(0, 2, size=(size, len(one))).astype(np.float64)
        moved = np.tensordot(swaps, other - one, axes=1)
        difference = np.abs(
            _figure(other.sum(axis=0) - moved, recall_only)
            - _figure(one.sum(axis=0) + moved, recall_only)
        )
        # A figure that vanished in a sample shows no difference.
        beyond += (np.nan_to_num(difference) >= observed - _ROUNDING).sum(axis=0)
    return [
        None if np.isnan(gap) else (int(count) + 1) / (samples + 1)
        for gap, count in zip(observed, beyond, strict=True)
    ]


def _figure(sums: Floats, recall_only: bool) -> Floats:
    """Give F1 or recall of sums of cells, shape (..., 3) to (...)."""
    import numpy as np

    hits, gold, predicted = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        figure: Floats = hits / gold if recall_only else 2 * hits / (gold + predicted)
    return figure
