"""The model card: what a pipeline does and how well, made from results of evaluations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absift.errors import InputError
from absift.evaluation.runs import read_run
from absift.evaluation.table import NOT_AVAILABLE, bounds, figure
from absift.output import visible_controls
from absift.records import ATTRIBUTES, LABELS
from absift.report.assets import environment
from absift.report.evaluation_tables import MEANINGS, Table, shown_name
from absift.report.highlight import label_names

#: Keys of an evaluation's JSON that say what was evaluated, beside its scores.
GOLD, RULES_HASH = "gold", "rules_hash"

_PIECES = (("assertion", "Assertion"), ("links", "Links of percentages"))
_RATES = ("rates", "Rates of adverse events")

Result = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What a card says of the pipeline itself.

    Attributes:
        version: Version of absift.
        rules_hash: Hash over its rules, words and terms.
        steps: Names of its components in their order.
    """

    version: str
    rules_hash: str
    steps: Sequence[str]


def read_results(paths: Iterable[str | Path]) -> list[Result]:
    """Read results that ``absift evaluate --json`` wrote.

    Raises:
        InputError: A file can't be read or isn't such a result; the message names it.
    """
    results: list[Result] = []
    for path in paths:
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise InputError(f"{path}: can't be read: {error.strerror or error}") from error
        results.append({GOLD: str(Path(path).name)} | read_run(data, str(path)))
    return results


def card_text(pipeline: Pipeline, results: Sequence[Result]) -> str:
    """Write the card of a pipeline as Markdown.

    Args:
        pipeline: The pipeline.
        results: JSON objects of evaluations of this very pipeline.

    Raises:
        InputError: A result is of another version, or of other rules, or doesn't say of which.
    """
    for result in results:
        _check(pipeline, result)
    template = environment().overlay(autoescape=False).get_template("card.md")
    return template.render(
        version=pipeline.version,
        rules_hash=pipeline.rules_hash,
        steps=[f"`{_cell(step)}`" for step in pipeline.steps],
        labels=[
            (label, label_names(label)[1], [f"`{name}`" for name in ATTRIBUTES[label]])
            for label in LABELS
        ],
        meanings=MEANINGS,
        results=[_view(result) for result in results],
    )


def _check(pipeline: Pipeline, result: Result) -> None:
    """Refuse figures that aren't this pipeline's."""
    name = result.get(GOLD, "the evaluation")
    for what, key, own in (
        ("version", "absift", pipeline.version),
        ("rules", RULES_HASH, pipeline.rules_hash),
    ):
        given = result.get(key)
        if given is None:
            raise InputError(
                f"{name}: the evaluation doesn't say of which {what} it is; evaluate without "
                "PREDICTIONS, so that this pipeline makes them"
            )
        if given != own:
            raise InputError(
                f"{name}: was evaluated with {what} {given}, this pipeline has {own}; evaluate "
                "again"
            )


def _view(result: Result) -> dict[str, Any]:
    headline, scores = result["headline"], result["scores"]
    micro = scores[headline]["micro"]
    facts = [f"{len(result['documents']):,} abstracts, {micro['support']:,} gold spans"]
    if micro["predicted"] is not None:
        facts.append(f"{micro['predicted']:,} predicted")
    return {
        "name": _cell(result[GOLD]),
        "facts": ", ".join(facts) + f". Intervals from {result['samples']:,} bootstrap samples.",
        "notes": [_cell(note) for note in result["notes"]],
        "tables": _tables(result),
    }


def _tables(result: Result) -> list[Table]:
    """Lay out a result; what the gold can't support is left out."""
    headline, scores = result["headline"], result["scores"]
    tables = [_scores(headline.capitalize(), scores[headline]), _measures(result)]
    if any(result["attributes"].values()):
        tables.append(_attributes(result))
    for key, title in (*_PIECES, _RATES):
        if result[key]:
            tables.append(_scores(title, result[key]))
    if result["totals"]:
        tables.append(_totals(result["totals"]))
    return tables


def _scores(title: str, scores: Mapping[str, Any]) -> Table:
    def cells(item: Mapping[str, Any]) -> list[str]:
        out = []
        for name in ("precision", "recall", "f1"):
            pair = item["intervals"].get(name)
            out.append(f"{figure(item[name])} {bounds(pair) if pair else ''}".strip())
        return [*out, f"{item['support']:,}"]

    rows = tuple((_cell(shown_name(label)), *cells(item)) for label, item in scores.items())
    return Table(title, "", ("", "P", "R", "F1", "support"), 1, rows)


def _measures(result: Result) -> Table:
    name = "recall" if result["recall_only"] else "f1"
    scores = result["scores"]
    return Table(
        f"{'Recall' if result['recall_only'] else 'F1'} by measure",
        "",
        ("", *scores),
        1,
        tuple(
            (_cell(shown_name(label)), *(figure(one[label][name]) for one in scores.values()))
            for label in scores[result["headline"]]
        ),
    )


def _attributes(result: Result) -> Table:
    return Table(
        "Attributes",
        "",
        ("", "attribute", "accuracy", "support"),
        2,
        tuple(
            (_cell(label), f"`{_cell(name)}`", figure(item["accuracy"]), f"{item['support']:,}")
            for label, by_name in result["attributes"].items()
            for name, item in by_name.items()
        ),
    )


def _totals(totals: Mapping[str, Any]) -> Table:
    support = totals["support"]
    return Table(
        "Total sample size",
        "",
        ("", "share", "of abstracts"),
        1,
        (
            ("right, of those with a total", figure(totals["accuracy"]), f"{support:,}"),
            ("predicted, of those with a total", figure(totals["coverage"]), f"{support:,}"),
            (
                "right, of those predicted",
                figure(totals["accuracy_of_answered"]),
                f"{totals['answered']:,}",
            ),
            (
                "predicted, of those without a total",
                figure(totals["unasked"] / totals["without_gold"])
                if totals["without_gold"]
                else NOT_AVAILABLE,
                f"{totals['without_gold']:,}",
            ),
        ),
    )


def _cell(text: object) -> str:
    """Give a text that can't break a table or act in a page."""
    words = " ".join(visible_controls(str(text)).split())
    for sign, safe in (("|", "\\|"), ("<", "&lt;"), ("`", "'")):
        words = words.replace(sign, safe)
    return words
