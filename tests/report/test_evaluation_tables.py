from __future__ import annotations

from dataclasses import replace
from typing import Any

from absift.evaluation.run import evaluate
from absift.report.evaluation_groups import match_documents, score_designs
from absift.report.evaluation_tables import Table, evaluation_views


def named(tables: list[Table], title: str) -> Table:
    (found,) = (table for table in tables if table.title == title)
    return found


def test_every_part_of_a_result_has_its_table(case: Any) -> None:  # noqa: ANN401
    tables = evaluation_views(case.result, {}, {})
    assert [table.title for table in tables] == [
        "Strict",
        "F1 by measure",
        "Attributes",
        "Links of percentages",
        "Rates of adverse events",
        "Total sample size",
    ]
    for table in tables:
        assert {len(row) for row in table.rows} == {len(table.head)}, table.title


def test_scores(case: Any) -> None:  # noqa: ANN401
    table = named(evaluation_views(case.result, {}, {}), "Strict")
    assert table.head[:3] == ("", "P", "95% interval")
    rows = {row[0]: row[1:] for row in table.rows}
    # Two of four predicted sample sizes are right, and both of the gold's are found.
    size = rows["SAMPLE_SIZE"]
    assert (size[0], size[2], size[4], *size[-2:]) == ("0.500", "1.000", "0.667", "4", "2")
    assert rows["PERCENTAGE"][0] == "n/a"


def test_attributes_and_totals(case: Any) -> None:  # noqa: ANN401
    tables = evaluation_views(case.result, {}, {})
    assert ("SAMPLE_SIZE", "scope", "0.500", "1", "2") in named(tables, "Attributes").rows
    totals = named(tables, "Total sample size").rows
    assert totals[1] == ("abstracts with a total in the gold", "2")


def test_kinds_of_study(case: Any) -> None:  # noqa: ANN401
    designs = score_designs(case.result, match_documents(case.result, case.gold, case.predicted))
    table = named(evaluation_views(case.result, {}, designs), "F1 by kind of study")
    assert table.head[:4] == ("", "abstracts", "support", "all")
    assert table.rows[1][:5] == ("trial", "1", "1", "0.667", "n/a")


def test_recall_only_shows_recall_alone(case: Any) -> None:  # noqa: ANN401
    result = evaluate(case.gold, case.predicted, recall_only=True, samples=0)
    tables = evaluation_views(result, {}, {})
    assert named(tables, "Strict").head == ("", "R", "support")
    assert named(tables, "Recall by measure").rows[0][:2] == ("SAMPLE_SIZE", "1.000")


def test_names_of_users_labels_cannot_act(case: Any) -> None:  # noqa: ANN401
    gold = [
        replace(one, spans=tuple(replace(it, label="X\x1b") for it in one.spans))
        for one in case.gold
    ]
    result = evaluate(gold, case.predicted, labels=["X\x1b"], samples=0)
    assert evaluation_views(result, {}, {})[0].rows[0][0] == "X␛"
