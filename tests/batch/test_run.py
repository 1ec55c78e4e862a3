from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from absift.batch.outputs import Outputs
from absift.batch.rejects import RejectLog
from absift.batch.run import Counts, run
from absift.errors import AbsiftError, InputError, RecordError
from absift.records import Record, Span
from absift.records import Warning as Contradiction

Extract = Callable[..., Iterator[Record]]


def record(number: int, warnings: int = 0) -> Record:
    text = f"{number} patients"
    size = len(str(number))
    spans = (Span(0, size, text[:size], "SAMPLE_SIZE", {"value": number}),)
    warning = Contradiction("percent_mismatch", "wrong", ((0, size),), "1/2 = 50%")
    return Record(str(number), text, spans=spans, warnings=(warning,) * warnings)


class Log:
    """Stands for a writer; notes what happens to it."""

    name = "out"

    def __init__(
        self, events: list[str], refused: str = "", cause: Exception | None = None
    ) -> None:
        self.events = events
        self.refused = refused
        self.cause = cause

    def __enter__(self) -> Log:
        self.events.append("open")
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self.events.append(f"close after {kind.__name__}" if kind else "close")

    def write(self, item: Record) -> None:
        if item.id == self.refused:
            raise AbsiftError("too long for a cell") from self.cause
        self.events.append(f"write {item.id}")


@pytest.fixture
def pretend(monkeypatch: pytest.MonkeyPatch) -> Callable[[Extract], None]:
    """Puts a function in the place of the pipeline."""

    def put(extract: Extract) -> None:
        monkeypatch.setattr("absift.api.load", lambda config=None, **_: None)
        monkeypatch.setattr("absift.api.extract", extract)

    return put


def outputs(
    writer: Any = None,  # noqa: ANN401
    page: Callable[[Iterable[Record]], object] | None = None,
    show: Callable[[Record], None] | None = None,
) -> Outputs:
    return Outputs(writer, page, show, RejectLog())


def test_each_record_is_written_before_the_next_is_read(
    pretend: Callable[[Extract], None],
) -> None:
    events: list[str] = []

    def extract(sources: object, **options: object) -> Iterator[Record]:
        for number in (1, 2):
            events.append(f"read {number}")
            yield record(number)

    def page(records: Iterable[Record]) -> None:
        for item in records:
            events.append(f"page {item.id}")

    pretend(extract)
    run("in", outputs(Log(events), page), on_record=lambda item: events.append(f"tell {item.id}"))
    one, two = ([f"{what} {n}" for what in ("read", "write", "tell", "page")] for n in (1, 2))
    assert events == ["open", *one, *two, "close"]


def test_counts_add_up(pretend: Callable[[Extract], None]) -> None:
    def extract(
        sources: object, *, on_reject: Callable[[RecordError], None], **options: object
    ) -> Iterator[Record]:
        yield record(1)
        on_reject(RecordError("in", "2", "no abstract"))
        yield record(3, warnings=2)
        on_reject(RecordError("in", "4", "not JSON"))
        yield record(5)

    pretend(extract)
    counts = run("in", outputs(Log([], refused="5")))
    assert counts == Counts(written=2, rejected=3, unusable=2, spans=2, warnings=2)
    assert counts.read == 5


def test_a_record_that_its_format_cannot_hold_is_rejected(
    pretend: Callable[[Extract], None],
) -> None:
    pretend(lambda sources, **options: iter([record(1), record(2), record(3)]))
    events: list[str] = []
    seen: list[str] = []
    out = outputs(Log(events, refused="2"), lambda found: seen.extend(item.id for item in found))
    counts = run("in", out)
    assert (counts.read, counts.written, counts.rejected) == (3, 2, 1)
    assert out.rejects.first[0].record == "2"
    assert out.rejects.first[0].reason == "too long for a cell"
    assert events == ["open", "write 1", "write 3", "close"]
    assert seen == ["1", "3"]


def test_a_full_disk_ends_the_run(pretend: Callable[[Extract], None]) -> None:
    pretend(lambda sources, **options: iter([record(1), record(2)]))
    events: list[str] = []
    with pytest.raises(AbsiftError):
        run("in", outputs(Log(events, refused="2", cause=OSError(28, "No space left"))))
    assert events == ["open", "write 1", "close after AbsiftError"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, InputError, RuntimeError])
def test_what_breaks_the_run_reaches_every_output(
    pretend: Callable[[Extract], None], error: type[BaseException], tmp_path: Path
) -> None:
    def extract(
        sources: object, *, on_reject: Callable[[RecordError], None], **options: object
    ) -> Iterator[Record]:
        yield record(1)
        on_reject(RecordError("in", "2", "not JSON"))
        raise error

    pretend(extract)
    events: list[str] = []
    plan = Outputs.plan(
        str(tmp_path / "out.jsonl"),
        page=tmp_path / "page.html",
        rejects=str(tmp_path / "bad.jsonl"),
    )
    with pytest.raises(error):
        run("in", plan, on_record=lambda item: events.append(item.id))
    assert events == ["1"]
    assert list(tmp_path.iterdir()) == []


def test_options_reach_the_pipeline(pretend: Callable[[Extract], None]) -> None:
    seen: dict[str, object] = {}

    def extract(sources: object, **options: object) -> Iterator[Record]:
        seen.update(options, sources=sources)
        return iter(())

    def progress(done: int, total: int) -> None:
        """Take what nobody sends here."""

    pretend(extract)
    assert run(["a", "b"], outputs(), input_format="ris", on_progress=progress).read == 0
    assert (seen["sources"], seen["input_format"]) == (["a", "b"], "ris")
    assert seen["on_progress"] is progress


def test_the_sample_in_all_its_formats(
    sample: Path,
    tmp_path: Path,
    pipeline: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("absift.api.load", lambda config=None, **_: pipeline)
    found: list[Record] = []
    plan = Outputs.plan(str(tmp_path / "out.jsonl"))
    counts = run(sample, plan, on_record=found.append)
    assert (counts.read, counts.written, counts.rejected, counts.unusable) == (17, 16, 1, 0)
    formats = {item.meta["format"] for item in found}
    assert formats == {"pubmed", "medline", "ris", "csv", "jsonl", "page", "text"}
    assert all(item.spans for item in found)
    assert counts.warnings >= 1
