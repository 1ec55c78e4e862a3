"""Runs a peer over a file of abstracts, within its own environment, and says how long it took.

    python peers/NAME.py ABSTRACTS TERMS RECORDS SECONDS

Reads JSON lines with a ``text``, and the terms to look for, one a line; writes JSON lines with
the spans found; prints the measurements as JSON. Ends after so many seconds of processor time.
Needs nothing but Python, so that it runs in every environment.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

Span = dict[str, Any]
#: Finds the spans of each of some texts.
Find = Callable[[Sequence[str]], list[list[Span]]]

_BLOCK = 10
_WARM_UP = ["Of 20 patients, 10 (50%) had a headache for 3 days."]


def patterns() -> dict[str, Any]:
    """Give the patterns and names that peers are told."""
    path = Path(__file__).with_name("patterns.json")
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def drive(make: Callable[[list[str]], Find]) -> None:
    """Load a peer and run it as the module says.

    Args:
        make: Loads the peer, given the terms.
    """
    source, terms, target, limit = sys.argv[1:]
    start = time.process_time()
    find = make(Path(terms).read_text(encoding="utf-8").splitlines())
    find(_WARM_UP)
    loaded = time.process_time()
    done = found = 0
    with (
        Path(source).open(encoding="utf-8") as lines,
        Path(target).open("w", encoding="utf-8") as records,
    ):
        while time.process_time() - loaded < float(limit):
            block = [json.loads(line) for line in islice(lines, _BLOCK)]
            if not block:
                break
            for one, spans in zip(block, find([one["text"] for one in block]), strict=True):
                done += 1
                found += len(spans)
                record = {"id": one["id"], "text": one["text"], "spans": spans}
                records.write(json.dumps(record, ensure_ascii=False) + "\n")
    seconds = time.process_time() - loaded
    measured = {"load_s": loaded - start, "seconds": seconds, "abstracts": done, "spans": found}
    print(json.dumps(measured))
