"""Measures how fast absift is, against spaCy and others, and writes the page of figures.

    python benchmarks/speed.py [ABSTRACTS ...] [--parts ratio,steps] [--soak 200000]

Each part runs in a process of its own, which has seen no text before. Figures of parts that
aren't run this time stay as they were. Exit code 1 if a part failed, 2 for bad input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure.machine import stamp
from measure.parts import PARTS, PURE_PART, Job, prepare, run_part
from measure.soak import write_csv
from measure.table import page
from measure.texts import load

from absift.compiled_parts import PURE
from absift.errors import AbsiftError

ROOT = Path(__file__).resolve().parent.parent
GOLD = (ROOT / "corpus" / "gold" / "dev.jsonl", ROOT / "corpus" / "gold" / "test.jsonl")
_ASKED_APART = "soak"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "abstracts",
        nargs="*",
        type=Path,
        default=list(GOLD),
        help="files of abstracts, as absift extract reads them; by default the gold corpus",
    )
    usual = [name for name in PARTS if name != _ASKED_APART]
    parser.add_argument(
        "--parts",
        default=",".join(usual),
        help=f"what to measure, parted by commas: {', '.join(usual)}",
    )
    parser.add_argument(
        "--soak", type=int, default=0, metavar="N", help="measure a run of N abstracts, too"
    )
    parser.add_argument(
        "--scale", type=float, default=1.0, help="how much of each part to do; 0.1 for a try"
    )
    parser.add_argument(
        "--results", type=Path, default=ROOT / "build" / "benchmarks", help="folder of results.json"
    )
    parser.add_argument(
        "--docs", type=Path, default=ROOT / "docs", help="folder of speed.md and plots/"
    )
    asked = parser.parse_args()
    asked.parts = [name for name in asked.parts.split(",") if name]
    unknown = sorted(set(asked.parts) - set(usual))
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(usual)}")
    if asked.soak < 0 or asked.scale <= 0:
        parser.error("--soak and --scale must be above 0")
    if asked.soak:
        asked.parts.append(_ASKED_APART)
    return asked


def measure(name: str, job: Job) -> dict[str, Any]:
    """Run a part in a new process and give its result with the circumstances."""
    with TemporaryDirectory() as folder, _environment(name):
        job = replace(job, prepared=prepare(name, job.sources, job, Path(folder)))
        made = stamp()
        # A new interpreter, not a fork of this one, whose caches have seen the texts.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            result = pool.submit(run_part, name, job).result()
    return {"stamp": made, "scale": job.scale, "result": result}


@contextmanager
def _environment(name: str) -> Iterator[None]:
    """Set what the processes of a part read in their environment."""
    before = os.environ.get(PURE)
    if name == PURE_PART:
        os.environ[PURE] = "1"
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(PURE, None)


def save(results: dict[str, Any], asked: argparse.Namespace) -> None:
    """Write results, page and plots."""
    path = asked.results / "results.json"
    hidden = path.with_suffix(".json.new")
    hidden.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    hidden.replace(path)
    if _ASKED_APART in results:
        write_csv(results[_ASKED_APART]["result"]["points"], asked.results / "soak.csv")
    asked.docs.mkdir(parents=True, exist_ok=True)
    (asked.docs / "speed.md").write_text(page(results), encoding="utf-8")
    # Not above: the processes that measure would load matplotlib, too.
    from measure.plots import draw

    draw(results, asked.docs / "plots")


def main() -> int:
    """Measure what is asked for."""
    asked = options()
    try:
        count = len(load(asked.abstracts))
    except AbsiftError as error:
        print(error, file=sys.stderr)
        return 2
    if not count:
        print("no abstracts in the input; name files that hold some", file=sys.stderr)
        return 2
    own = asked.abstracts == list(GOLD)
    texts = f"{count:,} abstracts of {'the gold corpus' if own else 'a file'}, then changed"
    asked.results.mkdir(parents=True, exist_ok=True)
    path = asked.results / "results.json"
    results = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    job, failed = Job(tuple(asked.abstracts), asked.scale, asked.soak), []
    for name in asked.parts:
        begin = time.monotonic()
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            results[name] = measure(name, job) | {"texts": texts}
        except Exception as error:
            # One part that can't be taken is no reason to lose the others.
            print(f"{name}: failed: {type(error).__name__}: {error}", file=sys.stderr)
            failed.append(name)
            continue
        print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
        save(results, asked)
    print(page(results))
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
