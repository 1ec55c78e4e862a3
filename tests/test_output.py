from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.errors import AbsiftError, InputError
from absift.output import OutputFile, OutputFolder, explained, visible_controls


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m", "a␛[31m"),
        ("\x00\x07\x1f", "␀␇␟"),
        ("\x7f", "␡"),
        ("\x9b31m", "\ufffd31m"),
        ("\ud800 \ufffe\uffff", "\ufffd \ufffd\ufffd"),
        ("tab\t, line\n, return\r, next\x85", "tab\t, line\n, return\r, next\x85"),
        ("12\u2009%\xa0é 😀 عربي", "12\u2009%\xa0é 😀 عربي"),
    ],
)
def test_visible_controls(text: str, shown: str) -> None:
    assert visible_controls(text) == shown


@given(st.text(st.characters(categories=["Cc", "Cs", "L", "N"])))
def test_visible_controls_keeps_offsets(text: str) -> None:
    shown = visible_controls(text)
    assert len(shown) == len(text)
    assert visible_controls(shown) == shown
    shown.encode()


def test_file_appears_only_when_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with OutputFile(path) as stream:
        stream.write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one"
    assert names_in(tmp_path) == ["out.txt"]


def test_file_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with OutputFile(path, force=True) as stream:
            stream.write(b"new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    assert names_in(tmp_path) == ["out.txt"]


def test_file_is_not_replaced_without_force(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="exists already; add --force"):
        OutputFile(path)
    assert path.read_bytes() == b"old"


def test_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"

    def overtaken() -> None:
        with OutputFile(path) as stream:
            stream.write(b"mine")
            path.write_bytes(b"another's")

    with pytest.raises(InputError, match="exists already"):
        overtaken()
    assert path.read_bytes() == b"another's"
    assert names_in(tmp_path) == ["out.txt"]


def test_force_keeps_mode_and_follows_link(tmp_path: Path) -> None:
    path, link = tmp_path / "out.txt", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    with OutputFile(link, force=True) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/out.txt", "No such file or directory; make the folder first"),
        ("file/out.txt", "Not a directory; a part of the path is a file"),
        ("n" * 300 + "/x", "File name too long; choose a shorter name"),
    ],
)
def test_file_in_an_impossible_place(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(AbsiftError) as caught, OutputFile(tmp_path / name):
        pass
    assert message in str(caught.value)
    assert str(tmp_path / name) in str(caught.value)


@pytest.mark.parametrize("name", ["/dev/null", "."])
def test_what_is_no_file_is_never_replaced(name: str) -> None:
    with pytest.raises(InputError, match=r"is no regular file|is a folder"):
        OutputFile(name, force=True)


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("absift.output.os.fsync", full)
    with (
        pytest.raises(AbsiftError, match="No space left on device; free some space"),
        OutputFile(tmp_path / "out.txt") as stream,
    ):
        stream.write(b"text")
    assert names_in(tmp_path) == []


def test_broken_pipe_is_passed_on() -> None:
    with pytest.raises(BrokenPipeError), explained("standard output"):
        raise BrokenPipeError


def test_folder_appears_only_when_complete(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    with OutputFolder(path, marker="mark") as folder:
        (folder / "mark").write_bytes(b"1")
        assert names_in(path) == []
    assert names_in(path) == ["mark"]
    assert names_in(tmp_path) == ["out"]


def test_folder_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "mark").write_bytes(b"old")

    def stopped() -> None:
        with OutputFolder(path, force=True, marker="mark") as folder:
            (folder / "mark").write_bytes(b"new")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stopped()
    assert (path / "mark").read_bytes() == b"old"
    assert names_in(tmp_path) == ["out"]


def test_folder_of_the_same_format_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    for name in ("mark", "stale"):
        (path / name).write_bytes(b"old")
    with pytest.raises(InputError, match="add --force"):
        OutputFolder(path, marker="mark")
    with OutputFolder(path, force=True, marker="mark") as folder:
        (folder / "mark").write_bytes(b"new")
    assert names_in(path) == ["mark"]
    assert names_in(tmp_path) == ["out"]


@pytest.mark.parametrize("names", [("thesis.txt",), ("mark", "sub/thesis.txt")])
def test_folder_with_other_files_is_never_replaced(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "out"
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(b"precious")
    with pytest.raises(InputError, match="aren't absift's"):
        OutputFolder(path, force=True, marker="mark")
    assert (path / names[-1]).read_bytes() == b"precious"


def test_file_in_place_of_a_folder_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"precious")
    with pytest.raises(InputError, match="is a file, but this format is a folder"):
        OutputFolder(path, force=True, marker="mark")


def test_folder_that_cannot_be_swapped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "mark").write_bytes(b"old")
    rename = Path.rename

    def refuse_new(self: Path, target: Path) -> Path:
        if self.suffix == ".part":
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_new)
    with (
        pytest.raises(AbsiftError, match="Permission denied; choose a folder that you may write"),
        OutputFolder(path, force=True, marker="mark") as folder,
    ):
        (folder / "mark").write_bytes(b"new")
    assert (path / "mark").read_bytes() == b"old"
    assert names_in(tmp_path) == ["out"]
