"""Pages of abstract sites and journals, saved or pasted as text.

No site's layout is known here. Each line is weighed by what it looks like (a label and its
value, a citation, a list of names, site furniture, sentences) and by where it stands; the run
of sentences with most evidence is the abstract, and the line with most evidence its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from absift.readers.build import Item, Origin, make_item
from absift.readers.page_body import best_segment, body_text, opens_with_title, segments_of
from absift.readers.page_fields import Facts, weak_year
from absift.readers.page_furniture import parts_lines
from absift.readers.page_kinds import Classifier
from absift.readers.page_lines import page_lines
from absift.readers.page_title import find_title, strip_site
from absift.readers.page_words import Words, key_of, load_words
from absift.readers.plain import decode, stem
from absift.readers.sources import STDIN

#: Points of evidence from which a text is a page and not an abstract by itself.
_PAGE = 2
#: Evidence from which a line is the title whatever a reference at the page's foot says.
_SURE = 4.0
_POINTS = {
    "label": 1, "citation": 2, "authors": 1, "affiliation": 1, "furniture": 1,
    "abstract": 1, "after": 1, "type": 1, "relation": 1,
}  # fmt: skip
_META = (
    "authors", "year", "journal", "pmid", "doi", "pmcid", "issn", "eissn", "language",
    "publication_types",
)  # fmt: skip


def read_stream(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstract of a page."""
    text = decode(stream.read(), origin)
    if isinstance(text, str):
        yield from _pages(text, origin)
    else:
        yield text


def read_guessed(stream: BinaryIO, origin: Origin) -> Iterator[Item]:
    """Yield the abstract of a text file that may be a page or the bare abstract.

    A file with the furniture or metadata of a page is read as one; any other is an abstract,
    unchanged to the character.
    """
    text = decode(stream.read(), origin)
    if not isinstance(text, str):
        yield text
    elif looks_like_page(text):
        yield from _pages(text, replace(origin, format="page"))
    else:
        yield make_item(origin, "file", text, ids=_ids(origin))


def _pages(text: str, origin: Origin) -> Iterator[Item]:
    """Yield the abstract of a page, or each one of a numbered list of records."""
    records = split_records(text)
    if not records:
        yield read_page(text, origin)
    for number, record in enumerate(records, start=1):
        item = read_page(record, origin, position=f"record {number}", ids=[])
        yield item


def split_records(text: str) -> list[str]:
    """Split a list of records as PubMed exports it as text: numbered, each with its PMID.

    Returns:
        The records; empty where the text is no such list.
    """
    starts = list(re.finditer(r"(?:\A\s*|\n\s*\n)(?P<number>\d{1,6})\. (?=[^\W\d_])", text))
    numbers = [int(match["number"]) for match in starts]
    if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    records = [text[match.start("number") : end] for match, end in zip(starts, ends, strict=True)]
    return records if all(re.search(r"^PMID: ?\d", one, re.MULTILINE) for one in records) else []


def _ids(origin: Origin) -> list[tuple[str, str | None]]:
    return [("", None if origin.name == STDIN else stem(origin.name))]


def _classify(text: str, words: Words) -> Classifier:
    lines = page_lines(
        text, words, lambda before, line, broken: parts_lines(before, line, broken, words)
    )
    classifier = Classifier(lines, words)
    classifier.run()
    return classifier


def looks_like_page(text: str) -> bool:
    """Tell whether a text has a page's furniture or metadata around an abstract."""
    if "\n" not in text.strip():
        return False
    classifier = _classify(text, load_words())
    points = sum(_POINTS.get(line.kind, 0) for line in classifier.lines)
    points += sum(line.links > 0 or (line.heading and "#" in text) for line in classifier.lines)
    facts = classifier.facts.found
    points += sum(name in facts for name in ("doi", "pmid", "pmcid", "issn", "eissn"))
    return points >= _PAGE


def read_page(
    text: str,
    origin: Origin,
    position: str = "file",
    ids: list[tuple[str, str | None]] | None = None,
) -> Item:
    """Take a page apart.

    Args:
        text: The whole page.
        origin: Where it comes from.
        position: Its place in the file.
        ids: Its own ids; by default the file's name.

    Returns:
        The abstract: its text without the site's furniture, its title, and in ``meta`` authors,
        year, journal, identifiers and language, as far as the page tells them.
    """
    words = load_words()
    classifier = _classify(text, words)
    lines, facts = classifier.lines, classifier.facts
    body = best_segment(segments_of(lines, words))
    title, evidence = facts.title and strip_site(facts.title, words), 2 * _SURE
    if title is None:
        title, evidence = find_title(lines, body, facts.found.get("journal"), words)
        if body is not None and evidence < _SURE and opens_with_title(body):
            title = strip_site(body.lines.pop(0).text, words)
    if evidence < _SURE and facts.reference_title is not None:
        same = title is not None and key_of(title) == key_of(facts.reference_title)
        title = title if same else facts.reference_title
    _add_tail(facts, classifier.tail_facts)
    facts.put("year", weak_year(lines, words))
    facts.put("authors", [name for line in lines for name in line.names])
    meta = {name: facts.found[name] for name in _META if name in facts.found}
    return make_item(
        origin,
        position,
        body_text(body, title, words) if body else None,
        title=title,
        ids=[
            *(_ids(origin) if ids is None else ids),
            ("pmid", meta.get("pmid")),
            ("doi", meta.get("doi")),
        ],
        meta=meta,
        missing="no abstract found on this page; --input-format text takes the whole file as it is",
    )


def _add_tail(facts: Facts, tail: Facts) -> None:
    """Take identifiers from behind "Similar articles" where the page has them nowhere else."""
    for name in ("pmid", "doi", "pmcid", "issn", "eissn", "language"):
        facts.put(name, tail.found.get(name))
