"""Measure how far the two independent annotations agree; writes ``corpus/agreement.json``.

Run ``python corpus/agreement/measure.py`` from anywhere. Nothing is read but
``first.jsonl`` and ``second.jsonl`` beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from absift.corpus.schema import FLAGS, VALUES
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.evaluation.scores import MICRO
from absift.evaluation.sources import read_file
from absift.records import LABELS

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "agreement.json"

#: Measure of the evaluation that counts an overlap of two spans of one label as a hit.
OVERLAP = "type"


def cohen_kappa(confusion: Mapping[str, Mapping[str, int]]) -> float | None:
    """Give Cohen's kappa (Cohen 1960) of two raters' table of counts.

    Args:
        confusion: Counts by the first rater's category, then the second's.

    Returns:
        (observed - expected) / (1 - expected) agreement, at most 1; ``None`` where it isn't
        defined, that is without counts or where both raters used one category alone.
    """
    total = sum(sum(row.values()) for row in confusion.values())
    if not total:
        return None
    observed = sum(row.get(name, 0) for name, row in confusion.items()) / total
    expected = 0.0
    for name, row in confusion.items():
        column = sum(other.get(name, 0) for other in confusion.values())
        expected += sum(row.values()) * column / total**2
    return None if expected >= 1.0 else (observed - expected) / (1 - expected)


def agreement() -> dict[str, Any]:
    """Compare the two annotations, the first in the place of the gold.

    Returns:
        Figures from 0 to 1, to four decimals (kappa may be negative). F1 doesn't change if the
        two are exchanged.

    Raises:
        InputError: A file is missing or isn't one of records.
    """
    result = evaluate(read_file(HERE / "first.jsonl"), read_file(HERE / "second.jsonl"), samples=0)
    return {
        "abstracts": len(result.documents),
        "spans": {name: _spans(result, name) for name in (*LABELS, MICRO)},
        "attributes": {label: _attributes(result, label) for label in LABELS},
        "percentage_counts_f1": {name: _figure(one.f1) for name, one in result.links.items()},
        "rates_f1": {name: _figure(one.f1) for name, one in result.rates.items()},
    }


def _spans(result: EvaluationResult, label: str) -> dict[str, Any]:
    strict, overlap = result.scores["strict"][label], result.scores[OVERLAP][label]
    return {
        "first": strict.support,
        "second": strict.predicted,
        "strict_f1": _figure(strict.f1),
        "overlap_f1": _figure(overlap.f1),
    }


def _attributes(result: EvaluationResult, label: str) -> dict[str, Any]:
    """Give the agreement of each attribute on spans that both have, kappa where enumerated."""
    enumerated = {*VALUES.get(label, ()), *FLAGS.get(label, ())}
    found: dict[str, Any] = {}
    for name, one in result.attributes[label].items():
        found[name] = {"pairs": one.support, "accuracy": _figure(one.accuracy)}
        if name in enumerated:
            found[name]["kappa"] = _figure(cohen_kappa(one.confusion))
    return found


def _figure(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def main() -> None:
    """Write the figures and print them."""
    data = orjson.dumps(agreement(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    TARGET.write_bytes(data)
    print(data.decode(), end="")


if __name__ == "__main__":
    main()
