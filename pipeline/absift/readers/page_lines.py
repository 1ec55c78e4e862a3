"""A page as lines: markup taken off, broken lines joined, each with what its form tells."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from absift.readers.page_words import Words
from absift.readers.wrapping import broken_runs, ends_sentence, is_open, join, page_width

_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(
    r"\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\((?:\s*<?(?:#|/|\.|\?|https?:|mailto:|www\.|javascript:|[\w-]+\.\w+)[^)\n]*|\s*)\)"
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*\\])\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*\\])\*(?![\w*])")
_UNDERLINE = re.compile(r"(?<![\w_\\])_(?=[^\s_])([^_\n]{1,200}?)(?<=[^\s_\\])_(?![\w_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|&])")
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|div|em|font|h[1-6]|i|italic|jats:\w+|li|ol|p|section|small|span|strong|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>\n]*)?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6])\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_BULLET = re.compile(r"^\s*(?:[•◦▪‣·●○■–—*+-]|\d{1,3}[.)](?=\s+\S+\s))\s+(?=\S)")
_RULE = re.compile(r"^[\s\-=_*~|:+.·•<>›»«]*$")
# Marks that part the fields of a record, at the ends of a line.
_PARTING = re.compile(r"^[|◽]\s*|\s*[|◽]+$|(?<=\S)\s+[·•]$")
_BLANKS = " \t\r\f\v"


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: Its characters, markup taken off, outer blanks trimmed.
        gap: Whether a blank line stands before it.
        heading: Whether it is marked as a heading or bold as a whole.
        bullet: Whether it is an item of a list.
        links: How many links it had.
        rest: How many letters it has outside its links.
        kind: What it was found to be; empty until then.
        names: Names that it may hold, where nothing but their like beside it says so.
        tail: Whether it stands behind a heading such as "Similar articles".
    """

    text: str
    gap: bool = False
    heading: bool = False
    bullet: bool = False
    links: int = 0
    rest: int = 0
    kind: str = ""
    names: list[str] = field(default_factory=list)
    tail: bool = False


def _is_markdown(text: str) -> bool:
    return bool(
        re.search(r"^#{1,6}\s+\S", text, re.MULTILINE) or _LINK.search(text) or _BOLD.search(text)
    )


def clean_line(raw: str, markdown: bool = True) -> Line:
    """Take the markup off one line."""
    text = raw
    bullet = bool(_BULLET.match(text))
    if bullet and not re.match(r"\d", text):
        text = _BULLET.sub("", text, count=1)
    heading = _HEADING.match(text)
    if heading:
        text = heading[2]
    links, rest = 0, 0
    if "](" in text:
        text = _IMAGE.sub("", text)
        links = len(_LINK.findall(text))
        rest = sum(map(str.isalpha, _LINK.sub("", text)))
        text = _LINK.sub(r"\1", text)
    bold = _BOLD.fullmatch(text.strip(_BLANKS)) is not None
    if markdown:
        text = _BOLD.sub(r"\2", text)
        text = _ITALIC.sub(r"\1", text)
        text = _UNDERLINE.sub(r"\1", text)
        text = _ESCAPE.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _PARTING.sub("", text.strip(_BLANKS))
    return Line(
        text.strip(_BLANKS),
        heading=bool(heading) or bold,
        bullet=bullet,
        links=links,
        rest=rest,
    )


def page_lines(text: str, words: Words, parts: Callable[[str, str, bool], bool]) -> list[Line]:
    """Split a page into lines that mean something.

    Args:
        text: The whole page.
        words: The word lists.
        parts: Tells whether a line, given first, is whole and the one after it begins anew;
            the third argument is whether the width says that it was broken.
    """
    markdown = _is_markdown(text)
    text = _BREAK.sub("\n", text)
    blocks = _blocks(text.replace("\r\n", "\n").replace("\r", "\n"))
    width = page_width(blocks)
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        for at, raw in enumerate(_joined(block, words, parts, width, markdown)):
            line = clean_line(raw, markdown)
            line.gap = at == 0 and number > 0
            if not _RULE.match(line.text):
                lines.append(line)
    return lines


def _blocks(text: str) -> list[list[str]]:
    """Split a page at its blank lines; a row of dashes parts like one."""
    blocks: list[list[str]] = [[]]
    raws = [raw.strip(_BLANKS).lstrip("\ufeff").removeprefix("> ") for raw in text.split("\n")]
    for raw in raws:
        if not _RULE.match(raw):
            blocks[-1].append(raw)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if all(len(block) == 1 for block in blocks):
        # A blank line behind every line parts nothing, if the lines were broken at a column.
        single = [block[0] for block in blocks]
        if any(last - first > 2 for first, last in broken_runs(single)):
            return [single]
    return blocks


def _joined(
    block: list[str],
    words: Words,
    parts: Callable[[str, str, bool], bool],
    width: int | None,
    markdown: bool,
) -> list[str]:
    """Join the lines of a block that a program broke."""
    joined: list[str] = []
    broken = [False] * len(block)
    for first, last in broken_runs(block, width):
        broken[first + 1 : last + 1] = [True] * (last - first)
    for at, raw in enumerate(block):
        last = at + 1 == len(block) or not broken[at + 1]
        if broken[at] and last and ends_sentence(block[at - 1]) and not ends_sentence(raw):
            # A paragraph's last line may be full by chance; what follows isn't its sentence.
            broken[at] = False
        goes_on = broken[at] or (at > 0 and is_open(block[at - 1], raw))
        if goes_on and not _anew(joined[-1], raw, broken[at], parts, markdown):
            joined[-1] = join(joined[-1], raw, words.after_hyphen)
        else:
            joined.append(raw)
    return joined


def _anew(
    before: str,
    raw: str,
    broken: bool,
    parts: Callable[[str, str, bool], bool],
    markdown: bool,
) -> bool:
    """Tell whether a line begins something new, whatever its width says."""
    line = clean_line(raw, markdown)
    numbered = line.bullet and line.text[:1].isdigit()
    if _HEADING.match(raw) or (line.bullet and not (numbered and broken)):
        return True
    whole = clean_line(before, markdown)
    # Bold or a link that is closed on a line of its own is a heading or a menu.
    return (whole.heading and not _HEADING.match(before)) or parts(whole.text, line.text, broken)


def shape(text: str) -> tuple[int, float, float]:
    """Measure a line: its words, the share of them in lower case, and commas a word."""
    tokens = text.split()
    starts = [token.lstrip("([\"'“‘-–—")[:1] for token in tokens]
    letters = [first for first in starts if first.isalpha()]
    lower = sum(first.islower() for first in letters) / len(letters) if letters else 0.0
    commas = (text.count(",") + text.count(";")) / len(tokens) if tokens else 0.0
    return len(tokens), lower, commas


_ENDS = re.compile(r"[.!?…][\"'”’)\]*\d,\s]*$")


def is_prose(text: str) -> bool:
    """Tell whether a line reads like sentences: long, mostly lower case, closed by a full stop."""
    words, lower, commas = shape(text)
    if words < 8 or lower < 0.5 or commas > 0.3:
        return False
    return words >= 40 or _ENDS.search(text) is not None


def sentences_in(text: str) -> int:
    """Count sentence ends within a line, its own end included."""
    return len(re.findall(r"[a-z0-9)%\]][.?!](?=\s+[A-Z(\[]|\s*$)", text))
