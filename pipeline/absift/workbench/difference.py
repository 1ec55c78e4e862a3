"""What a change of rules does to the findings in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from absift.errors import ConfigError
from absift.extraction.passes import read
from absift.extraction.toolkit import Toolkit, load_toolkit
from absift.records import Abstract, Record, Span

#: In place of a layer: the built-in rules and the layers of the working folder alone.
NOTHING = "-"
#: What can happen to a span.
GAINED, LOST, CHANGED = "gained", "lost", "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A span that only one of two rule sets finds, or that they describe differently.

    Attributes:
        id: The abstract's id.
        kind: :data:`GAINED`, :data:`LOST` or :data:`CHANGED`.
        before: The span as the old rules give it, if they do.
        after: The span as the new rules give it, if they do.
    """

    id: str
    kind: str
    before: Span | None
    after: Span | None

    def __str__(self) -> str:
        span = self.after or self.before
        assert span is not None, "a change has a span"
        head = f"{self.kind} {self.id} {span.start}-{span.end} {span.label} {span.text!r}"
        if self.before is None or self.after is None:
            return f"{head} by {span.rule}"
        return f"{head}: {', '.join(_differences(self.before, self.after))}"


def _differences(before: Span, after: Span) -> Iterator[str]:
    for name in dict.fromkeys([*before.attributes, *after.attributes]):
        old, new = before.attributes.get(name), after.attributes.get(name)
        if old != new:
            yield f"{name} {old} -> {new}"


def toolkit_of(name: str, below: Iterable[Path] = ()) -> Toolkit:
    """Make the toolkit that a layer, or a whole folder of configs, gives.

    Args:
        name: A rule file, a folder of rules, a folder of configs laid out as the built-in one,
            or ``-`` for nothing over the built-in rules.
        below: Layers under it.

    Raises:
        ConfigError: There is no such file or folder, or it can't be used.
    """
    if name == NOTHING:
        return load_toolkit(layers=below)
    path = Path(name)
    if not path.exists():
        raise ConfigError(f"{name}: no such file or folder of rules; '-' stands for none")
    if (path / "linking.yaml").is_file():
        return load_toolkit(path, below)
    return load_toolkit(layers=[*below, path])


def changes(before: Record, after: Record) -> Iterator[Change]:
    """Give what differs between two records of one abstract, in text order."""
    old = {(span.start, span.end, span.label): span for span in before.spans}
    new = {(span.start, span.end, span.label): span for span in after.spans}
    for place in sorted({*old, *new}):
        one, other = old.get(place), new.get(place)
        if one is None or other is None:
            yield Change(before.id, LOST if other is None else GAINED, one, other)
        elif dict(one.attributes) != dict(other.attributes):
            yield Change(before.id, CHANGED, one, other)


def read_both(
    old: Toolkit, new: Toolkit, abstracts: Iterable[Abstract]
) -> Iterator[tuple[Record, Record]]:
    """Read abstracts with two rule sets."""
    for abstract in abstracts:
        yield read(old, abstract), read(new, abstract)
