"""Speed and memory along a run: does an abstract cost the same after many others?"""

from __future__ import annotations

import csv
import gc
import resource
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import Any

from absift.readers import read
from absift.writers import open_writer

from .passage import Extract

_STATM = Path("/proc/self/statm")
COLUMNS = ("abstracts", "seconds", "per_s", "rss_mb")
_EARLY = 0.1


def resident() -> float:
    """Give the memory of this process in megabytes; where Linux doesn't tell, its peak."""
    if _STATM.exists():
        return int(_STATM.read_text().split()[1]) * resource.getpagesize() / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def measure(extract: Extract, source: Path, window: int, folder: Path) -> dict[str, Any]:
    """Extract from a file of JSON lines, window by window.

    Args:
        extract: The loaded extraction.
        source: JSON lines; made by another process, so that its memory isn't counted.
        window: Abstracts between two measurements.
        folder: Where each window's records are written, over those of the last.

    Returns:
        The points (abstracts so far, seconds of processor time and abstracts a second of the
        window, megabytes behind it) and :func:`steadiness`.
    """
    gc.collect()
    found = read([source])
    points: list[dict[str, float]] = []
    done = 0
    while True:
        start, count = time.process_time(), 0
        with open_writer(str(folder / "records.jsonl"), force=True) as writer:
            for record in extract(islice(found, window)):
                writer.write(record)
                count += 1
        if not count:
            break
        seconds = time.process_time() - start
        done += count
        point = (done, seconds, count / seconds, resident())
        points.append(dict(zip(COLUMNS, point, strict=True)))
    return {"points": points} | steadiness(points)


def steadiness(points: Sequence[dict[str, float]]) -> dict[str, float]:
    """Compare the end of a run with its beginning.

    Returns:
        ``memory``: megabytes at the end by those after a tenth of the run. ``speed``: abstracts a
        second in the last tenth by those in the second tenth, when caches are warm.
    """
    early = max(1, round(len(points) * _EARLY))
    second = points[early : 2 * early] or points[:early]
    return {
        "memory": points[-1]["rss_mb"] / points[early - 1]["rss_mb"],
        "speed": mean(one["per_s"] for one in points[-early:])
        / mean(one["per_s"] for one in second),
    }


def write_csv(points: Sequence[dict[str, float]], path: Path) -> None:
    """Write the points as a table."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.DictWriter(stream, COLUMNS)
        rows.writeheader()
        rows.writerows(
            {name: f"{one[name]:.6g}" if name != "abstracts" else one[name] for name in COLUMNS}
            for one in points
        )
