"""Find groups that make up a sample but don't add up to it.

Only what is certainly meant to be exhaustive is added up: two or more arms (or two
subgroups in one breath) that follow their total in its own sentence, behind a colon, a
bracket or a dash, or as arms of a randomised total. A difference of half the smallest part
or more rather means that a part went unnamed, or that parts overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from absift.linking.locate import sentence_around
from absift.records import SAMPLE_SIZE, Record, Span, Warning

_OPENS = re.compile(r"[:(\[—–]| - ")
_FAR = 160
# No sentence is longer.
_REACH = 2000
_BREATH = 40


def parts_that_do_not_add_up(record: Record) -> Iterator[Warning]:
    """Give a warning for each total whose parts make another sum.

    Args:
        record: An abstract with its sample sizes.
    """
    sizes = [one for one in record.of(SAMPLE_SIZE) if isinstance(one.attributes.get("value"), int)]
    for place, total in enumerate(sizes):
        if total.attributes.get("scope") != "total":
            continue
        behind = _own(sizes, place)
        if len(behind) < 2:
            continue
        last = sentence_around(record.text, total.start, total.end)[1]
        behind = [one for one in behind if one.start < last]
        for scope in ("arm", "subgroup"):
            parts = [one for one in behind if one.attributes.get("scope") == scope]
            if len(parts) >= 2 and _exhaustive(record.text, total, parts, scope):
                warning = _compare(total, parts)
                if warning:
                    yield warning


def _own(sizes: list[Span], place: int) -> list[Span]:
    """Give the groups that stand behind a total before the next one."""
    own: list[Span] = []
    total = sizes[place]
    for at in range(place + 1, len(sizes)):
        one = sizes[at]
        if one.attributes.get("scope") == "total" or one.start > total.end + _REACH:
            break
        if one.attributes.get("unit") == total.attributes.get("unit"):
            own.append(one)
    return own


def _exhaustive(text: str, total: Span, parts: list[Span], scope: str) -> bool:
    """Tell whether parts are certainly meant to make up a total."""
    lead = text[total.end : parts[0].start]
    if len({one.attributes.get("stage") for one in parts}) > 1 or len(lead) > _FAR:
        return False
    opened = bool(_OPENS.search(lead))
    gaps = [text[one.end : other.start] for one, other in pairwise(parts)]
    if scope == "subgroup":
        breath = all(len(gap) <= _BREATH and not re.search(r"[,;:.()]", gap) for gap in gaps)
        return opened and breath and len(parts) == 2
    if any(len(gap) > _FAR for gap in gaps):
        return False
    stages = {one.attributes.get("stage") for one in (total, *parts)}
    return opened or stages == {"randomised"}


def _compare(total: Span, parts: list[Span]) -> Warning | None:
    size = total.attributes["value"]
    values = [one.attributes["value"] for one in parts]
    made = sum(values)
    missing = size - made
    if missing == 0 or 2 * abs(missing) >= min(values):
        return None
    if missing > 0 and any(one.attributes.get("stage") != "randomised" for one in parts):
        # Groups that nobody allotted may leave some out ("other methods").
        return None
    sum_text = f"{' + '.join(map(str, values))} = {made}, not {size}"
    return Warning(
        "parts_do_not_add_up",
        f"The groups add up to {made}, but the text gives their total as {size}.",
        tuple(sorted((one.start, one.end) for one in (total, *parts))),
        sum_text,
    )
