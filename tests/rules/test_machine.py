"""The compiled machine against Python's own regular expressions."""

from __future__ import annotations

import re
import signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import compiled
from absift.rules.program import program

machine = compiled("absift.rules._machine")
pytestmark = pytest.mark.skipif(machine is None, reason="absift was installed without a compiler")

SIGNS = "\nĀāĂă"
_SETS = st.sampled_from(["Ā", "[Āā]", "[Ā-Ă]", "[^\n]", "[^\nĀ]", "[^\nā-ă]"])
_LEAVES = st.one_of(_SETS, _SETS, st.sampled_from(["(?<=\n)", "(?=\n)", "(?!)"]))


def _brackets(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    rows = st.lists(inner, min_size=1, max_size=3).map("".join)
    choices = st.lists(rows, min_size=1, max_size=3).map("|".join)
    repeats = st.sampled_from(["", "", "?", "??", "{0,2}", "{1,3}", "{2,2}", "{0,3}?", "{1,2}?"])
    grouped = st.builds(lambda one, repeat: f"(?:{one}){repeat}", choices, repeats)
    looks = st.builds(lambda one, look: f"(?{look}{one})", choices, st.sampled_from("=!"))
    return st.one_of(grouped, grouped, looks)


PATTERNS = st.recursive(_LEAVES, _brackets, max_leaves=8)
CAPTURES = st.lists(PATTERNS, min_size=1, max_size=3).map(
    lambda parts: "".join(f"(?P<g{place}>{one})" for place, one in enumerate(parts))
)


def by_re(source: str, text: str, begin: int, end: int) -> object:
    match = re.compile(source).search(text, begin, end)
    return match and (match.span(), {name: match.span(name) for name in match.groupdict()})


@given(st.one_of(PATTERNS, CAPTURES), st.text(SIGNS, max_size=12), st.data())
def test_it_finds_what_re_finds(source: str, text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    one = machine.Matcher(machine.Machine(), program(source))
    assert one.spans(text, begin, end) == by_re(source, text, begin, end)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("ĀĂ", "āĀĂ", (1, 3)),
        ("[^\nĀ]", "Ā\nꪪ", (2, 3)),
        ("(?:Ā|Āā)Ă", "ĀāĂ", (0, 3)),
        ("(?:[^\n]){0,9}?Ă", "āĂāĂ", (0, 2)),
        ("(?:[^\n]){0,9}Ă", "āĂāĂ", (0, 4)),
        ("(?:Āā){2,2}", "ĀāĀāĀā", (0, 4)),
        (r"(?:Ā)?\Z", "ā", (1, 1)),
        ("Ā(?!ā)", "ĀāĀ", (2, 3)),
        ("(?<=\n)Ā", "Ā\nĀ", (2, 3)),
    ],
)
def test_matches(source: str, text: str, found: tuple[int, int]) -> None:
    one = machine.Matcher(machine.Machine(), program(source))
    made = one.spans(text, 0, len(text))
    assert made is not None
    assert made[0] == found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # Nothing, taken as often as it must be, doesn't end a repeat; taken once more, it does.
        ("(?:(?P<g>Ā{0,2}?)){1,2}ā", "ĀĀā"),
        ("(?:(?P<g>Ā{0,2}?|Āā)){1,3}Ă", "ĀāĀĂ"),
        ("(?:(?P<g>Ā{0,2}?)){1,3}?ā", "ĀĀĀā"),
        ("(?:(?P<g>Ā?|ā)){0,3}Ă", "ĀāĂ"),
        ("Ā{0,9}?(?P<g>ā{0,3})ā", "ĀĀāāā"),
    ],
)
def test_captures_are_those_of_re(source: str, text: str) -> None:
    one = machine.Matcher(machine.Machine(), program(source))
    found = by_re(source, text, 0, len(text))
    assert found is not None
    assert one.spans(text, 0, len(text)) == found


def test_a_program_may_go_back_very_often() -> None:
    text = "Ā" * 5000 + "ā"
    one = machine.Matcher(machine.Machine(), program("(?:Ā|ā){0,5000}Ă"))
    assert one.spans(text, 0, len(text)) is None


def test_it_can_be_interrupted() -> None:
    class RungError(Exception):
        pass

    def ring(number: int, frame: object) -> None:
        raise RungError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        one = machine.Matcher(machine.Machine(), program("(?:(?:Ā?Ā?){0,20}){0,20}ā"))
        with pytest.raises(RungError):
            one.spans("Ā" * 60, 0, 60)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
