"""The approximate randomisation test against an exact one."""

from __future__ import annotations

from itertools import product

import pytest

from absift.evaluation.significance import Cell, randomisation_test


def f1(cells: list[Cell]) -> float:
    hits, gold, predicted = (sum(cell[i] for cell in cells) for i in range(3))
    return 2 * hits / (gold + predicted)


def exact_p(one: list[Cell], other: list[Cell]) -> float:
    """The share of all exchanges whose difference is at least the one observed."""
    observed = abs(f1(one) - f1(other))
    beyond = 0
    for swaps in product((False, True), repeat=len(one)):
        pairs = [(b, a) if swap else (a, b) for a, b, swap in zip(one, other, swaps, strict=True)]
        left, right = ([pair[side] for pair in pairs] for side in (0, 1))
        beyond += abs(f1(left) - f1(right)) >= observed - 1e-12
    return beyond / 2 ** len(one)


def p_of(one: list[Cell], other: list[Cell], samples: int = 20_000, seed: int = 0) -> float:
    (p,) = randomisation_test(
        [[cell] for cell in one], [[cell] for cell in other], samples=samples, seed=seed
    )
    assert p is not None
    return p


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([(1, 2, 2), (0, 1, 2), (2, 2, 3)], [(2, 2, 2), (1, 1, 1), (2, 2, 2)]),
        ([(0, 1, 0)] * 6, [(1, 1, 1)] * 6),
        (
            [(1, 1, 1), (0, 2, 1), (3, 4, 3), (0, 0, 2)],
            [(0, 1, 1), (2, 2, 2), (3, 4, 5), (0, 0, 0)],
        ),
    ],
)
def test_p_is_near_the_exact_one(one: list[Cell], other: list[Cell]) -> None:
    assert p_of(one, other) == pytest.approx(exact_p(one, other), abs=0.015)


def test_equal_runs_have_p_1() -> None:
    assert p_of([(1, 2, 2), (0, 1, 1)], [(1, 2, 2), (0, 1, 1)], samples=99) == 1.0


def test_p_is_never_0() -> None:
    # Of 2^40 exchanges two reach the observed difference: no sample of 99 will.
    assert p_of([(0, 1, 1)] * 40, [(1, 1, 1)] * 40, samples=99) == 1 / 100


def test_p_is_two_sided() -> None:
    one, other = [(0, 1, 1)] * 5 + [(1, 1, 1)], [(1, 1, 1)] * 5 + [(0, 1, 1)]
    assert p_of(one, other) == p_of(other, one)


def test_the_seed_decides() -> None:
    one, other = [(1, 3, 2), (0, 1, 2), (2, 2, 3)], [(2, 3, 2), (1, 1, 1), (2, 2, 2)]
    assert p_of(one, other, 500, seed=1) == p_of(one, other, 500, seed=1)
    assert p_of(one, other, 500, seed=1) != p_of(one, other, 500, seed=2)


def test_a_label_with_nothing_to_measure_has_no_p() -> None:
    assert randomisation_test([[(0, 0, 0)]], [[(0, 0, 0)]], samples=9) == [None]
    assert randomisation_test([], [], samples=9) == []


def test_recall_only_ignores_predictions() -> None:
    one, other = [[(1, 2, 99)], [(1, 1, 5)]], [[(1, 2, 3)], [(1, 1, 1)]]
    assert randomisation_test(one, other, recall_only=True, samples=99) == [1.0]
    (p,) = randomisation_test(one, other, samples=99)
    assert p is not None
    assert p < 1.0
