"""The maximum-weight one-to-one assignment between two small sets.

Greedy pairing takes the first partner that comes along, so that the order of
the spans moves the score; an optimal assignment doesn't depend on it.
"""

from __future__ import annotations

from collections.abc import Sequence

Weights = Sequence[Sequence[int]]


def assign(weights: Weights) -> list[tuple[int, int]]:
    """Choose pairs of a row and a column, each used once, of the greatest total weight.

    The Hungarian method (Kuhn 1955; Munkres 1957) in its form with shortest augmenting
    paths, cubic in the number of rows. Weights are Python integers, so sums are exact
    however large they get.

    Args:
        weights: One row of non-negative weights for each row of the problem, all of one
            length. Zero means that the two can't be paired.

    Returns:
        The pairs ``(row, column)`` with a weight above zero, by row.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = assign([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    if len(weights) == 1:
        row = weights[0]
        best = max(range(len(row)), key=row.__getitem__)
        return [(0, best)] if row[best] > 0 else []
    owner = _owners(weights)
    pairs = [(row, column) for column, row in enumerate(owner) if row >= 0]
    return sorted((row, column) for row, column in pairs if weights[row][column] > 0)


def _owners(weights: Weights) -> list[int]:
    """Give for each column the row that holds it, or -1; there are no more rows than columns."""
    columns = len(weights[0])
    owner = [-1] * columns
    row_price = [0] * len(weights)
    column_price = [0] * columns
    for row in range(len(weights)):
        _augment(row, weights, owner, row_price, column_price)
    return owner


def _augment(
    row: int,
    weights: Weights,
    owner: list[int],
    row_price: list[int],
    column_price: list[int],
) -> None:
    """Give ``row`` a column along the cheapest alternating path, updating the prices.

    The cost of a pair is its negated weight; prices keep every reduced cost
    ``cost - row_price - column_price`` at or above zero.
    """
    columns = len(owner)
    distance: list[int | None] = [None] * columns
    came_from = [-1] * columns
    done = [False] * columns
    current, here, reached = row, -1, 0
    while True:
        for column in range(columns):
            if done[column]:
                continue
            step = -weights[current][column] - row_price[current] - column_price[column]
            known = distance[column]
            if known is None or reached + step < known:
                distance[column] = reached + step
                came_from[column] = here
        reached, here = min(
            (length, column)
            for column, length in enumerate(distance)
            if length is not None and not done[column]
        )
        done[here] = True
        if owner[here] < 0:
            break
        current = owner[here]
    row_price[row] += reached
    for column in range(columns):
        length = distance[column]
        if done[column] and length is not None and column != here:
            row_price[owner[column]] += reached - length
            column_price[column] -= reached - length
    while here >= 0:
        previous = came_from[here]
        owner[here] = owner[previous] if previous >= 0 else row
        here = previous
