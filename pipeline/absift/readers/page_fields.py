"""Fields of a page: labels and their values, identifiers, years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from absift.readers.page_citation import YEAR, parse_citation, parse_reference
from absift.readers.page_lines import Line, shape
from absift.readers.page_names import parse_names
from absift.readers.page_words import Words, key_of

_SEPARATOR = re.compile(r"\s*[:：\t|]\s*|\s+[-–—](?:\s+|$)")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_PMID = re.compile(
    r"\b(?:PMID|PubMed\s+(?:ID|UI)|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|MEDLINE\s+ID)\W{0,4}(\d{1,8})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\d{3,}\b")
_ISSN = re.compile(r"\b\d{4}[-–]\d{3}[\dXx]\b")
_NUMBER = re.compile(r"\d{1,8}(?!\d)")
_LONGEST_LABEL = 60


@dataclass(slots=True)
class Label:
    """A label at the head of a line.

    Attributes:
        kind: Kind of field, as the word lists have it.
        value: What stands behind it on the line; empty if nothing does.
        marked: Whether a separator stands between them.
        name: The label as the lists have it.
    """

    kind: str
    value: str
    marked: bool
    name: str


def split_label(text: str, words: Words) -> Label | None:
    """Read a line as a label and its value."""
    for match in _SEPARATOR.finditer(text):
        if match.start() > _LONGEST_LABEL:
            break
        if match.start() == 0:
            continue
        name = key_of(text[: match.start()])
        kind = words.labels.get(name)
        if kind is not None:
            return Label(kind, text[match.end() :].strip(" \t|:–—").removeprefix("- "), True, name)
    name = key_of(text) if len(text) <= _LONGEST_LABEL else ""
    kind = words.labels.get(name)
    if kind is not None:
        return Label(kind, "", text.rstrip()[-1:] in ":-–—：", name)
    # "DOI 10.1000/x", "PMID 123", "Date of Web Publication28-Jun-2016": no separator at all.
    run = re.match(r"([A-Za-z][A-Za-z -]{2,40}?)\s*(?=\d|PMC\d)", text)
    if run:
        name = key_of(run[1])
        kind = words.labels.get(name)
        if kind in ("doi", "pmid", "pmcid", "issn", "eissn", "year"):
            return Label(kind, text[run.end() :].strip(), True, name)
    return None


def doi_in(text: str) -> str | None:
    """Give the first DOI of a text, without the punctuation that follows it."""
    match = _DOI.search(text)
    if match is None:
        return None
    doi = match[0]
    while doi and (doi[-1] in ".,;:'’”]*" or (doi[-1] == ")" and doi.count("(") < doi.count(")"))):
        doi = doi[:-1]
    return doi


def pmid_in(text: str) -> str | None:
    """Give the first PMID of a text."""
    match = _PMID.search(text)
    return match[1] if match else None


def year_in(text: str) -> int | None:
    """Give the first year of a text."""
    match = re.search(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", text)
    return int(match[0]) if match else None


def is_value(kind: str, value: str, words: Words) -> bool:
    """Tell whether a line can be the value of a field, so that it isn't taken from the abstract."""
    count, lower, _ = shape(value)
    if kind == "authors":
        return bool(parse_names(value, words))
    if kind == "year":
        return year_in(value) is not None and count <= 12
    if kind == "doi":
        return doi_in(value) is not None
    if kind == "pmid":
        return _NUMBER.fullmatch(value.strip(" .")) is not None or pmid_in(value) is not None
    if kind == "pmcid":
        return _PMCID.search(value) is not None
    if kind in ("issn", "eissn"):
        return _ISSN.search(value) is not None
    if kind == "title":
        return 2 <= count <= 60
    if kind == "journal":
        return 1 <= count <= 20 and key_of(value) not in words.lines
    if kind == "citation":
        return count <= (150 if re.search(r"\d", value) else 10)
    if kind == "language":
        return count <= 4 and not re.search(r"\d", value)
    if kind == "publication_types":
        return count <= 10 and not value.endswith(".")
    if kind == "lists":
        return count <= 15 and not (lower > 0.6 and value.endswith("."))
    return count <= 6


@dataclass(slots=True)
class Facts:
    """What a page says of its abstract, the first of each kind that is found.

    Attributes:
        found: Values by name of the meta field.
        title: The title, where a label or a reference gives it.
    """

    found: dict[str, Any] = field(default_factory=dict)
    title: str | None = None
    reference_title: str | None = None

    def put(self, name: str, value: object) -> None:
        """Keep a value unless there is one already."""
        if value:
            self.found.setdefault(name, value)

    def add(self, kind: str, value: str, words: Words) -> None:
        """Take what a label's value tells."""
        if kind == "authors":
            self.put("authors", parse_names(value, words))
        elif kind == "title":
            self.title = self.title or value
        elif kind == "year":
            self.put("year", year_in(value))
        elif kind == "doi":
            self.put("doi", doi_in(value))
        elif kind == "pmid":
            number = pmid_in("PMID " + value)
            self.put("pmid", number)
        elif kind in ("issn", "eissn"):
            match = _ISSN.search(value)
            self.put(kind, match[0].replace("–", "-") if match else None)
        elif kind == "language":
            self.put("language", value.strip(" .;,"))
        elif kind == "publication_types":
            self.put("publication_types", [part.strip() for part in re.split(r"[;|]", value)])
        elif kind == "journal":
            self.add_journal(value, words)
        elif kind == "citation":
            self.add_citation(value, words)

    def add_journal(self, value: str, words: Words) -> None:
        """Take a journal's name, or a citation that stands in its place."""
        citation = parse_citation(value, words)
        if citation is not None and citation.journal:
            self.put("journal", citation.journal)
            self.put("year", citation.year)
            return
        name = re.split(r"\s*[|;◽]\s*|,\s*(?=\d)|\s+\(?(?=(?:19|20)\d\d\b)", value)[0]
        name = re.sub(r"\s*\(?ISSN.*$|\s*\[[^\]]*\]$", "", name)
        name = name.strip(" .,:-–—")
        before = re.match(r"^((?:19|20)\d\d),\s+(.+)$", value)
        if before:
            self.put("year", int(before[1]))
            name = re.split(r",\s*", before[2])[0]
        self.put("journal", name if not name.isdigit() else None)
        self.put("year", year_in(value[len(name) :]))

    def add_citation(self, value: str, words: Words) -> None:
        """Take what a citation or a whole reference tells, the identifiers in it too."""
        citation = parse_citation(value, words)
        if citation is None or (citation.journal and len(citation.journal.split()) > 9):
            citation = parse_reference(value, words) or citation
        if citation is not None:
            self.put("journal", citation.journal)
            self.put("year", citation.year)
            self.reference_title = self.reference_title or citation.title
        elif not re.search(r"\d", value):
            self.add_journal(value, words)
        else:
            match = YEAR.search(value)
            self.put("year", int(match[0]) if match else None)
        self.add_ids(value)

    def add_ids(self, text: str) -> None:
        """Take the identifiers that a line of metadata holds."""
        self.put("doi", doi_in(text))
        self.put("pmid", pmid_in(text))
        match = _PMCID.search(text)
        self.put("pmcid", match[0] if match else None)


def weak_year(lines: Sequence[Line], words: Words) -> int | None:
    """Give the year of a line that is a date, else of one that has a date, else of a copyright."""
    date = rf"(?:\d{{1,2}}\s+)?{words.month}(?:\s+\d{{1,2}},)?\s+((?:19|20)\d\d)"
    shapes = (
        (rf"(?:{date}|((?:19|20)\d\d))\W*$", ("other", "furniture", "date")),
        (rf".*\b{date}\b", ("other", "furniture", "affiliation")),
        (r"(?:©|copyright|\(c\)).*?((?:19|20)\d\d)", ("furniture",)),
    )
    for pattern, kinds in shapes:
        for line in lines:
            if line.tail or line.kind not in kinds or len(line.text) > 200:
                continue
            match = re.match(pattern, line.text, re.IGNORECASE)
            if match:
                return int(next(filter(None, match.groups())))
    return None
