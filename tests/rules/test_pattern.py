from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absift.compiled_parts import PURE, are_there
from absift.rules.pattern import Found, Pattern, over_signs

SOURCES = [
    "Ā",
    "(?P<a>Ā)(?P<b>ā)?",
    "(?:Ā|Āā)Ă?",
    "(?:[^\n]){0,3}?Ă",
    "(?P<a>(?:Āā){1,2})(?!Ă)",
    "(?:Ā)?",
    "(?<=\n)(?:Ā|ā)(?=\n)",
    r"(?:Āā|Ă){0,2}\Z",
    "(?!)",
]
HOW = ["search", "match", "fullmatch"]


def found(pattern: Pattern, match: Found | None) -> object:
    groups: list[str | int] = [0, *pattern.groupindex]
    return match and [(match.start(one), match.end(one), match.span(one)) for one in groups]


@given(
    st.sampled_from(SOURCES), st.text("\nĀāĂ", max_size=9), st.integers(0, 10), st.integers(0, 10)
)
def test_it_finds_what_re_finds(source: str, signs: str, begin: int, end: int) -> None:
    ours, plain = over_signs(source), re.compile(source)
    assert ours.groupindex == plain.groupindex
    for how in HOW:
        for edges in ((), (begin,), (begin, end)):
            one, other = (getattr(each, how)(signs, *edges) for each in (ours, plain))
            assert found(ours, one) == found(plain, other)
    made = [found(ours, one) for one in islice(ours.finditer(signs, begin, end), 99)]
    assert made == [found(plain, one) for one in plain.finditer(signs, begin, end)]


@pytest.mark.parametrize(
    ("how", "signs", "span"),
    [
        ("search", "āĀā", (1, 3)),
        ("match", "āĀā", None),
        ("match", "ĀāĂ", (0, 2)),
        ("fullmatch", "ĀāĂ", None),
        ("fullmatch", "Āā", (0, 2)),
    ],
)
def test_how_it_looks(how: str, signs: str, span: tuple[int, int] | None) -> None:
    made = getattr(over_signs("Āā"), how)(signs)
    assert (made and made.span()) == span


def test_a_group_that_isn_t_there() -> None:
    match = over_signs("(?P<a>Ā)|(?P<b>ā)").search("ā")
    assert match is not None
    assert (match.span("a"), match.span("b")) == ((-1, -1), (0, 1))
    with pytest.raises(IndexError):
        match.start("c")


def test_without_the_compiled_part_it_is_re_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PURE, "1")
    assert isinstance(over_signs("Ā"), re.Pattern)


@pytest.fixture
def alarm() -> Iterator[None]:
    before = signal.getsignal(signal.SIGALRM)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not are_there(), reason="absift was installed without a compiler")
@pytest.mark.usefixtures("alarm")
def test_a_signal_s_handler_may_look_for_the_pattern_that_it_interrupts() -> None:
    # Goes back often enough for signals to be handled on the way.
    pattern = over_signs("(?:[^\n]){0,40}(?:[^\n]){0,40}(?:[^\n]){0,40}(?P<a>ā)")
    inside: list[object] = []
    signal.signal(signal.SIGALRM, lambda *_: inside.append(found(pattern, pattern.search("ĀĀā"))))
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    assert pattern.search("Ā" * 200 + "Ă") is None
    assert inside
    assert all(each == [(0, 3, (0, 3)), (2, 3, (2, 3))] for each in inside)
