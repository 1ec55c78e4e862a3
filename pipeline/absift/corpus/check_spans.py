"""Whether one gold span is sound: its offsets, its label and its attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from absift.corpus.schema import (
    FLAGS,
    GRADE_FORM,
    INTEGERS,
    NUMBERED,
    RATE_ARM,
    RATE_NUMBERS,
    VALUES,
)
from absift.records import ADVERSE_EVENT, ATTRIBUTES

_OWN = frozenset({"start", "end", "text", "label", "rule", "section", "why"})
_TEXTS = ("term", "system")

# 1,204 and 1 204 with any of the spaces in use; 6.2, 6·2 and .5.
_NUMBER = re.compile(r"\d{1,3}(?:[,   ]\d{3})+(?!\d)|\d*[.·]\d+|\d+")


def check_span(
    span: Mapping[str, Any],
    text: str,
    labels: frozenset[str],
    *,
    attributes: bool = True,
    own: Mapping[str, frozenset[str]] | None = None,
) -> list[str]:
    """Check a span of a gold record.

    Args:
        span: The span's JSON object.
        text: The abstract's text.
        labels: The labels allowed.
        attributes: Whether to check its attributes against the guidelines.
        own: Attributes of labels that the guidelines don't define.

    Returns:
        What is wrong, one sentence each.
    """
    found = list(_place(span, text))
    label = span.get("label")
    if not isinstance(label, str) or label not in labels:
        found.append(f"unknown label {label!r}; there are {', '.join(sorted(labels))}")
    elif attributes and label in ATTRIBUTES:
        found += _attributes(span, label)
    elif attributes and own and label in own:
        known = ", ".join(sorted(own[label]))
        found += [
            f"unknown attribute {name!r}; the rules of {label} give {known}"
            for name in span
            if name not in _OWN and name not in own[label]
        ]
    return found


def _place(span: Mapping[str, Any], text: str) -> Iterator[str]:
    start, end, words = span.get("start"), span.get("end"), span.get("text")
    if not _is_integer(start) or not _is_integer(end):
        yield "start and end must be whole numbers"
        return
    if not 0 <= start < end <= len(text):
        yield f"the offsets don't lie in the text of {len(text)} characters"
        return
    if words != text[start:end]:
        yield f"is given as {words!r}, but the text has {text[start:end]!r} there"
    if text[start:end] != text[start:end].strip():
        yield "starts or ends on white space"


def _attributes(span: Mapping[str, Any], label: str) -> Iterator[str]:
    for name in span:
        if name not in _OWN and name not in ATTRIBUTES[label]:
            yield f"unknown attribute {name!r}"
    for name, allowed in VALUES.get(label, {}).items():
        if name not in span:
            yield f"{name} is missing"
        elif span[name] not in allowed:
            yield f"{name} is {span[name]!r}, not one of {', '.join(allowed)}"
    if label in NUMBERED:
        yield from _number(span, ranges=NUMBERED[label])
    for name in INTEGERS.get(label, ()):
        if name in span and (not _is_integer(span[name]) or span[name] < 0):
            yield f"{name} must be a whole number of 0 or more, not {span[name]!r}"
    for name in FLAGS.get(label, ()):
        if name in span and not isinstance(span[name], bool):
            yield f"{name} must be true or left out, not {span[name]!r}"
    if label == ADVERSE_EVENT:
        yield from _event(span)


def _number(span: Mapping[str, Any], *, ranges: bool) -> Iterator[str]:
    """Check that there is a value or, where ranges are allowed, low and high."""
    given = [name for name in ("value", "low", "high") if name in span]
    bad = [name for name in given if not _is_number(span[name])]
    for name in bad:
        yield f"{name} must be a number, not {span[name]!r}"
    if not ranges and given != ["value"]:
        yield "needs a value, and neither low nor high"
    elif given not in (["value"], ["low", "high"]):
        yield "needs either a value, or both low and high"
    if bad:
        return
    if given == ["low", "high"] and span["low"] > span["high"]:
        yield f"low {span['low']} is above high {span['high']}"
    if given == ["value"]:
        yield from _written(span)


def _written(span: Mapping[str, Any]) -> Iterator[str]:
    """Check the value against the digits of the span, where they are one plain number."""
    numbers = _NUMBER.findall(str(span.get("text")))
    digits = re.findall(r"\d+", str(span.get("text")))
    if len(numbers) != 1 or "".join(digits) != "".join(re.findall(r"\d+", numbers[0])):
        return
    written = float(re.sub(r"[,   ]", "", numbers[0]).replace("·", "."))
    if abs(abs(span["value"]) - written) > 1e-9:
        yield f"value is {span['value']}, but the span reads {span.get('text')!r}"


def _event(span: Mapping[str, Any]) -> Iterator[str]:
    grade = span.get("grade")
    if grade is not None and not (isinstance(grade, str) and re.fullmatch(GRADE_FORM, grade)):
        yield f"grade must be of the form 3, 3-4 or >=3, not {grade!r}"
    for name in _TEXTS:
        if name in span and not isinstance(span[name], str):
            yield f"{name} must be a string"
    rates = span.get("rates", [])
    if not isinstance(rates, list):
        yield "rates must be a list"
        return
    for place, rate in enumerate(rates, start=1):
        for text in _rate(rate):
            yield f"rate {place}: {text}"


def _rate(rate: object) -> Iterator[str]:
    if not isinstance(rate, dict):
        yield "must be an object"
        return
    for key in sorted(set(rate) - set(RATE_NUMBERS) - {RATE_ARM}):
        yield f"unknown key {key!r}"
    if not set(rate) & set(RATE_NUMBERS):
        yield f"needs one of {', '.join(RATE_NUMBERS)}"
    for name, whole in RATE_NUMBERS.items():
        if name not in rate:
            continue
        if not (_is_integer if whole else _is_number)(rate[name]) or rate[name] < 0:
            kind = "a whole number" if whole else "a number"
            yield f"{name} must be {kind} of 0 or more, not {rate[name]!r}"
    arm = rate.get(RATE_ARM)
    if RATE_ARM in rate and (not isinstance(arm, str) or not arm.strip()):
        yield "arm must be a string that isn't empty"


def _is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
