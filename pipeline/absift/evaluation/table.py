"""An evaluation as tables and lines for a terminal of 80 columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from absift.evaluation.attributes import AttributeScore
from absift.evaluation.compare import Comparison
from absift.evaluation.errors import ErrorRow
from absift.evaluation.result import EvaluationResult
from absift.evaluation.rule_scores import RuleScore
from absift.evaluation.runs import SpanChange
from absift.evaluation.scores import Interval, Score
from absift.evaluation.totals import TotalScore

if TYPE_CHECKING:
    from rich.table import Table

NOT_AVAILABLE = "n/a"
_NO_RULE = "-"


def figure(value: float | None) -> str:
    """Write a share with three decimals, and ``n/a`` where nothing was measured."""
    return NOT_AVAILABLE if value is None else f"{value:.3f}"


def bounds(interval: Interval | None) -> str:
    """Write an interval as ``[0.795, 0.845]``; nothing where there is none."""
    return f"[{interval[0]:.3f}, {interval[1]:.3f}]" if interval else ""


def _table(title: str, left: Sequence[str], right: Sequence[str]) -> Table:
    """Make an empty table whose first columns are words and the others figures."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in left:
        table.add_column(heading, overflow="fold")
    for heading in right:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _add(table: Table, *cells: object) -> None:
    """Add a row of plain text: brackets in it aren't styles."""
    from rich.text import Text

    table.add_row(*(Text(str(cell)) for cell in cells))


def evaluation_tables(result: EvaluationResult, *, rules: bool = False) -> list[Table]:
    """Lay out a result.

    Args:
        result: The result.
        rules: Whether to add the scores of each rule.

    Returns:
        The tables in the order in which they are read; parts the gold can't support are
        left out.
    """
    headline = result.headline
    tables = [score_table(headline.capitalize(), result.scores[headline], result.recall_only)]
    others = [measure for measure in result.scores if measure != headline]
    if others:
        tables.append(_measures_table(result, others))
    if any(result.attributes.values()):
        tables.append(attribute_table(result.attributes))
    parts = (
        ("Assertion, on strictly matched events", result.assertion),
        ("Links of percentages", result.links),
        ("Rates of adverse events", result.rates),
    )
    tables += [score_table(title, part, result.recall_only) for title, part in parts if part]
    if result.totals:
        tables.append(_totals_table(result.totals))
    if rules and result.rules:
        tables.append(_rules_table(result.rules))
    return tables


def score_table(title: str, scores: Mapping[str, Score], recall_only: bool = False) -> Table:
    """Lay out precision, recall, F1 with its interval and support, one row a label.

    With ``recall_only`` recall and its interval stand alone.
    """
    name = "recall" if recall_only else "f1"
    with_bounds = any(item.intervals.get(name) for item in scores.values())
    headings = ["R"] if recall_only else ["P", "R", "F1"]
    headings += ["[95% CI]"] if with_bounds else []
    table = _table(title, [""], [*headings, "support"])
    for label, item in scores.items():
        cells = [item.recall] if recall_only else [item.precision, item.recall, item.f1]
        extra = [bounds(item.intervals.get(name))] if with_bounds else []
        _add(
            table,
            label.replace("_", " ") if label.islower() else label,
            *map(figure, cells),
            *extra,
            item.support,
        )
    return table


def _measures_table(result: EvaluationResult, measures: Sequence[str]) -> Table:
    """Lay out the F1 (or recall) of the other measures, one row a label."""
    name = "recall" if result.recall_only else "f1"
    title = "Recall by other measures" if result.recall_only else "F1 by other measures"
    table = _table(title, [""], measures)
    for label in result.scores[result.headline]:
        values = (getattr(result.scores[measure][label], name) for measure in measures)
        _add(table, label, *map(figure, values))
    return table


def attribute_table(scores: Mapping[str, Mapping[str, AttributeScore]]) -> Table:
    """Lay out the accuracy of each attribute on strictly matched spans."""
    table = _table("Attributes, on strictly matched spans", ["", ""], ["accuracy", "support"])
    table.add_column("commonest confusion", overflow="ellipsis", no_wrap=True)
    for label, by_name in scores.items():
        for name, item in by_name.items():
            _add(table, label, name, figure(item.accuracy), item.support, _commonest(item))
    return table


def _commonest(item: AttributeScore) -> str:
    """Name the pair of values that is most often confused."""
    pairs = [
        (number, gold, predicted)
        for gold, row in item.confusion.items()
        for predicted, number in row.items()
        if gold != predicted
    ]
    if not pairs:
        return ""
    number, gold, predicted = max(pairs, key=lambda pair: pair[0])
    return f"{gold} > {predicted} ({number})"


def _totals_table(totals: TotalScore) -> Table:
    table = _table("Total sample size, exact", ["", ""], [])
    _add(table, "accuracy", f"{figure(totals.accuracy)} of {totals.support} abstracts")
    _add(table, "coverage", f"{figure(totals.coverage)} have a predicted total")
    _add(table, "accuracy of those", figure(totals.accuracy_of_answered))
    abstracts = "abstract" if totals.without_gold == 1 else "abstracts"
    _add(
        table,
        "no total in gold",
        f"{totals.without_gold} {abstracts}, {totals.unasked} with a predicted total",
    )
    return table


def _rules_table(rules: Iterable[RuleScore]) -> Table:
    table = _table("Rules", ["", ""], ["P", "R", "correct", "predicted"])
    for rule in rules:
        number = NOT_AVAILABLE if rule.predicted is None else rule.predicted
        shares = figure(rule.precision), figure(rule.recall)
        _add(table, rule.label, rule.rule, *shares, rule.correct, number)
    return table


def comparison_table(comparison: Comparison) -> Table:
    """Lay out the change of precision, recall and F1 by label, with p."""
    figures = ("recall",) if comparison.recall_only else ("precision", "recall", "f1")
    short = {"precision": "P", "recall": "R", "f1": "F1"}
    title = f"Change since the earlier run ({comparison.documents} documents)"
    table = _table(title, [""], [*(short[name] for name in figures), "change", "p"])
    for change in comparison.labels:
        shown = [
            f"{figure(getattr(change.previous, name))}>{figure(getattr(change.current, name))}"
            for name in figures
        ]
        step = change.change(figures[-1])
        moved = NOT_AVAILABLE if step is None else f"{step:+.3f}"
        p = "" if change.p is None else f"{change.p:.4f}"
        _add(table, change.label, *shown, moved, p)
    return table


def change_lines(title: str, changes: Sequence[SpanChange]) -> list[str]:
    """Write spans whose fate changed: how many by rule, then each of them."""
    if not changes:
        return []
    by_rule = Counter(change.rule or _NO_RULE for change in changes)
    shares = ", ".join(f"{rule} {number}" for rule, number in by_rule.most_common())
    lines = [f"{title}: {len(changes)} ({shares})"]
    lines += [
        f"  {item.id}  {item.start}-{item.end}  {item.label}  {item.text!r}  {item.rule or ''}"
        for item in changes
    ]
    return [line.rstrip() for line in lines]


def comparison_lines(comparison: Comparison) -> list[str]:
    """Write all spans gained, lost, introduced and resolved."""
    return [
        *change_lines("Gained", comparison.gained),
        *change_lines("Lost", comparison.lost),
        *change_lines("New false positives", comparison.introduced),
        *change_lines("False positives gone", comparison.resolved),
    ]


def error_lines(rows: Iterable[ErrorRow]) -> list[str]:
    """Write each row that isn't entirely right as lines of text with its context."""
    lines = []
    for row in rows:
        if row.category == "correct" and not row.wrong:
            continue
        what = "attributes" if row.category == "correct" else row.category
        label = row.label
        if row.predicted_label not in (None, row.label):
            label += f" > {row.predicted_label}"
        lines.append(f"{what}  {row.id}  {row.start}-{row.end}  {label}  {row.rule or ''}".rstrip())
        before, after = row.before.replace("\n", "/"), row.after.replace("\n", "/")
        lines.append(f"    …{before}[[{row.text}]]{after}…")
        if row.predicted_text not in (None, row.text):
            lines.append(f"    predicted {row.predicted_text!r}")
        if row.wrong:
            lines.append(f"    {row.wrong}")
    return lines
