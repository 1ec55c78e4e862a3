"""Read numbers: digits, grouped digits, decimal comma and middle dot, words, ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from absift.text.tokens import Tokens, fold

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:[.·∙⋅]\d+)?\Z")
_PLAIN = re.compile(r"\d+\Z")
_DECIMAL = re.compile(r"\d*[.·∙⋅,]\d+\Z")
_TO_POINT = str.maketrans({"·": ".", "∙": ".", "⋅": ".", ",": "."})
# Blanks that only typesetters use inside a number.
GROUP_BLANKS = frozenset("\u00a0\u2009\u202f\u2007")
#: What may be a calendar year.
YEARS = range(1900, 2051)

# Longer rows of digits are identifiers; beyond these, sums and JSON lose digits.
_MOST_DIGITS = 15

Value = int | float


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The words of a language that stand for numbers, as ``configs/numbers.yaml`` has them.

    Attributes:
        cardinals: Word to value, below one hundred.
        multipliers: Word to the power of ten that it multiplies by.
        ordinals: Word to value.
        ordinal_endings: What follows the digits of an ordinal (``th``).
        joiners: Words that may stand inside a number (``and``).
        labelled: Words after which a number is a name (``group 1``), so that the next
            three digits don't belong to it.
    """

    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    ordinals: Mapping[str, int] = field(default_factory=dict)
    ordinal_endings: frozenset[str] = frozenset()
    joiners: frozenset[str] = frozenset()
    labelled: frozenset[str] = frozenset()


class Number(NamedTuple):
    """A number that covers the tokens ``first`` to ``last`` (exclusive).

    Attributes:
        first: Index of its first token.
        last: Index behind its last token.
        value: What it says; an ``int`` unless it was written with a decimal sign.
        kind: ``digits``, ``words`` or ``ordinal``.
        year: Whether it may be a calendar year.
    """

    first: int
    last: int
    value: Value
    kind: str
    year: bool = False


def parse_digits(word: str) -> Value | None:
    """Read a number written in digits, or give ``None`` where it isn't one.

    A comma before exactly three digits groups thousands; any other is a decimal comma. More
    than 15 digits make no number.
    """
    if len(word) > _MOST_DIGITS and sum(map(str.isdigit, word)) > _MOST_DIGITS:
        return None
    if _PLAIN.match(word):
        return int(word)
    if _GROUPED.match(word):
        plain = word.replace(",", "").translate(_TO_POINT)
        return float(plain) if "." in plain else int(plain)
    if _DECIMAL.match(word):
        return float(word.translate(_TO_POINT))
    return None


def starts_number(word: str, words: NumberWords) -> bool:
    """Tell whether a token can be the first of a number."""
    if word[0].isdigit() or (word[0] in ".·∙⋅" and len(word) > 1):
        return True
    lower = word.lower()
    return lower in words.cardinals or lower in words.ordinals or lower in words.multipliers


def find_numbers(
    text: str, tokens: Tokens, words: NumberWords, at: Iterable[int] | None = None
) -> list[Number]:
    """Find the numbers among tokens, each as long as it can be, none overlapping.

    Args:
        text: The abstract.
        tokens: Its tokens.
        words: The language's number words.
        at: Indices in rising order of the tokens that can start a number
            (:func:`starts_number`), where the caller knows them already.
    """
    if at is None:
        at = [i for i, word in enumerate(tokens.words) if starts_number(word, words)]
    found: list[Number] = []
    free = 0
    for index in at:
        if index >= free:
            number = number_at(text, tokens, words, index)
            if number is not None:
                found.append(number)
                free = number.last
    return found


def number_at(text: str, tokens: Tokens, words: NumberWords, index: int) -> Number | None:
    """Give the number that begins at a token which can start one, as long as it can be.

    Args:
        text: The abstract.
        tokens: Its tokens.
        words: The language's number words.
        index: The token's index.
    """
    word = tokens.words[index]
    if not word[0].isalpha():
        return _from_digits(text, tokens, index, words)
    lower = word.lower()
    if lower in words.ordinals:
        return Number(index, index + 1, words.ordinals[lower], "ordinal")
    return _from_words(text, tokens, index, words)


def _from_digits(text: str, tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    word = tokens.words[index]
    value = parse_digits(word)
    if value is None:
        return None
    last = index + 1
    if isinstance(value, int):
        if len(word) <= 3 and word[0] != "0":
            last, value = _join_groups(text, tokens, index, words)
        if last < len(tokens.words) and tokens.starts[last] == tokens.ends[last - 1]:
            ending = tokens.words[last].lower()
            if ending in words.ordinal_endings:
                return Number(index, last + 1, value, "ordinal")
    if last < len(tokens.words) and not _breaks(text, tokens, last):
        power = words.multipliers.get(tokens.words[last].lower())
        if power is not None and power > 100 and value < 10**_MOST_DIGITS / power:
            # Through the decimal form, so that 1.001 million is 1,001,000 to the unit.
            product = Fraction(str(value)) * power
            whole = int(product) if product.denominator == 1 else float(product)
            return Number(index, last + 1, whole, "digits")
    year = last == index + 1 and may_be_year(word, value)
    return Number(index, last, value, "digits", year)


def may_be_year(word: str, value: Value) -> bool:
    """Tell whether a token of a value can be a calendar year."""
    return isinstance(value, int) and word.isdigit() and value in YEARS


def _join_groups(text: str, tokens: Tokens, index: int, words: NumberWords) -> tuple[int, int]:
    """Join ``1 204 567`` where blanks group the thousands."""
    digits, last = tokens.words[index], index + 1
    labelled = index > 0 and fold(tokens.words[index - 1]) in words.labelled
    while last < len(tokens.words) and len(digits) < _MOST_DIGITS:
        gap = text[tokens.ends[last - 1] : tokens.starts[last]]
        group = tokens.words[last]
        typeset = len(gap) == 1 and gap in GROUP_BLANKS
        plain = gap == " " and not labelled and index + 1 == last
        if not (typeset or plain) or len(group) != 3 or not group.isdigit():
            break
        if plain and not typeset and _starts_measure(tokens, last):
            break
        if plain and not typeset and len(digits) == 3 and _in_row(tokens, index, last):
            break
        digits += group
        last += 1
    return last, int(digits)


def _in_row(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether figures stand around two of three digits each (``100 200 300 mg``)."""
    around = [place for place in (first - 1, last + 1) if 0 <= place < len(tokens.words)]
    return any(tokens.words[place][0].isdigit() for place in around)


def _starts_measure(tokens: Tokens, index: int) -> bool:
    """Tell whether the three digits at ``index`` begin another figure (``2 120/80``)."""
    return index + 1 < len(tokens.words) and tokens.words[index + 1] in "/%.,-–±"


def _breaks(text: str, tokens: Tokens, index: int) -> bool:
    """Tell whether a line ends before a token; no number runs across it."""
    return "\n" in text[tokens.ends[index - 1] : tokens.starts[index]]


def _from_words(text: str, tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    """Read a number in words up to millions: ``one hundred and twenty-seven``."""
    total = current = 0
    power = 0
    last = position = index
    tens = False
    while position < len(tokens.words):
        lower = tokens.words[position].lower()
        seen = last > index
        if seen and _breaks(text, tokens, position):
            break
        if lower in words.cardinals:
            value = words.cardinals[lower]
            if seen and not _continues(total, current, value, tens):
                break
            current += value
            tens = value >= 20
        elif lower in words.multipliers:
            by = words.multipliers[lower]
            # Each bigger unit stands once, the greater first: two thousand three hundred.
            if current == 0 or (current >= 100 if by == 100 else 0 < power <= by):
                break
            current *= by
            tens = False
            if by > 100:
                total, current, power = total + current, 0, by
        elif seen and (lower in words.joiners or fold(lower) == "-"):
            dash = lower not in words.joiners
            position += 1
            if dash and tens and 0 < (ordinal := _ordinal(tokens, position, words)) < 10:
                return Number(index, position + 1, total + current + ordinal, "ordinal")
            if not _joins(tokens, position, words, dash, current, total):
                break
            continue
        else:
            break
        position += 1
        last = position
    return Number(index, last, total + current, "words") if last > index else None


def _ordinal(tokens: Tokens, index: int, words: NumberWords) -> int:
    """Give the value of a token that is an ordinal, otherwise 0."""
    return words.ordinals.get(tokens.words[index].lower(), 0) if index < len(tokens.words) else 0


def _continues(total: int, current: int, value: int, tens: bool) -> bool:
    """Tell whether a cardinal goes on a number that stands at ``total + current``."""
    if value == 0 or total + current == 0:
        return False
    return (tens and value < 10) or current % 100 == 0


def _joins(
    tokens: Tokens, index: int, words: NumberWords, dash: bool, current: int, total: int
) -> bool:
    """Tell whether the word behind a joiner belongs to the number before it."""
    if index >= len(tokens.words):
        return False
    lower = tokens.words[index].lower()
    if dash and lower in words.multipliers:
        return True
    if lower not in words.cardinals:
        return False
    value = words.cardinals[lower]
    if dash:
        return (current % 100 >= 20 and current % 10 == 0 and value < 10) or (
            current >= 100 and current % 100 == 0
        )
    return (current >= 100 and current % 100 == 0) or (current == 0 and total > 0)
