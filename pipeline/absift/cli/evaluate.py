"""``absift evaluate``: how good predictions are on a gold set."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from absift.cli.failures import FAILED, say
from absift.cli.layers import Rules
from absift.cli.options import WRITE, Config, Force, Page
from absift.errors import InputError

if TYPE_CHECKING:
    from absift.evaluation.compare import Comparison
    from absift.evaluation.result import EvaluationResult

_SCORING, _CONDITIONS = "Scoring", "Conditions"


def evaluate_command(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD", help="Gold records, JSON lines; may be .gz.", show_default=False
        ),
    ],
    predictions: Annotated[
        Path | None,
        typer.Argument(
            metavar="PREDICTIONS",
            help="Predicted records, JSON lines; without them the texts of GOLD are read.",
            show_default=False,
        ),
    ] = None,
    labels: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABELS",
            help="Score these labels only; commas between them, or the option again.",
            rich_help_panel=_SCORING,
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What a gold set of another kind can judge: phee or pico.",
            rich_help_panel=_SCORING,
        ),
    ] = None,
    recall_only: Annotated[
        bool,
        typer.Option(
            "--recall-only",
            help="Leave out precision, since the gold doesn't mark every mention.",
            rich_help_panel=_SCORING,
        ),
    ] = False,
    samples: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            help="Bootstrap samples for the intervals; 0 for none.",
            rich_help_panel=_SCORING,
        ),
    ] = 1000,
    seed: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Seed of all that is random.", rich_help_panel=_SCORING
        ),
    ] = 0,
    config: Config = None,
    rules: Rules = None,
    json: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write everything as JSON.", rich_help_panel=WRITE),
    ] = None,
    errors: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write every span and what became of it, as .csv or .jsonl.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    html: Page = None,
    by_rule: Annotated[
        bool,
        typer.Option("--by-rule", help="Show the scores of each rule too.", rich_help_panel=WRITE),
    ] = False,
    compare: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Show what changed since the run that wrote this JSON.",
            rich_help_panel=WRITE,
        ),
    ] = None,
    force: Force = False,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL=F1",
            help="Fail if strict F1 of the label is lower; also MICRO= and MACRO=. Repeatable.",
            rich_help_panel=_CONDITIONS,
        ),
    ] = None,
    fail_if_worse: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Fail if strict F1 of a label fell since the run that wrote this JSON.",
            rich_help_panel=_CONDITIONS,
        ),
    ] = None,
    tolerance: Annotated[
        float,
        typer.Option(
            metavar="F1",
            min=0,
            max=1,
            help="The fall that --fail-if-worse lets pass.",
            rich_help_panel=_CONDITIONS,
        ),
    ] = 0.0,
) -> None:
    """Score predicted records against gold records.

    Spans are matched strictly (offsets and label), partially, by offsets, by label and by
    value; attributes, rates and the total sample size are scored beside them. A figure with
    nothing to measure shows as n/a.

    Exit code 0 means done, 1 that a condition isn't met, 2 that the input is bad.

    Example: absift evaluate gold.jsonl predicted.jsonl --errors errors.csv
    """
    from absift.cli.evaluation_outputs import Outputs
    from absift.evaluation.compare import compare as compare_runs
    from absift.evaluation.run import evaluate
    from absift.evaluation.sources import read_file
    from absift.evaluation.thresholds import below, parse_thresholds

    outputs = Outputs(gold, predictions, json=json, errors=errors, html=html, force=force)
    thresholds = parse_thresholds(fail_under or ())
    earlier, baseline = _read_run(compare), _read_run(fail_if_worse)
    records = read_file(gold)
    predicted = read_file(predictions) if predictions else outputs.extract(records, config, rules)
    result = evaluate(
        records,
        predicted,
        labels=_split(labels),
        profile=profile,
        recall_only=recall_only,
        samples=samples,
        seed=seed,
    )
    change = compare_runs(earlier, result, seed=seed) if earlier else None
    fall = compare_runs(baseline, result, seed=seed) if baseline else None
    failures = below(result, thresholds)
    outputs.write(result, records, predicted, {"comparison": change, "baseline": fall})
    _show(result, change, by_rule=by_rule)
    if fall:
        failures += _fallen(fall, tolerance)
    for failure in failures:
        say(f"failed: {failure}")
    if failures:
        raise typer.Exit(FAILED)


def _read_run(path: Path | None) -> dict[str, object] | None:
    from absift.evaluation.runs import read_run

    if path is None:
        return None
    try:
        data = path.read_bytes()
        # By its first bytes, as everywhere: a packed file may have any name.
        return read_run(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data, str(path))
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: can't be read: {reason}") from error


def _split(labels: list[str] | None) -> list[str] | None:
    if not labels:
        return None
    return [name.strip() for item in labels for name in item.split(",") if name.strip()]


def _show(result: EvaluationResult, change: Comparison | None, *, by_rule: bool) -> None:
    from rich.console import Console

    from absift.evaluation.table import comparison_lines, comparison_table, evaluation_tables

    console = Console()
    for table in evaluation_tables(result, rules=by_rule):
        console.print(table)
    for note in result.notes:
        _echo(f"note: {note}")
    if change:
        console.print(comparison_table(change))
        for line in [*(f"note: {note}" for note in change.notes), *comparison_lines(change)]:
            _echo(line)


def _fallen(fall: Comparison, tolerance: float) -> list[str]:
    """Say which labels fell since the baseline, and print what they lost."""
    from absift.evaluation.table import change_lines
    from absift.evaluation.thresholds import worse

    fallen = worse(fall, tolerance)
    for label in fallen:
        lost = [item for item in fall.lost if item.label == label]
        new = [item for item in fall.introduced if item.label == label]
        for line in [
            *change_lines(f"{label} lost", lost),
            *change_lines(f"{label} new false positives", new),
        ]:
            _echo(line)
    return list(fallen.values())


def _echo(line: str) -> None:
    """Print text from abstracts such that it can't act on the terminal."""
    from absift.output import visible_controls

    typer.echo(visible_controls(line))
