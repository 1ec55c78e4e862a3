"""What a rule captures, as the value of an attribute."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from absift.errors import ConfigError
from absift.rules.reading import suggestion
from absift.rules.sheet import Sheet
from absift.text.numbers import Value
from absift.text.tokens import fold

#: From a sheet and a captured stretch of items to a value, or ``None`` where there is none.
Normaliser = Callable[[Sheet, int, int], object]

# A letter with a number of its own, as days of a cycle are written ("d8").
_LETTERED = re.compile(r"[^\W\d_](\d{1,2})")


def number(sheet: Sheet, first: int, last: int) -> Value | None:
    """The number captured; a whole decimal becomes an integer (``12.0`` is 12).

    Of a single word without one, it is the number behind its only letter (``d8`` is 8).
    """
    for item in range(first, last):
        found = sheet.number(item)
        if found is not None:
            value = found.value
            return int(value) if isinstance(value, float) and value.is_integer() else value
    if last - first == 1:
        lettered = _LETTERED.fullmatch(sheet.words(first, last))
        if lettered:
            return int(lettered[1])
    return None


def text(sheet: Sheet, first: int, last: int) -> str:
    """The words captured, as written."""
    return sheet.words(first, last)


def true(sheet: Sheet, first: int, last: int) -> bool:
    """That something was captured at all."""
    return last > first


class _Grade:
    """A toxicity grade: ``3``, ``3-4``, ``>=3``."""

    def __init__(self, figures: _Table) -> None:
        self._figures = figures

    def __call__(self, sheet: Sheet, first: int, last: int) -> str | None:
        found = [self._figures(sheet, item, item + 1) for item in range(first, last)]
        grades = [str(grade) for grade in found if grade in self._figures.values]
        if not grades:
            return None
        if len(grades) > 1:
            return f"{grades[0]}-{grades[-1]}"
        lead, tail = sheet.words(first, first + 1), last - first
        if lead in _AT_LEAST or (lead not in _AT_MOST and tail > 1):
            return f">={grades[0]}"
        return f"{_AT_MOST.get(lead, '')}{grades[0]}"


_AT_LEAST = frozenset({"≥", ">=", "=>"})
_AT_MOST: Mapping[str, str] = {"≤": "<=", "<=": "<=", "=<": "<=", ">": ">", "<": "<"}


class Normalisers:
    """The normalisers by name; ``configs/normalise.yaml`` holds the words of those with words.

    Args:
        tables: Name of a normaliser to its table of value to words.
    """

    def __init__(self, tables: Mapping[str, Mapping[str, list[str]]]) -> None:
        self._by_name: dict[str, Normaliser] = {"number": number, "text": text, "true": true}
        for name, table in tables.items():
            self._by_name[name] = made = _Table(table)
            if name == "grade_figure":
                self._by_name["grade"] = _Grade(made)

    def get(self, name: str, where: str) -> Normaliser:
        """Give a normaliser.

        Raises:
            ConfigError: There is none of this name.
        """
        if name not in self._by_name:
            near = suggestion(name, self._by_name)
            known = near or f"; known are {', '.join(sorted(self._by_name))}"
            raise ConfigError(f"{where}: unknown normaliser '{name}'{known}")
        return self._by_name[name]


class _Table:
    """Looks the captured words up; what the table lacks stays as written."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self.values = frozenset(table)
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        for value, words in table.items():
            for word in words:
                if word.startswith("="):
                    self._exact[word[1:]] = value
                else:
                    self._folded[fold(word)] = value

    def __call__(self, sheet: Sheet, first: int, last: int) -> object:
        words = sheet.words(first, last)
        if words in self._exact:
            return self._exact[words]
        return self._folded.get(fold(words), words)
