"""quantulum3: quantities with units, of which percentages and times are kept."""

from __future__ import annotations

from collections.abc import Sequence

from drive import Find, Span, drive, patterns
from quantulum3 import parser


def make(terms: list[str]) -> Find:
    """Load quantulum3; it has no use for terms."""
    labels: dict[str, str] = patterns()["quantities"]

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [
            [
                {
                    "start": one.span[0],
                    "end": one.span[1],
                    "label": labels[one.unit.name],
                    "value": one.value,
                }
                for one in parser.parse(text)
                if one.unit.name in labels
            ]
            for text in texts
        ]

    return find


if __name__ == "__main__":
    drive(make)
