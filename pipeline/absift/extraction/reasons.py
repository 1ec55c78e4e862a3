"""Why a span has its attributes: the rule, the term or the step that set each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from absift.lexicon.candidates import Candidate
from absift.lexicon.entries import Entry
from absift.rules.engine import Finding
from absift.rules.sheet import Sheet
from absift.weighing.spans import SpanWeigher
from absift.weighing.weigher import Fact

#: What is said of attributes that come from a rule file's ``defaults``, and from the linking.
DEFAULT, LINKING = "default", "linking"
#: Under this key, a harm says what spoke for and against it.
EVIDENCE = "evidence"
#: Under this key, a span that no rule of a file found says which words spoke loudest.
WORDS = "words"
#: The same of an attribute whose value weights decided, behind its name.
OF_WORDS = f".{WORDS}"
#: So many of them are told.
TOLD = 6


def note(found: Sequence[Finding], by: str | None = None) -> None:
    """Say of every attribute that has no reason yet what set it.

    Args:
        found: Spans.
        by: What set the attributes; the rule that found the span by default.
    """
    for one in found:
        for name in one.attributes:
            one.why.setdefault(name, one.rule if by is None else by)


def note_events(one: Finding, candidate: Candidate) -> None:
    """Say of a harm which term of which list it is, and what was weighed."""
    entry = candidate.entry
    ruled = candidate.phrase is not None or entry.source in candidate.reasons
    named = entry.source if ruled else of_entry(entry)
    for name in one.attributes:
        one.why[name] = named
    reasons = [f"{rule} {weight:+g}" for rule, weight in sorted(candidate.reasons.items())]
    prior = candidate.score - sum(candidate.reasons.values())
    one.why[EVIDENCE] = ", ".join([f"{entry.kind} here {prior:+g}", *reasons])


def note_words(weigher: SpanWeigher, sheet: Sheet, found: Iterable[Finding]) -> None:
    """Say of the spans that words alone made what these were and where they stand."""
    for one in found:
        if one.rule == weigher.rule:
            one.why[WORDS] = said(weigher.reasons(sheet, one)[:TOLD])


def note_weighed(one: Finding, name: str, reasons: Sequence[tuple[Fact, float]]) -> None:
    """Say of an attribute that weights changed which words spoke for its value or against it."""
    one.why[f"{name}{OF_WORDS}"] = said(reasons[:TOLD])


def said(reasons: Iterable[tuple[Fact, float]]) -> str:
    """Give what words say as records have it: where, what and its weight."""
    return ", ".join(f"{place} {name} {weight:+g}" for (place, name), weight in reasons)


def of_entry(entry: Entry) -> str:
    """Give how a reason names a term: the lexicon's file and line, and its name."""
    place = entry.source.replace("\\", "/").rsplit("/", 1)[-1]
    return f"lexicon {place} {entry.term}"


def note_made(found: Iterable[Finding]) -> None:
    """Say of every attribute of spans that linking made what set it, in their order."""
    for one in found:
        words = {key: told for key, told in one.why.items() if key.endswith(OF_WORDS)}
        one.why = {name: one.why.get(name, one.rule) for name in one.attributes} | words


def note_links(
    found: Sequence[Finding], before: Sequence[tuple[Mapping[str, Any], Mapping[str, str]]]
) -> None:
    """Say of the attributes that linking set or changed that it did.

    Args:
        found: Spans, after linking.
        before: The attributes of each before it, and what had set them.
    """
    for one, (old, why) in zip(found, before, strict=True):
        for name, value in one.attributes.items():
            changed = name not in old or old[name] != value
            # Where it says more closely what it did, that stands.
            if changed and one.why.get(name) == why.get(name):
                one.why[name] = LINKING
