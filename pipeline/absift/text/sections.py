"""Find the sentences of an abstract and the section that each stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from absift.compiled_parts import compiled
from absift.text import pieces

#: The section of a title, and of text before any head.
TITLE = "title"
BODY = "body"

# A title is one line; what is longer is a paragraph of an abstract that has no title.
_LONGEST_TITLE = 400
# A title that the text runs on from has a text behind it, and is more than a label.
_LEAST_SENTENCES, _LEAST_WORDS = 5, 4
_PIECES = (compiled("absift.text._pieces") or pieces).pieces
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"[ \t]*\[?\s*(\w+)")


class Sentence(NamedTuple):
    """``text[start:end]``, a sentence or the head of a section, in ``section``."""

    start: int
    end: int
    section: str


class SectionFinder:
    """Splits abstracts; made once from ``configs/sections.yaml``.

    Args:
        headings: Section to the heads that open it, lower case.
        abbreviations: Words behind which a full stop doesn't end a sentence, without it.
        marked_only: Heads that also begin sentences, so that they need their colon.
        never_in_title: Words that tell a sentence from a title that the text runs on from, lower
            case; where there are none, only a line of its own is a title.
    """

    def __init__(
        self,
        headings: Mapping[str, Sequence[str]],
        abbreviations: Sequence[str],
        marked_only: Sequence[str] = (),
        never_in_title: Sequence[str] = (),
    ) -> None:
        self._section = {head: name for name, heads in headings.items() for head in heads}
        self._abbreviations = frozenset(abbreviations)
        self._marked_only = frozenset(marked_only)
        self._never_in_title = frozenset(never_in_title)
        # Most sentences begin with a word that begins no head: a look-up instead of a match.
        self._first = frozenset(_WORD.match(head)[0] for head in self._section)  # type: ignore[index]
        # Longest first, so that "materials and methods" isn't read as "materials".
        heads = "|".join(
            re.escape(head).replace(r"\ ", r"\s+")
            for head in sorted(self._section, key=lambda head: (-len(head), head))
        )
        boxed, marked, run = (
            r"\s*\][:.]?",
            r"\s*(?::|\s[-–—]\s|[–—](?-i:(?=[A-Z])))",
            r"\s*(?:\.\s+|\s+)(?P<run>)(?-i:(?=[A-Z]))",
        )
        # The heads stand in it once, since there are many, which takes long to compile.
        self._head = re.compile(
            rf"[ \t]*(?P<box>\[\s*)?(?P<head>{heads})(?(box){boxed}|(?:{marked}|{run}))",
            re.IGNORECASE,
        )

    def split(self, text: str, *, has_title: bool | None = None) -> list[Sentence]:
        """Give the sentences of a text in order, without blanks around them.

        Args:
            text: An abstract.
            has_title: Whether its first line is a title; ``None`` to tell by its look.
        """
        title_end = self._title_end(text, has_title)
        out: list[Sentence] = []
        if title_end:
            self._add(out, text, 0, title_end, TITLE)
        section = BODY
        for start, end in _PIECES(text, title_end, self._abbreviations):
            while head := self._heading(text, start, end):
                section, behind = head
                self._add(out, text, start, behind, section)
                start = behind
            self._add(out, text, start, end, section)
        return out

    def _title_end(self, text: str, has_title: bool | None) -> int:
        if has_title is False:
            return 0
        end = text.find("\n")
        if end <= 0 or not text[end:].strip():
            return self._run_in_title(text)
        if has_title:
            return end
        line = text[:end]
        looks = end <= _LONGEST_TITLE and not self._heading(text, 0, end + 1)
        # Two full sentences make a paragraph.
        return end if looks and len(_PIECES(line, 0, self._abbreviations)) <= 2 else 0

    def _run_in_title(self, text: str) -> int:
        """Give the end of a title that the text runs on from on its line, 0 if there is none."""
        if not self._never_in_title:
            return 0
        first = _PIECES(text, 0, self._abbreviations, _LEAST_SENTENCES)
        if len(first) < _LEAST_SENTENCES:
            return 0
        end = first[0][1]
        if end > _LONGEST_TITLE or self._heading(text, 0, end):
            return 0
        words = _WORD.findall(text[:end].lower())
        short = len(words) < _LEAST_WORDS
        return 0 if short or not self._never_in_title.isdisjoint(words) else end

    def _heading(self, text: str, start: int, end: int) -> tuple[str, int] | None:
        """Give the section that a head at ``start`` opens and the offset behind the head."""
        first = _FIRST.match(text, start, end)
        if not first or first[1].lower() not in self._first:
            return None
        # Up to the text's end, because what follows tells a head on a line of its own.
        match = self._head.match(text, start)
        if not match or match.end() > end:
            return None
        written = match["head"]
        words = " ".join(written.lower().split())
        if match["run"] is not None and (words in self._marked_only or not _is_run_in(written)):
            return None
        # None where letters match whose lower case differs, such as the long s.
        section = self._section.get(words)
        return (section, match.end()) if section else None

    @staticmethod
    def _add(out: list[Sentence], text: str, start: int, end: int, section: str) -> None:
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        piece = piece.strip()
        if piece:
            out.append(Sentence(start + lead, start + lead + len(piece), section))


def _is_run_in(words: str) -> bool:
    """Tell whether a head without a colon is written as one: ``Results``, ``RESULTS``."""
    return words[0].isupper() and (words[1:].islower() or words.isupper())


def section_at(sentences: Sequence[Sentence], starts: Sequence[int], offset: int) -> str:
    """Give the section of an offset; ``starts`` are the sentences' own, in order."""
    place = bisect_right(starts, offset) - 1
    return sentences[place].section if place >= 0 else BODY
