"""Would scispaCy's candidate generation find the term of a name that the lexicon lacks?

    python benchmarks/term_guesses.py

Takes names out of the lexicon whose terms have others, and asks for their terms: the neighbour by
character trigrams, weighted as scispaCy's ``create_tfidf_ann_index`` does, from some similarity
on; and the longest term within the name, which absift uses. Neighbours are exact, scispaCy's
approximate. Prints a table in Markdown; the same lexicon and seed give the same one.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from measure.table import table
from sklearn.feature_extraction.text import TfidfVectorizer

from absift.extraction.toolkit import load_toolkit
from absift.lexicon.entries import NOT_A_HARM, Entry
from absift.lexicon.lexicon import Lexicon
from absift.rules.model import plain, read_yaml
from absift.settings import config_path

SIMILARITIES = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95)


class Held(NamedTuple):
    """A name that was taken out, and the terms that it belongs to."""

    name: str
    terms: frozenset[str]


class Guess(NamedTuple):
    """A term for a name and how alike they are, from 0 to 1; no term where nothing is shared."""

    term: str | None
    similarity: float


def hold_out(lexicon: Lexicon, number: int, seed: int) -> tuple[list[Held], dict[str, str]]:
    """Take names out of a lexicon, with all that are the same but for spelling.

    Args:
        lexicon: The terms.
        number: How many names to take.
        seed: Chooses them.

    Returns:
        The names, and those that stay with the term of each. A name whose term would be left
        without any is not taken.
    """
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    forms: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    names: dict[str, str] = {}
    for entry in lexicon.entries:
        if entry.kind != NOT_A_HARM:
            for name in (entry.term, *entry.synonyms):
                path = lexicon.path(name)
                owners[path].add(entry.term)
                forms[entry.term].add(path)
                names.setdefault(name, entry.term)
    held: list[Held] = []
    gone: set[tuple[str, ...]] = set()
    for name in random.Random(seed).sample(sorted(names), len(names)):
        path = lexicon.path(name)
        if len(held) == number:
            break
        if path not in gone and all(len(forms[term]) > 1 for term in owners[path]):
            gone.add(path)
            held.append(Held(name, frozenset(owners[path])))
            for term in owners[path]:
                forms[term].discard(path)
    return held, {name: term for name, term in names.items() if lexicon.path(name) not in gone}


def by_trigrams(names: dict[str, str], wanted: Sequence[str]) -> list[Guess]:
    """Give for each wanted name the term of the name that is most like it, of equals the first."""
    known = sorted(names)
    weigher = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=10, dtype=np.float32)
    alike = (weigher.fit_transform(known) @ weigher.transform(wanted).T).toarray()
    best = alike.argmax(axis=0)
    guesses = zip(best, alike.max(axis=0), strict=True)
    return [Guess(names[known[at]] if value > 0 else None, float(value)) for at, value in guesses]


def by_part(names: dict[str, str], lexicon: Lexicon, wanted: Iterable[str]) -> list[Guess]:
    """Give for each wanted name the longest term within it, by the names that stay."""
    systems = {entry.term: entry.system for entry in lexicon.entries}
    others = [entry for entry in lexicon.entries if entry.kind == NOT_A_HARM]
    # A preferred name may be among those taken out: each name is an entry, its term the source.
    kept = [Entry(name, systems[term], "event", (), term) for name, term in names.items()]
    small = Lexicon([*kept, *others], plain(read_yaml(config_path("spelling.yaml"))))
    words = (name.split() for name in wanted)
    found = (small.within(each) for each in words)
    return [Guess(one.source, 1.0) if one else Guess(None, 0.0) for one in found]


def row(held: Sequence[Held], guesses: Sequence[Guess], least: float = 0.0) -> tuple[str, str]:
    """Give the share of names with a guess of some similarity, and the share of these right."""
    made = [
        guess.term in one.terms
        for one, guess in zip(held, guesses, strict=True)
        if guess.term and guess.similarity >= least
    ]
    return f"{len(made) / len(held):.3f}", f"{sum(made) / len(made):.3f}" if made else ""


def measure(lexicon: Lexicon, number: int, seed: int) -> str:
    """Give the table of all ways."""
    held, names = hold_out(lexicon, number, seed)
    wanted = [one.name for one in held]
    alike = by_trigrams(names, wanted)
    rows = [(f"trigrams, {least:.2f} or more", *row(held, alike, least)) for least in SIMILARITIES]
    rows.append(("longest term within", *row(held, by_part(names, lexicon, wanted))))
    return table((f"{len(held)} names", "answered", "right"), rows)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--names", type=int, default=500, help="how many to take out")
    parser.add_argument("--seed", type=int, default=7, help="chooses them")
    args = parser.parse_args(argv)
    print(measure(load_toolkit().judge.lexicon, args.names, args.seed), end="")


if __name__ == "__main__":
    main()
