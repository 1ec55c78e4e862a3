"""The words of ``configs/page_furniture.yaml``, ready to look up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from absift.errors import ConfigError
from absift.settings import config_path

_OUTER = re.compile(r"^[\W_]+|[\W_]+$")
# No word of the lists is as long; what stands behind makes no difference.
_LONGEST = 400
_INNER = re.compile(r"[\s()\[\]*_]+")


def key_of(text: str) -> str:
    """Give a line or label as the lists have it: case, brackets and outer punctuation aside."""
    text = text[:_LONGEST]
    squeezed = _INNER.sub(" ", text.replace("(", "").replace(")", "")).casefold()
    return _OUTER.sub("", squeezed.replace("’", "'"))


def _alternatives(words: Iterable[str]) -> str:
    """Give a pattern that matches any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@dataclass(frozen=True)
class Words:
    """Word lists of the page reader.

    Attributes:
        labels: Kind of field by label.
        sections: Heads of an abstract's sections.
        after: Headings behind which nothing belongs to the abstract.
        opens_full_text: Headings that open a paper's full text.
        lines: Lines that are furniture as they stand.
        starts: How short lines of furniture begin.
        contains: Phrases that mark furniture.
        site_words: Words that abstracts hardly ever have.
        publication_types: Kinds of publications.
        institutions: Words of an address.
        particles: Small words in names.
        degrees: What stands behind names.
        after_hyphen: Words before which a hyphen hangs.
        joiner: Between names.
        rest: Behind the last name.
        and_others: Authors before a journal's name, cut short by such a word.
        site: A site's name before or behind a title.
        tail: Furniture at the end of a text.
        interruptions: Lines that break an abstract in two without ending it.
        run_in: A label and its list at the very end of a text.
        closing: A copyright line or the like behind a text's last sentence.
        month: Name of a month or season.
        volume: Word or sign before the number of a volume or issue.
        pages: Word before a page.
        registry: Number of a trial's registration.
    """

    labels: Mapping[str, str]
    sections: frozenset[str]
    after: frozenset[str]
    opens_full_text: frozenset[str]
    lines: frozenset[str]
    starts: tuple[str, ...]
    contains: tuple[str, ...]
    site_words: frozenset[str]
    publication_types: frozenset[str]
    institutions: frozenset[str]
    particles: frozenset[str]
    degrees: frozenset[str]
    after_hyphen: frozenset[str]
    joiner: re.Pattern[str]
    rest: re.Pattern[str]
    and_others: re.Pattern[str]
    site: re.Pattern[str]
    tail: re.Pattern[str]
    interruptions: frozenset[str]
    run_in: re.Pattern[str]
    closing: re.Pattern[str]
    month: str
    volume: str
    pages: str
    registry: re.Pattern[str]


def _load(name: str) -> dict[str, Any]:
    import yaml

    path = config_path(name)
    try:
        # The loader in C, where PyYAML has it, starts a run a tenth of a second sooner.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: not a mapping of lists")
    return data


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(key_of, words)))


@lru_cache(maxsize=1)
def load_words() -> Words:
    """Load the word lists.

    Raises:
        ConfigError: A file is missing or isn't what it should be.
    """
    data = _load("page_furniture.yaml")
    headings = _load("sections.yaml").get("headings", {})
    try:
        labels = {key_of(word): kind for kind, words in data["labels"].items() for word in words}
        sections = {key_of(head) for heads in headings.values() for head in heads}
        sections |= _keys(data["sections"])
        sites = _alternatives(data["sites"])
        joiners = _alternatives(data["name_joiners"])
        return Words(
            labels=labels,
            sections=frozenset(sections),
            after=_keys(data["after"]),
            opens_full_text=_keys(data["opens_full_text"]),
            lines=_keys(data["lines"]),
            starts=tuple(word.casefold() for word in data["starts"]),
            contains=tuple(word.casefold() for word in data["contains"]),
            site_words=frozenset(data["site_words"]),
            publication_types=_keys(data["publication_types"]),
            institutions=frozenset(data["institutions"]),
            particles=frozenset(data["name_particles"]),
            degrees=frozenset(data["degrees"]),
            after_hyphen=frozenset(data["after_hyphen"]),
            joiner=re.compile(rf"\s+(?:{joiners})(?:\s+|$)|^(?:{joiners})\s+", re.IGNORECASE),
            rest=re.compile(rf"[\s,;]*(?:{_alternatives(data['name_rest'])})\s*$", re.IGNORECASE),
            and_others=re.compile(
                rf"^.{{2,200}}?\s(?:{_alternatives(data['name_rest'])})\.?[,;:]?\s+(?=[A-Z])"
            ),
            site=re.compile(
                rf"^\s*(?:{sites})\s*[-|–—:]\s+(?=\S)|\s+[-|–—]\s*(?:{sites})\s*$", re.IGNORECASE
            ),
            tail=re.compile(
                rf"\s*[\[(…]?\s*(?<![-\w])(?:{_alternatives(data['tails'])})\s*[\])…»›>.]*\s*$",
                re.IGNORECASE,
            ),
            interruptions=_keys(data["interruptions"]),
            run_in=re.compile(
                rf"(?<=[.!?)\]])\s*(?:{_alternatives(data['run_in'])})\s*(?:[:—–-][^\n]*)?$",
                re.IGNORECASE,
            ),
            closing=re.compile(
                rf"(?<=[.!?)\]])\s*[\[(]*(?:{_alternatives(data['closings'])}|\(c\)\s*\d{{4}})"
                rf"(?![-\w])[^\n]{{0,300}}$",
                re.IGNORECASE,
            ),
            month=rf"(?:{_alternatives(data['months'])})",
            volume=rf"(?:{_alternatives(data['volumes'])})",
            pages=rf"(?:{_alternatives(data['pages'])})",
            registry=re.compile(rf"\b(?:{_alternatives(data['registries'])})[-\s:]*\d{{4,}}"),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise ConfigError(f"page_furniture.yaml or sections.yaml lacks a list: {error}") from error
