"""How long it takes until work begins, each time in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import median
from types import MappingProxyType
from typing import Any

#: What is started, by name: arguments of the interpreter.
COMMANDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "help": ("-m", "absift", "--help"),
        "load": ("-c", "import absift; absift.load()"),
        "load without spaCy": (
            "-c",
            "from absift.extraction.toolkit import load_toolkit; load_toolkit()",
        ),
        "interpreter": ("-c", "pass"),
    }
)


def measure(repeats: int) -> dict[str, Any]:
    """Start each command several times.

    Returns:
        By name the median and the least seconds, by the clock (``wall``) and of the processor
        (``cpu``), the interpreter's own start included.
    """
    found: dict[str, Any] = {}
    for name, arguments in COMMANDS.items():
        taken = [start([sys.executable, *arguments]) for _ in range(repeats)]
        wall, cpu = zip(*taken, strict=True)
        found[name] = {
            "wall": median(wall),
            "wall_least": min(wall),
            "cpu": median(cpu),
            "cpu_least": min(cpu),
        }
    return found


def start(command: Sequence[str]) -> tuple[float, float]:
    """Run a command to its end; give its seconds by the clock and of the processor.

    Raises:
        CalledProcessError: It failed.
    """
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
