"""A whole evaluation of a small set worked by hand."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest

from absift.errors import InputError
from absift.evaluation.profiles import PROFILES, find_profile
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import evaluate
from absift.records import Record, Span

TEXT = "Of 27 adults, 19 (70%) got well after 6 weeks; 2 had severe nausea (7.4%)."


def span(words: str, label: str, rule: str | None = None, **attributes: object) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words, label, attributes, rule)


GOLD = Record(
    "1",
    TEXT,
    spans=(
        span("27", "SAMPLE_SIZE", value=27, scope="total", stage="enrolled", unit="participants"),
        span("70%", "PERCENTAGE", value=70, kind="proportion", numerator=19, denominator=27),
        span("6 weeks", "DURATION", value=6, unit="week", role="timepoint", statistic="none"),
        span(
            "nausea",
            "ADVERSE_EVENT",
            assertion="present",
            serious=True,
            rates=[{"numerator": 2, "percent": 7.4}],
        ),
        span("7.4%", "PERCENTAGE", value=7.4, kind="proportion", numerator=2),
    ),
)
PREDICTED = Record(
    "1",
    TEXT,
    spans=(
        span("27", "SAMPLE_SIZE", "size.of", value=27, scope="arm", stage="enrolled"),
        span("19", "SAMPLE_SIZE", "size.of", value=19, scope="total", stage="enrolled"),
        span("70", "PERCENTAGE", "percent.sign", value=70, kind="proportion", numerator=19),
        span("7.4%", "PERCENTAGE", "percent.sign", value=7.4, kind="other", numerator=2),
        span("6 weeks", "SAMPLE_SIZE", "size.wrong", value=6, scope="arm"),
        span("nausea", "ADVERSE_EVENT", "event", assertion="present", rates=[{"numerator": 2}]),
    ),
)
EMPTY = Record("2", "Nothing to find here.")


def one(**options: object) -> EvaluationResult:
    return evaluate([GOLD, EMPTY], [EMPTY, PREDICTED], **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "label", "precision", "recall", "f1"),
    [
        ("strict", "SAMPLE_SIZE", 1 / 3, 1.0, 1 / 2),
        ("strict", "PERCENTAGE", 1 / 2, 1 / 2, 1 / 2),
        ("strict", "DURATION", None, 0.0, 0.0),
        ("strict", "ADVERSE_EVENT", 1.0, 1.0, 1.0),
        ("strict", "micro", 3 / 6, 3 / 5, 6 / 11),
        ("strict", "macro", (1 / 3 + 1 / 2 + 1) / 3, (1 + 1 / 2 + 0 + 1) / 4, 1 / 2),
        ("partial", "PERCENTAGE", 3 / 4, 3 / 4, 3 / 4),
        ("partial", "DURATION", None, 1.0, 0.0),
        ("exact", "SAMPLE_SIZE", 2 / 3, 1.0, 4 / 5),
        ("exact", "micro", 4 / 6, 4 / 5, 8 / 11),
        ("type", "PERCENTAGE", 1.0, 1.0, 1.0),
        ("type", "SAMPLE_SIZE", 1 / 3, 1.0, 1 / 2),
        ("value", "SAMPLE_SIZE", 1 / 3, 1.0, 1 / 2),
        ("value", "PERCENTAGE", 1.0, 1.0, 1.0),
        ("value", "DURATION", None, 0.0, 0.0),
        ("value", "ADVERSE_EVENT", None, None, None),
    ],
)
def test_scores_by_hand(
    measure: str, label: str, precision: float | None, recall: float | None, f1: float | None
) -> None:
    item = one(samples=0).scores[measure][label]
    assert (item.precision, item.recall, item.f1) == pytest.approx((precision, recall, f1))


def test_the_other_parts_by_hand() -> None:
    result = one(samples=0)
    assert result.attributes["SAMPLE_SIZE"]["scope"].confusion == {"total": {"arm": 1}}
    assert result.attributes["SAMPLE_SIZE"]["unit"].accuracy == 0.0
    assert result.attributes["PERCENTAGE"]["kind"].confusion == {"proportion": {"other": 1}}
    assert result.attributes["ADVERSE_EVENT"]["serious"].confusion == {"true": {"false": 1}}
    assert result.attributes["ADVERSE_EVENT"]["generic"].accuracy == 1.0
    assert result.assertion["present"].f1 == 1.0
    assert (result.links["both"].precision, result.links["both"].recall) == (1 / 2, 1 / 3)
    assert result.rates["without_arm"].f1 == 0.0
    assert result.totals is not None
    assert (result.totals.support, result.totals.correct) == (1, 0)
    assert {rule.rule: rule.correct for rule in result.rules} == {
        "size.of": 1,
        "size.wrong": 0,
        "percent.sign": 1,
        "event": 1,
    }
    assert [row.category for row in result.rows] == [
        "correct",
        "spurious",
        "partial",
        "incorrect",
        "correct",
        "correct",
    ]


def test_intervals_come_with_samples_and_more_than_one_document() -> None:
    assert one(samples=0).scores["strict"]["micro"].intervals == {}
    assert evaluate([GOLD], [PREDICTED]).scores["strict"]["micro"].intervals == {}
    bounds = one(samples=200, seed=1).scores["strict"]["micro"].intervals
    # One of the two documents is empty: every sample has the same figure or none.
    assert bounds["recall"] == pytest.approx((3 / 5, 3 / 5))


def test_labels_can_be_chosen() -> None:
    result = one(labels=["DURATION", "PERCENTAGE"], samples=0)
    assert result.labels == ("PERCENTAGE", "DURATION")
    assert list(result.scores["strict"]) == ["PERCENTAGE", "DURATION", "micro", "macro"]
    assert (result.rates, result.totals) == ({}, None)
    # The duration's place was predicted as a sample size, which is now out of sight.
    assert [row.category for row in result.rows] == ["partial", "missed", "correct"]
    with pytest.raises(InputError, match="no span has the label COUNT; there are ADVERSE_EVENT"):
        one(labels=["COUNT"])


def test_a_false_positive_in_an_empty_document_counts() -> None:
    wrong = replace(EMPTY, spans=(Span(0, 7, "Nothing", "SAMPLE_SIZE"),))
    assert evaluate([EMPTY], [wrong]).scores["strict"]["SAMPLE_SIZE"].precision == 0.0


def test_gold_without_prediction_is_all_missed_and_said() -> None:
    result = evaluate([GOLD, EMPTY], [EMPTY], samples=0)
    assert {row.category for row in result.rows} == {"missed"}
    assert result.scores["strict"]["micro"].recall == 0.0
    assert any("have no prediction" in note and note.endswith(": 1") for note in result.notes)


def test_recall_only_leaves_precision_out_and_says_so() -> None:
    result = one(recall_only=True, samples=0)
    item = result.scores["strict"]["micro"]
    assert (item.precision, item.recall, item.f1) == (None, 3 / 5, None)
    assert "spurious" not in {row.category for row in result.rows}
    assert result.links["both"].precision is None
    assert any("precision and F1 are left out" in note for note in result.notes)


def test_the_phee_profile_scores_overlapping_recall_alone() -> None:
    text = "Severe nausea followed zelorin."
    gold = Record("1", text, spans=(Span(0, 13, "Severe nausea", "ADVERSE_EVENT"),))
    spans = (Span(7, 13, "nausea", "ADVERSE_EVENT"), Span(23, 30, "zelorin", "SAMPLE_SIZE"))
    result = evaluate([gold], [Record("1", text, spans=spans)], profile="phee")
    assert list(result.scores) == ["type"]
    assert list(result.scores["type"]) == ["ADVERSE_EVENT", "micro", "macro"]
    item = result.scores["type"]["ADVERSE_EVENT"]
    assert (item.precision, item.recall, item.f1) == (None, 1.0, None)
    assert (result.attributes, result.links, result.rates, result.totals) == ({}, {}, {}, None)
    assert result.rules == ()
    assert PROFILES["phee"].why in result.notes


def test_the_pico_profile_scores_sizes_percentages_and_scope() -> None:
    text = "40 adults, 20 on drug, 15% well, 5 ill"
    spans = (
        Span(0, 2, "40", "SAMPLE_SIZE", {"scope": "total"}),
        Span(11, 13, "20", "SAMPLE_SIZE", {"scope": "arm"}),
        Span(23, 26, "15%", "PERCENTAGE", {"arm": "intervention"}),
        Span(33, 34, "5", "COUNT", {"arm": "intervention"}),
    )
    found = (
        Span(0, 2, "40", "SAMPLE_SIZE", {"scope": "arm", "value": 40}, "size"),
        Span(23, 26, "15%", "PERCENTAGE", {"value": 15}, "percent"),
        Span(33, 34, "5", "DURATION", {}, "other"),
    )
    result = evaluate(
        [Record("1", text, spans=spans)], [Record("1", text, spans=found)], profile="pico"
    )
    assert result.labels == ("SAMPLE_SIZE", "PERCENTAGE")
    recalls = {label: item.recall for label, item in result.scores["strict"].items()}
    assert recalls == {"SAMPLE_SIZE": 0.5, "PERCENTAGE": 1.0, "micro": 2 / 3, "macro": 0.75}
    assert list(result.scores) == ["strict", "partial", "exact", "type"]
    assert list(result.attributes) == ["SAMPLE_SIZE"]
    assert result.attributes["SAMPLE_SIZE"]["scope"].confusion == {"total": {"arm": 1}}
    assert {rule.precision for rule in result.rules} == {None}


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(InputError, match="no profile 'x'; there are phee, pico"):
        find_profile("x")
    with pytest.raises(InputError, match="phee gold doesn't annotate DURATION"):
        one(profile="phee", labels=["DURATION"])


def test_gold_without_attributes_or_a_label_is_explained() -> None:
    gold = Record("1", TEXT, spans=(span("27", "SAMPLE_SIZE"),))
    result = evaluate([gold], [PREDICTED], samples=0)
    assert result.attributes["SAMPLE_SIZE"] == {}
    assert result.scores["value"]["SAMPLE_SIZE"].f1 is None
    notes = " ".join(result.notes)
    assert "the gold gives SAMPLE_SIZE no attributes" in notes
    assert "the gold has no PERCENTAGE at all" in notes


def test_an_empty_gold_set_measures_nothing() -> None:
    result = evaluate([EMPTY], [EMPTY])
    assert result.scores["strict"]["micro"].f1 is None
    assert result.scores["value"]["macro"].f1 is None


def test_json_is_stable_and_complete() -> None:
    data = orjson.loads(one(seed=3).dumps())
    assert list(data)[:4] == ["schema", "absift", "profile", "recall_only"]
    assert (data["schema"], data["seed"], data["documents"]) == (1, 3, ["1", "2"])
    assert data["scores"]["strict"]["SAMPLE_SIZE"]["spurious"] == 1
    assert len(data["spans"]) == 6
    assert one(seed=3).dumps() == one(seed=3).dumps()
