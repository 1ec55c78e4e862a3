from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from absift.errors import InputError
from absift.evaluation.scores import Counts
from absift.report.evaluation_groups import (
    UNKNOWN,
    match_documents,
    score_designs,
    score_sections,
)


def figures(groups: Any) -> dict[str, tuple[int, int, float | None]]:  # noqa: ANN401
    return {
        name: (group.documents, group.scores["micro"].support, group.scores["micro"].f1)
        for name, group in groups.items()
    }


def test_sections(case: Any, sections: Any) -> None:  # noqa: ANN401
    documents = match_documents(case.result, case.gold, case.predicted, sections)
    found = score_sections(case.result, documents)
    # Methods: 3 of 4 gold and 4 predicted spans are right; results: none of 2 and 2.
    assert figures(found) == {"methods": (3, 4, 0.75), "results": (2, 2, 0.0)}
    assert found["methods"].scores["DURATION"].counts == Counts(
        correct=1, incorrect=1, predicted_correct=1
    )


def test_the_parts_add_up_to_the_whole(case: Any, sections: Any) -> None:  # noqa: ANN401
    documents = match_documents(case.result, case.gold, case.predicted, sections)
    whole = case.result.scores["strict"]
    for groups in (score_sections(case.result, documents), score_designs(case.result, documents)):
        for label in case.result.labels:
            parts = [group.scores[label].counts for group in groups.values()]
            assert sum(parts, Counts()) == whole[label].counts


def test_sections_that_spans_name_go_first(case: Any) -> None:  # noqa: ANN401
    predicted = [
        replace(one, spans=tuple(replace(it, section="named") for it in one.spans))
        for one in case.predicted
    ]
    documents = match_documents(case.result, case.gold, predicted)
    assert list(score_sections(case.result, documents)) == ["named", UNKNOWN]


def test_without_sections_there_are_no_scores_by_section(case: Any) -> None:  # noqa: ANN401
    documents = match_documents(case.result, case.gold, case.predicted)
    assert score_sections(case.result, documents) == {}


def test_designs(case: Any) -> None:  # noqa: ANN401
    documents = match_documents(case.result, case.gold, case.predicted)
    found = score_designs(case.result, documents)
    # Cohorts: 2 of 5 gold and 4 predicted spans; the trial: 1 of 1 and 2.
    assert figures(found) == {"cohort": (2, 5, pytest.approx(4 / 9)), "trial": (1, 1, 2 / 3)}
    assert found["cohort"].scores["micro"].intervals["f1"] is not None
    assert found["trial"].scores["micro"].intervals == {}


def test_designs_that_only_some_name(case: Any) -> None:  # noqa: ANN401
    gold = [replace(case.gold[0], meta={}), *case.gold[1:]]
    documents = match_documents(case.result, gold, case.predicted)
    assert list(score_designs(case.result, documents)) == ["cohort", "trial", UNKNOWN]
    bare = [replace(one, meta={"design": 3}) for one in case.gold]
    assert score_designs(case.result, match_documents(case.result, bare, case.predicted)) == {}


def test_predictions_of_other_texts_are_refused(case: Any) -> None:  # noqa: ANN401
    other = [replace(case.predicted[0], text="other", spans=())]
    with pytest.raises(InputError, match="different texts"):
        match_documents(case.result, case.gold, other)
