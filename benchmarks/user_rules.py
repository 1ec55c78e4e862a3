"""What a thousand rules of a user's cost: throughput without and with them, in turns.

    python benchmarks/user_rules.py corpus/gold/dev.jsonl corpus/gold/test.jsonl

Prints the abstracts a second of both, and the share by which the rules slow the run; exit code 1
if that is more than the limit. Both run in one process over the same abstracts, several times in
turns, and the best round of each counts, since other work on the machine only ever slows.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.readers import read as read_abstracts
from absift.records import Abstract

_UNITS = ("mg", "g", "ml", "drops", "puffs", "tablets", "units", "sachets", "vials", "sprays")
_WAYS = ("daily", "weekly", "orally", "at night", "as needed", "by mouth", "in water", "per kg")
# Words that many abstracts have, so that the rules are tried, and names that none has.
_NOUNS = (
    *("placebo", "therapy", "treatment", "dose", "pain", "score", "surgery", "cohort", "survival"),
    *("infection", "group", "age", "risk", "blood", "mortality", "disease", "response", "control"),
)
_DRUGS = (*_NOUNS, *(f"{a}{b}" for a, b in itertools.product("bcdfglmn", ("amol", "erine"))))


def rule_file(number: int) -> str:
    """Give a rule file with so many different rules, as a user would write them."""
    lines = ["label: DOSE", "rules:"]
    parts = itertools.product(_DRUGS, _WAYS, _UNITS)
    for place, (drug, way, unit) in enumerate(itertools.islice(parts, number)):
        kind = place % 3
        pattern = (
            f"{drug} ANY{{0,3}} value=NUMBER {unit} {way}",
            f"value=NUMBER {unit} ( of )? {drug} ( {way} )?",
            f"NUMBER>=2 {unit} {way} ( !SEP ){{0,4}} {drug}|placebo",
        )[kind]
        lines.append(f'  - {{id: dose.{place}, pattern: "{pattern}"}}')
    return "\n".join(lines) + "\n"


def seconds(toolkit: Toolkit, abstracts: Sequence[Abstract]) -> float:
    """Give the time that one round over the abstracts takes, in seconds of this process."""
    start = time.process_time()
    for abstract in abstracts:
        read(toolkit, abstract)
    return time.process_time() - start


def compare(abstracts: Sequence[Abstract], number: int, rounds: int) -> tuple[float, float]:
    """Give the best abstracts a second without and with so many rules."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "dose.yaml"
        path.write_text(rule_file(number), encoding="utf-8")
        toolkits = (load_toolkit(), load_toolkit(layers=[path]))
    best = [float("inf")] * 2
    for _ in range(rounds):
        for place, toolkit in enumerate(toolkits):
            best[place] = min(best[place], seconds(toolkit, abstracts))
    return len(abstracts) / best[0], len(abstracts) / best[1]


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", help="abstracts, as absift extract reads them")
    parser.add_argument("--rules", type=int, default=1000, help="how many rules to add")
    parser.add_argument("--rounds", type=int, default=5, help="how often to go over the files")
    parser.add_argument("--limit", type=float, default=0.2, help="the share allowed, 0 to 1")
    options = parser.parse_args()
    abstracts = list(read_abstracts(options.files))
    without, with_rules = compare(abstracts, options.rules, options.rounds)
    share = 1 - with_rules / without
    print(f"{len(abstracts)} abstracts, best of {options.rounds} rounds, one process")
    print(f"built-in rules:         {without:7.1f} abstracts/s")
    print(f"with {options.rules:,} rules more: {with_rules:7.1f} abstracts/s, {share:.1%} slower")
    return int(share > options.limit)


if __name__ == "__main__":
    sys.exit(main())
