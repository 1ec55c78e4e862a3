"""Scores public baselines on a gold file, beside absift.

    python benchmarks/baselines.py GOLD

Each baseline runs in an environment of its own under ``build/benchmarks``, which the first
run makes. It reads gold records from standard input and writes records to standard output.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import absift
from absift.evaluation.result import EvaluationResult
from absift.evaluation.run import DEFAULT_SAMPLES, evaluate
from absift.evaluation.sources import read_file
from absift.records import Abstract, Record, dumps, read_records

HERE = Path(__file__).resolve().parent
ENVIRONMENTS = HERE.parent / "build" / "benchmarks"


@dataclass(frozen=True)
class Baseline:
    """A system to compare with: its name, script, packages and the labels that it can find."""

    name: str
    script: str
    packages: tuple[str, ...]
    labels: tuple[str, ...]


BASELINES = (
    Baseline(
        "quantulum3",
        "quantulum.py",
        ("quantulum3==0.10.0",),
        ("PERCENTAGE", "DURATION"),
    ),
    Baseline(
        "spaCy NER",
        "spacy_ner.py",
        ("spacy==3.8.7", "numpy<2", "click<9"),
        ("SAMPLE_SIZE", "PERCENTAGE", "DURATION", "ADVERSE_EVENT"),
    ),
)


def environment(baseline: Baseline) -> Path:
    """Give the Python of a baseline's environment, and make it where it isn't there yet."""
    folder = ENVIRONMENTS / Path(baseline.script).stem
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # The list is written last, so that an install that was cut short begins anew.
    done, wanted = folder / "packages.txt", "\n".join(baseline.packages)
    if not done.exists() or done.read_text(encoding="utf-8") != wanted:
        print(f"making {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *baseline.packages], check=True)
        done.write_text(wanted, encoding="utf-8")
    return python


def predict(baseline: Baseline, gold: Sequence[Record]) -> list[Record]:
    """Let a baseline find its spans in the texts of gold records.

    What it found is kept under ``build/benchmarks/predictions``, since training takes long, and
    read from there as long as the texts, the script and the packages are the same.
    """
    script = HERE / "systems" / baseline.script
    lines = b"".join(map(dumps, gold))
    made_of = (lines, script.read_bytes(), " ".join(baseline.packages).encode())
    digest = hashlib.sha256(b"\0".join(made_of)).hexdigest()[:16]
    kept = ENVIRONMENTS / "predictions" / f"{script.stem}-{digest}.jsonl"
    if not kept.exists():
        command = [str(environment(baseline)), str(script)]
        # The baseline has its own packages and must not see those of the caller.
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        print(f"running {baseline.name}", file=sys.stderr)
        done = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True, env=clean)
        kept.parent.mkdir(parents=True, exist_ok=True)
        new = kept.with_suffix(".new")
        new.write_bytes(done.stdout)
        new.replace(kept)
    return read_records(kept.read_bytes().splitlines())


def run_absift(gold: Sequence[Record]) -> list[Record]:
    """Let absift find its spans in the texts of gold records."""
    return list(absift.extract(Abstract(one.id, one.text, one.title) for one in gold))


def rows(system: str, result: EvaluationResult) -> Iterator[str]:
    """Give a line of the table for each label that was scored."""
    strict, partial = result.scores["strict"], result.scores["partial"]
    for label in result.labels:
        score = strict[label]
        figures = (score.precision, score.recall, score.f1, partial[label].f1)
        shown = (" n/a " if figure is None else f"{figure:.3f}" for figure in figures)
        interval = score.intervals.get("f1")
        between = f"{interval[0]:.3f}-{interval[1]:.3f}" if interval else "n/a"
        yield f"| {system} | {label} | {' | '.join(shown)} | {between} | {score.support} |"


def main() -> int:
    """Run every baseline and print the table."""
    parser = argparse.ArgumentParser(description="Score public baselines on a gold file.")
    parser.add_argument("gold", type=Path, help="gold records, JSON lines; may be .gz")
    parser.add_argument("--samples", type=int, default=DEFAULT_SAMPLES, help="bootstrap samples")
    asked = parser.parse_args()
    gold = read_file(asked.gold)
    found = {"absift": (run_absift(gold), BASELINES[-1].labels)}
    found |= {each.name: (predict(each, gold), each.labels) for each in BASELINES}
    print("| system | label | precision | recall | F1 | partial F1 | 95% of F1 | support |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, (records, labels) in found.items():
        result = evaluate(gold, records, labels=labels, samples=asked.samples)
        print("\n".join(rows(name, result)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
