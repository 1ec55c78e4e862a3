from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.rules.reading import plain, read_yaml
from absift.rules.word_files import part_guesser
from absift.settings import config_path
from absift.text.parts import PartGuesser
from absift.text.sections import SectionFinder, Sentence

SMALL = PartGuesser(
    {
        "objective": {2: ["aim of", "^ to test"]},
        "methods": {1: ["were", "recorded"], 2: ["double-blind"]},
        "results": {3: ["p =", "%"], 1: ["fell"]},
        "conclusions": {1: ["$"]},
    }
)
BUILT_IN = part_guesser(plain(read_yaml(config_path("sections.yaml"))))


def parts(guesser: PartGuesser, *texts: str) -> list[str]:
    """Give the parts of sentences under no head, without ``body.``."""
    text = " ".join(texts)
    starts = [text.index(each) for each in texts]
    made = [Sentence(at, at + len(each), "body") for at, each in zip(starts, texts, strict=True)]
    return [part.removeprefix("body.") for part in guesser.guess(text, made)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Falls were recorded.", "Half fell (p = 0.03)."], "methods results"),
        # What tells for no part goes with the sentence behind it, or at the end with that before.
        (["They were asked.", "A day.", "12% fell.", "So be it."], "methods results results"),
        # One word about methods doesn't outweigh that results came already.
        (["12% fell.", "They were asked.", "13% fell."], "results results results"),
        (["To test pumps.", "A double-blind trial.", "p < 0.05"], "objective methods"),
        (["We wanted to test pumps.", "All were recorded."], "methods methods"),
    ],
)
def test_parting(texts: list[str], found: str) -> None:
    assert parts(SMALL, *texts)[: len(found.split())] == found.split()


def test_nothing_is_guessed_without_cues() -> None:
    assert parts(PartGuesser({}), "Falls were recorded.") == ["body"]
    assert parts(PartGuesser({"results": {1: ["fell"]}}), "It stood.", "So?") == ["body"] * 2
    assert SMALL.guess("", []) == []
    assert parts(SMALL, "12% fell.") == ["body"]


def test_sentences_under_a_head_keep_their_section(finder: SectionFinder) -> None:
    text = "Pumps and falls\nTo test it. They were asked. Results: 12% fell. They were asked."
    found = SMALL.guess(text, finder.split(text, has_title=True))
    assert found == ["title", "body.objective", "body.methods", "results", "results", "results"]


@given(st.lists(st.sampled_from(["12% fell.", "They were.", "The aim of it.", "It."]), max_size=9))
def test_parts_never_go_back(texts: list[str]) -> None:
    text = " ".join(texts)
    made, at = [], 0
    for each in texts:
        made.append(Sentence(at, at + len(each), "body"))
        at += len(each) + 1
    found = SMALL.guess(text, made)
    assert len(found) == len(texts)
    order = [*SMALL.parts].index
    places = [order(part) for part in found if part != "body"]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            [
                "Knee pain is common in old dancers.",
                "We sought to compare a brace with a bandage.",
                "Forty dancers were randomly assigned to one of them.",
                "Rash and swelling were recorded for 24 h.",
                "Pain fell by 12% with the brace (p = 0.03).",
                "One dancer developed a rash.",
                "These results suggest that braces should be considered.",
            ],
            "background objective methods methods results results conclusions",
        ),
        (
            [
                "In an open label study, 12 sailors received ginger daily.",
                "Heartburn was assessed every hour.",
                "There was no significant difference in sickness.",
                "Heartburn occurred in two sailors.",
                "We conclude that ginger is safe.",
            ],
            "methods methods results results conclusions",
        ),
    ],
)
def test_the_cues_of_the_configs(texts: list[str], found: str) -> None:
    assert parts(BUILT_IN, *texts) == found.split()
