"""Citation lines: journal, year, volume and pages, in the shapes that sites print them in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from absift.readers.page_words import Words, load_words

YEAR = re.compile(r"(?<![\d.,/-])(?:1[89]\d\d|20\d\d)(?![\d%]|[.,]\d)")
_JOURNAL = r"(?P<journal>[A-ZÀ-Þ][^;:?!\n◽]{1,120}?(?:\s?:\s[^;:?!\n]{2,80}?)?)"
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation line tells.

    Attributes:
        journal: The journal's name; ``None`` where it stands on a line before.
        year: Year of publication.
        title: The paper's title, where the line gives a whole reference.
    """

    journal: str | None
    year: int | None
    title: str | None = None


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = load_words()
    month, volume, pages = words.month, words.volume, words.pages
    year = r"(?P<year>1[89]\d\d|20\d\d)"
    day = r"(?:\s+\d{1,2}(?:-\d{1,2})?)?"
    date = rf"{year}(?:[\s-]+{month}\b\.?)*(?:\s*[-/–]\s*{month}\b\.?)?{day}"
    number = r"(?:\d+|[A-Z]{1,3}\d+|[IVXLC]+)"
    flags = re.IGNORECASE
    shapes = (
        # Journal. 2008 Jan 25;18(1):34-44.
        rf"^(?-i:{_JOURNAL})[.,]?\s*[.,·|]?\s+\(?{date}\)?\s*[;:,]\s*(?:{volume}\s*)?(?:suppl\S*\s*)?"
        rf"{number}\s*(?:\([^)]*\)|[:;,.]|$|\s)",
        rf"^(?-i:{_JOURNAL})[.,]?\s+{date}\s*;\s*(?:\S|$)",
        rf"^(?-i:{_JOURNAL})\.\s+{date}\.?\s*(?:$|doi\b|epub\b|\[epub)",
        # Journal (2019) 12:44-51, and Journal 12, 44-51 (2019)
        rf"^(?-i:{_JOURNAL})[.,]?\s*\(({date})\)[.,:;]?\s*(?:{volume}\s*)?{number}\b",
        rf"^(?-i:{_JOURNAL})[.,]?\s+(?:{volume}\s*)?\d+\s*(?:\(\d[^)]*\))?\s*(?:[,:]|(?=\())\s*"
        rf"(?:[^()]{{0,60}}?|\([^()]{{1,30}}\),?\s*)\(?\b{date}\)?\.?(?:$|\s*[·|]|\s(?=[A-Z]))",
        rf"^(?-i:{_JOURNAL})[.,]?\s+\d+\s*\(\d[^)]*\)\s*:\s*\w+[-–]\w+\.?$",
        # Journal, Volume 31, Issue 5 (2012), pp 801-806
        rf"^(?-i:{_JOURNAL})?\s*[,.:|◽]?\s*\b{volume}\s*:?\s*\d+\b.*?\b{year}\b",
        rf"^(?-i:{_JOURNAL})?\s*[,.:|◽]?\s*\b{volume}\s*:?\s*\d+\b[\s(,:;|]+.*(?:{volume}|{pages}|\d)",
        # Journal; Mar2018, Vol. 12 Issue 3
        rf"^(?-i:{_JOURNAL});\s*(?:\d{{1,2}}/\d{{1,2}}/|{month}\s?)?{year}\s*[,;]",
        # Journal 1999 September, and Journal · Oct 2010
        rf"^(?-i:{_JOURNAL})[.,]?\s+{year}\s+{month}\b(?:\s+\d{{1,2}})?\.?$",
        rf"^(?-i:{_JOURNAL})\s*[·|,◽]\s*(?:\d{{1,2}}\s+)?{month}\s+{year}$",
    )
    return tuple(re.compile(shape, flags) for shape in shapes)


_STRONG = re.compile(
    r"(?:1[89]\d\d|20\d\d)(?:[\s-]+[A-Za-z]{3,9}\.?)?(?:\s*\d{1,2})?\s*;\s*\w{1,6}\s*[(:,]"
)
_HEADLESS = re.compile(
    r"^[.,;>·\s]*(?P<year>1[89]\d\d|20\d\d)\b[^.;:]{0,25}[;:]\s*(?:\d|[A-Z]?\d|S\d)"
)


def is_citation_like(text: str) -> bool:
    """Tell whether a text has a year and volume as citations write them: ``2008;18(1)``."""
    return _STRONG.search(text) is not None


def _clean_journal(text: str | None) -> str | None:
    if text is None:
        return None
    text = re.sub(r"^(?:\d{1,4}[.:]\s+|[>.\s]+)", "", text)
    text = load_words().and_others.sub("", text)
    text = re.sub(r"^.*logo\s*link to\s+", "", text, flags=re.IGNORECASE)
    text = text.strip(" .,;:|·◽>-–—")
    if text.count("(") != text.count(")"):
        text = text.strip("()")
    text = re.sub(
        rf"[\s,.]+(?:\d{{1,2}}\s+)?{load_words().month}\.?$", "", text, flags=re.IGNORECASE
    )
    text = re.split(rf"[\s,]+{load_words().volume}\s*\.?\s*\d", text, flags=re.IGNORECASE)[0]
    if re.match(rf"{load_words().volume}\s*\d", text, re.IGNORECASE):
        return None
    return text if re.search(r"[^\W\d_]{2}", text) else None


def _is_journal(text: str | None, strong: bool, words: Words) -> bool:
    """Tell whether words may be a journal's name: short, and in title case or an abbreviation.

    Behind a name with ``2008;18`` (``strong``) there is no doubt; MEDLINE's names are lower case.
    """
    if text is None:
        return True
    tokens = [token for token in re.findall(r"[^\W\d_]+", text) if len(token) > 3]
    if (
        len(text.split()) > 14
        or re.search(r"\b(?:19|20)\d\d\b", text)
        or _is_date_word(text, words)
    ):
        return False
    lower = sum(token[0].islower() for token in tokens)
    return strong or lower <= len(tokens) / 2


def _is_date_word(text: str, words: Words) -> bool:
    """Tell whether a text is only a month or a word of volumes."""
    return (
        re.fullmatch(rf"(?:\d{{1,2}}\s+)?(?:{words.month}|{words.volume})[\W\d]*", text, re.I)
        is not None
    )


def parse_citation(text: str, words: Words) -> Citation | None:
    """Read a line as a citation; ``None`` where it is none.

    Args:
        text: The line.
        words: The word lists.
    """
    text = re.sub(r"^(?:\d{1,4}[.:]\s+(?=[A-Z])|>\s*)", "", text.strip())
    if len(text) > _LONGEST or not re.search(r"\d", text):
        return None
    headless = _HEADLESS.match(text)
    if headless:
        return Citation(None, int(headless["year"]))
    strong = is_citation_like(text)
    for pattern in _patterns():
        match = pattern.match(text)
        if match is None:
            continue
        groups = match.groupdict()
        journal = _clean_journal(groups.get("journal"))
        if not _is_journal(journal, strong, words):
            continue
        found = groups.get("year") or next(iter(YEAR.findall(text)), None)
        return Citation(journal, int(found) if found else None)
    return None


def parse_reference(text: str, words: Words) -> Citation | None:
    """Read a whole reference: authors, title, journal, year, as after "How to cite".

    Takes the last sentence that is a citation for the journal, and the one before it for the
    title.
    """
    parts = re.split(r"(?<=[^\W\d_]{3}[.?!])\s+(?=[A-Z(\d])", text.strip())
    for index in range(len(parts) - 1, -1, -1):
        found = parse_citation(" ".join(parts[index:]), words)
        if found is not None and found.journal is not None:
            title = parts[index - 1].strip() if index else ""
            # Authors with initials end in a full stop that doesn't part sentences.
            title = re.sub(r"^.{2,300}?\b[A-Z]{1,3}\.\s+(?=[A-Z\[][a-z])", "", title)
            return Citation(found.journal, found.year, title if len(title.split()) > 3 else None)
    return None
