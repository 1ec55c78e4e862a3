"""The facts of one study as a person reads them, for the page and the terminal alike."""

from __future__ import annotations

from absift import summary
from absift.records import Record


def total_text(record: Record) -> str:
    """Give the study's size with its stage, ``356 randomised``; empty where not known."""
    size = summary.sample_size(record)
    if size is None:
        return ""
    stage = f" {size.stage}" if size.stage else ""
    return f"{size.value:,}{stage}{' (sum of arms)' if size.summed else ''}"


def length_text(length: summary.Length | None) -> str:
    """Give a length as one says it, ``12 weeks``; empty where there is none."""
    if length is None:
        return ""
    return length.text if length.text.startswith("1 ") else f"{length.text}s"


def study_facts(record: Record) -> list[tuple[str, tuple[str, ...]]]:
    """Give the name and the values of each fact that the abstract states.

    The figures are chosen as :mod:`absift.summary` says.
    """
    follow_up, treatment = summary.follow_up(record), summary.treatment_length(record)
    screened, analysed = (summary.sample_at(record, it) for it in ("screened", "analysed"))
    events = summary.events(record)
    present = [event for event in events if event.assertion == "present"]
    arms = "; ".join(f"{size:,}" for size in summary.arm_sizes(record))
    facts: list[tuple[str, tuple[str, ...]]] = [
        ("Participants", (total_text(record),)),
        ("Arms", (arms,)),
        ("Screened", (f"{screened:,}" if screened is not None else "",)),
        ("Analysed", (f"{analysed:,}" if analysed is not None else "",)),
        ("Follow-up", (length_text(follow_up),)),
        ("Treatment", (length_text(treatment),)),
        ("Adverse events", tuple(str(event) for event in present if not event.generic)),
        ("Overall", tuple(str(event) for event in present if event.generic and event.rates)),
        ("Reported absent", tuple(str(event) for event in events if event.assertion == "absent")),
    ]
    return [(name, values) for name, values in facts if any(values)]
