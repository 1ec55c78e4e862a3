"""The plots of what was measured, as small SVG files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

_MAIN, _SECOND, _SOFT = "#2f76b5", "#a83a7b", "#9aa0a6"
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "absift",
    "svg.fonttype": "none",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _SOFT,
    "text.parse_math": False,
}
_SIZE = (6.4, 3.2)
_LEAST, _MOST = 1.3, 1.15


def _bars(axes: Axes, names: Sequence[str], values: Sequence[float], form: str) -> None:
    bars = axes.barh(names, values, color=_MAIN)
    axes.bar_label(bars, [form.format(value) for value in values], padding=3)
    axes.invert_yaxis()
    axes.margins(x=0.15)


def _ratio(figure: Figure, found: Mapping[str, Any]) -> None:
    axes = figure.subplots()
    blocks = found["blocks"]
    axes.plot([50 * (place + 1) for place in range(len(blocks))], blocks, ".", color=_MAIN)
    axes.axhline(1, color=_SOFT, linewidth=1)
    axes.axhline(found["ratio"], color=_SECOND, linewidth=1, label=f"all: {found['ratio']:.2f}")
    axes.set_ylim(0, max(_LEAST, max(blocks) * _MOST))
    axes.set(xlabel="abstracts", ylabel="speed of absift / spaCy's words")
    axes.legend(frameon=False)


def _steps(figure: Figure, found: Mapping[str, Any]) -> None:
    shares = found["shares"]
    figure.set_figheight(0.24 * len(shares) + 0.8)
    axes = figure.subplots()
    _bars(axes, list(shares), [100 * share for share in shares.values()], "{:.1f}%")
    axes.set(xlabel="share of the processor time, %")


def _along(figure: Figure, found: Mapping[str, Any]) -> None:
    points = found["points"]
    done = [one["abstracts"] for one in points]
    speed, memory = figure.subplots(2, 1, sharex=True)
    speed.plot(done, [one["per_s"] for one in points], color=_MAIN)
    speed.set(ylabel="abstracts/s")
    memory.plot(done, [one["rss_mb"] for one in points], color=_SECOND)
    memory.set(ylabel="memory, MB", xlabel="abstracts")
    for axes in (speed, memory):
        axes.set_ylim(0, max(axes.dataLim.ymax, 1) * _MOST)


def _length(figure: Figure, found: Mapping[str, Any]) -> None:
    axes, points = figure.subplots(), found["points"]
    lengths = [one["length"] for one in points]
    axes.loglog(lengths, [one["seconds"] for one in points], "o-", color=_MAIN, label="absift")
    last = points[-1]
    linear = [last["seconds"] * length / last["length"] for length in lengths]
    axes.loglog(lengths, linear, "--", color=_SOFT, label="linear")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))
    axes.set(xlabel="characters of one abstract", ylabel="seconds")
    axes.legend(frameon=False)


def _more(what: str) -> Callable[[Figure, Mapping[str, Any]], None]:
    def draw(figure: Figure, found: Mapping[str, Any]) -> None:
        axes, points = figure.subplots(), found["points"]
        speeds = [one["per_s"] for one in points]
        axes.plot([one["more"] for one in points], speeds, "o-", color=_MAIN)
        axes.axhline(0.8 * speeds[0], color=_SOFT, linestyle="--", label="20% slower")
        axes.set_ylim(0, max(speeds) * _MOST)
        axes.set(xlabel=f"more {what}", ylabel="abstracts/s")
        axes.legend(frameon=False)

    return draw


def _peers(figure: Figure, found: Mapping[str, Any]) -> None:
    ran = sorted((one for one in found["systems"] if "per_s" in one), key=lambda x: -x["per_s"])
    axes = figure.subplots()
    _bars(axes, [one["name"] for one in ran], [one["per_s"] for one in ran], "{:,.1f}")
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))
    axes.set(xlabel="abstracts/s")


#: How each part is drawn; those that aren't here have no plot.
PLOTS: Mapping[str, Callable[[Figure, Mapping[str, Any]], None]] = MappingProxyType(
    {
        "ratio": _ratio,
        "steps": _steps,
        "run": _along,
        "soak": _along,
        "length": _length,
        "rules": _more("rules"),
        "terms": _more("terms"),
        "peers": _peers,
    }
)


def draw(results: Mapping[str, Mapping[str, Any]], folder: Path) -> None:
    """Draw a plot of each part that has one; the same figures give the same bytes.

    Args:
        results: As for :func:`table.page`.
        folder: Where the files ``PART.svg`` go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context(_STYLE):
        for name, plot in PLOTS.items():
            if name not in results:
                continue
            figure = Figure(figsize=_SIZE, layout="constrained")
            plot(figure, results[name]["result"])
            figure.savefig(folder / f"{name}.svg", metadata=nothing)
