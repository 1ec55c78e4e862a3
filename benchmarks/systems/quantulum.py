"""Finds percentages and durations with quantulum3: records in, records out, JSON lines."""

from __future__ import annotations

import json
import sys

from quantulum3 import parser

TIME_UNITS = {"second", "minute", "hour", "day", "week", "month", "year"}


def spans(text: str) -> list[dict[str, object]]:
    """Give the quantities of a text that are percentages or times."""
    found: list[dict[str, object]] = []
    for quantity in parser.parse(text):
        start, end = quantity.span
        span = {"start": start, "end": end, "text": text[start:end], "value": quantity.value}
        if quantity.unit.name == "percentage":
            found.append(span | {"label": "PERCENTAGE"})
        elif quantity.unit.name in TIME_UNITS:
            found.append(span | {"label": "DURATION", "unit": quantity.unit.name})
    return found


def main() -> None:
    """Read gold records, write records with what was found."""
    for line in sys.stdin:
        gold = json.loads(line)
        text = gold["text"]
        print(json.dumps({"id": gold["id"], "text": text, "spans": spans(text)}))


if __name__ == "__main__":
    main()
