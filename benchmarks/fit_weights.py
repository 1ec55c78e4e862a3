"""Fits the tables of weights in configs/weights to gold records.

    python benchmarks/fit_weights.py --unread GOLD ... [--read GOLD ...] [--only NAME ...]

Both kinds of gold teach what words mean. How far the rules are to be trusted is learnt from the
records alone that nobody had read who wrote rules: on the others, rules are better than they are.
The scores that are printed are those of abstracts left out in turn.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fit.gather import Case, gather, gather_rates
from fit.learn import Question, fit

from absift.errors import AbsiftError
from absift.evaluation.sources import read_file
from absift.extraction.toolkit import load_toolkit
from absift.lexicon.judge import SCORE
from absift.records import ADVERSE_EVENT
from absift.settings import config_root
from absift.weighing.spans import BLOCK, RULE
from absift.weighing.standing import STANDING
from absift.weighing.table import read_tables, write_table
from absift.weighing.weigher import AFTER, BEFORE
from absift.weighing.weights import FOLDER

#: The table of figures and harms.
RATES = "rates"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--unread", nargs="+", type=Path, required=True, help="gold that no rule was written with"
    )
    parser.add_argument(
        "--read", nargs="*", type=Path, default=[], help="gold that rules were written with"
    )
    parser.add_argument(
        "--only", nargs="*", default=None, help="names of tables, such as duration.role"
    )
    return parser.parse_args()


def question(name: str, outcomes: tuple[str, ...]) -> Question:
    """Give the question of a table, by its name."""
    attribute = name.partition(".")[2]
    if attribute:
        said = frozenset({attribute, RULE})
        if name.partition(".")[0].upper() == ADVERSE_EVENT:
            # Harms have no value that could be compared.
            return Question(name, outcomes, said, left_out=STANDING)
        return Question(name, outcomes, said | STANDING)
    if name == RATES:
        return Question(name, outcomes, frozenset({RULE}), lenient=True)
    if name.upper() == ADVERSE_EVENT:
        return Question(name, outcomes, frozenset({RULE}), SCORE, lenient=True)
    # What is far off in a sentence tells nothing of a number.
    return Question(name, outcomes, frozenset({RULE, BLOCK}), left_out=frozenset({BEFORE, AFTER}))


def _order(name: str) -> tuple[bool, bool, bool]:
    """Put what others are asked about before them: spans, harms, attributes, rates."""
    return name == RATES, "." in name, name.upper() == ADVERSE_EVENT


def main() -> int:
    """Fit the tables one by one, and write each before the next."""
    asked = options()
    folder = config_root() / FOLDER
    tables = read_tables(folder)
    try:
        unread, known = (
            [record for path in paths for record in read_file(path)]
            for paths in (asked.unread, asked.read)
        )
    except AbsiftError as error:
        print(f"fit_weights: {error}", file=sys.stderr)
        return 2
    for name in sorted(tables, key=_order):
        if asked.only and name not in asked.only:
            continue
        # Made anew, since each table changes what the next one is asked about.
        toolkit = load_toolkit()
        cases: list[list[Case]] = [
            list(
                gather_rates(toolkit, records) if name == RATES else gather(toolkit, name, records)
            )
            for records in (unread, known)
        ]
        made = fit(question(name, tables[name].outcomes), *cases)
        write_table(made.table, folder / f"{name}.tsv")
        print(
            f"{name}: {len(cases[0])} + {len(cases[1])} cases, {len(made.table.rows)} rows; "
            f"rules {made.before:.3f}, with weights {made.after:.3f}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
