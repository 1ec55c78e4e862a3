"""The matching of spans against cases worked by hand, and the laws it must keep."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.evaluation.matching import MEASURES, Measure, Outcome, match_spans, overlap
from absift.evaluation.scores import count_outcomes
from absift.records import Span


def span(start: int, end: int, label: str = "A") -> Span:
    return Span(start, end, "x" * (end - start), label)


def places(outcomes: list[Outcome]) -> list[tuple[str, str | None, str | None]]:
    def name(item: Span | None) -> str | None:
        return f"{item.start}-{item.end} {item.label}" if item else None

    return [(one.category, name(one.gold), name(one.predicted)) for one in outcomes]


def categories(gold: list[Span], predicted: list[Span], measure: Measure) -> Counter[str]:
    return Counter(one.category for one in match_spans(gold, predicted, measure))


# One gold span A 10-20 against one prediction: its category under strict, exact, partial, type.
SINGLE = [
    (span(10, 20, "A"), ("correct", "correct", "correct", "correct")),
    (span(10, 20, "B"), ("incorrect", "correct", "correct", "incorrect")),
    (span(10, 19, "A"), ("incorrect", "incorrect", "partial", "correct")),
    (span(12, 25, "B"), ("incorrect", "incorrect", "partial", "incorrect")),
    (span(0, 40, "A"), ("incorrect", "incorrect", "partial", "correct")),
    (span(19, 20, "A"), ("incorrect", "incorrect", "partial", "correct")),
]


@pytest.mark.parametrize(("predicted", "expected"), SINGLE)
def test_one_pair(predicted: Span, expected: tuple[str, ...]) -> None:
    gold = [span(10, 20, "A")]
    found = tuple(match_spans(gold, [predicted], measure)[0].category for measure in MEASURES)
    assert found == expected


@pytest.mark.parametrize("measure", MEASURES)
def test_touching_spans_do_not_overlap(measure: Measure) -> None:
    found = match_spans([span(0, 5)], [span(5, 9)], measure)
    assert [one.category for one in found] == ["missed", "spurious"]


@pytest.mark.parametrize("measure", MEASURES)
def test_an_empty_side(measure: Measure) -> None:
    assert match_spans([], [], measure) == []
    assert places(match_spans([span(0, 5)], [], measure)) == [("missed", "0-5 A", None)]
    assert places(match_spans([], [span(0, 5)], measure)) == [("spurious", None, "0-5 A")]


def test_crossing_overlaps_are_both_paired() -> None:
    """Pairing 5-9 with the first gold that it meets would leave 0-5 and 8-20 alone."""
    gold, predicted = [span(0, 10), span(8, 20)], [span(5, 9), span(0, 5)]
    assert places(match_spans(gold, predicted, "partial")) == [
        ("partial", "0-10 A", "0-5 A"),
        ("partial", "8-20 A", "5-9 A"),
    ]


def test_type_gives_up_equal_offsets_for_more_hits() -> None:
    gold, predicted = [span(0, 10), span(8, 20)], [span(0, 10), span(0, 3)]
    assert categories(gold, predicted, "type") == {"correct": 2}
    assert categories(gold, predicted, "strict") == {"correct": 1, "missed": 1, "spurious": 1}


def test_partial_prefers_one_exact_to_one_overlap() -> None:
    gold, predicted = [span(0, 10)], [span(0, 9), span(0, 10)]
    assert places(match_spans(gold, predicted, "partial")) == [
        ("correct", "0-10 A", "0-10 A"),
        ("spurious", None, "0-9 A"),
    ]


def test_partial_prefers_two_pairs_of_any_label_to_one_of_the_same() -> None:
    gold = [span(0, 10, "A"), span(12, 20, "B")]
    predicted = [span(8, 14, "A"), span(0, 3, "B")]
    assert categories(gold, predicted, "partial") == {"partial": 2}
    # One correct pair is all that type can have; the other two spans have no partner then.
    assert categories(gold, predicted, "type") == {"correct": 1, "missed": 1, "spurious": 1}


def test_overlapping_gold_spans_are_matched_each_to_its_own() -> None:
    gold = [span(0, 30, "A"), span(5, 8, "A"), span(5, 8, "B")]
    assert categories(gold, list(gold), "strict") == {"correct": 3}


def test_exact_pairs_each_offset_once() -> None:
    gold = [span(0, 4, "A"), span(0, 4, "B")]
    assert places(match_spans(gold, [span(0, 4, "B")], "exact")) == [
        ("missed", "0-4 A", None),
        ("correct", "0-4 B", "0-4 B"),
    ]


def test_a_span_predicted_twice_is_once_spurious() -> None:
    assert categories([span(0, 4)], [span(0, 4), span(0, 4)], "strict") == {
        "correct": 1,
        "spurious": 1,
    }


def test_pairing_is_preferred_to_missed_and_spurious() -> None:
    gold, predicted = [span(0, 4, "A"), span(6, 9, "A")], [span(3, 7, "B")]
    assert categories(gold, predicted, "strict") == {"incorrect": 1, "missed": 1}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [((0, 5), (5, 9), 0), ((0, 5), (4, 9), 1), ((0, 9), (3, 4), 1), ((0, 2), (7, 9), 0)],
)
def test_overlap(one: tuple[int, int], other: tuple[int, int], expected: int) -> None:
    assert overlap(span(*one), span(*other)) == expected


SPANS = st.lists(
    st.builds(
        lambda start, length, label: span(start, start + length, label),
        st.integers(0, 12),
        st.integers(1, 6),
        st.sampled_from("ABC"),
    ),
    max_size=6,
)
MEASURE = st.sampled_from(MEASURES)


@given(SPANS, SPANS, MEASURE)
def test_every_span_has_one_outcome(gold: list[Span], predicted: list[Span], kind: Measure) -> None:
    found = match_spans(gold, predicted, kind)
    assert Counter(id(one.gold) for one in found if one.gold) == Counter(map(id, gold))
    assert Counter(id(one.predicted) for one in found if one.predicted) == Counter(
        map(id, predicted)
    )
    for one in found:
        if one.gold and one.predicted:
            assert overlap(one.gold, one.predicted) > 0


@given(SPANS, SPANS, MEASURE, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    gold: list[Span],
    predicted: list[Span],
    kind: Measure,
    random: object,
) -> None:
    before = places(match_spans(gold, predicted, kind))
    shuffle = random.shuffle  # type: ignore[attr-defined]
    gold, predicted = list(gold), list(predicted)
    shuffle(gold)
    shuffle(predicted)
    assert places(match_spans(gold, predicted, kind)) == before


@given(SPANS, SPANS, MEASURE)
def test_swapping_sides_swaps_the_counts(
    gold: list[Span], predicted: list[Span], kind: Measure
) -> None:
    there = count_outcomes(match_spans(gold, predicted, kind))
    back = count_outcomes(match_spans(predicted, gold, kind))
    assert there.keys() == back.keys()
    for label, counts in there.items():
        assert counts.values() == back[label].values()[4:] + back[label].values()[:4]


@given(SPANS, MEASURE)
def test_gold_against_itself_is_all_correct(gold: list[Span], kind: Measure) -> None:
    assert categories(gold, list(gold), kind) == ({"correct": len(gold)} if gold else {})


def most_credit(gold: list[Span], predicted: list[Span], measure: Measure) -> float:
    """Try every pairing: the first gold span with none, or with each prediction."""
    if not gold:
        return 0
    best = most_credit(gold[1:], predicted, measure)
    for place, other in enumerate(predicted):
        if overlap(gold[0], other):
            rest = predicted[:place] + predicted[place + 1 :]
            same = (gold[0].start, gold[0].end) == (other.start, other.end)
            label = gold[0].label == other.label
            credit = {
                "strict": float(same and label),
                "exact": float(same),
                "partial": 1.0 if same else 0.5,
                "type": float(label),
            }[measure]
            best = max(best, credit + most_credit(gold[1:], rest, measure))
    return best


@given(SPANS.map(lambda s: s[:4]), SPANS.map(lambda s: s[:4]), MEASURE)
def test_no_pairing_has_more_credit(gold: list[Span], predicted: list[Span], kind: Measure) -> None:
    found = categories(gold, predicted, kind)
    assert found["correct"] + found["partial"] / 2 == most_credit(gold, predicted, kind)
