from __future__ import annotations

import pytest

from absift.readers.page_kinds import Classifier
from absift.readers.page_lines import Line
from absift.readers.page_words import load_words

PROSE = "Twelve adults wore warm socks for three weeks and two of them had itching."


def _classified(*texts: str) -> Classifier:
    classifier = Classifier([Line(text) for text in texts], load_words())
    classifier.run()
    return classifier


def _kinds(*texts: str) -> list[str]:
    return [line.kind for line in _classified(*texts).lines]


@pytest.mark.parametrize(
    ("texts", "kinds"),
    [
        (["DOI: 10.5555/x", PROSE], ["label", "prose"]),
        (["Authors", "Strumpf A", "Socke B", PROSE], ["label", "value", "value", "prose"]),
        (["Authors", "Terms of use", PROSE], ["furniture", "furniture", "prose"]),
        (["Year", "2014", "Journal", "Feet"], ["label", "value", "label", "value"]),
        (["Abstract", "Results", PROSE], ["abstract", "section", "prose"]),
        (["Erratum in:", "J Sock. 2008;18(2):212.", PROSE], ["label", "relation", "prose"]),
        (["J Sock. 2008;18(2):212.", "Warm socks"], ["citation", "other"]),
        (["Feet", ". 2019 Mar 4;12(3):4-5."], ["citation", "citation"]),
        (["Review", "Randomized Controlled Trial"], ["type", "type"]),
        (["Subjects: Twelve adults wore warm socks for three long weeks."], ["prose"]),
        (["Subjects", "socks", "feet"], ["label", "value", "value"]),
    ],
)
def test_kinds(texts: list[str], kinds: list[str]) -> None:
    assert _kinds(*texts) == kinds


def test_an_abstract_on_the_line_of_its_label_gets_a_line_of_its_own() -> None:
    classifier = _classified(f"Abstract: {PROSE}")
    assert [(line.kind, line.text) for line in classifier.lines][1] == ("prose", PROSE)


def test_facts_behind_similar_articles_are_kept_apart() -> None:
    classifier = _classified("PMID: 1", PROSE, PROSE + PROSE, "Similar articles", "Cold", "PMID: 2")
    assert classifier.facts.found["pmid"] == "1"
    assert classifier.tail_facts.found["pmid"] == "2"
    assert [line.tail for line in classifier.lines][-2:] == [True, True]


def test_tabs_of_a_menu_open_no_tail() -> None:
    classifier = _classified("References", "Cited by", "Warm socks", "Abstract", PROSE)
    assert not any(line.tail for line in classifier.lines)


def test_one_name_a_line_needs_its_like_beside_it() -> None:
    assert _kinds("Warm socks", "Anna Strumpf", "Bert Socke") == ["other", "authors", "authors"]
    assert _kinds("Warm socks", "Anna Strumpf", PROSE) == ["other", "other", "prose"]
