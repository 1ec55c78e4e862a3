"""Phrases that may name a harm and that no lexicon can hold: "increase in serum gastrin".

What they are made of is without end, how they are made isn't, so rules find them. A phrase is
then judged as a term of the lexicon is, by evidence and by the words around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from absift.lexicon.candidates import Candidate
from absift.rules.engine import Engine, Finding
from absift.rules.model import PHRASES, Entry
from absift.rules.sheet import Sheet

#: The system of a harm that the lexicon doesn't hold.
UNLISTED = "unclassified"
#: The kind that phrases are weighed as by rules of evidence.
_KIND = "finding"


def with_phrases(
    engine: Engine, sheet: Sheet, terms: Sequence[Candidate], taken: Sequence[Finding]
) -> list[Candidate]:
    """Give terms together with the phrases of an abstract.

    A phrase takes the place of the terms in it, and gives way to a term that is as long as
    itself or reaches beyond it.

    Args:
        engine: The rules of the label.
        sheet: The abstract.
        terms: The terms of the lexicon in it, in text order.
        taken: What was found before; a phrase must overlap none of it.
    """
    hits = engine.hits(sheet, PHRASES)
    if not hits:
        return list(terms)
    rules = {hit.rule.id: hit.rule for hit in hits}
    held = bytearray(len(sheet.text))
    for other in taken:
        held[other.start : other.end] = b"\1" * (other.end - other.start)
    # Terms don't overlap each other, so that both stand in order.
    starts, ends = [one.start for one in terms], [one.end for one in terms]
    made, gone = list[Candidate](), set[int]()
    for found in engine.resolve(sheet, hits):
        start, end = found.start, found.end
        within = range(bisect_right(ends, start), bisect_left(starts, end))
        if held.find(1, start, end) >= 0 or not all(
            _is_part(terms[place], start, end) for place in within
        ):
            continue
        gone.update(within)
        rule = rules[found.rule]
        name = " ".join(sheet.text[start:end].lower().split())
        entry = Entry(name, UNLISTED, _KIND, (), rule.id)
        made.append(Candidate(start, end, entry, phrase=rule))
    kept = [one for place, one in enumerate(terms) if place not in gone]
    return sorted([*kept, *made], key=lambda one: one.start)


def _is_part(term: Candidate, start: int, end: int) -> bool:
    """Tell whether a term stands in a phrase that says more than it does."""
    return start <= term.start and term.end <= end and (term.start, term.end) != (start, end)
