"""The parts of the measurement, each run in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from . import additions, length, peers, ratio, soak, startup, steps, workers
from .passage import as_command, as_docs
from .texts import load, stream, write

# Abstracts, repeats and seconds of each part at full scale.
_RATIO, _DOCS, _STEPS, _RUN, _ADDITIONS, _WORKERS, _PEERS = (
    *(5_000, 1_000, 3_000, 20_000, 2_000, 10_000, 1_000),
)
_STARTS, _PEER_SECONDS = 7, 20.0
_WINDOWS = 40


@dataclass(frozen=True)
class Job:
    """What a part works with.

    Attributes:
        sources: The input.
        scale: Factor on how much is done, 1 for what the figures of the project are taken with.
        soak: Abstracts of the long run.
        prepared: JSON lines made for the part beforehand, and how many (:data:`PREPARED`).
    """

    sources: tuple[Path, ...]
    scale: float = 1.0
    soak: int = 0
    prepared: tuple[Path, int] | None = None

    def count(self, full: int, least: int = 1) -> int:
        """Scale a number."""
        return max(least, round(full * self.scale))

    @property
    def ready(self) -> tuple[Path, int]:
        """The prepared file and the number of its abstracts."""
        assert self.prepared is not None
        return self.prepared


def _ratio(job: Job, folder: Path) -> dict[str, Any]:
    count = job.count(_RATIO, ratio.BLOCK)
    return ratio.measure(as_command(), load(job.sources), count, folder)


def _docs(job: Job, folder: Path) -> dict[str, Any]:
    count = job.count(_DOCS, ratio.BLOCK)
    return ratio.measure(as_docs(), load(job.sources), count, folder)


def _steps(job: Job, folder: Path) -> dict[str, Any]:
    made = stream(load(job.sources), job.count(_STEPS))
    blocks: list[Path] = []
    while block := list(islice(made, 500)):
        blocks.append(folder / f"{len(blocks)}.jsonl")
        write(block, blocks[-1])
    return steps.measure(as_command(), blocks, folder)


def _along(job: Job, folder: Path) -> dict[str, Any]:
    source, count = job.ready
    return soak.measure(as_command(), source, max(1, count // _WINDOWS), folder)


def _peers(job: Job, folder: Path) -> dict[str, Any]:
    source, _ = job.ready
    return peers.measure(source, max(2.0, _PEER_SECONDS * job.scale), folder)


#: Abstracts to lay in a file before the part's process begins, so that it needn't make them.
PREPARED: Mapping[str, Callable[[Job], int]] = MappingProxyType(
    {
        "run": lambda job: job.count(_RUN, _WINDOWS),
        "soak": lambda job: job.soak,
        "workers": lambda job: job.count(_WORKERS, 100),
        "peers": lambda job: job.count(_PEERS, 20),
    }
)

#: The part that is measured without what is compiled.
PURE_PART = "pure"
#: The parts by name; each gets a folder for its files and gives JSON.
PARTS: Mapping[str, Callable[[Job, Path], dict[str, Any]]] = MappingProxyType(
    {
        "startup": lambda job, _: startup.measure(job.count(_STARTS, 2)),
        "ratio": _ratio,
        PURE_PART: _ratio,
        "docs": _docs,
        "steps": _steps,
        "run": _along,
        "length": lambda job, _: length.measure(as_command(), min(1.0, job.scale)),
        "rules": lambda job, folder: additions.measure_rules(
            load(job.sources), job.count(_ADDITIONS, 50), folder
        ),
        "terms": lambda job, folder: additions.measure_terms(
            load(job.sources), job.count(_ADDITIONS, 50), folder
        ),
        "workers": lambda job, folder: workers.measure(*job.ready, folder),
        "peers": _peers,
        "soak": _along,
    }
)


def run_part(name: str, job: Job) -> dict[str, Any]:
    """Measure a part in this process."""
    with TemporaryDirectory() as folder:
        return PARTS[name](job, Path(folder))


def prepare(name: str, sources: Sequence[Path], job: Job, folder: Path) -> tuple[Path, int] | None:
    """Lay the abstracts that a part needs in a file; ``None`` if it makes its own."""
    if name not in PREPARED:
        return None
    count = PREPARED[name](job)
    path = folder / f"{name}.jsonl"
    write(stream(load(sources), count), path)
    return path, count
