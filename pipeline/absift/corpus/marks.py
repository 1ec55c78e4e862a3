"""The attributes inside one mark of the annotation markup, read and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

from absift.corpus.schema import GRADE_FORM, VALUES
from absift.records import ADVERSE_EVENT, DURATION, PERCENTAGE, SAMPLE_SIZE, Span

LETTERS: Mapping[str, str] = {
    "S": SAMPLE_SIZE,
    "P": PERCENTAGE,
    "D": DURATION,
    "A": ADVERSE_EVENT,
}
#: What stands by position behind the letter, and the value that may be left out at the end.
_POSITIONS: Mapping[str, tuple[str, ...]] = {
    SAMPLE_SIZE: ("number", "scope", "stage", "unit"),
    PERCENTAGE: ("number", "kind"),
    DURATION: ("number", "unit", "role", "statistic"),
    ADVERSE_EVENT: ("assertion",),
}
_LEFT_OUT: Mapping[str, tuple[str, str]] = {
    SAMPLE_SIZE: ("unit", "participants"),
    DURATION: ("statistic", "none"),
}
_COUNTS = {"n": "numerator", "N": "denominator"}
_RATE_KEYS = {"n": "numerator", "N": "denominator", "p": "percent", "arm": "arm"}
_FLAGS = ("generic", "serious")
_STRINGS = ("term", "system")

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_TOKEN = re.compile(rf'r\((?:[^()"]|{_QUOTED})*\)|[^\s="()]+=(?:{_QUOTED}|[^\s"()]+)|[^\s="()]+')
_PAIR = re.compile(rf'([^\s="()]+)=({_QUOTED}|[^\s"()]+)')
_INTEGER = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


class MarkError(ValueError):
    """A mark that doesn't follow the markup; the message says why."""


def read_attributes(letter: str, body: str) -> tuple[str, dict[str, Any]]:
    """Read what stands in the braces of a mark.

    Args:
        letter: The mark's letter.
        body: The rest up to the closing brace.

    Returns:
        The label and its attributes.

    Raises:
        MarkError: The letter is unknown, an attribute is missing, unknown or of no allowed value.
    """
    label = LETTERS.get(letter)
    if label is None:
        raise MarkError(f"the letter {letter} is none of {', '.join(LETTERS)}")
    tokens = _tokens(body)
    names = _POSITIONS[label]
    plain = [token for token in tokens if "=" not in token and token not in _FLAGS]
    plain = [token for token in plain if not token.startswith("r(")]
    if label in _LEFT_OUT and len(plain) == len(names) - 1:
        plain.append(_LEFT_OUT[label][1])
    if len(plain) != len(names):
        raise MarkError(f"{label} takes {' '.join(names)}, but got {' '.join(plain) or 'nothing'}")
    attributes: dict[str, Any] = {}
    for name, token in zip(names, plain, strict=True):
        if name == "number":
            attributes |= _number_or_range(label, token)
        else:
            attributes[name] = _allowed(label, name, token)
    for token in tokens:
        _read_option(label, token, attributes)
    return label, attributes


def _tokens(body: str) -> list[str]:
    tokens, position = [], 0
    for match in _TOKEN.finditer(body):
        gap = body[position : match.start()]
        if gap.strip():
            raise MarkError(f"{gap.strip()!r} can't be read")
        tokens.append(match[0])
        position = match.end()
    if body[position:].strip():
        raise MarkError(f"{body[position:].strip()!r} can't be read")
    return tokens


def _read_option(label: str, token: str, attributes: dict[str, Any]) -> None:
    """Read ``key=value``, a flag or a rate into the attributes."""
    if label == ADVERSE_EVENT and token.startswith("r("):
        attributes.setdefault("rates", []).append(_rate(token[2:-1]))
        return
    if token in _FLAGS and label == ADVERSE_EVENT:
        attributes[token] = True
        return
    pair = _PAIR.fullmatch(token)
    if pair is None:
        if token in _FLAGS or token.startswith("r("):
            raise MarkError(f"{label} takes no {token!r}")
        return
    key, value = pair.groups()
    if label == PERCENTAGE and key in _COUNTS:
        attributes[_COUNTS[key]] = _integer(value)
    elif label == ADVERSE_EVENT and key == "grade":
        if not re.fullmatch(GRADE_FORM, value):
            raise MarkError(f"grade {value!r} is not of the form 3, 3-4 or >=3")
        attributes["grade"] = value
    elif label == ADVERSE_EVENT and key in _STRINGS:
        attributes[key] = _string(value)
    else:
        raise MarkError(f"{label} takes no {key}=")


def _rate(body: str) -> dict[str, Any]:
    rate: dict[str, Any] = {}
    for token in _tokens(body):
        pair = _PAIR.fullmatch(token)
        if pair is None or pair[1] not in _RATE_KEYS:
            raise MarkError(f'a rate is r(n=2 N=27 p=7.4 arm="placebo"), not r({body})')
        key, value = pair.groups()
        if key == "arm":
            rate["arm"] = _string(value)
        else:
            rate[_RATE_KEYS[key]] = _number(value) if key == "p" else _integer(value)
    if not rate:
        raise MarkError("an empty rate r(); leave it out")
    return rate


def _allowed(label: str, name: str, token: str) -> str:
    allowed = VALUES[label][name]
    if token not in allowed:
        raise MarkError(f"{name} {token!r} is none of {', '.join(allowed)}")
    return token


def _number_or_range(label: str, token: str) -> dict[str, Any]:
    if label == SAMPLE_SIZE:
        return {"value": _integer(token)}
    low, dots, high = token.partition("..")
    return {"low": _number(low), "high": _number(high)} if dots else {"value": _number(token)}


def _integer(token: str) -> int:
    if not _INTEGER.fullmatch(token):
        raise MarkError(f"{token!r} is not a whole number")
    return int(token)


def _number(token: str) -> int | float:
    if not _DECIMAL.fullmatch(token):
        raise MarkError(f"{token!r} is not a number")
    return int(token) if _INTEGER.fullmatch(token) else float(token)


def _string(token: str) -> str:
    if not token.startswith('"'):
        return token
    try:
        return str(orjson.loads(token))
    except orjson.JSONDecodeError as error:
        raise MarkError(f"{token} is not a string in double quotes") from error


def write_mark(span: Span) -> str:
    """Write a span's attributes as the braces of a mark.

    Raises:
        MarkError: The label or an attribute has no place in a mark.
    """
    letter = next((key for key, label in LETTERS.items() if label == span.label), None)
    if letter is None:
        raise MarkError(f"the label {span.label} has no letter")
    left = {name: value for name, value in span.attributes.items() if value is not None}
    parts = [letter]
    for name in _POSITIONS[span.label]:
        parts.append(_write_number(left) if name == "number" else str(left.pop(name, "")))
    default = _LEFT_OUT.get(span.label)
    if default and parts[-1] == default[1]:
        parts.pop()
    parts += _write_options(left)
    mark = "{" + " ".join(parts) + "}"
    if left:
        raise MarkError(f"the attributes {', '.join(left)} have no place in a mark")
    again = read_attributes(letter, mark[2:-1])
    if again[0] != span.label:
        raise MarkError(f"{mark} can't be read back")
    return mark


def _write_number(left: dict[str, Any]) -> str:
    if "value" in left:
        return str(left.pop("value"))
    return f"{left.pop('low', '')}..{left.pop('high', '')}"


def _write_options(left: dict[str, Any]) -> list[str]:
    """Write all that stands behind the positions, taking it out of ``left``."""
    parts = [f"{key}={left.pop(name)}" for key, name in _COUNTS.items() if name in left]
    parts += [name for name in _FLAGS if left.pop(name, False)]
    if "grade" in left:
        parts.append(f"grade={left.pop('grade')}")
    parts += [f"{name}={_quote(left.pop(name))}" for name in _STRINGS if name in left]
    for rate in left.pop("rates", ()):
        values = [
            f"{key}={_quote(rate[name]) if key == 'arm' else rate[name]}"
            for key, name in _RATE_KEYS.items()
            if name in rate
        ]
        parts.append(f"r({' '.join(values)})")
    return parts


def _quote(text: str) -> str:
    return orjson.dumps(text).decode()
