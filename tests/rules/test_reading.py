from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from absift.errors import ConfigError
from absift.rules.reading import line_of, plain, read_yaml, suggestion


def test_in_lists_of_words_no_and_on_are_words(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("a: [no, on, off, yes, y, true, False, 1]\n", encoding="utf-8")
    assert read_yaml(path)["a"] == ["no", "on", "off", "yes", "y", True, False, 1]


def test_each_mapping_has_its_line_until_it_is_made_plain(tmp_path: Path) -> None:
    path = tmp_path / "lines.yaml"
    path.write_text("a:\n  - {b: 1}\n  - c: {d: 2}\n", encoding="utf-8")
    data = read_yaml(path)
    assert (data["__line__"], data["a"][0]["__line__"], data["a"][1]["c"]["__line__"]) == (1, 2, 3)
    assert line_of(data["a"][1], "c") == 3
    assert line_of(data, "b") == 1
    assert plain(data) == {"a": [{"b": 1}, {"c": {"d": 2}}]}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: &x [*x]", "aliases"),
        ("[" * 5000, "not YAML"),
        ("a: 2020-99-99", "not YAML"),
        ("a: !!python/object:os.system x", "not YAML"),
        ("{[a]: b}", "not YAML"),
        ("a: \x07", "not YAML"),
    ],
)
def test_what_is_no_plain_data_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_yaml(path)


@pytest.mark.parametrize(
    "text",
    [
        "a: [b, 1, 2.5, null, ~, 2020-01-02, '7', \"8\", [], {}]",
        "a: {b: {c: [d, {e: f}]}, 1: g, null: h, 2.5: [i]}",
        "a: !!str 7\nb: !!seq [c]\n!!str d: !!map {e: !!set {f, g}}",
        "a: {<<: {b: 1, c: [2]}, b: 3}",
        "a: {=: b}",
        "a: |\n  b\n  c\nd: >\n  e\n  f\n",
        "? [a, b]\n: c",
    ],
)
def test_values_are_those_that_pyyaml_gives(tmp_path: Path, text: str) -> None:
    path = tmp_path / "values.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        expected = yaml.safe_load(text)
    except yaml.YAMLError:
        with pytest.raises(ConfigError, match="not YAML"):
            read_yaml(path)
    else:
        assert plain(read_yaml(path)) == expected


def test_a_star_that_repeats_is_no_alias(tmp_path: Path) -> None:
    path = tmp_path / "star.yaml"
    path.write_text("a: NUMBER * DASH\nb: '*x'\n", encoding="utf-8")
    assert read_yaml(path)["b"] == "*x"


@pytest.mark.parametrize(
    ("name", "found"),
    [("patern", "; did you mean pattern?"), ("zzz", ""), (5, "")],
)
def test_suggestions(name: object, found: str) -> None:
    assert suggestion(name, ["pattern", "tokens"]) == found
