from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from absift.errors import ConfigError
from absift.lexicon.entries import KINDS, NOT_A_HARM, Entry, read_entries
from absift.lexicon.lexicon import Lexicon, load_lexicon
from absift.rules.model import plain, read_yaml
from absift.settings import config_path
from absift.text.tokens import tokenize

FOLDER = config_path("lexicon")
SPELLING = plain(read_yaml(config_path("spelling.yaml")))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(FOLDER, SPELLING)


def named(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    words = tokenize(text).words
    return [(" ".join(words[one.first : one.last]), one.entry.term) for one in lexicon.find(words)]


def small(*terms: str) -> Lexicon:
    entries = [Entry(term, "test", "event", (), "here") for term in terms]
    return Lexicon(entries, SPELLING)


# --- the files -----------------------------------------------------------------------------------


def test_it_is_as_large_as_promised(lexicon: Lexicon) -> None:
    forms = sum(1 + len(entry.synonyms) for entry in lexicon.entries)
    assert len(lexicon.entries) >= 3_000
    assert forms >= 10_000


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.tsv")), ids=lambda path: path.stem)
def test_each_line_is_sound(path: Path) -> None:
    for entry in read_entries(path):
        assert entry.system == path.stem, entry.source
        assert entry.kind in KINDS, entry.source
        for name in (entry.term, *entry.synonyms):
            assert name == " ".join(name.split()), entry.source
            assert not name.endswith((",", ";", ".")), entry.source


def test_no_form_stands_in_two_places(lexicon: Lexicon) -> None:
    places: dict[Sequence[str], list[str]] = defaultdict(list)
    for entry in lexicon.entries:
        for name in (entry.term, *entry.synonyms):
            places[lexicon.path(name)].append(f"{entry.source}: {name}")
    assert [found for found in places.values() if len(found) > 1] == []


def test_every_form_is_found_as_a_whole(lexicon: Lexicon) -> None:
    for entry in lexicon.entries:
        for name in (entry.term, *entry.synonyms):
            words = tokenize(name).words
            (found,) = lexicon.find(words)
            assert (found.last - found.first, found.entry) == (len(words), entry), name


@pytest.mark.parametrize("pair", ["nausea and vomiting", "vomiting and nausea", "rash or itching"])
def test_a_pair_is_two_terms(lexicon: Lexicon, pair: str) -> None:
    assert len(named(lexicon, pair)) == 2


# --- the look-up ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("anaemia", "Anemias"),
        ("diarrhoea", "DIARRHEA"),
        ("haemorrhage", "hemorrhages"),
        ("tumour", "tumors"),
        ("Raynaud's phenomenon", "Raynaud’s phenomenon"),
        ("Cushing syndrome", "Cushing's syndrome"),
        ("Sjögren syndrome", "Sjogren’s syndrome"),
        ("skin rash", "cutaneous rash"),
        ("renal failure", "kidney failure"),
        ("hepatic failure", "liver failure"),
        ("injection site pain", "injection-site pain"),
        ("neuropathy", "neuropathies"),
        ("diagnosis error", "diagnoses error"),
    ],
)
def test_spelling_does_not_matter(term: str, text: str) -> None:
    assert [found for _, found in named(small(term), text)] == [term]


@pytest.mark.parametrize(("term", "text"), [("AIDS", "aids"), ("PONV", "ponv")])
def test_the_case_of_an_abbreviation_matters(term: str, text: str) -> None:
    assert named(small(term), text) == []
    assert named(small(term), term) == [(term, term)]


def test_the_longest_term_wins_and_none_overlap() -> None:
    lexicon = small("pain", "chest pain", "pain and fever")
    assert named(lexicon, "chest pain and fever, pain") == [
        ("chest pain", "chest pain"),
        ("pain", "pain"),
    ]


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("severe chest pain or fever", "chest pain"),
        ("fever with rash", "rash"),
        ("rash", "rash"),
        ("pain relief", None),
        ("pain relief and fever", "fever"),
        ("a sneeze", None),
    ],
)
def test_the_harm_within_a_name_is_its_longest(name: str, term: str | None) -> None:
    harms = [
        Entry(one, "test", "event", (), "here") for one in ("pain", "chest pain", "fever", "rash")
    ]
    relief = Entry("pain relief", "other", NOT_A_HARM, (), "here")
    found = Lexicon([*harms, relief], SPELLING).within(tokenize(name).words)
    assert (found.term if found else None) == term


# --- bad files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("term\tkind\n", "line 1 must be the header"),
        ("term\tsystem\tkind\tsynonyms\nrash\tskin\tevil\t\n", "2: kind 'evil' must be one of"),
        ("term\tsystem\tkind\tsynonyms\nrash\n", "2: expected 4 cells, found 1"),
        ("term\tsystem\tkind\tsynonyms\n\tskin\tevent\t\n", "2: expected 4 cells"),
    ],
)
def test_a_malformed_file_names_its_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "skin.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        read_entries(path)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no lexicon"):
        load_lexicon(tmp_path, SPELLING)
