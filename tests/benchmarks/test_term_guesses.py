"""Names are held out so that nothing of them stays, and guesses are counted as they are."""

from __future__ import annotations

import pytest
from term_guesses import Guess, Held, by_part, by_trigrams, hold_out, row

from absift.lexicon.entries import NOT_A_HARM, Entry
from absift.lexicon.lexicon import Lexicon
from absift.rules.model import plain, read_yaml
from absift.settings import config_path

ENTRIES = (
    Entry("haematoma", "vessels", "event", ("hematomas", "blood swelling"), "a:2"),
    Entry("rash", "skin", "effect", ("skin rash", "exanthema"), "a:3"),
    Entry("cough", "respiratory", "effect", (), "a:4"),
    Entry("rash guard", "other", NOT_A_HARM, ("guard",), "a:5"),
)
LEXICON = Lexicon(ENTRIES, plain(read_yaml(config_path("spelling.yaml"))))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_taken_out_is_nowhere_among_what_stays(seed: int) -> None:
    held, names = hold_out(LEXICON, 2, seed)
    assert len(held) == 2
    gone = {LEXICON.path(one.name) for one in held}
    assert gone.isdisjoint(map(LEXICON.path, names))
    assert set(names.values()) == {"haematoma", "rash", "cough"}
    assert (held, names) == hold_out(LEXICON, 2, seed)


def test_no_more_is_taken_than_leaves_each_term_a_name() -> None:
    held, names = hold_out(LEXICON, 99, 1)
    assert len(held) == 3
    assert sorted(set(names.values())) == ["cough", "haematoma", "rash"]


def test_a_name_holds_the_terms_of_the_names_that_stay() -> None:
    names = {"skin rash": "rash", "cough": "cough"}
    wanted = ["red skin rash and cough", "dry cough", "rash", "rash guard"]
    found = [guess.term for guess in by_part(names, LEXICON, wanted)]
    assert found == ["rash", "cough", None, None]


def test_the_name_most_alike_by_trigrams_gives_its_term() -> None:
    names = {f"{word} rash": "rash" for word in "abcdefghij"}
    names |= {f"{word} cough": "cough" for word in "abcdefghij"}
    found = by_trigrams(names, ["coughs", "rashes", "zz"])
    assert [guess.term for guess in found] == ["cough", "rash", None]
    assert found[2].similarity == 0


@pytest.mark.parametrize(
    ("least", "wanted"),
    [(0.0, ("0.750", "0.667")), (0.5, ("0.500", "0.500")), (0.95, ("0.000", ""))],
)
def test_a_row_counts_what_is_sure_enough(least: float, wanted: tuple[str, str]) -> None:
    held = [Held(name, frozenset({name, "x"})) for name in "abcd"]
    guesses = [Guess("a", 0.9), Guess("x", 0.4), Guess("z", 0.9), Guess(None, 0.0)]
    assert row(held, guesses, least) == wanted
