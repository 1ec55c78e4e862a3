"""Public corpora in the form in which they are published, on invented texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from absift.corpus.check import check_files
from absift.corpus.convert import CORPORA, convert
from absift.corpus.label_maps import corpus_map, meanings
from absift.corpus.phee import read_phee
from absift.corpus.pico import read_pico
from absift.errors import ConfigError, InputError
from absift.evaluation.sources import read_file
from absift.records import Record

PICO_TEXT = (
    "Forty-two women (1 204 screened) took zelorin (n=21) or not (21%); pain eased in 71·4%, "
    "52.4 percent and 10-15% after a month. Ten per group withdrew. "
)


def marks(record: Record) -> list[tuple[str, str, dict[str, Any]]]:
    return [(span.text, span.label, dict(span.attributes)) for span in record.spans]


def pico(folder: Path, *labelled: tuple[str, str], text: str = PICO_TEXT) -> Path:
    """Write a folder of one abstract, as brat does: entities in no order of the text."""
    lines = []
    for number, (label, words) in enumerate(labelled, start=1):
        start = text.index(words)
        lines.append(f"T{number}\t{label} {start} {start + len(words)}\t{words}\n")
    (folder / "1001.txt").write_text(text, encoding="utf-8")
    (folder / "1001.ann").write_text("".join(lines), encoding="utf-8")
    return folder


def test_pico(tmp_path: Path) -> None:
    folder = pico(
        tmp_path,
        ("iv-bin-percent", "71·4%,"),
        ("cv-bin-percent", "52.4 percent"),
        ("iv-bin-percent", "10-15%"),
        ("outcome-Measure", "pain eased"),
        ("outcome", "withdrew"),
        ("total-participants", "Forty-two women"),
        ("intervention-participants", "21"),
        ("control-participants", "21%"),
        ("intervention-participants", "Ten"),
        ("control-participants", "Ten"),
        ("outcome", "month"),
    )
    loaded = read_pico(folder)
    (record,) = loaded.records
    assert (record.id, record.text) == ("1001", PICO_TEXT)
    arm, part = {"scope": "arm"}, {"kind": "proportion"}
    assert marks(record) == [
        ("Forty-two women", "SAMPLE_SIZE", {"value": 42, "scope": "total"}),
        ("21", "SAMPLE_SIZE", {"value": 21, **arm}),
        ("21%", "SAMPLE_SIZE", arm),
        ("71·4%,", "PERCENTAGE", {"value": 71.4, **part}),
        ("52.4 percent", "PERCENTAGE", {"value": 52.4, **part}),
        ("10-15%", "PERCENTAGE", part),
        ("Ten", "SAMPLE_SIZE", {"value": 10, **arm}),
    ]
    assert sorted(loaded.notes) == [
        "1 spans marked for two arms kept once",
        "1 spans of outcome-Measure left out",
        "2 spans of outcome left out",
        "2 spans without value: not one number in them",
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [("1 204", 1204), ("Forty-two", 42), ("n=21", 21), ("42 and 21", None), ("71·4", None)],
)
def test_pico_value_of_a_size(tmp_path: Path, words: str, value: int | None) -> None:
    folder = pico(tmp_path, ("total-participants", words), text=f"{PICO_TEXT} Of 42 and 21")
    (span,) = read_pico(folder).records[0].spans
    assert span.attributes.get("value") == value


def test_pico_that_is_none(tmp_path: Path) -> None:
    folder = pico(tmp_path, ("ADVERSE_EVENT", "pain"))
    with pytest.raises(InputError, match="not PICO-Corpus: none of its labels total-participants"):
        read_pico(folder)


def argument(text: str, *entities: tuple[str, ...]) -> dict[str, object]:
    """Give an argument of an event: entities, each of one or more stretches."""
    return {
        "text": [list(entity) for entity in entities],
        "start": [[text.index(piece) for piece in entity] for entity in entities],
        "entity_id": [f"T{number}" for number, _ in enumerate(entities)],
    }


def phee(path: Path, *sentences: tuple[str, list[dict[str, object]]]) -> Path:
    """Write sentences, each with its events."""
    lines = [
        {
            "id": f"77_{number}",
            "context": text,
            "is_mult_event": len(events) > 1,
            "annotations": [{"events": events}],
        }
        for number, (text, events) in enumerate(sentences, start=1)
    ]
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return path


def event(kind: str, **arguments: object) -> dict[str, object]:
    return {"event_id": "E1", "event_type": kind, **arguments}


def test_phee(tmp_path: Path) -> None:
    harm = "Zelorin may cause rash, and fever later, or a cough."
    none = "Zelorin didn’t cause nausea."
    cure = "Zelorin for gout."
    adverse, cure_event = "Adverse_event", "Potential_therapeutic_event"
    cue = {**argument(none, ("didn’t",)), "value": True}
    doubt = {**argument(harm, ("may",)), "value": True}
    path = phee(
        tmp_path / "dev.json",
        (
            harm,
            [
                event(
                    adverse,
                    Treatment=argument(harm, ("Zelorin",)),
                    Effect=argument(harm, ("cough",), ("rash", "fever")),
                    Speculated=doubt,
                ),
                event(adverse, Effect=argument(harm, ("cough",))),
                event(cure_event, Effect=argument(harm, ("later",))),
            ],
        ),
        (none, [event(adverse, Effect=argument(none, ("nausea",)), Negated=cue)]),
        (cure, [event(cure_event, Treatment=argument(cure, ("Zelorin",)))]),
        ("No effect.", [event(adverse)]),
    )
    loaded = read_phee(path)
    present, absent = {"assertion": "present"}, {"assertion": "absent"}
    assert [(record.id, marks(record)) for record in loaded.records] == [
        (
            "77_1",
            [(words, "ADVERSE_EVENT", present) for words in ("rash", "fever", "cough")],
        ),
        ("77_2", [("nausea", "ADVERSE_EVENT", absent)]),
    ]
    assert loaded.notes == [
        "2 events of kind Potential_therapeutic_event left out",
        "2 sentences without an adverse event left out",
    ]


def test_phee_stretch_that_stands_elsewhere(tmp_path: Path) -> None:
    effect = {"text": [["rash", "cough"]], "start": [[0, 11]]}
    path = phee(
        tmp_path / "dev.json", ("Rash, then cough", [event("Adverse_event", Effect=effect)])
    )
    loaded = read_phee(path)
    assert marks(loaded.records[0]) == [("cough", "ADVERSE_EVENT", {"assertion": "present"})]
    assert loaded.notes == ["1 stretches whose text stands elsewhere left out"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "1", "text": "Rash"}, r"dev.json:1: .* lacks 'id' or 'context'"),
        ({"id": "1", "context": "Rash"}, r"dev.json:1: .* lacks 'annotations'"),
        ({"id": "1", "context": "Rash", "annotations": [{"events": [{}]}]}, "lacks 'event_type'"),
        (
            {"events": [event("Adverse_event", Effect={"text": ["Rash"], "start": [[0]]})]},
            "dev.json:1: Effect: 'start' and 'text' must be lists of lists",
        ),
        (
            {"events": [event("Adverse_event", Effect={"text": [["Rash"]], "start": [["0"]]})]},
            "dev.json:1: Effect: a start is a whole number",
        ),
        (
            {"events": [event("Adverse_event", Effect={"text": [["Rash"]], "start": [[0, 5]]})]},
            "dev.json:1: Effect: 'start' and 'text' must be lists of lists",
        ),
    ],
)
def test_phee_that_is_none(tmp_path: Path, line: dict[str, object], message: str) -> None:
    path = tmp_path / "dev.json"
    if "events" in line:
        line = {"id": "1", "context": "Rash", "annotations": [line]}
    path.write_bytes(orjson.dumps(line))
    with pytest.raises(InputError, match=message):
        read_phee(path)


def test_converted(tmp_path: Path) -> None:
    (tmp_path / "pico").mkdir()
    folder = pico(tmp_path / "pico", ("total-participants", "Forty-two"))
    target = tmp_path / "gold.jsonl"
    done = convert(folder, target, source_format="pico")
    assert (done.records, done.notes) == (1, ())
    assert [span.label for span in read_file(target)[0].spans] == ["SAMPLE_SIZE"]
    # What the corpus doesn't say is missing, and no more than that is wrong.
    assert [str(problem).rpartition(": ")[2] for problem in check_files([target])] == [
        "stage is missing",
        "unit is missing",
    ]


@pytest.mark.parametrize("name", CORPORA)
def test_read_only(tmp_path: Path, name: str) -> None:
    folder = pico(tmp_path, ("total-participants", "Forty-two"))
    with pytest.raises(InputError, match=f"--to {name}: read only; to write there are jsonl"):
        convert(folder, tmp_path / "out.jsonl", source_format="pico", target_format=name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"arm-size": "SAMPLE_SIZE"}, "'arm-size' must be a mapping"),
        ({"arm-size": {"scope": "arm"}}, "'arm-size': 'label' is none of SAMPLE_SIZE"),
        (
            {"arm-size": {"label": "SAMPLE_SIZE", "scope": "group"}},
            "scope 'group' is no value of SAMPLE_SIZE; there are total, arm, subgroup",
        ),
        (
            {"arm-size": {"label": "SAMPLE_SIZE", "size": "big"}},
            "size 'big' is no value of SAMPLE_SIZE; there are none",
        ),
    ],
)
def test_map_that_is_none(data: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        meanings(data)
    with pytest.raises(ConfigError, match=r"'corpora/genia\.yaml' is missing"):
        corpus_map("genia")
