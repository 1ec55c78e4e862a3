"""``python -m absift.evaluation GOLD PREDICTIONS [--errors]``: scores without the full command."""

from __future__ import annotations

import argparse
import sys

from absift.errors import AbsiftError
from absift.evaluation.run import evaluate
from absift.evaluation.sources import read_file
from absift.evaluation.table import error_lines, evaluation_tables


def main() -> int:
    """Print strict scores, attribute accuracy and, if asked, every error."""
    from rich.console import Console

    parser = argparse.ArgumentParser(prog="python -m absift.evaluation", description=__doc__)
    parser.add_argument("gold")
    parser.add_argument("predictions")
    parser.add_argument("--errors", action="store_true", help="list each error with its context")
    options = parser.parse_args()
    try:
        result = evaluate(
            read_file(options.gold),
            read_file(options.predictions),
        )
    except AbsiftError as error:
        print(error, file=sys.stderr)
        return 2
    console = Console()
    for note in result.notes:
        console.print(note)
    for table in evaluation_tables(result):
        console.print(table)
    if options.errors:
        for line in error_lines(result.rows):
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
