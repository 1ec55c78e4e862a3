"""What a run of ``absift extract`` says when it is over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from absift.cli.failures import say

if TYPE_CHECKING:
    from absift.batch.run import Counts
    from absift.errors import RecordError


def tell(
    counts: Counts,
    first: Sequence[RecordError],
    listed: str | None,
    seconds: float,
    *,
    quiet: bool,
) -> None:
    """Say on standard error what was rejected, and the counts.

    Args:
        counts: What became of all records.
        first: The first few rejections that are no matter of course.
        listed: The file that lists all, if there is one.
        seconds: How long the run took.
        quiet: Whether to say only what is wrong.
    """
    for error in first:
        say(f"rejected: {error}")
    more = counts.unusable - len(first)
    if more:
        say(f"rejected: {more:,} more")
    if listed and (counts.unusable or (counts.rejected and not quiet)):
        say(f"the rejected records are listed in {listed}")
    elif more:
        say("name a file with --rejects to have all of them listed")
    if quiet:
        return
    normal = counts.rejected - counts.unusable
    note = f" ({normal:,} without abstract or deleted)" if normal else ""
    say(
        f"{counts.read:,} in, {counts.written:,} out, {counts.rejected:,} rejected{note}; "
        f"{number(counts.spans, 'finding')}, {number(counts.warnings, 'warning')}; "
        f"{seconds:.1f} s"
    )


def number(count: int, name: str) -> str:
    """Give a number with its noun."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"
