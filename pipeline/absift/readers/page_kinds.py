"""What each line of a page is: field, furniture, citation, names, heading, sentence."""

from __future__ import annotations

import re

from absift.readers.page_citation import is_citation_like, parse_citation, parse_reference
from absift.readers.page_fields import Facts, Label, is_value, split_label, year_in
from absift.readers.page_furniture import (
    COUNT,
    is_affiliation,
    is_furniture,
    section_of,
    trim_tail,
)
from absift.readers.page_lines import Line, is_prose, shape
from absift.readers.page_names import looks_like_names, parse_names
from absift.readers.page_words import Words, key_of

#: Kinds of lines that can be part of an abstract.
BODY = ("prose", "section")


_LONGEST_NAME = 80


class Classifier:
    """Goes through a page's lines once, names each one's kind and gathers the facts.

    Args:
        lines: The lines; ``kind`` and ``tail`` of each are filled.
        words: The word lists.
    """

    def __init__(self, lines: list[Line], words: Words) -> None:
        self.lines = lines
        self.words = words
        self.facts = Facts()
        #: Facts of lines behind "Similar articles" and the like: of this paper only if alone.
        self.tail_facts = Facts()
        self._tail = False

    def run(self) -> Facts:
        """Classify all lines."""
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            line.tail = self._tail
            index = self._label(index) or self._other(index)
        return self.facts

    def _facts(self) -> Facts:
        return self.tail_facts if self._tail else self.facts

    def _label(self, index: int) -> int | None:
        """Deal with a line that is a label, with or without its value; give the next index."""
        line = self.lines[index]
        label = split_label(line.text, self.words)
        if label is None:
            return None
        if label.kind == "abstract":
            return self._abstract(index, label)
        if label.name in self.words.sections and self._opens_section(index, label):
            return None
        if label.kind == "relation":
            line.kind = "label"
            return index + 1 if label.value else self._skip_block(index + 1)
        if label.value:
            if label.kind in ("citation", "journal") and is_prose(label.value) and not (
                parse_citation(label.value, self.words) or re.search(r"\d{4}", label.value)
            ):  # fmt: skip
                return None
            line.kind = "label"
            if label.kind != "journal" or key_of(label.value) not in self.words.lines:
                self._facts().add(label.kind, label.value, self.words)
            self._facts().add_ids(label.value if label.kind != "doi" else line.text)
            if label.kind in ("authors", "lists") and line.text.endswith((",", ";")):
                return self._values(index, label)
            return index + 1
        return self._values(index, label)

    def _opens_section(self, index: int, label: Label) -> bool:
        """Tell a section such as "Subjects" from the field of the same name by what follows."""
        if "(" in self.lines[index].text[: len(label.name) + 4]:
            return False
        if label.value:
            return is_prose(label.value)
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        return following is not None and is_prose(following.text)

    def _abstract(self, index: int, label: Label) -> int | None:
        line = self.lines[index]
        if label.value and not label.marked:
            return None
        had_text = any(before.kind in BODY for before in self.lines[:index])
        if had_text and label.name in self.words.sections:
            return None
        if label.value and shape(label.value)[0] < 4:
            line.kind = "furniture"
            return index + 1
        self._tail = line.tail = False
        line.kind = "abstract"
        if label.value:
            self.lines.insert(index + 1, Line(label.value))
        return index + 1

    def _values(self, index: int, label: Label) -> int:
        """Take the values on the lines below a label."""
        line, several = self.lines[index], label.kind in ("authors", "lists")
        taken: list[str] = [label.value] if label.value else []
        at = index + 1
        spaced = at < len(self.lines) and self.lines[at].gap
        while at < len(self.lines):
            here = self.lines[at]
            if here.gap and taken and not (spaced or here.bullet):
                break
            if not self._fits(label, here, bool(taken)):
                break
            taken.append(here.text)
            here.kind, here.tail = "value", self._tail
            at += 1
            if not several:
                break
        if taken:
            line.kind = "label"
            joined = "; ".join(value.rstrip(" ,;") for value in taken)
            self._facts().add(label.kind, joined if several else taken[0], self.words)
            for value in taken:
                self._facts().add_ids(value)
        else:
            line.kind = "furniture"
        return at

    def _fits(self, label: Label, line: Line, further: bool) -> bool:
        """Tell whether a line can be a value of the label above it."""
        text, words = line.text, self.words
        other = split_label(text, words)
        if other is not None and (other.marked or other.value or other.kind != "other"):
            return False
        if other is not None and label.kind == "authors":
            return False
        if key_of(text) in words.after or section_of(text, words) == "":
            return False
        if line.heading or is_prose(text):
            return label.kind == "title" and not further
        if label.kind == "lists" and (line.bullet or is_affiliation(text, words)):
            return True
        if key_of(text) in words.lines and not label.marked and label.kind != "language":
            return False
        return is_value(label.kind, text, words)

    def _skip_block(self, at: int) -> int:
        """Leave out the lines below a note on other papers."""
        first = at
        while at < len(self.lines):
            here = self.lines[at]
            if at > first and here.gap and not here.bullet:
                break
            if is_prose(here.text) and parse_citation(here.text, self.words) is None:
                break
            if split_label(here.text, self.words) is not None:
                break
            here.kind, here.tail = "relation", self._tail
            at += 1
        return at

    def _other(self, index: int) -> int:
        line, words = self.lines[index], self.words
        if line.kind:
            return index + 1
        line.text = trim_tail(line.text, words)
        text, key = line.text, key_of(line.text)
        if len(text) <= 80 and COUNT.sub(" ", key).strip() in words.after:
            line.kind = "after"
            if self._had_abstract(index) and not self._in_bar(index):
                self._tail = True
            return index + 1
        section = section_of(text, words)
        if section is not None:
            line.kind = "prose" if section else "section"
            return index + 1
        if all(part in words.publication_types for part in map(key_of, re.split(r"[;|]", text))):
            line.kind = "type"
            self._facts().put("publication_types", [text])
            return index + 1
        line.kind = self._kind(index)
        if line.kind not in BODY:
            self._facts().add_ids(text)
        return index + 1

    def _had_abstract(self, index: int) -> bool:
        """Tell whether an abstract may stand before a line; above it, headings are a menu's."""
        before = self.lines[:index]
        return self._tail or any(
            line.kind == "abstract" or (line.kind == "prose" and len(line.text.split()) > 25)
            for line in before
        )

    def _in_bar(self, index: int) -> bool:
        """Tell a tab of a menu ("Abstract", "References", "Cited by") from a heading."""
        following = self.lines[index + 1] if index + 1 < len(self.lines) else None
        if following is None or self.lines[index].heading:
            return False
        key = key_of(following.text)
        return key in self.words.lines or COUNT.sub(" ", key).strip() in self.words.after

    def _kind(self, index: int) -> str:
        line, words = self.lines[index], self.words
        text = line.text
        if re.fullmatch(rf"(?:(?:\d{{1,2}}\s+)?{words.month}\s+)?(?:19|20)\d\d\W*", text, re.I):
            return "date"
        if is_furniture(line, words):
            return "furniture"
        citation = parse_citation(text, words)
        if citation is not None:
            self._facts().put("year", citation.year)
            journal = citation.journal
            if journal is None or key_of(journal) in words.lines:
                journal = self._line_before(index)
            self._facts().put("journal", journal)
            return "citation"
        if self._reference(text):
            return "citation"
        names = looks_like_names(text, words)
        if not names and not self._facts().found.get("authors"):
            names = self._one_of_many(index)
            if names:
                line.names = names
                return "authors"
        if names and (len(names) > 1 or (index and not self._is_journal_line(index))):
            self._facts().put("authors", names)
            return "authors"
        if is_affiliation(text, words):
            return "affiliation"
        if is_prose(text):
            return "prose"
        if words.registry.search(text) and shape(text)[0] <= 30:
            return "registry"
        return "other"

    def _reference(self, text: str) -> bool:
        """Take a whole reference on one line: authors, title, journal, volume; or say no."""
        if len(text) > 600 or "\n" in text:
            return False
        parts = re.split(r"\s+[-–—]\s+", text)
        if 2 <= len(parts) <= 3 and year_in(parts[1]) and looks_like_names(parts[0], self.words):
            # "A Name, B Name - Journal, 2009 - Publisher"
            self._facts().add("authors", parts[0], self.words)
            self._facts().add_journal(parts[1], self.words)
            return True
        if not is_citation_like(text):
            return False
        found = parse_reference(text, self.words)
        if found is None or found.title is None:
            return False
        self._facts().add_citation(text, self.words)
        return True

    def _is_journal_line(self, index: int) -> bool:
        """Tell whether the line below is the volume and year of a journal named here."""
        below = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        citation = parse_citation(below, self.words)
        return citation is not None and citation.journal is None

    def _one_of_many(self, index: int) -> list[str]:
        """Give the name on a line by itself, if the line before or after it is a name too."""
        line = self.lines[index]
        names = parse_names(line.text, self.words) if len(line.text) <= _LONGEST_NAME else []
        if len(names) != 1 or not 2 <= len(names[0].split()) <= 4 or line.tail:
            return []
        for at in (index - 1, index + 1):
            beside = self.lines[at] if 0 <= at < len(self.lines) else line
            if beside is line or beside.bullet != line.bullet or is_furniture(beside, self.words):
                continue
            if len(beside.text) > _LONGEST_NAME:
                continue
            others = parse_names(beside.text, self.words)
            if len(others) == 1 and 2 <= len(others[0].split()) <= 4:
                return names
        return []

    def _line_before(self, index: int) -> str | None:
        """Give the journal that stands on the line before its volume and year."""
        if index == 0:
            return None
        before = next(
            line
            for line in self.lines[index - 1 :: -1]
            if line.kind != "date" or line is self.lines[0]
        )
        if before.kind not in ("other", "furniture") or len(before.text.split()) > 10:
            return None
        if before.text.endswith((".", "?")) and before.kind == "other":
            return None
        if before.kind == "furniture" and key_of(before.text) in self.words.lines:
            return None
        before.kind = "citation"
        return re.sub(r"^.*logo\s*link to\s+", "", before.text, flags=re.I).strip(" .,;>◽·|")
