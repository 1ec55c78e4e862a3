from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from typer.testing import Result

    Command = Callable[..., Result]

TEXT = "Of 27 patients, 19 (70%) responded; two patients had grade 3 headaches after 6 weeks."
SPANS = [
    ("27", "SAMPLE_SIZE"),
    ("70%", "PERCENTAGE"),
    ("headaches", "ADVERSE_EVENT"),
    ("6 weeks", "DURATION"),
]
PUBMED = """<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID>91000001</PMID><Article>
<ArticleTitle>Zelorin</ArticleTitle><Abstract><AbstractText>We randomised 40 women.</AbstractText>
</Abstract></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>91000002</PMID><Article>
<ArticleTitle>A letter</ArticleTitle></Article></MedlineCitation></PubmedArticle>
<DeleteCitation><PMID>91000003</PMID></DeleteCitation>
</PubmedArticleSet>"""


def text_file(name: str = "study.txt", text: str = TEXT) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def counts(stderr: str) -> tuple[int, int, int]:
    found = re.search(r"^absift: ([\d,]+) in, ([\d,]+) out, ([\d,]+) rejected", stderr, re.M)
    assert found, stderr
    first, second, third = (int(number.replace(",", "")) for number in found.groups())
    return first, second, third


def left_behind() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_a_pipe_gets_json_lines(absift_command: Command) -> None:
    result = absift_command("extract", text_file())
    assert result.exit_code == 0, result.stderr
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert (record["id"], record["text"]) == ("study", TEXT)
    assert [(span["text"], span["label"]) for span in record["spans"]] == SPANS
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in record["spans"])
    assert counts(result.stderr) == (1, 1, 0)
    assert "; 4 findings, 0 warnings; " in result.stderr


def test_standard_input_is_read_as_a_dash(absift_command: Command) -> None:
    result = absift_command("extract", "-", stdin=TEXT)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["text"] == TEXT


def test_the_ending_chooses_the_format(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "-o", "out.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    with Path("out.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["text"], row["label"]) for row in rows] == SPANS
    assert left_behind() == ["out.csv", "study.txt"]


def test_the_option_format_wins_over_the_ending(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "-o", "out.data", "--format", "tsv")
    assert result.exit_code == 0
    assert "\t" in Path("out.data").read_text(encoding="utf-8").splitlines()[0]


def test_a_format_without_an_output_goes_to_standard_output(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "--format", "csv", "--table", "studies")
    assert result.exit_code == 0
    (row,) = csv.DictReader(result.stdout.splitlines())
    assert (row["id"], row["total"]) == ("study", "27")


def test_a_page_instead_of_an_output(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "--html", "page.html")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "headaches" in Path("page.html").read_text(encoding="utf-8")
    assert counts(result.stderr) == (1, 1, 0)


def test_a_page_besides_an_output(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "-o", "out.jsonl", "--html", "page.html")
    assert result.exit_code == 0
    assert left_behind() == ["out.jsonl", "page.html", "study.txt"]
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_show_prints_for_reading_though_there_is_no_terminal(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "--show")
    assert result.exit_code == 0
    assert "[N:27] patients, 19 ([%:70%])" in result.stdout


def test_show_stands_besides_an_output(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "--show", "-o", "out.jsonl")
    assert result.exit_code == 0
    assert "[N:27]" in result.stdout
    assert Path("out.jsonl").is_file()


def test_show_and_records_cannot_share_standard_output(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "--show", "-o", "-")
    assert result.exit_code == 2
    assert result.stderr.startswith("absift: error: --show and the records")


@pytest.mark.parametrize("existing", ["out.jsonl", "page.html", "bad.jsonl"])
@pytest.mark.parametrize("before", ["", "--quiet"])
def test_nothing_is_replaced_without_force(
    absift_command: Command, existing: str, before: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(existing).write_text("precious", encoding="utf-8")
    monkeypatch.setattr("absift.api.load", lambda config=None: pytest.fail("the work began"))
    arguments = ["-o", "out.jsonl", "--html", "page.html", "--rejects", "bad.jsonl"]
    result = absift_command("extract", text_file(), *arguments, *before.split())
    assert result.exit_code == 2
    assert result.stderr.startswith(f"absift: error: {existing}: exists already; add --force")
    assert Path(existing).read_text(encoding="utf-8") == "precious"
    assert left_behind() == sorted([existing, "study.txt"])


def test_force_replaces(absift_command: Command) -> None:
    for name in ("out.jsonl", "page.html"):
        Path(name).write_text("old", encoding="utf-8")
    arguments = ["-o", "out.jsonl", "--html", "page.html", "--force"]
    assert absift_command("extract", text_file(), *arguments).exit_code == 0
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8"))["id"] == "study"
    assert "headaches" in Path("page.html").read_text(encoding="utf-8")


def test_an_input_is_never_replaced(absift_command: Command) -> None:
    path = text_file("in.jsonl", json.dumps({"id": "1", "text": TEXT}) + "\n")
    before = path.read_bytes()
    result = absift_command("extract", path, "-o", "in.jsonl", "--force")
    assert result.exit_code == 2
    assert "in.jsonl: is to be read and to be written" in result.stderr
    assert path.read_bytes() == before


def test_two_outputs_of_one_name(absift_command: Command) -> None:
    result = absift_command("extract", text_file(), "-o", "a.jsonl", "--rejects", "./a.jsonl")
    assert result.exit_code == 2
    assert "two outputs have this name" in result.stderr


def test_records_without_abstract_are_rejected_and_normal(absift_command: Command) -> None:
    result = absift_command("extract", text_file("set.xml", PUBMED), "-o", "out.jsonl")
    assert result.exit_code == 0
    assert counts(result.stderr) == (3, 1, 2)
    assert "2 rejected (2 without abstract or deleted)" in result.stderr
    assert "listed in out.jsonl.rejects.jsonl" in result.stderr
    rows = [json.loads(line) for line in Path("out.jsonl.rejects.jsonl").read_text().splitlines()]
    assert rows == [
        {"source": "set.xml", "record": "91000002", "reason": "no abstract"},
        {"source": "set.xml", "record": "91000003", "reason": "deleted by PubMed"},
    ]


BROKEN = json.dumps({"id": "1", "text": TEXT}) + '\n{"id": "2", \n{"id": "3", "title": "x"}\n'


def test_a_malformed_record_costs_no_other(absift_command: Command) -> None:
    result = absift_command("extract", text_file("in.jsonl", BROKEN), "-o", "out.jsonl")
    assert result.exit_code == 2
    assert counts(result.stderr) == (3, 1, 2)
    assert "absift: rejected: in.jsonl: line 2: not JSON" in result.stderr
    assert json.loads(Path("out.jsonl").read_text(encoding="utf-8"))["id"] == "1"
    assert len(Path("out.jsonl.rejects.jsonl").read_text().splitlines()) == 2


def test_rejected_records_go_where_they_are_told(absift_command: Command) -> None:
    result = absift_command("extract", text_file("in.jsonl", BROKEN), "--rejects", "bad.jsonl")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1
    assert len(Path("bad.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    assert left_behind() == ["bad.jsonl", "in.jsonl"]


def test_many_malformed_records_are_summed_up(absift_command: Command) -> None:
    path = text_file("in.jsonl", "no\n" * 9 + json.dumps({"id": "1", "text": TEXT}) + "\n")
    result = absift_command("extract", path)
    assert result.exit_code == 2
    assert counts(result.stderr) == (10, 1, 9)
    assert len(re.findall("^absift: rejected: in.jsonl: line ", result.stderr, re.M)) == 5
    assert "absift: rejected: 4 more" in result.stderr
    assert "name a file with --rejects" in result.stderr


def test_quiet_tells_only_what_is_wrong(absift_command: Command) -> None:
    assert absift_command("extract", text_file(), "-q").stderr == ""
    result = absift_command("extract", text_file("in.jsonl", BROKEN), "-q")
    assert "line 2: not JSON" in result.stderr
    assert " in, " not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["study.txt", "nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["*.nothing"], "*.nothing: no file matches this pattern"),
        (["study.txt", "--input-format", "word"], "unknown format 'word'"),
        (["study.txt", "--format", "word"], "no format 'word'; choose one of jsonl, csv"),
        (["study.txt", "-o", "out.doc"], "out.doc: its ending names no format"),
        (["study.txt", "-o", "out.csv", "--table", "beds"], "beds"),
        (["study.txt", "-o", "no/folder/out.csv"], "no/folder/out.csv: can't write"),
        (["table.csv", "--text-column", "c"], "no column 'c'"),
        (["table.csv"], "table.csv: can't tell which column holds the text"),
        (["picture.png"], "picture.png: this is an image"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    absift_command: Command, arguments: list[str], message: str
) -> None:
    text_file()
    text_file("table.csv", "a,b\n1,2\n")
    Path("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    before = left_behind()
    result = absift_command("extract", *arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("absift: error: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert left_behind() == before


def test_an_empty_file_is_bad_input(absift_command: Command) -> None:
    result = absift_command("extract", text_file("empty.txt", ""))
    assert result.exit_code == 2
    assert "rejected: empty.txt: file: the file is empty" in result.stderr
    assert counts(result.stderr) == (1, 0, 1)


def test_nothing_given_is_bad_input(absift_command: Command) -> None:
    result = absift_command("extract")
    assert result.exit_code == 2
    assert "Missing argument 'IN'" in result.stderr


def test_columns_are_passed_on(absift_command: Command) -> None:
    path = text_file("table.csv", f'a,b,c,abstract\nk1,Zelorin,"{TEXT}",wrong\n')
    chosen = ["--text-column", "c", "--title-column", "b", "--id-column", "a"]
    result = absift_command("extract", path, *chosen)
    assert result.exit_code == 0, result.stderr
    record = json.loads(result.stdout)
    assert (record["id"], record["title"]) == ("k1", "Zelorin")
    assert record["text"] == f"Zelorin\n{TEXT}"


def test_escape_sequences_of_a_name_do_not_reach_the_terminal(absift_command: Command) -> None:
    result = absift_command("extract", "\x1b[31mred.txt")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
