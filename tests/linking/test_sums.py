from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.linking.sums import agrees, decimals, quotient


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("80.0%", 1), ("80%", 0), ("ten percent", 0), ("43·75 %", 2), ("4,5%", 1), (".3%", 1)],
)
def test_decimals(text: str, wanted: int) -> None:
    assert decimals(text) == wanted


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent", "digits", "wanted"),
    [
        (7, 16, 43.8, 1, True),
        (7, 16, 43.7, 1, True),  # half down is the other neighbour of a tie
        (7, 16, 43.9, 1, False),
        (1, 8, 12, 0, True),  # 12.5 rounds half to even
        (1, 8, 13, 0, True),  # and half up
        (2, 3, 66, 0, False),
        (0, 5, 0, 0, True),
        (5, 5, 100, 0, True),
        (1, 0, 100, 0, False),
    ],
)
def test_agrees(
    numerator: int, denominator: int, percent: float, digits: int, wanted: bool
) -> None:
    assert agrees(numerator, denominator, percent, digits) is wanted


def test_figures_cut_off_pass_where_asked_for() -> None:
    assert agrees(2, 3, 66, 0, truncated=True)
    assert not agrees(2, 3, 65, 0, truncated=True)


@given(
    denominator=st.integers(1, 100_000),
    share=st.floats(0, 1),
    digits=st.integers(0, 3),
    rounding=st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN]),
)
def test_every_printed_share_agrees(
    denominator: int, share: float, digits: int, rounding: str
) -> None:
    numerator = int(share * denominator)
    with localcontext() as context:
        context.prec = 50
        exact = Decimal(100 * numerator) / Decimal(denominator)
        printed = exact.quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    truncated = rounding == ROUND_DOWN
    assert agrees(numerator, denominator, float(printed), digits, truncated=truncated)


def test_quotient() -> None:
    assert quotient(7, 16, 1) == "43.75"
    assert quotient(1, 3, 0) == "33.33"
    assert quotient(1, 2, 1) == "50"
