"""Writes the page of accuracy: absift on several gold files, and others on one of them.

    python benchmarks/accuracy.py unseen=u.jsonl read=r.jsonl --baselines unseen -o page.md

Figures stand beside the goals that the project set itself, so that what falls short shows.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from baselines import BASELINES, predict, rows, run_absift

import absift
from absift.api import rules_hash
from absift.evaluation.errors import ErrorRow
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import DEFAULT_SAMPLES, evaluate
from absift.evaluation.scores import Score
from absift.evaluation.sources import read_file
from absift.records import LABELS, Record

_SPAN_GOALS = {
    "SAMPLE_SIZE": 0.95,
    "PERCENTAGE": 0.985,
    "DURATION": 0.97,
    "ADVERSE_EVENT": 0.88,
}
_ATTRIBUTE_GOALS = {
    ("SAMPLE_SIZE", "value"): 0.995,
    ("SAMPLE_SIZE", "scope"): 0.93,
    ("SAMPLE_SIZE", "stage"): 0.88,
    ("SAMPLE_SIZE", "unit"): 0.97,
    ("PERCENTAGE", "value"): 0.995,
    ("PERCENTAGE", "kind"): 0.95,
    ("DURATION", "value"): 0.995,
    ("DURATION", "unit"): 0.995,
    ("DURATION", "role"): 0.90,
    ("DURATION", "statistic"): 0.97,
    ("ADVERSE_EVENT", "assertion"): 0.93,
    ("ADVERSE_EVENT", "generic"): 0.97,
    ("ADVERSE_EVENT", "grade"): 0.95,
    ("ADVERSE_EVENT", "serious"): 0.95,
}
_LINKS_GOAL, _RATES_GOAL, _TOTAL_GOAL = 0.93, 0.80, 0.95
_NOTHING = "n/a"
# Commonest confusions of one attribute that are told.
_TOLD = 3

Results = Mapping[str, EvaluationResult]


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join(['---', *['---:'] * (len(head) - 1)])} |"
    yield from (f"| {' | '.join(row)} |" for row in body)
    yield ""


def _shown(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"


def _share(part: int, support: int) -> str:
    return f"{part / support:.3f} ({support:,})" if support else _NOTHING


def _spans(score: Score | None) -> str:
    """Give F1 with its interval, precision, recall and support."""
    if score is None or not score.support:
        return _NOTHING
    interval = score.intervals.get("f1")
    between = f" [{interval[0]:.2f}, {interval[1]:.2f}]" if interval else ""
    sides = f"{_shown(score.precision)} / {_shown(score.recall)}"
    return f"{_shown(score.f1)}{between}; {sides}; {score.support:,}"


def span_table(results: Results) -> Iterator[str]:
    """Give the table of strict spans: F1, its 95% interval, precision, recall and support."""
    body = [
        [label, f"{_SPAN_GOALS[label]:g}"]
        + [_spans(one.scores["strict"].get(label)) for one in results.values()]
        for label in LABELS
    ]
    body.append(["all (micro)", ""])
    body[-1] += [_spans(one.scores["strict"].get("micro")) for one in results.values()]
    yield from _table(["strict spans", "goal", *results], body)


def attribute_table(results: Results) -> Iterator[str]:
    """Give the table of what is said of spans, links, rates and totals."""
    body = []
    for (label, name), goal in _ATTRIBUTE_GOALS.items():
        cells = []
        for one in results.values():
            held = one.attributes.get(label, {}).get(name)
            cells.append(_share(held.correct, held.support) if held else _NOTHING)
        body.append([f"{label} `{name}`", f"{goal:g}", *cells])
    for name, shown_goal, of in (
        ("numerator and denominator, F1", f"{_LINKS_GOAL:g}", "both"),
        ("rates, F1", f"{_RATES_GOAL:g}", "with_arm"),
        ("rates without their arms, F1", "", "without_arm"),
    ):
        scores = [(one.rates if "arm" in of else one.links).get(of) for one in results.values()]
        cells = [f"{_shown(one.f1)} ({one.support:,})" if one else _NOTHING for one in scores]
        body.append([name, shown_goal, *cells])
    totals = [one.totals for one in results.values()]
    cells = [_share(one.correct, one.support) if one else _NOTHING for one in totals]
    body.append(["total of the study, exact", f"{_TOTAL_GOAL:g}", *cells])
    yield from _table(["accuracy on matched spans (support)", "goal", *results], body)


def error_table(result: EvaluationResult) -> Iterator[str]:
    """Give the table of errors by label and section, and the commonest confusions."""
    wrong: Counter[tuple[str, str]] = Counter()
    for row in result.rows:
        if row.category != "correct":
            wrong[_label(row), row.category] += 1
    kinds = sorted({kind for _, kind in wrong})
    body = [[label, *(str(wrong[label, kind]) for kind in kinds)] for label in LABELS]
    yield from _table(["label", *kinds], body)
    for label, by_name in result.attributes.items():
        for name, held in by_name.items():
            pairs = Counter(
                {
                    (gold, found): count
                    for gold, row in held.confusion.items()
                    for found, count in row.items()
                    if gold != found
                }
            )
            told = [f"{a} read as {b} {n}" for (a, b), n in pairs.most_common(_TOLD) if n > 1]
            if told:
                yield f"- {label} `{name}`: {', '.join(told)}"
    yield ""


def _label(row: ErrorRow) -> str:
    return row.label or row.predicted_label or ""


def baseline_table(gold: Sequence[Record], samples: int) -> Iterator[str]:
    """Give the table of what public baselines get on the same texts."""
    yield "| system | label | precision | recall | F1 | partial F1 | 95% of F1 | support |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- | ---: |"
    found = {"absift": (run_absift(gold), BASELINES[-1].labels)}
    found |= {each.name: (predict(each, gold), each.labels) for each in BASELINES}
    for name, (records, labels) in found.items():
        yield from rows(name, evaluate(gold, records, labels=labels, samples=samples))
    yield ""


def page(sets: Mapping[str, Sequence[Record]], baselines: str | None, samples: int) -> str:
    """Write the page.

    Args:
        sets: Name to gold records, the one that counts first.
        baselines: The set that baselines are scored on.
        samples: Bootstrap samples of the intervals.
    """
    results = {
        name: evaluate(gold, run_absift(gold), samples=samples) for name, gold in sets.items()
    }
    first = next(iter(results))
    lines = [
        "# How good it is",
        "",
        "Made by `benchmarks/accuracy.py`, which [benchmarks/README.md](../benchmarks/README.md)",
        "tells of, with the sets that [corpus/README.md](../corpus/README.md) describes.",
        f"absift {absift.__version__}, rules `{rules_hash()}`, "
        f"{datetime.datetime.now(tz=datetime.timezone.utc).date()}.",
        "",
        "## Spans",
        "",
        "F1 [95% interval by bootstrap over abstracts]; precision / recall; support. A hit has",
        "both offsets and the label of the gold span.",
        "",
        *span_table(results),
        "## What is said of them",
        "",
        *attribute_table(results),
        f"## Errors on {first}",
        "",
        *error_table(results[first]),
    ]
    if baselines:
        lines += [f"## Others on {baselines}", "", *baseline_table(sets[baselines], samples)]
    return "\n".join(lines).rstrip("\n") + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description="Write the page of accuracy.")
    parser.add_argument("sets", nargs="+", metavar="NAME=GOLD", help="the one that counts first")
    parser.add_argument("--baselines", metavar="NAME", help="score public baselines on this set")
    parser.add_argument("--samples", type=int, default=DEFAULT_SAMPLES, help="bootstrap samples")
    parser.add_argument("-o", "--output", type=Path, help="the page; printed by default")
    asked = parser.parse_args(arguments)
    named = dict(one.rsplit("=", 1) for one in asked.sets if "=" in one)
    if len(named) < len(asked.sets):
        parser.error("each set is NAME=GOLD, with a name of its own")
    if asked.baselines and asked.baselines not in named:
        parser.error(f"--baselines: no set is named '{asked.baselines}'")
    made = page(
        {name: read_file(Path(path)) for name, path in named.items()},
        asked.baselines,
        asked.samples,
    )
    if asked.output:
        asked.output.write_text(made, encoding="utf-8")
    else:
        sys.stdout.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
