"""What marks a line as the site's rather than the paper's: furniture, addresses, headings."""

from __future__ import annotations

import re

from absift.readers.page_citation import parse_citation
from absift.readers.page_fields import split_label
from absift.readers.page_lines import Line, shape
from absift.readers.page_names import looks_like_names
from absift.readers.page_words import Words, key_of

_CAPITAL_HEAD = re.compile(r"^[A-Z][A-Z0-9 ,/&()'-]{3,70}:(?:\s|$)")
# A label that no list has, told by its capitals: "Handling Colleague: ...".
_TITLE_CASE_LABEL = re.compile(r"[A-Z][a-z]+(?:[ /][A-Z][a-z]+){1,3}\s*:\s+\S")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)\s*(?:\w+\s+){0,3}\d{4}|copyright\b)", re.IGNORECASE)
_URL = re.compile(
    r"^(?:https?://|www\.)\S+$|^\S+\.(?:com|org|gov|edu|net)(?:/\S*)?$", re.IGNORECASE
)
_CRUMBS = re.compile(r"\s[>»›→]\s?|\s?[»›→]\s")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\[email\s?protected\]", re.IGNORECASE)
#: A number beside a word, as in "References (34)".
COUNT = re.compile(r"\s*[(\[]?\b\d[\d,.]*[)\]]?\s*")

# Characters at the end of a line that are searched for a button.
_TAIL = 80


def is_furniture(line: Line, words: Words) -> bool:
    """Tell whether a line belongs to the site rather than to the paper."""
    text, key = line.text, key_of(line.text)
    count = len(text.split())
    if not key or key in words.lines:
        return True
    if len(key) <= 80 and ((bare := COUNT.sub(" ", key).strip()) in words.lines or not bare):
        return True
    if (
        line.links >= 2
        and not looks_like_names(text, words)
        and line.rest <= 3 * line.links
        and count <= 8 * line.links
    ):
        return True
    if line.links == 1 and line.rest == 0 and count <= 3:
        return True
    if count <= 6 and re.match(rf"\W*{words.pages}\W*[\dA-Z]*\d", text, re.I):
        return True
    if _URL.match(text) or _COPYRIGHT.match(text):
        return True
    crumbs = _CRUMBS.split(text) if len(text) < 1000 else [text]
    if len(crumbs) == 1 and " / " in text and key_of(text.split(" / ")[0]) in words.lines:
        return True
    if len(crumbs) > 1 and all(len(part.split()) <= 6 for part in crumbs[:-1]):
        return True
    return _has_site_words(text, count, words)


def _has_site_words(text: str, count: int, words: Words) -> bool:
    folded = text.casefold().replace("’", "'")
    start = folded.lstrip("-–—*•([\"' ")
    if count <= 40 and start.startswith(words.starts):
        return True
    if count <= 80 and any(phrase in folded for phrase in words.contains):
        return True
    hits = sum(word in words.site_words for word in re.findall(r"[\w']+", folded))
    return count <= 60 and (hits >= 2 or hits * 12 >= count > 0)


def is_affiliation(text: str, words: Words) -> bool:
    """Tell whether a line is an address: institution, town, country."""
    if len(text) > 1000:
        return False
    count, lower, commas = shape(text)
    tokens = {token.casefold() for token in re.findall(r"[^\W\d_]+", text)}
    hits = len(tokens & words.institutions)
    if hits and _EMAIL.search(text) and lower < 0.6:
        return True
    return hits > 0 and "," in text and lower < 0.5 and (commas > 0.08 or hits > 1) and count > 2


def section_of(text: str, words: Words) -> str | None:
    """Give what stands behind a section's head; ``""`` for a head alone, ``None`` for no head."""
    if len(text) <= 80:
        key = re.sub(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+", "", key_of(text))
        if key in words.sections:
            return ""
    match = re.match(r"\s*(?:\[?)([^:.\]\n–—]{3,70}?)\s*(?:\]\s*:?|[:.–—]|\s-\s)\s*(?=\S)", text)
    if match and key_of(match[1]) in words.sections:
        return text[match.end() :]
    match = _CAPITAL_HEAD.match(text)
    if match and (split_label(match[0], words) is None):
        return text[match.end() :].strip()
    return None


def parts_lines(before: str, text: str, broken: bool, words: Words) -> bool:
    """Tell whether a line is whole and the one after it begins something new.

    Args:
        before: The line, as far as it has been put together.
        text: The next line.
        broken: Whether their width says that the line was broken.
        words: The word lists.
    """
    label = split_label(before, words)
    if label is not None and (label.marked or not label.value):
        # A label's own value may be broken, unless the label asks for a short one.
        if label.kind not in ("authors", "title", "lists", "abstract", "citation", "journal"):
            return True
        if label.kind == "lists" and label.value and _leaves_list(label.value, text):
            return True
    own = split_label(text, words)
    if own is not None and (own.marked or not own.value):
        return True
    if _TITLE_CASE_LABEL.match(text):
        return True
    if text[:1].islower() and not re.search(r"[.!?:;]\W*$", before):
        # The rest of a sentence may be a word that is a button elsewhere: "more."
        return False
    if any(key_of(line) in words.lines | words.after for line in (before, text)):
        return True
    if section_of(text, words) == "" or section_of(before, words) == "" or _URL.match(before):
        return True
    if parse_citation(text, words) or (looks_like_names(text, words) and not before.endswith(",")):
        return True
    if before.endswith(".") and parse_citation(before, words):
        return True
    if is_affiliation(text, words) and not is_affiliation(before, words):
        return True
    return (not broken and section_of(text, words) is not None) or bool(_COPYRIGHT.match(text))


def _leaves_list(value: str, text: str) -> bool:
    """Tell whether a sentence begins where a list of lower-case terms was to go on."""
    items = re.findall(r"[^\W\d_]\w*", value)
    lower = sum(item[0].islower() for item in items)
    return text[:1].isupper() and not value.rstrip().endswith((",", ";")) and lower * 2 > len(items)


def trim_tail(text: str, words: Words) -> str:
    """Cut a button ("Read more") off the end of a sentence."""
    start = max(0, len(text) - _TAIL)
    tail = words.tail.search(text, start)
    if tail and tail.start() > start and re.search(r"[.!?…\])]\s*$", text[start : tail.start()]):
        return text[: tail.start()].rstrip(" \t")
    return text
