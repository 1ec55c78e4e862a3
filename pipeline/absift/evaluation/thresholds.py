"""Conditions that an evaluation must meet: least scores, and no worse than a baseline.

Both look at the headline figure: strict F1; for a gold set that supports recall only, the
recall of its headline measure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from absift.errors import InputError
from absift.evaluation.compare import Comparison
from absift.evaluation.result import EvaluationResult
from absift.evaluation.scores import MACRO, MICRO

# Two figures of the same counts may differ in the last bit of a float.
_ROUNDING = 1e-12


def parse_thresholds(texts: Iterable[str]) -> dict[str, float]:
    """Read conditions such as ``DURATION=0.9`` or ``MICRO=0.85``.

    Returns:
        The least figure by label; ``micro`` and ``macro`` in lower case.

    Raises:
        InputError: A condition isn't of this form, or its number isn't between 0 and 1.
    """
    thresholds = {}
    for text in texts:
        label, sign, number = text.partition("=")
        label = label.strip()
        try:
            least = float(number)
        except ValueError:
            least = math.nan
        if not sign or not label or not 0 <= least <= 1:
            raise InputError(
                f"--fail-under {text}: give a label and a share from 0 to 1, such as DURATION=0.9"
            )
        thresholds[label.lower() if label.lower() in (MICRO, MACRO) else label] = least
    return thresholds


def headline_name(result: EvaluationResult) -> str:
    """Name the figure that conditions are about, such as ``strict F1``."""
    return f"{result.headline} {'recall' if result.recall_only else 'F1'}"


def below(result: EvaluationResult, thresholds: Mapping[str, float]) -> list[str]:
    """Give one sentence for each condition that isn't met; an ``n/a`` meets none.

    Raises:
        InputError: A condition is about a label that wasn't scored.
    """
    scores = result.scores[result.headline]
    unknown = [label for label in thresholds if label not in scores]
    if unknown:
        raise InputError(
            f"--fail-under: {', '.join(unknown)} was not scored; there are {', '.join(scores)}"
        )
    failures = []
    for label, least in thresholds.items():
        value = scores[label].recall if result.recall_only else scores[label].f1
        if value is None or value < least - _ROUNDING:
            shown = "n/a" if value is None else f"{value:.4f}"
            failures.append(f"{label}: {headline_name(result)} {shown} is below {least:g}")
    return failures


def worse(comparison: Comparison, tolerance: float = 0.0) -> dict[str, str]:
    """Give, by label, one sentence for each label that fell by more than the tolerance.

    Args:
        comparison: Baseline and current run.
        tolerance: The fall of the headline figure, 0 to 1, that is let pass.
    """
    figure = "recall" if comparison.recall_only else "f1"
    failures = {}
    for change in comparison.labels:
        before: Any = getattr(change.previous, figure)
        after: Any = getattr(change.current, figure)
        if change.label in (MICRO, MACRO) or before is None:
            continue
        if after is None or before - after > tolerance + _ROUNDING:
            shown = "n/a" if after is None else f"{after:.4f}"
            failures[change.label] = (
                f"{change.label}: {comparison.headline} "
                f"{'recall' if comparison.recall_only else 'F1'} fell from {before:.4f} to {shown}"
            )
    return failures
