"""The charts of an evaluation, drawn by matplotlib as SVG in the page's colours.

The same figures give the same bytes with one version of matplotlib: ids are salted with a
fixed word and no date is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from absift.evaluation.rule_scores import RuleScore
from absift.evaluation.scores import Interval
from absift.report.charts_svg import COLOURS, as_svg, drawing

_ROW = 26
_LETTER = 6.9
_NAMED = 40


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure of a chart.

    Attributes:
        name: What it is the figure of.
        value: The figure, 0 to 1; ``None`` where there was nothing to measure.
        interval: Its 95% interval, where there is one.
        colour: A name in :data:`absift.report.charts_svg.COLOURS`.
    """

    name: str
    value: float | None
    interval: Interval | None = None
    colour: str = "e0"


def dot_chart(
    name: str, panels: Mapping[str, Sequence[Dot]], description: str, width: float = 1080
) -> Markup:
    """Draw figures as dots with their intervals, one panel beside the other.

    Args:
        name: The chart's name, which its ids begin with.
        panels: By heading; each has as many dots, of the same names in the same order.
        description: The chart in words.
        width: Width in pixels.

    Raises:
        InputError: matplotlib isn't installed.
    """
    names = [dot.name for dot in next(iter(panels.values()))]
    left = 20 + _LETTER * max(map(len, names), default=1)
    height = 64 + _ROW * len(names)
    low = _lowest([dot for dots in panels.values() for dot in dots])
    with drawing(width, height) as figure:
        axes = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        figure.subplots_adjust(
            left=left / width, right=1 - 30 / width, top=1 - 30 / height, bottom=30 / height
        )
        figure.subplots_adjust(wspace=0.22)
        for axis, (heading, dots) in zip(axes, panels.items(), strict=True):
            axis.set_title(heading, loc="left", fontweight="bold", pad=8)
            _dots(axis, dots, low)
        axes[0].set_yticks(range(len(names)), names)
        axes[0].set_ylim(len(names) - 0.4, -0.6)
        return as_svg(figure, name, description)


def _lowest(dots: Sequence[Dot]) -> float:
    """Give where an axis begins: a round figure below all, so that differences show."""
    bounds = [dot.interval[0] for dot in dots if dot.interval]
    bounds += [dot.value for dot in dots if dot.value is not None]
    return max(0.0, int((min(bounds, default=0.0) - 0.02) * 10) / 10)


def _dots(axis: Any, dots: Sequence[Dot], low: float) -> None:  # noqa: ANN401 - a matplotlib axis
    span = 1 - low
    axis.set_xlim(low, 1 + 0.02 * span)
    ticks = [low + span * step / 2 for step in range(3)]
    axis.set_xticks(ticks, [f"{tick:.2g}" for tick in ticks])
    axis.tick_params(length=0, pad=6)
    axis.grid(axis="x", color=COLOURS["line"], linewidth=1)
    axis.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axis.spines[side].set_visible(False)
    for row, dot in enumerate(dots):
        colour = COLOURS[dot.colour]
        if dot.value is None:
            axis.text(low + 0.02 * span, row, "n/a", va="center", color=COLOURS["soft"])
            continue
        if dot.interval:
            axis.plot(dot.interval, [row, row], color=colour, linewidth=2.5, solid_capstyle="round")
        axis.plot([dot.value], [row], "o", color=colour, markersize=8, clip_on=False)
        right = (dot.value - low) / span < 0.5
        edge = (dot.interval or (dot.value, dot.value))[1 if right else 0]
        axis.annotate(
            f"{dot.value:.2f}",
            (edge, row),
            xytext=(9 if right else -9, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=11,
            color=COLOURS["soft"],
        )


def heat_map(
    name: str, confusion: Mapping[str, Mapping[str, int]], description: str, colour: str = "e0"
) -> Markup:
    """Draw a confusion table: a row for each gold value, a column for each predicted one.

    A cell shows the number of spans; its colour is stronger the larger its share of the row.
    Cells off the diagonal, which are errors, are framed.

    Args:
        name: The chart's name.
        confusion: Gold value to predicted value to number of spans.
        description: The chart in words.
        colour: A name in :data:`absift.report.charts_svg.COLOURS`.

    Raises:
        InputError: matplotlib isn't installed.
    """
    values = sorted({*confusion, *(value for row in confusion.values() for value in row)})
    left = 24 + _LETTER * max(map(len, values), default=1)
    top = 34 + 0.72 * _LETTER * max(map(len, values), default=1)
    cell_width, cell_height = 50, 28
    width = max(left + cell_width * len(values) + 0.72 * (top - 20), 220)
    height = top + cell_height * len(values) + 8
    with drawing(width, height) as figure:
        axis = figure.add_axes(
            (
                left / width,
                8 / height,
                cell_width * len(values) / width,
                cell_height * len(values) / height,
            )
        )
        axis.set_xlim(0, len(values))
        axis.set_ylim(len(values), 0)
        axis.set_yticks([row + 0.5 for row in range(len(values))], values)
        axis.set_xticks([row + 0.5 for row in range(len(values))], values)
        axis.tick_params(length=0, pad=5, labelcolor=COLOURS["ink"])
        axis.xaxis.tick_top()
        for tick in axis.get_xticklabels():
            tick.set(rotation=45, ha="left", rotation_mode="anchor")
        for spine in axis.spines.values():
            spine.set_visible(False)
        _cells(axis, values, confusion, colour)
        return as_svg(figure, name, description)


def _cells(
    axis: Any,  # noqa: ANN401 - a matplotlib axis
    values: Sequence[str],
    confusion: Mapping[str, Mapping[str, int]],
    colour: str,
) -> None:
    from matplotlib.patches import Rectangle

    for row, gold in enumerate(values):
        counts = confusion.get(gold, {})
        total = sum(counts.values())
        for column, predicted in enumerate(values):
            number = counts.get(predicted, 0)
            shown = COLOURS["alarm" if number and gold != predicted else colour]
            share = number / total if total else 0
            place = (column + 0.03, row + 0.05)
            axis.add_patch(Rectangle(place, 0.94, 0.9, facecolor=COLOURS["line"], alpha=0.35))
            if number:
                strength = 0.12 + 0.38 * share
                axis.add_patch(Rectangle(place, 0.94, 0.9, facecolor=shown, alpha=strength))
                axis.text(column + 0.5, row + 0.5, f"{number:,}", ha="center", va="center")


def worst_rules(rules: Sequence[RuleScore], most: int = _NAMED) -> list[RuleScore]:
    """Give the rules that made the most spans that are wrong, the worst first.

    Args:
        rules: All rules, as an evaluation has them.
        most: How many to give at most.
    """
    wrong = [rule for rule in rules if (rule.predicted or 0) > rule.correct]
    return sorted(
        wrong, key=lambda rule: (rule.correct - (rule.predicted or 0), rule.label, rule.rule)
    )[:most]


def rule_chart(
    name: str, rules: Sequence[RuleScore], colours: Mapping[str, str], description: str
) -> Markup:
    """Draw the precision of rules as bars, with the spans behind it.

    Args:
        name: The chart's name.
        rules: The rules, top down; each with a precision.
        colours: By label, a name in :data:`absift.report.charts_svg.COLOURS`.
        description: The chart in words.

    Raises:
        InputError: matplotlib isn't installed.
    """
    width, height = 1080.0, 44.0 + 22 * len(rules)
    left = 20 + _LETTER * max((len(rule.rule) for rule in rules), default=1)
    with drawing(width, height) as figure:
        axis = figure.add_axes(
            (left / width, 30 / height, (width - left - 190) / width, (height - 38) / height)
        )
        axis.set_xlim(0, 1)
        axis.set_ylim(len(rules) - 0.4, -0.6)
        axis.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
        axis.set_yticks(range(len(rules)), [rule.rule for rule in rules])
        axis.tick_params(length=0, pad=6)
        for spine in axis.spines.values():
            spine.set_visible(False)
        for row, rule in enumerate(rules):
            share = rule.precision or 0
            axis.barh([row], [1], height=0.64, color=COLOURS["line"], alpha=0.6)
            axis.barh([row], [share], height=0.64, color=COLOURS[colours[rule.label]], alpha=0.75)
            words = f"{share:.2f} · {rule.correct:,} of {rule.predicted:,} right"
            axis.annotate(words, (1, row), xytext=(10, 0), textcoords="offset points", va="center")
        return as_svg(figure, name, description)
