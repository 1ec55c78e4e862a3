from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from absift.records import Record
from absift.writers import open_writer
from absift.writers.brat import ATTRIBUTES, annotation_lines

SPAN_KEYS = ("start", "end", "text", "label")


def write(records: list[Record], path: Path) -> dict[str, str]:
    """Write records; give the file name of each id, the last one where an id comes twice."""
    with open_writer(str(path), format="brat") as writer:
        for record in records:
            writer.write(record)
    index = [json.loads(line) for line in (path / "index.jsonl").read_bytes().splitlines()]
    return {entry["id"]: entry["file"] for entry in index}


def parse(folder: Path, name: str) -> list[dict[str, Any]]:
    """Read a record's annotations: a small brat reader, checking what brat checks."""
    text = (folder / f"{name}.txt").read_bytes().decode()
    spans: dict[str, dict[str, Any]] = {}
    # brat itself splits lines this way.
    for line in (folder / f"{name}.ann").read_bytes().decode().splitlines():
        key, body, *more = line.split("\t", 2)
        if key[0] == "T":
            label, places = body.split(" ", 1)
            offsets = [tuple(map(int, place.split(" "))) for place in places.split(";")]
            assert " ".join(text[start:end] for start, end in offsets) == more[0]
            start, end = offsets[0][0], offsets[-1][1]
            spans[key] = {"start": start, "end": end, "text": text[start:end], "label": label}
        elif key[0] == "A":
            brat_name, target, *value = body.split(" ")
            known = ATTRIBUTES[spans[target]["label"]]
            (attribute,) = [own for own, (name, _) in known.items() if name == brat_name]
            spans[target][attribute] = value[0] if value else True
        else:
            kind, target = body.split(" ")
            assert (key[0], kind) == ("#", "AnnotatorNotes")
            spans[target].update(json.loads(more[0]))
    return list(spans.values())


def test_records_come_back_whole(tmp_path: Path, records: list[Record]) -> None:
    names = write(records, tmp_path / "out")
    for record in records:
        name = names[record.id]
        assert (tmp_path / "out" / f"{name}.txt").read_bytes().decode() == record.text
        assert parse(tmp_path / "out", name) == [span.to_json() for span in record.spans]
    index = (tmp_path / "out" / "index.jsonl").read_bytes().splitlines()
    first = json.loads(index[0])
    assert {"file": "INV-001", "title": records[0].title}.items() <= first.items()
    assert first["warnings"] == [records[0].warnings[0].to_json()]
    assert first["meta"] == dict(records[0].meta)


def test_lines(records: list[Record]) -> None:
    lines = list(annotation_lines(records[0]))
    assert lines[:5] == [
        "T1\tSAMPLE_SIZE 28 31\t240\n",
        "A1\tscope T1 total\n",
        "A2\tstage T1 randomised\n",
        "A3\tsample_unit T1 participants\n",
        "#1\tAnnotatorNotes T1\t"
        '{"value": 240, "rule": "sample_size.made_up", "section": "results"}\n',
    ]
    fever = next(i for i, line in enumerate(lines) if line.endswith("febrile neutropenia\n"))
    number = lines[fever].split("\t")[0]
    assert [line.strip().split("\t")[1] for line in lines[fever + 1 : fever + 3]] == [
        f"assertion {number} present",
        f"serious {number}",
    ]


def test_span_over_lines_is_cut(records: list[Record]) -> None:
    odd = next(record for record in records if record.id == "odd/ID: ü 7")
    (line,) = [line for line in annotation_lines(odd) if "\tCOST" in line and "_x0041_" in line]
    assert line.split("\t")[1:] == ["COST 15 22;24 34", "40 % of the_x0041_\n"]


@pytest.mark.parametrize(
    ("ids", "names"),
    [
        (["PMC-1.a_b"], ["PMC-1.a_b"]),
        (["a", "A"], ["a", r"A-[0-9a-f]{8}"]),
        (["A", "A", "A"], ["A", r"A-[0-9a-f]{8}", r"A-[0-9a-f]{8}-2"]),
        (["../../etc/passwd"], [r"etc_passwd-[0-9a-f]{8}"]),
        (["/", "\\", ""], [r"record-[0-9a-f]{8}"] * 3),
        ([".hidden", "dot."], [r"hidden-[0-9a-f]{8}", r"dot-[0-9a-f]{8}"]),
        (["NUL", "com1.x", "console"], [r"NUL-[0-9a-f]{8}", r"com1.x-[0-9a-f]{8}", "console"]),
        (["é:1", "ü:1"], [r"1-[0-9a-f]{8}"] * 2),
        (["x" * 300], [r"x{80}-[0-9a-f]{8}"]),
    ],
)
def test_file_names(tmp_path: Path, ids: list[str], names: list[str]) -> None:
    write([Record(it, "text") for it in ids], tmp_path / "out")
    index = (tmp_path / "out" / "index.jsonl").read_bytes().splitlines()
    found = [json.loads(line)["file"] for line in index]
    assert [json.loads(line)["id"] for line in index] == ids
    assert len({name.casefold() for name in found}) == len(ids)
    for name, pattern in zip(found, names, strict=True):
        assert re.fullmatch(pattern, name)
    stored = {path.name for path in (tmp_path / "out").iterdir()}
    assert stored == {"index.jsonl", "annotation.conf"} | {
        f"{name}.{ending}" for name in found for ending in ("txt", "ann")
    }


def test_configuration(tmp_path: Path, records: list[Record]) -> None:
    write(records, tmp_path / "out")
    text = (tmp_path / "out" / "annotation.conf").read_text()
    sections = dict(re.findall(r"\[(\w+)\]\n((?:[^\[]|\n)*)", text))
    assert sections["entities"].split() == [
        "SAMPLE_SIZE",
        "PERCENTAGE",
        "DURATION",
        "ADVERSE_EVENT",
        "ODD_LABEL",
        "COST",
    ]
    declared = sections["attributes"].splitlines()
    assert "time_unit\tArg:DURATION, Value:second|minute|hour|day|week|month|year" in declared
    assert "serious\tArg:ADVERSE_EVENT" in declared
    assert len({line.split("\t")[0] for line in declared}) == len(declared) == 10
