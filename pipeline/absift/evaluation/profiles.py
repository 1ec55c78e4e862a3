"""What a gold set annotates, where that is less than the guidelines ask for.

A gold set that leaves out labels, attributes or whole kinds of mention can't judge all that
is predicted: what it left out would count as spurious. A profile says what it can judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from absift.errors import InputError
from absift.evaluation.matching import Measure
from absift.records import ADVERSE_EVENT, PERCENTAGE, SAMPLE_SIZE

#: The measures of spans, and ``value``: the right number, wherever it stands.
AnyMeasure = Literal["strict", "partial", "exact", "type", "value"]
ALL_MEASURES: tuple[AnyMeasure, ...] = get_args(AnyMeasure)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a gold set can judge.

    Attributes:
        name: Name of the data set; empty for a gold set of the guidelines' own kind.
        labels: The labels that it annotates; ``None`` for all.
        recall_only: It marks some mentions and not others, so that precision means nothing.
        measures: The measures that it supports; the first is the one thresholds hold for.
        attributes: Attributes it annotates, by label; ``None`` for those seen in it.
        figures: Whether links, rates and total sample sizes can be scored.
        why: What is left out and why, for the reader of the scores.
    """

    name: str = ""
    labels: tuple[str, ...] | None = None
    recall_only: bool = False
    measures: tuple[AnyMeasure, ...] = ALL_MEASURES
    attributes: Mapping[str, tuple[str, ...]] | None = None
    figures: bool = True
    why: str = ""

    @property
    def headline(self) -> Measure:
        """The measure that errors, thresholds and comparisons are about."""
        return "type" if self.measures[0] == "type" else "strict"


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "phee": Profile(
            name="phee",
            labels=(ADVERSE_EVENT,),
            recall_only=True,
            measures=("type",),
            attributes={},
            figures=False,
            why=(
                "PHEE marks, in single sentences, the events of a drug and no others, in spans "
                "that may take in a whole list of events: only the recall of overlapping spans "
                "is scored, not precision, boundaries or attributes"
            ),
        ),
        "pico": Profile(
            name="pico",
            labels=(SAMPLE_SIZE, PERCENTAGE),
            recall_only=True,
            measures=("strict", "partial", "exact", "type"),
            attributes={SAMPLE_SIZE: ("scope",)},
            figures=False,
            why=(
                "PICO-Corpus marks total and arm sizes and the percentages of arms, and no other "
                "sizes or percentages: only recall is scored, not precision; of the attributes "
                "only the scope of sizes; its counts of events are not a label here"
            ),
        ),
    }
)


def find_profile(name: str) -> Profile:
    """Give a profile by its name.

    Raises:
        InputError: There is none of that name.
    """
    try:
        return PROFILES[name.lower()]
    except KeyError:
        known = ", ".join(PROFILES)
        raise InputError(f"no profile {name!r}; there are {known}") from None
