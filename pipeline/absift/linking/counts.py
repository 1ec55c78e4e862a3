"""Tell counts of people or events from other numbers."""

from __future__ import annotations

from absift.linking.lines import Line
from absift.linking.patterns import Patterns
from absift.records import DURATION, PERCENTAGE

# Words of a phrase that begins with a count, at most.
_PHRASE = 4


class CountReader:
    """Reads what the numbers of sentences count.

    Args:
        patterns: The patterns of linking.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def value(self, line: Line, item: int, *, things: bool = False) -> int | None:
        """Give the number of people or events that an item counts, or ``None``.

        Args:
            line: The sentence.
            item: The number.
            things: Whether a number of anything else will do, too.
        """
        number = line.numbers.get(item)
        if number is None or number.kind == "ordinal" or number.year:
            return None
        if self._is_label(line, item):
            return None
        if not isinstance(number.value, int):
            return None
        if self._is_named(line, item) or self._is_measured(line, item):
            return None
        if not things and self._counts_things(line, item):
            return None
        return number.value

    def _is_label(self, line: Line, item: int) -> bool:
        """Tell whether a number is part of a name ("H(2)", "2D6") or of a list ("(4) We")."""
        signs, of = line.signs, self.patterns.signs
        if line.text[line.ends[item] : line.ends[item] + 1].isalpha():
            return True
        if self._ends_name(line, item):
            return True
        if signs[item + 1 : item + 2] in of("SENTENCE_END") and item + 2 < len(signs):
            # "1. recurrence; 2. adverse reactions".
            return True
        if not item or signs[item - 1] not in of("OPEN"):
            return False
        if item == 1 or self._is_glued(line, item - 1):
            return True
        alone = signs[item + 1 : item + 2] in of("CLOSE")
        if alone and line.words(item - 1, item) == "[":
            # "[12]": a reference.
            return True
        return alone and signs[item - 2] in of("SEP", "LIST_JOINER")

    def _is_glued(self, line: Line, item: int) -> bool:
        """Tell whether an item is glued to a word before it; a percentage is none."""
        return line.ends[item - 1] == line.starts[item] and item - 1 not in line.findings

    def _ends_name(self, line: Line, item: int) -> bool:
        """Tell whether a number stands in a row with a name ("4 on ABC 500 (9%)")."""
        if item < 2 or item - 1 in line.findings or item - 1 in line.numbers:
            return False
        name, behind = line.words(item - 1, item), line.signs[item + 1 : item + 2]
        named = len(name) > 1 and name[0].isupper() and line.text[line.starts[item]].isdigit()
        return named and (
            not behind or behind in self.patterns.signs("OPEN", "CLOSE", "SEP", "LINK_STOP")
        )

    def _is_named(self, line: Line, item: int) -> bool:
        """Tell whether what stands before a number makes it a name, a grade or a statistic."""
        if not item:
            return False
        signs, of = line.signs, self.patterns.signs
        before = signs[item - 1]
        place = item
        shared = not self._has_share(line, item)
        while shared and place > 1 and signs[place - 1] in of("LINK_SPREAD"):
            number = place - 2 - (place > 2 and signs[place - 2] in of("LINK_SPREAD"))
            if number not in line.numbers:
                break
            place = number
        if place and signs[place - 1] in of("LINK_NAMED"):
            return True
        lead = line.text[line.starts[item] - 1]
        if (place < item and before in of("RANGE_TO")) or lead.isalnum() or lead in ")′'/":
            return True
        if line.words(item - 1, item) == "=":
            # "n = 11" counts; "P = 3" doesn't.
            return item < 2 or signs[item - 2] not in of("COUNT_SIGN")
        if before in of("DASH"):
            # "type-2", and "10 mg ml- 1" with its exponent torn off.
            glued = item < 2 or line.ends[item - 2] == line.starts[item - 1]
            if glued:
                return True
            if line.ends[item - 1] == line.starts[item]:
                return False
        return not of("LINK_STATISTIC").isdisjoint(signs[max(0, item - 4) : item])

    def _has_share(self, line: Line, item: int) -> bool:
        """Tell whether a percentage in brackets follows ("in group 1 and 4 (28%) in group 2")."""
        share = line.findings.get(item + 2)
        opened = line.signs[item + 1 : item + 2] in self.patterns.signs("OPEN")
        return opened and share is not None and share.label == PERCENTAGE

    def _is_measured(self, line: Line, item: int) -> bool:
        """Tell whether what stands behind a number makes it a measure or a range."""
        signs, of = line.signs, self.patterns.signs
        behind = signs[item + 1 : item + 2]
        if not behind:
            return False
        unit = item
        while signs[unit + 1 : unit + 2] in of("LINK_SPREAD") and unit + 2 in line.numbers:
            unit += 2
        if signs[unit + 1 : unit + 2] in of("LINK_MEASURE"):
            return True
        if behind in of("CLOSE") and of("OPEN").isdisjoint(signs[max(0, item - 8) : item]):
            # "1) fever, 2) rash": the number of a list's item.
            return True
        if behind in of("DASH") and line.ends[item] == line.starts[item + 1]:
            # "7-day", "5- and 10-mg".
            return True
        return item + 2 in line.numbers and (
            behind in of("RANGE_TO") or line.words(item + 1, item + 2) == "/"
        )

    def _counts_things(self, line: Line, item: int) -> bool:
        """Tell whether a number counts what is neither people nor events ("two drugs")."""
        signs, of = line.signs, self.patterns.signs
        stops = of("LINK_STOP")
        shared = signs[item + 1 : item + 2] in of("LINK_OF")
        shared = shared and signs[item + 2 : item + 3] in of("LINK_DET", "LINK_SEVERAL")
        if shared:
            item += 2
        end = item + 1
        while end < len(signs) and end - item <= _PHRASE and signs[end] not in stops:
            found = line.findings.get(end)
            if found and found.label == DURATION:
                end += 1
                continue
            if signs[end] in of("LINK_TRIAL"):
                return True
            if found or signs[end] in of("LINK_COUNTED", "HARM_NOUN") or end in line.numbers:
                return False
            end += 1
        if not shared and end > item + 1 and signs[end - 1] in of("LINK_MEASURE"):
            return True
        if end - item <= 1 or end - item > _PHRASE:
            return False
        # A verb behind a number has the number as its subject ("two needed surgery").
        return any(
            line.words(i, i + 1)[-1:] == "s" and signs[i] not in of("LINK_VERB")
            for i in range(item + 1, end)
        )
