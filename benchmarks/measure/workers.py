"""Two processes against one, as the command runs them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

WORKERS = (1, 2)
# Shards for each worker: the last ones to end leave the others idle for so much less.
_SHARDS = 8


def measure(source: Path, count: int, folder: Path) -> dict[str, Any]:
    """Run ``absift extract`` into a folder with one worker and with two.

    Args:
        source: JSON lines.
        count: The abstracts in it.
        folder: Where the parts are written.

    Returns:
        For each number of workers the seconds by the clock, loading included, and the abstracts
        a second; how many times one the most reach; and the processors that this process may use.

    Raises:
        CalledProcessError: A run failed.
    """
    megabytes = source.stat().st_size / 1e6 / (_SHARDS * WORKERS[-1])
    points = []
    for workers in WORKERS:
        options = ["--workers", str(workers), "--shard-size", f"{megabytes:.3f}", "--quiet"]
        target = f"{folder / str(workers)}/"
        command = [sys.executable, "-m", "absift", "extract", str(source), "-o", target, *options]
        start = time.perf_counter()
        subprocess.run(command, check=True)
        seconds = time.perf_counter() - start
        points.append({"workers": workers, "seconds": seconds, "per_s": count / seconds})
    return {
        "abstracts": count,
        "points": points,
        "times": points[0]["seconds"] / points[-1]["seconds"],
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None,
    }
