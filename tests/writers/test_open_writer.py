from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from absift.errors import AbsiftError, InputError
from absift.records import Record, read_records
from absift.writers import FORMATS, Writer, open_writer
from absift.writers.brat import BratWriter
from absift.writers.delimited import DelimitedWriter
from absift.writers.docbin import DocBinWriter
from absift.writers.excel import ExcelWriter
from absift.writers.jsonl import JsonlWriter
from absift.writers.parquet import ParquetWriter

ALL = ["a.jsonl", "a.jsonl.gz", "a.csv", "a.csv.gz", "a.tsv", "a.parquet", "a.xlsx", "a.spacy"]


@pytest.mark.parametrize(
    ("name", "format_", "kind"),
    [
        ("a.jsonl", None, JsonlWriter),
        ("A.JSONL.GZ", None, JsonlWriter),
        ("a.ndjson", None, JsonlWriter),
        ("a.csv", None, DelimitedWriter),
        ("a.tsv.gz", None, DelimitedWriter),
        ("a.parquet", None, ParquetWriter),
        ("a.xlsx", None, ExcelWriter),
        ("a.spacy", None, DocBinWriter),
        ("a.brat", None, BratWriter),
        ("folder", "brat", BratWriter),
        ("a.csv", "parquet", ParquetWriter),
        ("a", "tsv", DelimitedWriter),
        ("-", None, JsonlWriter),
        (None, "csv", DelimitedWriter),
    ],
)
def test_format_is_chosen(
    tmp_path: Path, name: str | None, format_: str | None, kind: type[Writer]
) -> None:
    path = name if name in (None, "-") else str(tmp_path / name)
    assert type(open_writer(path, format=format_)) is kind
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "format_", "table", "message"),
    [
        (
            "a.txt",
            None,
            None,
            r"a.txt: its ending names no format; end it in one of .jsonl, .*brat",
        ),
        ("a", None, None, "its ending names no format"),
        ("a.gz", None, None, "its ending names no format"),
        ("a.csv", "word", None, "no format 'word'; choose one of jsonl, csv, tsv, parquet"),
        ("a.csv", None, "figures", "no table 'figures'; choose one of findings, studies, warnings"),
        ("a.jsonl", None, "figures", "no table 'figures'"),
        ("a.parquet", None, "figures", "no table 'figures'"),
        ("a.xlsx", None, "figures", "no table 'figures'"),
        ("a.spacy", None, "findings", "spacy has no tables"),
        ("a.brat", None, "findings", "brat has no tables"),
        ("-", "parquet", None, "parquet can't go to standard output; .* jsonl, csv, tsv"),
        (None, "brat", None, "brat can't go to standard output"),
        ("a.xlsx.gz", None, None, "xlsx isn't packed with gzip"),
    ],
)
def test_what_cannot_be(
    tmp_path: Path, name: str | None, format_: str | None, table: str | None, message: str
) -> None:
    path = name if name in (None, "-") else str(tmp_path / name)
    with pytest.raises(InputError, match=message):
        open_writer(path, format=format_, table=table)


@pytest.mark.parametrize("name", [*ALL, "a.brat"])
def test_failure_leaves_nothing(tmp_path: Path, records: list[Record], name: str) -> None:
    def stopped() -> None:
        with open_writer(str(tmp_path / name)) as writer:
            for record in records:
                writer.write(record)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ALL)
def test_existing_output_needs_force(tmp_path: Path, records: list[Record], name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="exists already; add --force"):
        open_writer(str(path))
    assert path.read_bytes() == b"old"
    with open_writer(str(path), force=True) as writer:
        writer.write(records[0])
    assert path.read_bytes() != b"old"
    assert list(tmp_path.iterdir()) == [path]


SCRIPT = """
import sys
from pathlib import Path
from absift.records import read_records
from absift.writers import open_writer
records = read_records(Path(sys.argv[1]).read_bytes().split(b"\\n"))
for name in sys.argv[2:]:
    with open_writer(name) as writer:
        for record in records:
            writer.write(record)
"""


def test_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    data = Path(__file__).parent / "records.jsonl"
    written = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        paths = [str(folder / name) for name in [*ALL, "a.brat"]]
        command = [sys.executable, "-c", SCRIPT, str(data), *paths]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed})
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append({str(path.relative_to(folder)): path.read_bytes() for path in files})
    assert {name: written[0][name] == written[1][name] for name in written[0]} == dict.fromkeys(
        written[1], True
    )
    assert len(written[0]) == len(ALL) + 7 * 2 + 2


@pytest.mark.parametrize("name", [*ALL, "a.brat"])
def test_a_record_that_cannot_be_written_spoils_no_other(
    tmp_path: Path, records: list[Record], name: str
) -> None:
    with open_writer(str(tmp_path / name)) as writer:
        writer.write(records[0])
        with pytest.raises(AbsiftError, match=r"record 'half': its text .* at character 3"):
            writer.write(Record("half", "abc\ud83d"))
        writer.write(records[2])
    with open_writer(str(tmp_path / f"without.{name}")) as writer:
        writer.write(records[0])
        writer.write(records[2])
    first, second = tmp_path / name, tmp_path / f"without.{name}"
    if first.is_dir():
        assert [p.name for p in sorted(first.iterdir())] == [
            p.name for p in sorted(second.iterdir())
        ]
        return
    assert first.read_bytes() == second.read_bytes()


def test_meta_that_is_no_json(tmp_path: Path) -> None:
    with (
        open_writer(str(tmp_path / "a.jsonl")) as writer,
        pytest.raises(AbsiftError, match="record r: not possible as JSON"),
    ):
        writer.write(Record("r", "text", meta={"set": {1}}))
    assert (tmp_path / "a.jsonl").read_bytes() == b""


def test_standard_output(monkeypatch: pytest.MonkeyPatch, records: list[Record]) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw))
    with open_writer(None) as writer:
        for record in records:
            writer.write(record)
    assert read_records(raw.getvalue().split(b"\n")) == records
    assert not raw.closed


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("a.parquet", "pyarrow", "parquet"), ("a.xlsx", "openpyxl", "excel")],
)
def test_missing_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    for module in [it for it in sys.modules if it.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(InputError, match=rf"needs {library}: pip install 'absift\[{extra}\]'"):
        open_writer(str(tmp_path / name))


def test_every_format_has_an_ending() -> None:
    endings = [ending for found in FORMATS.values() for ending in found]
    assert len(endings) == len(set(endings))
    assert all(FORMATS.values())


def test_import_is_light() -> None:
    code = (
        "import sys, absift.writers, absift.report.page, absift.report.terminal;"
        "print([it for it in ('spacy', 'pandas', 'pyarrow', 'openpyxl', 'numpy', 'rich', 'jinja2')"
        " if it in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
