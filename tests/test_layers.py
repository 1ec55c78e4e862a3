"""Imports run one way: a part knows only the parts below it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "pipeline" / "absift"

#: What every part may import: plain types, errors, and the ways in to configs and out to disk.
BASE = {
    "_version",
    "compiled_parts",
    "errors",
    "output",
    "packing",
    "record_form",
    "records",
    "settings",
    "summary",
}

#: The parts, lowest first, and which of the others each may import besides the base.
ALLOWED: dict[str, set[str]] = {
    "text": set(),
    "rules": {"text"},
    "weighing": {"rules", "text"},
    "lexicon": {"rules", "text", "weighing"},
    "linking": {"rules", "text", "weighing"},
    "extraction": {"lexicon", "linking", "rules", "text", "weighing"},
    "components": {"extraction", "linking", "rules", "text"},
    "readers": set(),
    "writers": set(),
    "evaluation": set(),
    "report": {"evaluation"},
    "corpus": {"evaluation", "rules", "text", "writers"},
    "api": {"components", "extraction", "readers", "rules"},
    "workbench": {"evaluation", "extraction", "rules", "text", "weighing"},
    "batch": {"api", "extraction", "readers", "report", "writers"},
}
BELOW = {
    "_version": set(),
    "compiled_parts": set(),
    "errors": set(),
    "output": {"errors"},
    "packing": set(),
    "record_form": {"errors"},
    "records": {"errors", "record_form"},
    "settings": {"errors"},
    "summary": {"records"},
}
#: The parts on top, which may import anything.
TOP = {"__init__", "__main__", "cli"}

#: Parts that may import spaCy when they are imported; the others do without, or until they need it.
WITH_SPACY = {"components"}


def modules() -> Iterator[tuple[str, Path]]:
    """Give the Python files, each with the part of the package that it belongs to."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path


def imported(node: ast.AST) -> Iterator[str]:
    """Give the dotted names that an import statement may bind or load."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_in(source: str) -> set[str]:
    """Give the parts of absift that a source imports, anywhere in it."""
    names = (name.split(".") for node in ast.walk(ast.parse(source)) for name in imported(node))
    return {name[1] for name in names if name[0] == "absift" and len(name) > 1}


def loaded_with(source: str) -> set[str]:
    """Give the packages that are imported as soon as the source is."""
    found: set[str] = set()
    todo: list[ast.AST] = list(ast.parse(source).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            todo.extend(node.orelse)
            continue
        found.update(name.split(".")[0] for name in imported(node))
        todo.extend(ast.iter_child_nodes(node))
    return found


def test_every_part_has_its_place() -> None:
    assert {part for part, _ in modules()} == {*BELOW, *ALLOWED, *TOP}
    assert set(BELOW) == BASE


@pytest.mark.parametrize("part", [*BELOW, *ALLOWED])
def test_a_part_imports_only_what_is_below_it(part: str) -> None:
    allowed = BELOW[part] if part in BELOW else ALLOWED[part] | BASE
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for place, path in modules()
        if place == part
        for name in parts_in(path.read_text(encoding="utf-8")) - allowed - {part}
        if name in {*BELOW, *ALLOWED, *TOP}
    }
    assert wrong == set()


def test_the_order_is_one_way() -> None:
    done: set[str] = set()
    for part, allowed in {**BELOW, **ALLOWED}.items():
        assert allowed <= done | BASE, part
        done.add(part)


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    wrong = {
        f"{path.relative_to(PACKAGE)} imports {name}"
        for part, path in modules()
        if part not in WITH_SPACY
        for name in loaded_with(path.read_text(encoding="utf-8"))
        if name in {"spacy", "scispacy", "pandas", "pyarrow", "openpyxl", "matplotlib"}
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("import absift.rules.model", {"rules"}),
        ("from absift import api, records", {"api", "records"}),
        ("def f():\n    from absift.cli import main", {"cli"}),
        ("import json", set()),
    ],
)
def test_imports_are_seen_wherever_they_stand(source: str, parts: set[str]) -> None:
    assert parts_in(source) == parts


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import spacy.util", {"spacy"}),
        ("try:\n    import spacy\nexcept ImportError:\n    pass", {"spacy"}),
        ("class A:\n    from spacy import blank", {"spacy"}),
        ("def f():\n    import spacy", set()),
        ("if TYPE_CHECKING:\n    import spacy\nelse:\n    import json", {"json"}),
    ],
)
def test_only_imports_that_run_at_once_count(source: str, found: set[str]) -> None:
    assert loaded_with(source) == found
