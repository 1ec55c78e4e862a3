from __future__ import annotations

from absift.linking.locate import SpanIndex, find_number, in_order, sentence_around
from absift.records import SAMPLE_SIZE, Span


def span(start: int, value: int) -> Span:
    return Span(start, start + 2, "xx", SAMPLE_SIZE, {"value": value}, rule="test")


def test_the_sentence_around_ends_at_full_stops() -> None:
    text = "One. Two of 12 had it. Three."
    assert text[slice(*sentence_around(text, 12, 14))] == "Two of 12 had it."


def test_no_sentence_is_looked_through_without_end() -> None:
    text = "word and " * 2000
    first, last = sentence_around(text, 9000, 9004)
    assert (9000 - first, last - 9004) == (2000, 2000)


def test_the_nearest_number_before_comes_first() -> None:
    text = "Of 12 men, 12 were ill (5%), and of the others of the study twelve were well."
    near = (text.index("5%"), text.index("5%") + 2)
    assert find_number(text, SpanIndex(()), 12, near) == (11, 13)
    assert find_number(text, SpanIndex(()), 13, near) is None


def test_an_index_gives_what_begins_in_a_stretch() -> None:
    spans = [span(3, 1), span(9, 2), span(20, 3)]
    index = SpanIndex(spans)
    assert list(index.between(4, 20)) == [spans[1]]
    assert list(index.between(21, 99)) == []


def test_places_stand_in_order_once() -> None:
    assert in_order([(5, 6), None, (1, 2), (5, 6)]) == ((1, 2), (5, 6))
