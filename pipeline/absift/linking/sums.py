"""The arithmetic of printed percentages.

A percentage printed with ``d`` decimals stands for every share within half a unit of its last
place. A count and a total agree with it if their quotient lies in that interval. Both ends
count as inside, so that rounding half up and rounding half to even both pass. This is the
reasoning of the GRIM test: Brown NJL, Heathers JAJ. The GRIM test: a simple technique
detects numerous anomalies in the reporting of results in psychology. Soc Psychol Personal
Sci 2017;8(4):363-369, doi:10.1177/1948550616673876.

Truncation (2/3 printed as 66%) is no rounding; it passes only where ``truncated`` is asked for.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

_FIGURE = re.compile(r"\d*[.·∙⋅,]?\d+")


def decimals(text: str) -> int:
    """Give the decimals that a percentage is printed with: 1 for ``80.0%``, 0 for ``ten percent``.

    A comma counts as a decimal sign, since no percentage is printed with grouped thousands.
    """
    match = _FIGURE.search(text)
    if not match:
        return 0
    parts = re.split(r"[.·∙⋅,]", match[0])
    return len(parts[1]) if len(parts) == 2 else 0


def agrees(
    numerator: int,
    denominator: int,
    percent: float,
    digits: int,
    *,
    truncated: bool = False,
) -> bool:
    """Tell whether ``numerator / denominator`` can have been printed as a percentage.

    Args:
        numerator: Count, zero or more.
        denominator: Total, above zero.
        percent: The percentage as printed, so ``43.8`` for 43.8%.
        digits: Decimals that it was printed with.
        truncated: Whether decimals cut off instead of rounded pass as well.
    """
    if denominator <= 0:
        return False
    # Most pairs are far off; exact arithmetic is slow and needed only near the edge.
    if abs(100 * numerator / denominator - percent) > 1.01:
        return False
    unit = Fraction(1, 10**digits)
    printed = Fraction(str(percent))
    exact = Fraction(100 * numerator, denominator)
    if abs(exact - printed) <= unit / 2:
        return True
    return truncated and printed <= exact < printed + unit


def quotient(numerator: int, denominator: int, digits: int) -> str:
    """Write a share in per cent with two decimals more than a percentage was printed with."""
    exact = Fraction(100 * numerator, denominator)
    return f"{float(exact):.{digits + 2}f}".rstrip("0").rstrip(".")


def whole(value: Any) -> Any:  # noqa: ANN401 - an attribute's value
    """Give a whole decimal as an integer."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
