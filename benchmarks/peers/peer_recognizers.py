"""Microsoft's recognizers: percentages, and durations among dates and times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drive import Find, Span, drive
from recognizers_date_time import recognize_datetime
from recognizers_number import recognize_percentage
from recognizers_text import Culture


def make(terms: list[str]) -> Find:
    """Load the recognizers; they have no use for terms."""

    def spans(text: str) -> Iterator[Span]:
        found = [(one, "PERCENTAGE") for one in recognize_percentage(text, Culture.English)]
        found += (
            (one, "DURATION")
            for one in recognize_datetime(text, Culture.English)
            if one.type_name.endswith("duration")
        )
        for one, label in found:
            # Their end is the last character, not the one behind it.
            yield {"start": one.start, "end": one.end + 1, "label": label}

    def find(texts: Sequence[str]) -> list[list[Span]]:
        return [list(spans(text)) for text in texts]

    return find


if __name__ == "__main__":
    drive(make)
