from __future__ import annotations

from pathlib import Path

import pytest

from absift.errors import InputError
from absift.readers.sources import expand


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files at several depths, some of them hidden."""
    for name in ("b.txt", "a.txt", "deep/c.txt", "deep/er/d.csv", ".hidden", ".git/e.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" * len(name))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "in"


def _names(*given: str | Path) -> list[str]:
    return [Path(source.name).as_posix() for source in expand(list(given))]


@pytest.mark.usefixtures("tree")
def test_a_folder_is_read_in_depth_and_order_without_hidden_files() -> None:
    assert _names("in") == ["in/a.txt", "in/b.txt", "in/deep/c.txt", "in/deep/er/d.csv"]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/*.txt", ["in/a.txt", "in/b.txt"]),
        ("in/**/*.txt", ["in/a.txt", "in/b.txt", "in/deep/c.txt"]),
        ("in/[b]*", ["in/b.txt"]),
        ("in/d*", ["in/deep/c.txt", "in/deep/er/d.csv"]),
    ],
)
def test_patterns_that_the_shell_left_are_expanded(pattern: str, expected: list[str]) -> None:
    assert _names(pattern) == expected


@pytest.mark.usefixtures("tree")
def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    Path("in/[b].txt").write_text("x")
    assert _names("in/[b].txt") == ["in/[b].txt"]


@pytest.mark.usefixtures("tree")
def test_a_file_named_twice_is_read_once_and_counts_as_named() -> None:
    found = expand(["in/b.txt", "in", "./in/a.txt"])
    assert [Path(source.name).name for source in found] == ["b.txt", "a.txt", "c.txt", "d.csv"]
    assert [source.named for source in found] == [True, False, False, False]


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("in/none.txt", "in/none.txt: no such file or folder"),
        ("in/*.ris", r"in/\*.ris: no file matches this pattern"),
        ("", "an empty name was given as a source"),
    ],
)
def test_what_is_missing_is_named(given: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        expand([given])


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".only-hidden").write_text("x")
    with pytest.raises(InputError, match="the folder has no files to read"):
        expand([tmp_path])


def test_labels_hold_no_absolute_path(tree: Path) -> None:
    assert [source.label for source in expand([tree])] == [
        "in/a.txt",
        "in/b.txt",
        "in/deep/c.txt",
        "in/deep/er/d.csv",
    ]
    assert [source.label for source in expand([tree / "a.txt", "in/b.txt"])] == [
        "a.txt",
        "in/b.txt",
    ]


@pytest.mark.usefixtures("tree")
def test_a_single_name_need_not_be_in_a_list() -> None:
    assert [source.name for source in expand("in/a.txt")] == ["in/a.txt"]
    assert [source.size for source in expand(Path("in/a.txt"))] == [5]


def test_standard_input_has_no_path() -> None:
    (source,) = expand(["-", "-"])
    assert (source.name, source.path, source.regular, source.size) == ("-", None, False, 0)
