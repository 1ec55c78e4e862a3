"""The assignment against the best of all pairings, tried one by one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.evaluation.assignment import assign

MATRICES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 12), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


def best_total(weights: list[list[int]]) -> int:
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return best_total([list(column) for column in zip(*weights, strict=True)])
    return max(
        sum(weights[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(columns), rows)
    )


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([], []),
        ([[]], []),
        ([[0]], []),
        ([[3]], [(0, 0)]),
        ([[1, 5, 2]], [(0, 1)]),
        ([[1], [5], [2]], [(1, 0)]),
        # Greedy would take 9 first and end with 9 + 1.
        ([[9, 8], [8, 1]], [(0, 1), (1, 0)]),
        ([[0, 4, 0], [0, 3, 0]], [(0, 1)]),
    ],
)
def test_assign_cases(weights: list[list[int]], expected: list[tuple[int, int]]) -> None:
    assert assign(weights) == expected


@given(MATRICES)
def test_assign_reaches_the_best_total(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert sum(weights[row][column] for row, column in pairs) == best_total(weights)
    assert all(weights[row][column] > 0 for row, column in pairs)


def test_assign_keeps_large_integers_exact() -> None:
    huge = 1 << 200
    assert assign([[huge + 1, huge], [huge + 1, huge + 1]]) == [(0, 0), (1, 1)]
