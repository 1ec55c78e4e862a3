from __future__ import annotations

import pytest

from absift.errors import ConfigError
from absift.rules.word_files import number_words, section_finder
from absift.text.numbers import NumberWords

NUMBERS = {
    "cardinals": {"one": 1},
    "multipliers": {},
    "ordinals": {},
    "ordinal_endings": ["th"],
    "joiners": [],
    "labelled": ["group"],
}


def test_number_words() -> None:
    assert number_words(NUMBERS) == NumberWords(
        {"one": 1}, {}, {}, frozenset({"th"}), frozenset(), frozenset({"group"})
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cardinals": None}, "n.yaml: 'cardinals' must be a mapping"),
        ({"cardinals": {"one": "1"}}, "n.yaml: 'cardinals' must give a whole number for each"),
        ({"ordinals": {"first": 1.5}}, "n.yaml: 'ordinals' must give a whole number for each"),
        ({"multipliers": {1: 1}}, "n.yaml: 'multipliers' must give a whole number for each"),
        ({"joiners": "and"}, "n.yaml: 'joiners' must be a list of words"),
        ({"labelled": [1]}, "n.yaml: 'labelled' must be a list of words"),
    ],
)
def test_malformed_number_words(change: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        number_words({**NUMBERS, **change}, "n.yaml")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"headings": ["results"]}, "s.yaml: 'headings' must be a mapping"),
        ({"headings": {"results": "result"}}, "s.yaml: 'results' must be a list of words"),
        ({"abbreviations": [1]}, "s.yaml: 'abbreviations' must be a list of words"),
        ({"marked_only": None}, "s.yaml: 'marked_only' must be a list of words"),
    ],
)
def test_malformed_sections(change: dict[str, object], message: str) -> None:
    data = {"headings": {"results": ["results"]}, "abbreviations": [], "marked_only": [], **change}
    with pytest.raises(ConfigError) as caught:
        section_finder(data, "s.yaml")
    assert message in str(caught.value)
