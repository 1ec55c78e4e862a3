"""What the annotation guidelines allow in a gold record: labels, attributes and their values."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE, SAMPLE_SIZE

#: The closed sets of values, by label and attribute.
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        SAMPLE_SIZE: {
            "scope": ("total", "arm", "subgroup"),
            "stage": ("screened", "enrolled", "randomised", "analysed", "completed"),
            "unit": ("participants", "studies", "other"),
        },
        PERCENTAGE: {
            "kind": ("proportion", "change", "confidence_level", "interval", "other"),
        },
        DURATION: {
            "unit": ("second", "minute", "hour", "day", "week", "month", "year"),
            "role": (
                "follow_up",
                "treatment",
                "time_to_event",
                "timepoint",
                "frequency",
                "other",
            ),
            "statistic": ("mean", "median", "range", "none"),
        },
        ADVERSE_EVENT: {"assertion": ("present", "absent", "possible")},
    }
)

#: Labels whose spans state a number: ``value``, or ``low`` and ``high`` where a range is allowed.
NUMBERED: Mapping[str, bool] = MappingProxyType(
    {SAMPLE_SIZE: False, PERCENTAGE: True, DURATION: True}
)

#: Attributes that are whole numbers.
INTEGERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {SAMPLE_SIZE: ("value",), PERCENTAGE: ("numerator", "denominator")}
)

#: Attributes that are true or left out.
FLAGS: Mapping[str, tuple[str, ...]] = MappingProxyType({ADVERSE_EVENT: ("generic", "serious")})

#: A grade as the guidelines normalise it: ``3``, ``3-4``, ``>=3``, ``3b``.
GRADE_FORM = r"(?:(?:>=|<=|>|<)?[0-5][a-d]?|[0-5][a-d]?-[0-5][a-d]?)"

#: The keys of one item of ``rates``, with whether it must be a whole number.
RATE_NUMBERS: Mapping[str, bool] = MappingProxyType(
    {"numerator": True, "denominator": True, "percent": False}
)
RATE_ARM = "arm"
