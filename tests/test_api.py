from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

import absift
from absift.errors import ConfigError, InputError, RecordError
from absift.records import Abstract, Record

BODY = "We randomised 120 patients. Nausea occurred in 6 (10%) patients within 12 weeks."


ONE_STEP = """
[nlp]
lang = "en"
pipeline = ["step"]
[components]
[components.step]
factory = "{}"
"""


def jsonl(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def line(name: str) -> str:
    return f'{{"id": "{name}", "text": "{BODY}"}}'


def ids(found: Iterator[Record]) -> list[str]:
    return [record.id for record in found]


def test_an_abstract_becomes_a_record(pipeline: Language) -> None:
    abstract = Abstract.build("7", BODY, title="Tea for nausea", meta={"year": 2020})
    (record,) = absift.extract(abstract, nlp=pipeline)
    stamp = {"version": absift.__version__, "hash": absift.api.rules_hash(pipeline)}
    assert (record.id, record.title) == ("7", "Tea for nausea")
    assert record.meta == {"year": 2020, "rules": stamp}
    assert record.text == abstract.text
    assert {span.text for span in record.spans} >= {"120", "10%", "12 weeks"}
    assert all(record.text[span.start : span.end] == span.text for span in record.spans)


def test_a_title_apart_is_a_title_however_long(pipeline: Language) -> None:
    title = "Within 12 weeks. More. And more. " * 20
    (record,) = absift.extract(Abstract.build("7", BODY, title=title), nlp=pipeline)
    assert {span.section for span in record.spans if span.end <= len(title)} == {"title"}


def test_sources_of_all_kinds_keep_their_order(pipeline: Language, tmp_path: Path) -> None:
    first = jsonl(tmp_path / "a.jsonl", line("a1"), line("a2"))
    second = jsonl(tmp_path / "b.jsonl", line("b1"))
    own = [Abstract(name, BODY) for name in ("x", "y", "z")]
    sources = [own[0], first, str(second), own[1], own[2]]
    assert ids(absift.extract(sources, nlp=pipeline)) == ["x", "a1", "a2", "b1", "y", "z"]
    assert ids(absift.extract(iter(sources), nlp=pipeline)) == ["x", "a1", "a2", "b1", "y", "z"]
    assert ids(absift.extract(str(first), nlp=pipeline)) == ["a1", "a2"]
    assert ids(absift.extract(tmp_path, nlp=pipeline)) == ["a1", "a2", "b1"]
    assert ids(absift.extract([], nlp=pipeline)) == []


def test_nothing_is_read_before_it_is_asked_for(pipeline: Language) -> None:
    asked: list[int] = []

    def endless() -> Iterator[Abstract]:
        number = 0
        while True:
            asked.append(number)
            yield Abstract(str(number), BODY)
            number += 1

    found = absift.extract(endless(), nlp=pipeline)
    assert asked == []
    assert next(found).id == "0"
    assert next(found).id == "1"
    assert len(asked) < 600


def test_rejected_records_go_where_they_are_told_to(pipeline: Language, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", line("1"), "{", line("3"))
    rejected: list[RecordError] = []
    assert ids(absift.extract(path, nlp=pipeline, on_reject=rejected.append)) == ["1", "3"]
    (error,) = rejected
    assert "line 2" in str(error)
    found = absift.extract(path, nlp=pipeline)
    with pytest.raises(RecordError, match="line 2"):
        list(found)


def test_progress_ends_at_the_size_of_the_input(pipeline: Language, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", line("1"), line("2"))
    told: list[tuple[int, int]] = []
    list(absift.extract(path, nlp=pipeline, on_progress=lambda *pair: told.append(pair)))
    assert told[-1] == (path.stat().st_size,) * 2


def test_a_format_can_be_forced(pipeline: Language, tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.dat", line("1"))
    assert ids(absift.extract(path, nlp=pipeline, input_format="jsonl")) == ["1"]
    with pytest.raises(InputError, match="unknown format 'odd'"):
        list(absift.extract(path, nlp=pipeline, input_format="odd"))


def test_a_missing_source(pipeline: Language, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.txt"):
        list(absift.extract(tmp_path / "none.txt", nlp=pipeline))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[nlp", "not a usable spaCy config"),
        ("", "not a usable spaCy config"),
        (ONE_STEP.format("no_such"), "no_such"),
        (ONE_STEP.format("absift_rules") + 'configs = "/none"\n', r"vocabulary\.yaml: can't be"),
    ],
)
def test_configs_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "odd.cfg"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        absift.load(path)


def test_a_config_or_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such config file or pipeline folder"):
        absift.load(tmp_path / "none.cfg")
    with pytest.raises(ConfigError, match="not a usable spaCy config"):
        absift.load(tmp_path)


def test_a_config_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "own.cfg"
    path.write_text(
        '[nlp]\nlang = "en"\npipeline = ["absift_rules"]\n\n[components]\n\n'
        '[components.absift_rules]\nfactory = "absift_rules"\nlabels = ["DURATION"]\n',
        encoding="utf-8",
    )
    nlp = absift.load(path)
    (record,) = absift.extract(Abstract("1", BODY), nlp=nlp)
    assert [(span.text, span.label) for span in record.spans] == [("12 weeks", "DURATION")]
    assert nlp.max_length > 1_000_000
