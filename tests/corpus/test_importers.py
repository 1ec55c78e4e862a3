"""Files of annotation tools as those tools write them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
import spacy
from spacy.tokens import Doc, DocBin, SpanGroup

from absift.corpus.bioc import read_bioc
from absift.corpus.brat import read_brat
from absift.corpus.docbin import read_docbin
from absift.corpus.doccano import read_doccano
from absift.corpus.label_studio import read_label_studio
from absift.corpus.prodigy import read_prodigy
from absift.errors import InputError
from absift.records import Record

TEXT = "Two had nausea"


def places(record: Record) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in record.spans]


def lines(path: Path, *items: object) -> Path:
    path.write_bytes(b"".join(orjson.dumps(item) + b"\n" for item in items))
    return path


def test_prodigy(tmp_path: Path) -> None:
    span = {"start": 8, "end": 14, "token_start": 2, "token_end": 2, "label": "ADVERSE_EVENT"}
    loaded = read_prodigy(
        lines(
            tmp_path / "set.jsonl",
            {"text": TEXT, "spans": [span], "answer": "accept", "meta": {"source": "x"}},
            {"text": TEXT, "spans": [span], "answer": "reject"},
            {"text": TEXT, "answer": "accept", "meta": {"id": "given"}},
        )
    )
    one, two = loaded.records
    assert (one.id, one.meta, places(one)) == ("set-1", {"source": "x"}, [(8, 14, "ADVERSE_EVENT")])
    assert (two.id, two.spans) == ("given", ())
    assert loaded.notes == ["1 tasks left out: answer reject"]


@pytest.mark.parametrize(
    "line",
    [
        {"id": 4, "text": TEXT, "label": [[8, 14, "AE"]], "Comments": []},
        {"id": 4, "text": TEXT, "labels": [[8, 14, "AE"]]},
        {
            "id": 4,
            "text": TEXT,
            "entities": [{"id": 9, "label": "AE", "start_offset": 8, "end_offset": 14}],
            "relations": [{"id": 1, "from_id": 9, "to_id": 9, "type": "x"}],
        },
    ],
)
def test_doccano(tmp_path: Path, line: dict[str, object]) -> None:
    loaded = read_doccano(lines(tmp_path / "set.jsonl", line))
    assert (loaded.records[0].id, places(loaded.records[0])) == ("4", [(8, 14, "AE")])
    assert loaded.notes == (
        ["1 relations left out: a record has none"] if "relations" in line else []
    )


def test_label_studio_full_and_short(tmp_path: Path) -> None:
    value = {"start": 8, "end": 14, "text": "nausea", "labels": ["AE", "HARM"]}
    region = {"id": "r", "from_name": "l", "to_name": "t", "type": "labels", "value": value}
    rating = {"id": "q", "type": "rating", "value": {"rating": 4}}
    note = {**region, "meta": {"text": ["unsure"]}}
    tasks = [
        {
            "id": 7,
            "data": {"text": TEXT},
            "annotations": [
                {"was_cancelled": True, "result": []},
                {"result": [region, rating]},
                {"result": []},
            ],
        },
        {"id": 8, "text": TEXT, "label": [value], "annotator": 1},
        {"id": 9, "data": {"text": TEXT}, "annotations": [{"result": [note]}]},
    ]
    path = tmp_path / "set.json"
    path.write_bytes(orjson.dumps(tasks))
    loaded = read_label_studio(path)
    both = [(8, 14, "AE"), (8, 14, "HARM")]
    assert [(item.id, places(item)) for item in loaded.records] == [
        ("7", both),
        ("8", both),
        ("9", both),
    ]
    assert loaded.records[2].spans[0].attributes == {"note": "unsure"}
    assert loaded.notes == [
        f"{path}: task 7: 1 further annotations left out",
        f"{path}: task 7: a rating left out: it labels no text",
    ]


def test_offsets_of_another_text_are_refused(tmp_path: Path) -> None:
    value = {"start": 7, "end": 13, "text": "nausea", "labels": ["AE"]}
    path = tmp_path / "set.json"
    path.write_bytes(orjson.dumps([{"id": 1, "text": TEXT, "label": [value]}]))
    with pytest.raises(InputError, match=r"task 1: .* AE 7-13 is given as 'nausea'"):
        read_label_studio(path)


def test_brat_of_another_project(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"Two had\r\nnausea and pain in the leg\n")
    (tmp_path / "b.ann").write_bytes(
        b"T1\tADVERSE_EVENT 9 15\tnausea\n"
        b"T2\tADVERSE_EVENT 20 24;32 35\tpain leg\n"
        b"T3\tADVERSE_EVENT 4 7;9 15\thad nausea\r\n"
        b"A1\tassertion T1 present\n"
        b"A2\tserious T1\n"
        b"A3\tserious T2\n"
        b"R1\tcauses Arg1:T1 Arg2:T3\n"
        b"#1\tAnnotatorNotes T3\tlook again\n"
        b"#2\tAnnotatorNotes R1\tno\n"
    )
    (tmp_path / "a.txt").write_bytes(b"Nothing")
    loaded = read_brat(tmp_path)
    first, second = loaded.records
    assert (first.id, first.text, first.spans) == ("a", "Nothing", ())
    assert places(second) == [(4, 15, "ADVERSE_EVENT"), (9, 15, "ADVERSE_EVENT")]
    assert second.spans[0].attributes == {"note": "look again"}
    assert second.spans[1].attributes == {"assertion": "present", "serious": True}
    assert loaded.notes == [
        "1 attributes and notes of other things than spans left out",
        "1 lines of kind R left out",
        "1 spans of several stretches left out",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1 AE 0 3 Two", "d.ann:1: an entity is"),
        ("A1\tserious", "d.ann:1: not an attribute or note"),
        ("T1\tAE 0 99\tTwo", "AE 0-99"),
    ],
)
def test_brat_that_is_none(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "d.txt").write_text(TEXT)
    (tmp_path / "d.ann").write_text(line)
    with pytest.raises(InputError, match=message):
        read_brat(tmp_path)
    with pytest.raises(InputError, match=r"no \.txt files"):
        read_brat(tmp_path / "none")


def test_docbin_of_another_project(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    doc = nlp(TEXT)
    doc.ents = [doc.char_span(8, 14, label="AE")]
    plain = Doc(nlp.vocab, words=["Two", "had"], spaces=[True, False])
    doc.spans["sc"] = SpanGroup(
        doc, spans=[doc.char_span(8, 14, label="AE", span_id="r.1"), doc.char_span(0, 3)]
    )
    path = tmp_path / "set.spacy"
    DocBin(docs=[doc, plain], store_user_data=True).to_disk(path)
    one, two = read_docbin(path).records
    assert (one.id, places(one)) == ("set-1", [(0, 3, "sc"), (8, 14, "AE")])
    assert one.spans[1].rule == "r.1"
    assert (two.text, two.spans) == ("Two had", ())


BIOC_XML = """<?xml version="1.0"?>
<!DOCTYPE collection SYSTEM "BioC.dtd" [<!ENTITY own SYSTEM "file:///etc/passwd">]>
<collection><source>x</source><date/><key/><document><id>12</id>
<passage><infon key="type">title</infon><offset>0</offset><text>Harm</text></passage>
<passage><infon key="type">abstract</infon><offset>5</offset>
 <sentence><offset>5</offset><text>Two had nausea.</text>
  <annotation id="1"><infon key="type">AE</infon><infon key="code">C1</infon>
   <location offset="13" length="6"/><text>nausea</text></annotation></sentence>
 <sentence><offset>21</offset><text>Fine &own;.</text>
  <annotation id="2"><infon key="type">AE</infon><location offset="5" length="3"/>
   <location offset="13" length="6"/><text>Two nausea</text></annotation>
  <relation id="R"/></sentence>
</passage></document></collection>"""


def test_bioc_xml_of_another_project(tmp_path: Path) -> None:
    path = tmp_path / "set.xml"
    path.write_text(BIOC_XML)
    loaded = read_bioc(path)
    (record,) = loaded.records
    assert record.id == "12"
    # The gap between passages is a line end; the foreign entity isn't followed.
    assert record.text.startswith("Harm\nTwo had nausea.\nFine ")
    assert "root:" not in record.text
    assert places(record) == [(13, 19, "AE")]
    assert record.spans[0].attributes == {"code": "C1"}
    assert loaded.notes == [
        "1 annotations of several stretches left out",
        "1 relations left out",
    ]


def test_bioc_json_of_pubtator(tmp_path: Path) -> None:
    annotation = {
        "id": "1",
        "infons": {"identifier": "D1", "type": "Disease"},
        "text": "nausea",
        "locations": [{"offset": 14, "length": 6}],
    }
    passages = [
        {"infons": {"type": "title"}, "offset": 0, "text": "Harms", "annotations": []},
        {"infons": {}, "offset": 6, "text": TEXT, "annotations": [annotation], "relations": []},
    ]
    path = tmp_path / "set.json"
    path.write_bytes(orjson.dumps({"documents": [{"id": 3, "infons": {}, "passages": passages}]}))
    (record,) = read_bioc(path).records
    assert (record.id, record.text) == ("3", f"Harms\n{TEXT}")
    assert places(record) == [(14, 20, "Disease")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<collection>", "not XML"),
        ("<other/>", "its root is other"),
        ("{}", "lacks its documents"),
        ("[]", "not a JSON object"),
        ('{"documents": [{"id": "1"}]}', "document 1: not of BioC's form"),
        (
            '{"documents": [{"id": "1", "passages": [{"offset": 0, "text": "abc"}, '
            '{"offset": 2, "text": "d"}]}]}',
            "the passage at 2 overlaps",
        ),
    ],
)
def test_bioc_that_is_none(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "set"
    path.write_text(content)
    with pytest.raises(InputError, match=message):
        read_bioc(path)
