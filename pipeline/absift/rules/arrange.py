"""The items of a sheet put in order: numbers counted, tokens laid out, spans made single items.

What is here is done by :mod:`absift.rules._arrange` where that was compiled.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from absift.rules.marks import MAY_COUNT, MAY_SIGN, Figures
from absift.rules.vocabulary import BOUNDARY
from absift.text.numbers import Number
from absift.text.sections import Sentence
from absift.text.tokens import Tokens

_UNSURE = re.compile(f"[{MAY_COUNT}{MAY_SIGN}]")


class Items(NamedTuple):
    """The items of a sheet, as many in each of its rows, and the sentences that they make.

    Attributes:
        signs: The signature of each, as one string.
        starts: Offset of its first character.
        ends: Offset behind its last character.
        texts: Its text, empty for a boundary; ``None`` where nobody knows them yet.
        ranges: First item of each sentence and the one behind the boundary that ends it.
    """

    signs: str
    starts: list[int]
    ends: list[int]
    texts: list[str] | None
    ranges: list[tuple[int, int]]


def count(
    words: Sequence[str],
    marks: list[str],
    figures: Figures,
    sign_at: Callable[[int], str],
    number_at: Callable[[int], tuple[Number | None, str]],
) -> list[Number]:
    """Find the numbers among tokens and give those tokens their signatures.

    Args:
        words: The tokens.
        marks: Their signatures, or what :mod:`absift.rules.marks` has in place of one that the
            text around tells; these are changed.
        figures: What tokens say as numbers that nothing follows.
        sign_at: Gives the signature of the token at a place, which may be the sign of a figure.
        number_at: Gives the number that begins at a place, and the signature of the token there.
    """
    last = len(words) - 1
    found: list[Number] = []
    free = 0
    for match in _UNSURE.finditer("".join(marks)):
        place = match.start()
        if match[0] == MAY_SIGN:
            marks[place] = sign_at(place)
            continue
        if place < free:
            continue
        alone = figures[words[place]]
        if alone:
            value, kind, year, sign, goes_on = alone
            if goes_on is None or place == last or not goes_on[words[place + 1]]:
                marks[place] = sign
                found.append(Number(place, place + 1, value, kind, year))
                continue
        number, marks[place] = number_at(place)
        if number is not None:
            found.append(number)
            free = number.last
    return found


def lay_out(
    text: str,
    tokens: Tokens,
    marks: Sequence[str],
    sentences: Sequence[Sentence],
    numbers: Iterable[Number],
    of_number: Callable[[Number, str], str],
) -> Items:
    """Make items of tokens: one of each number, and a boundary before and behind each sentence.

    Args:
        text: The abstract.
        tokens: Its tokens.
        marks: Their signatures.
        sentences: Its sentences.
        numbers: Its numbers.
        of_number: Gives the signature of a number of several tokens, and of its text.
    """
    words, begins, stops = tokens
    # Sentences and long numbers cut the tokens; between the cuts whole slices are copied.
    cuts: list[tuple[int, Number | None]] = [
        (bisect_left(begins, sentence.start), None) for sentence in sentences
    ]
    long = [(number.first, number) for number in numbers if number.last > number.first + 1]
    if long:
        cuts = sorted([*cuts, *long], key=lambda cut: (cut[0], cut[1] is not None))
    signs: list[str] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for place, number in cuts:
        if place < done:
            continue
        signs += marks[done:place]
        texts += words[done:place]
        starts += begins[done:place]
        ends += stops[done:place]
        done = place
        if number is None:
            edge = begins[place] if place < len(words) else len(text)
            signs.append(BOUNDARY)
            texts.append("")
            starts.append(edge)
            ends.append(edge)
            continue
        begin, end = begins[place], stops[number.last - 1]
        texts.append(text[begin:end])
        signs.append(of_number(number, texts[-1]))
        starts.append(begin)
        ends.append(end)
        done = number.last
    signs += [*marks[done:], BOUNDARY]
    texts += [*words[done:], ""]
    starts += [*begins[done:], len(text)]
    ends += [*stops[done:], len(text)]
    made = "".join(signs)
    return Items(made, starts, ends, texts, _sentences(made))


def collapse(items: Items, spans: Iterable[tuple[int, int, str]], before: dict[int, str]) -> Items:
    """Make single items of spans.

    Args:
        items: The items of a sheet.
        spans: First and last offset of each span and its signature, in order; where two overlap,
            the first wins. What begins or ends within an item is left out.
        before: What each such item was before, by the offset where it begins; is added to.
    """
    signs, starts, ends, _, ranges = items
    pieces: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    # Where items were taken out and how many; None once a span reached over a sentence.
    taken: list[tuple[int, int]] | None = []
    done = 0
    for begin, end, sign in spans:
        first = bisect_right(starts, begin, done) - 1
        if first < done or starts[first] != begin or signs[first] == BOUNDARY:
            continue
        last = bisect_left(starts, end, first)
        while last > first and signs[last - 1] == BOUNDARY:
            last -= 1
        if last <= first or ends[last - 1] != end:
            continue
        pieces += (signs[done:first], sign)
        new_starts += starts[done : first + 1]
        new_ends += ends[done:first]
        new_ends.append(end)
        before[begin] = signs[first:last]
        done = last
        if taken is not None:
            taken.append((first, last - first - 1))
            if last - first > 1 and signs.find(BOUNDARY, first, last) >= 0:
                taken = None
    pieces.append(signs[done:])
    new_starts += starts[done:]
    new_ends += ends[done:]
    new = "".join(pieces)
    made = _sentences(new) if taken is None else _less(ranges, taken)
    return Items(new, new_starts, new_ends, None, made)


def _less(
    ranges: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Give ranges of items after some behind each place were taken out."""
    made = []
    gone = at = 0
    for begin, end in ranges:
        first = begin - gone
        while at < len(taken) and taken[at][0] < end:
            gone += taken[at][1]
            at += 1
        made.append((first, end - gone))
    return made


def _sentences(signs: str) -> list[tuple[int, int]]:
    """Give the sentences as items, each with the boundary behind it."""
    ranges = []
    begin = signs.find(BOUNDARY) + 1
    while begin < len(signs):
        end = signs.find(BOUNDARY, begin) + 1
        if end > begin + 1:
            ranges.append((begin, end))
        begin = end
    return ranges
