"""What a run is made of: a recipe, shards, and the task that a worker gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from absift.batch.run import Counts
from absift.readers import Columns
from absift.readers.remote import is_url
from absift.readers.sources import Source
from absift.readers.spans import Span
from absift.writers import FORMATS

#: Bytes of input from which a shard is large enough.
SHARD_SIZE = 8_000_000
#: Seconds that one record may take.
RECORD_TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides, beside the input, what is written.

    Attributes:
        config: A spaCy config or a pipeline's folder; absift's own by default.
        rules: Files and folders of rules to lay over the pipeline's, the lowest first.
        explain: Whether each span says what set each of its attributes.
        input_format: Format of the input, where it is forced.
        columns: Columns of tables.
        format: Format of the parts, one of :data:`absift.writers.FORMATS`.
        table: What a row is; see :func:`absift.writers.open_writer`.
        shard_size: Bytes of input from which a shard is large enough.
        record_timeout: Seconds that one record may take; 0 for any time. Not among the
            options that a run must be resumed with.
    """

    config: str | None = None
    rules: tuple[str, ...] = ()
    explain: bool = False
    input_format: str | None = None
    columns: Columns | None = None
    format: str = "jsonl"
    table: str | None = None
    shard_size: int = SHARD_SIZE
    record_timeout: float = RECORD_TIMEOUT

    def options(self) -> dict[str, Any]:
        """Give as JSON what must be the same when a run goes on."""
        known = asdict(self)
        del known["record_timeout"]
        # As JSON gives it back.
        known["rules"] = list(self.rules)
        return known


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a span of one."""

    source: Source
    span: Span | None = None

    def to_json(self) -> dict[str, Any]:
        """Give its name and its span."""
        out: dict[str, Any] = {"input": self.source.name}
        if self.span is not None:
            out[self.span.unit] = [self.span.start, self.span.stop]
        return out


@dataclass(frozen=True, slots=True)
class Task:
    """The work on one shard, as it goes to a worker.

    Attributes:
        number: The shard's place among all.
        pieces: What it is made of, in order.
        store: Where its part goes.
        recipe: How it is made.
        marks: File in which the worker leaves how far it is; see :mod:`absift.batch.marks`.
        supervised: Whether to do it in a process of its own, since a worker was lost over it.
        aside: Reasons by the places of records in the shard that must not be tried again.
        lost: Places in the shard at which a file can't be read on, with the reason.
        rules: Version and hash of the rules that the run began with; anything will do if empty.
    """

    number: int
    pieces: tuple[Piece, ...]
    store: str
    recipe: Recipe
    marks: str | None = None
    supervised: bool = False
    aside: Mapping[int, str] = field(default_factory=dict)
    lost: Mapping[int, str] = field(default_factory=dict)
    rules: str = ""

    def from_anywhere(self) -> Task:
        """Give the same task with whole paths, since a worker may stand in another folder."""
        pieces = tuple(
            replace(piece, source=replace(piece.source, path=piece.source.path.absolute()))
            if isinstance(piece.source.path, Path)
            else piece
            for piece in self.pieces
        )
        store = self.store if is_url(self.store) else str(Path(self.store).absolute())
        config = self.recipe.config and str(Path(self.recipe.config).absolute())
        rules = tuple(str(Path(one).absolute()) for one in self.recipe.rules)
        recipe = replace(self.recipe, config=config, rules=rules)
        return replace(self, pieces=pieces, store=store, recipe=recipe)

    @property
    def part(self) -> str:
        """Name of the file of records."""
        return f"part-{self.number:05d}{FORMATS[self.recipe.format][0]}"

    @property
    def rejects(self) -> str:
        """Name of the list of rejected records; written only if there are any."""
        return f"part-{self.number:05d}.rejects.jsonl"

    @property
    def ids(self) -> str:
        """Name of the file of ids, kept until the run is complete."""
        return f"part-{self.number:05d}.ids"

    @property
    def receipt(self) -> str:
        """Name of the file that says the part is complete, kept until the run is."""
        return f"part-{self.number:05d}.done.json"


@dataclass(slots=True)
class Tally(Counts):
    """What became of the records of a shard, or of all.

    Attributes:
        found: Records that the readers gave, usable or not; ``written`` and ``rejected``
            must add up to it.
        set_aside: Those of the rejected that took too long or broke a worker.
        retracted: Records written that are marked as retracted.
    """

    found: int = 0
    set_aside: int = 0
    retracted: int = 0

    def plus(self, other: Tally) -> Tally:
        """Give the sum of two."""
        names = [one.name for one in fields(Tally)]
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a worker says when a part is complete.

    Attributes:
        number: The shard.
        tally: Its counts.
        size: Bytes of the part.
    """

    number: int
    tally: Tally
    size: int

    def to_json(self) -> dict[str, Any]:
        """Give it as a JSON object."""
        return {"shard": self.number, "bytes": self.size, "counts": asdict(self.tally)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Receipt:
        """Read it from its JSON object.

        Raises:
            KeyError: A key is missing.
            TypeError: A count is missing or unknown.
        """
        return cls(data["shard"], Tally(**data["counts"]), data["bytes"])


def digest_of(path: Path | str) -> str:
    """Give the SHA-256 of a file, or of a folder's names and files, as hexadecimal digits."""
    import hashlib

    path = Path(path)
    if path.is_file():
        with path.open("rb") as stream:
            return file_digest(stream)
    total = hashlib.sha256()
    for file in sorted(one for one in path.rglob("*") if one.is_file()):
        total.update(f"{file.relative_to(path).as_posix()}\0{digest_of(file)}\0".encode())
    return total.hexdigest()


def file_digest(stream: Any) -> str:  # noqa: ANN401 - any binary stream
    """Give the SHA-256 of what is left in a stream, as hexadecimal digits."""
    import hashlib

    total = hashlib.sha256()
    while data := stream.read(1 << 20):
        total.update(data)
    return total.hexdigest()
