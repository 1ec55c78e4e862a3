"""Bootstrap intervals over documents."""

from __future__ import annotations

import math

import numpy as np
import pytest

from absift.evaluation.intervals import bootstrap, draw_weights
from absift.evaluation.scores import Counts, score, total

RIGHT = Counts(correct=1, predicted_correct=1)
MISSED = Counts(missed=1)


def test_each_sample_draws_as_many_documents_as_there_are() -> None:
    weights = draw_weights(7, 50, seed=1)
    assert weights.shape == (50, 7)
    assert set(weights.sum(axis=1)) == {7.0}


def test_the_seed_decides() -> None:
    assert np.array_equal(draw_weights(9, 20, seed=3), draw_weights(9, 20, seed=3))
    assert not np.array_equal(draw_weights(9, 20, seed=3), draw_weights(9, 20, seed=4))


def test_bounds_by_hand() -> None:
    """Two documents, one found and one missed: recall is 0, 1/2 or 1 in a sample."""
    weights = np.array([[2, 0], [1, 1], [1, 1], [0, 2]], dtype=float)
    bounds = bootstrap([{"A": RIGHT}, {"A": MISSED}], ["A"], weights)["A"]
    # The percentiles of 0, .5, .5, 1 at positions .075 and 2.925 of 0 to 3.
    assert bounds["recall"] == pytest.approx((0.0375, 0.9625))
    # Nothing is predicted where only the missed one is drawn: that sample has no precision.
    assert bounds["precision"] == (1.0, 1.0)


def test_micro_and_macro_by_hand() -> None:
    documents = [{"A": RIGHT}, {"A": MISSED, "B": RIGHT}]
    weights = np.array([[1, 1]], dtype=float)
    bounds = bootstrap(documents, ["A", "B"], weights)
    assert bounds["micro"]["recall"] == pytest.approx((2 / 3, 2 / 3))
    assert bounds["macro"]["recall"] == pytest.approx((3 / 4, 3 / 4))
    assert bounds["macro"]["f1"] == pytest.approx((5 / 6, 5 / 6))


def test_a_label_that_never_occurs_has_no_bounds() -> None:
    bounds = bootstrap([{"A": RIGHT}, {}], ["A", "B"], draw_weights(2, 30, seed=0))
    assert bounds["B"] == {"precision": None, "recall": None, "f1": None}
    assert bounds["macro"]["f1"] == (1.0, 1.0)


def test_one_sample_of_every_document_once_gives_the_point_estimate() -> None:
    documents = [
        {"A": Counts(2, 1, 1, 0, 1, 1, 1, 2)},
        {"A": Counts(0, 0, 3, 2, 0, 0, 3, 0)},
        {},
    ]
    point = score(total(document["A"] for document in documents if document))
    bounds = bootstrap(documents, ["A"], np.ones((1, 3)))["A"]
    for name in ("precision", "recall", "f1"):
        value = getattr(point, name)
        assert bounds[name] == pytest.approx((value, value))


def test_the_interval_narrows_with_more_documents() -> None:
    def width(copies: int) -> float:
        documents = [{"A": RIGHT}, {"A": MISSED}] * copies
        pair = bootstrap(documents, ["A"], draw_weights(len(documents), 400, 0))["A"]["recall"]
        assert pair is not None
        return pair[1] - pair[0]

    # The width of a share goes with the square root of the number of documents.
    assert math.isclose(width(20) / width(80), 2, rel_tol=0.2)
