"""How the cost of an extraction is split by step.

A timer of processor time interrupts the run every few milliseconds, and the functions that are
at work then say which step it is. Unlike a profiler that counts calls this costs next to nothing,
so it doesn't make steps of many small calls look dearer than they are.
"""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

from .passage import Extract, extract_file

_INTERVAL = 0.002
OTHER = "other"

#: The step of each function, by the end of its file's name and its own name. The innermost
#: function at work that is named here counts. ``{}`` is the label of the rules at work.
STEPS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("text/tokens.py", "tokenize"): "tokens",
        ("text/sections.py", "split"): "sentences and sections",
        ("rules/layout.py", "make"): "numbers and layout",
        ("rules/engine.py", "find"): "rules: {}",
        ("rules/engine.py", "describe"): "attributes: {}",
        ("rules/engine.py", "collapsed"): "marking what was found",
        ("rules/sheet.py", "collapse"): "marking what was found",
        ("lexicon/judge.py", "candidates"): "lexicon",
        ("lexicon/judge.py", "judge"): "judging of harms",
        ("linking/link.py", "settle"): "linking",
        ("linking/link.py", "join"): "linking",
        ("weighing/spans.py", "find"): "rules: {}",
        ("weighing/weigher.py", "weigh"): "words around",
        ("linking/checks.py", "warnings"): "checks",
        ("extraction/passes.py", "make_record"): "records",
        ("readers/dispatch.py", "items_of"): "reading JSON",
        ("readers/dispatch.py", "_read"): "reading JSON",
        ("writers/base.py", "write"): "writing JSON",
    }
)


class Sampler:
    """Counts the steps at work; use it in the main thread."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count while the block runs."""
        before = signal.signal(signal.SIGPROF, self._sample)
        signal.setitimer(signal.ITIMER_PROF, _INTERVAL, _INTERVAL)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)

    def _sample(self, number: int, frame: FrameType | None) -> None:
        self.counts[step_of(frame)] += 1


def step_of(frame: FrameType | None) -> str:
    """Give the step that a frame or the innermost of its callers belongs to."""
    while frame is not None:
        code = frame.f_code
        file = "/".join(Path(code.co_filename).parts[-2:])
        step = STEPS.get((file, code.co_name))
        if step is not None:
            return step.format(getattr(frame.f_locals.get("self"), "label", "?"))
        frame = frame.f_back
    return OTHER


def measure(extract: Extract, blocks: Sequence[Path], folder: Path) -> dict[str, Any]:
    """Extract from files of JSON lines, and see what the time goes into.

    Returns:
        The number of samples, and each step's share of them (0 to 1), the greatest first.
    """
    sampler = Sampler()
    with sampler.running():
        seconds = sum(extract_file(extract, block, folder / "records.jsonl") for block in blocks)
    total = sampler.counts.total()
    shares = {step: count / total for step, count in sampler.counts.most_common()}
    return {"samples": total, "seconds": seconds, "shares": shares}
