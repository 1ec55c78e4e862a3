from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from absift.text.sections import SectionFinder, Sentence, section_at


def split(
    finder: SectionFinder, text: str, has_title: bool | None = False
) -> list[tuple[str, str]]:
    return [
        (text[one.start : one.end], one.section) for one in finder.split(text, has_title=has_title)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Results: Ten came.", [("Results:", "results"), ("Ten came.", "results")]),
        ("RESULTS : ten came", [("RESULTS :", "results"), ("ten came", "results")]),
        ("results: ten came", [("results:", "results"), ("ten came", "results")]),
        ("[Results] Ten", [("[Results]", "results"), ("Ten", "results")]),
        ("[ RESULTS ]: Ten", [("[ RESULTS ]:", "results"), ("Ten", "results")]),
        ("Results - ten", [("Results -", "results"), ("ten", "results")]),
        ("Results – ten", [("Results –", "results"), ("ten", "results")]),
        ("RESULTS—Ten", [("RESULTS—", "results"), ("Ten", "results")]),
        ("Results Nineteen came", [("Results", "results"), ("Nineteen came", "results")]),
        ("Results. Nineteen came", [("Results.", "results"), ("Nineteen came", "results")]),
        ("RESULTS\nNineteen came", [("RESULTS", "results"), ("Nineteen came", "results")]),
        ("Main Results: x", [("Main Results:", "results"), ("x", "results")]),
        (
            "Materials and  Methods: x",
            [("Materials and  Methods:", "methods"), ("x", "methods")],
        ),
        ("Results came late.", [("Results came late.", "body")]),
        ("Results\n: ten", [("Results", "body"), (": ten", "body")]),
        ("results Nineteen", [("results Nineteen", "body")]),
        ("rESULTS Nineteen", [("rESULTS Nineteen", "body")]),
        ("Results-based care", [("Results-based care", "body")]),
        ("The Results: ten", [("The Results: ten", "body")]),
        ("Resultsx: ten", [("Resultsx: ten", "body")]),
        (
            "Methods: Results: x",
            [("Methods:", "methods"), ("Results:", "results"), ("x", "results")],
        ),
    ],
)
def test_heads(finder: SectionFinder, text: str, found: list[tuple[str, str]]) -> None:
    assert split(finder, text) == found


HEADS = {"a": ["aims", "aims and scope"], "b": ["main aims", "aims and"]}
LONGEST_FIRST = r"aims\s+and\s+scope|main\s+aims|aims\s+and|aims"
FORMS = [
    rf"\[\s*({LONGEST_FIRST})\s*\][:.]?",
    rf"({LONGEST_FIRST})\s*(?::|\s[-–—]\s|[–—](?-i:(?=[A-Z])))",
    rf"({LONGEST_FIRST})\s*(?:\.\s+|\s+)(?-i:(?=[A-Z]))",
]


@given(
    st.lists(
        st.sampled_from(
            ["Aims", "and", "scope", "Main", "AIMS", " ", " ", ":", "-", "–", "[", "]", ".", "\n"]
        ),
        max_size=10,
    ).map("".join)
)
@example("[Aims and scope]: Main")
@example("Aims and scope: Aims and Main")
def test_a_head_is_in_brackets_or_has_its_mark_or_runs_on(text: str) -> None:
    finder = SectionFinder(HEADS, [])
    found = (re.compile(f"[ \t]*{form}", re.IGNORECASE).match(text) for form in FORMS)
    wanted = next((one for one in found if one), None)
    head = finder._heading(text, 0, len(text))
    if wanted is None:
        assert head is None
    elif head is not None:
        # One that runs on is none where it isn't written as a head.
        assert head[1] == wanted.end()


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Patients: ten", "methods"),
        ("[Patients] ten", "methods"),
        ("PATIENTS - ten", "methods"),
        ("Patients Ten came", "body"),
        ("Treatment. Ten came", "body"),
        ("Treatment\nTen came", "body"),
    ],
)
def test_heads_that_need_a_mark(finder: SectionFinder, text: str, section: str) -> None:
    assert {found for _, found in split(finder, text)} == {section}


def test_a_head_holds_until_the_next(finder: SectionFinder) -> None:
    text = "We ask. Methods: We did. More. Results: It was.\nCONCLUSIONS Good."
    assert [section for _, section in split(finder, text)] == [
        "body", "methods", "methods", "methods", "results", "results", "conclusions", "conclusions",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two", ["One.", "Two"]),
        ("One! Two? Three", ["One!", "Two?", "Three"]),
        ("One.\nTwo", ["One.", "Two"]),
        ("no stop\nNext line", ["no stop", "Next line"]),
        ("no stop\n\n  next line", ["no stop", "next line"]),
        ("He said (One.) Two", ["He said (One.)", "Two"]),
        ("It rose. ten fell", ["It rose. ten fell"]),
        ("Tea vs. Coffee", ["Tea vs. Coffee"]),
        ("Roe et al. Wrote", ["Roe et al. Wrote"]),
        ("Some, e.g. Tea", ["Some, e.g. Tea"]),
        ("No. 5 came", ["No. 5 came"]),
        ("In the U.S. The end", ["In the U.S.", "The end"]),
        ("given i.v. Twice", ["given i.v. Twice"]),
        ("with vitamin D. We", ["with vitamin D.", "We"]),
        ("caused by (E. Coli) here", ["caused by (E. Coli) here"]),
        ("of 3.5 mg", ["of 3.5 mg"]),
        ("fell.Results: ten", ["fell.", "Results:", "ten"]),
        ("fell.Then it", ["fell.Then it"]),
        ("One.[3] Two", ["One.[3] Two"]),
        ("", []),
        (" \n\t\u00a0 ", []),
        (".", ["."]),
    ],
)
def test_sentences(finder: SectionFinder, text: str, sentences: list[str]) -> None:
    assert [words for words, _ in split(finder, text)] == sentences


@pytest.mark.parametrize(
    ("text", "has_title", "title"),
    [
        ("A trial of tea\nWe gave tea.", None, "A trial of tea"),
        ("A trial. Of tea.\nWe gave tea.", None, "A trial. Of tea."),
        ("A trial. Of tea. In mice.\nWe gave tea.", None, None),
        ("A trial. Of tea. In mice.\nWe gave tea.", True, "A trial. Of tea. In mice."),
        ("A trial of tea\nWe gave tea.", False, None),
        ("A trial of tea", None, None),
        ("A trial of tea", True, None),
        ("A trial of tea\n  \n", None, None),
        ("Methods: we gave\nmore tea.", None, None),
        ("METHODS\nWe gave tea.", None, None),
        ("\nA trial of tea\nWe gave tea", None, None),
        ("tea " * 101 + "\nWe gave tea.", None, None),
        # A title that the text runs on from: no sentence, and enough text behind it.
        ("A trial of tea. Men drank. They slept. All woke. None fell.", None, "A trial of tea."),
        ("A trial of tea. Men drank. They slept. All woke. None fell.", False, None),
        ("A trial of tea. Men drank. They slept. All woke.", None, None),
        ("We gave men tea. Men drank. They slept. All woke. None fell.", None, None),
        ("Tea was given. Men drank. They slept. All woke. None fell.", None, None),
        ("Tea trial. Men drank. They slept. All woke. None fell.", None, None),
        ("Methods: a tea trial. Men drank. They slept. All woke. None fell.", None, None),
        (f"A trial of {'tea ' * 100}now. Men drank. They slept. All woke. No.", None, None),
    ],
)
def test_titles(
    finder: SectionFinder, text: str, has_title: bool | None, title: str | None
) -> None:
    found = split(finder, text, has_title)
    assert [words for words, section in found if section == "title"] == ([title] if title else [])


def test_letters_that_only_a_pattern_takes_for_those_of_a_head_make_none(
    finder: SectionFinder,
) -> None:
    assert split(finder, "Materials and method\u017f: x") == [
        ("Materials and method\u017f: x", "body")
    ]


PIECES = [
    "Results", "RESULTS:", "Methods -", "[results]",
    "patients:", "one", "Two", "e.g.", "vs.", ".", "? ", "!)",
    "\n", "\n\n", " ", "\u00a0", "–", "A.", "U.S.", "3.5", "title",
]  # fmt: skip


@given(
    st.one_of(
        st.lists(st.sampled_from(PIECES)).map(" ".join),
        st.lists(st.sampled_from(PIECES)).map("".join),
        st.text(),
    ),
    st.sampled_from([None, True, False]),
)
@example("Results\n", None)
@example("\n\n", True)
def test_sentences_share_out_all_that_is_no_blank(
    finder: SectionFinder, text: str, has_title: bool | None
) -> None:
    done = 0
    covered = []
    for one in finder.split(text, has_title=has_title):
        assert done <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == text[one.start : one.end].strip()
        covered.append(text[one.start : one.end])
        done = one.end
    assert "".join("".join(covered).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("offset", "section"),
    [(0, "body"), (3, "title"), (9, "title"), (10, "results"), (99, "results")],
)
def test_section_at(offset: int, section: str) -> None:
    sentences = [Sentence(3, 8, "title"), Sentence(10, 12, "results")]
    assert section_at(sentences, [3, 10], offset) == section
