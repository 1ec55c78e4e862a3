"""An evaluation as a page for people: scores, charts, and every span that can be looked at.

One HTML file that needs nothing else and asks nothing of the network, like the page of an
extraction (:mod:`absift.report.page`), with which it shares its style.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from absift._version import __version__
from absift.evaluation.attributes import ABSENT, AttributeScore
from absift.evaluation.result import EvaluationResult
from absift.evaluation.scores import MACRO, MICRO, Score, number_of
from absift.evaluation.table import bounds, figure
from absift.evaluation.thresholds import headline_name
from absift.output import OutputFile, explained, visible_controls
from absift.records import LABELS, Record
from absift.report.assets import assets, environment, style_of
from absift.report.charts import Dot, dot_chart, heat_map, rule_chart, worst_rules
from absift.report.charts_svg import require_matplotlib
from absift.report.evaluation_groups import (
    Group,
    SectionOf,
    match_documents,
    score_designs,
    score_sections,
)
from absift.report.evaluation_rows import browser_data, script_json
from absift.report.evaluation_tables import MEANINGS, evaluation_views, headline_of, shown_name
from absift.report.highlight import label_names, label_order

#: An attribute with more values than this isn't one of a fixed set.
_MOST_VALUES = 12

Figure = dict[str, Any]


def write_evaluation_page(
    result: EvaluationResult,
    gold: Iterable[Record],
    predictions: Iterable[Record],
    path: str | Path,
    *,
    facts: Mapping[str, str] | None = None,
    section_of: SectionOf | None = None,
    force: bool = False,
) -> int:
    """Write an evaluation as one self-contained HTML page.

    The same arguments give the same bytes: no date is written.

    Args:
        result: The evaluation.
        gold: The gold records that it is of.
        predictions: The predictions that it is of.
        path: The file.
        facts: What the head says of where it all comes from, such as the names of files.
        section_of: Tells the section of gold spans that name none.
        force: Replace a file that is already there.

    Returns:
        The number of spans that can be looked at.

    Raises:
        InputError: matplotlib isn't installed, the file exists and ``force`` is false, or gold
            and predictions don't belong together.
        AbsiftError: The file can't be written.
    """
    require_matplotlib()
    target = OutputFile(path, force=force)
    documents = match_documents(result, gold, predictions, section_of)
    sections, designs = score_sections(result, documents), score_designs(result, documents)
    data = browser_data(result, documents)
    templates = environment()
    text = templates.get_template("evaluation.html").render(
        facts={"version": f"absift {__version__}", **_clean(facts or {})},
        counts=_counts(result),
        notes=[visible_controls(note) for note in result.notes],
        headline=headline_name(result),
        meanings={name: MEANINGS[name] for name in result.scores},
        samples=result.samples if len(result.documents) > 1 else 0,
        recall_only=result.recall_only,
        cards=_cards(result),
        more=_more_cards(result),
        figures=_figures(result, sections, designs),
        maps=_maps(result),
        tables=evaluation_views(result, sections, designs),
        rules=_rules(result),
        rows=len(data["rows"]),
        data=script_json(data),
        **assets(templates, ["page.css", "evaluation.css"], ["evaluation.js"]),
    )
    with target as stream, explained(path):
        stream.write(text.encode())
    return len(data["rows"])


def _clean(facts: Mapping[str, str]) -> dict[str, str]:
    return {visible_controls(name): visible_controls(value) for name, value in facts.items()}


def _counts(result: EvaluationResult) -> dict[str, int | None]:
    micro = result.scores[result.headline][MICRO]
    return {
        "abstracts": len(result.documents),
        "gold": micro.support,
        "predicted": None if result.recall_only else micro.predicted,
    }


def _cards(result: EvaluationResult) -> list[Figure]:
    """Give the scores at a glance: all, then each label."""
    names = {MICRO: "all spans (micro)", MACRO: "mean of labels (macro)"}
    scores = result.scores[result.headline]
    return [
        {
            "name": names.get(label, label_names(label)[2]),
            "style": "" if label in names else style_of(label),
            **_card(scores[label], headline_of(result)),
        }
        for label in (MICRO, MACRO, *result.labels)
    ]


def _card(item: Score, name: str) -> Figure:
    shares = f"P {figure(item.precision)} · R {figure(item.recall)}"
    return {
        "value": figure(getattr(item, name)),
        "interval": bounds(item.intervals.get(name)),
        "beside": shares if name == "f1" else f"{item.support:,} in the gold",
    }


def _more_cards(result: EvaluationResult) -> list[Figure]:
    """Give what is measured beside spans."""
    name = headline_of(result)
    what = "recall" if result.recall_only else "F1"
    cards = []
    for title, scores, part in (
        ("numerators and denominators of percentages", result.links, "both"),
        ("rates of adverse events, arm included", result.rates, "with_arm"),
    ):
        if part in scores:
            value = f"{what} {figure(getattr(scores[part], name))}"
            cards.append({"name": title, "value": value, "support": f"{scores[part].support:,}"})
    if result.totals:
        value = f"accuracy {figure(result.totals.accuracy)}"
        support = f"{result.totals.support:,}"
        cards.append({"name": "total sample size", "value": value, "support": support})
    return cards


def _colour(label: str) -> str:
    """Give the name of a label's strong colour."""
    if label in (MICRO, MACRO):
        return "ink"
    return f"e{LABELS.index(label) if label in LABELS else len(LABELS)}"


def _figures(
    result: EvaluationResult, sections: Mapping[str, Group], designs: Mapping[str, Group]
) -> list[Figure]:
    """Draw the charts of scores."""
    name, what = headline_of(result), "Recall" if result.recall_only else "F1"
    panels = {
        measure: [
            Dot(shown_name(it), getattr(one, name), one.intervals.get(name), _colour(it))
            for it, one in scores.items()
        ]
        for measure, scores in result.scores.items()
    }
    title = f"{what} of each label by measure"
    figures = [{"title": title, "svg": dot_chart("measures", panels, f"{title}, with intervals")}]
    for key, groups in (("section", sections), ("kind of study", designs)):
        title = f"{headline_name(result)} by {key}"
        title = title[0].upper() + title[1:]
        if groups:
            figures.append({"title": title, "svg": _group_chart(key, title, groups, name)})
    worst = [] if result.recall_only else worst_rules(result.rules)
    if worst:
        colours = {label: _colour(label) for label in result.labels}
        title = f"Precision of the {len(worst)} rules that made the most wrong spans"
        if len(worst) == 1:
            title = "Precision of the one rule that made wrong spans"
        figures.append({"title": title, "svg": rule_chart("rules", worst, colours, title)})
    return figures


def _group_chart(key: str, title: str, groups: Mapping[str, Group], name: str) -> Markup:
    dots = [
        Dot(
            f"{visible_controls(part)} ({group.documents:,})",
            getattr(group.scores[MICRO], name),
            group.scores[MICRO].intervals.get(name),
        )
        for part, group in groups.items()
    ]
    panels = {"all labels together; in brackets, the number of abstracts": dots}
    return dot_chart(key.replace(" ", "-"), panels, f"{title}, with intervals", width=720)


def _maps(result: EvaluationResult) -> list[Figure]:
    """Draw the confusion of each attribute that takes one of a few values."""
    maps: list[Figure] = []
    for label in label_order(result.attributes):
        for name, item in result.attributes[label].items():
            if not _enumerated(item):
                continue
            title = f"{label_names(label)[1]}: {visible_controls(name)}"
            described = f"Confusion of {title}: {figure(item.accuracy)} of {item.support} right"
            table = {
                visible_controls(gold): {visible_controls(it): n for it, n in row.items()}
                for gold, row in item.confusion.items()
            }
            svg = heat_map(f"map-{len(maps)}", table, described, _colour(label))
            maps.append({"title": title, "accuracy": figure(item.accuracy), "svg": svg})
    return maps


def _enumerated(item: AttributeScore) -> bool:
    """Tell whether an attribute's values are words of a small set, not numbers or names."""
    values: Sequence[str] = sorted(
        {*item.confusion, *(it for row in item.confusion.values() for it in row)} - {ABSENT}
    )
    return 1 < len(values) <= _MOST_VALUES and not any(_is_number(value) for value in values)


def _is_number(text: str) -> bool:
    try:
        return number_of(float(text)) is not None
    except ValueError:
        return text.startswith(("[", "{"))


def _rules(result: EvaluationResult) -> list[Figure]:
    """Give the rules' table, the worst first."""
    order = {
        (it.label, it.rule): place for place, it in enumerate(worst_rules(result.rules, 10**9))
    }
    rules = sorted(result.rules, key=lambda it: order.get((it.label, it.rule), len(order)))
    return [
        {
            "rule": visible_controls(it.rule),
            "label": label_names(it.label)[1],
            "style": style_of(it.label),
            "precision": figure(it.precision),
            "recall": figure(it.recall),
            "correct": it.correct,
            "predicted": "n/a" if it.predicted is None else it.predicted,
        }
        for it in rules
    ]
