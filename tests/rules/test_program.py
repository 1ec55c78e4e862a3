from __future__ import annotations

import re

import pytest

from absift.rules.program import Code, Step, program


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("ab", ["SET 0", "SET 1"]),
        ("aa", ["SET 0", "SET 0"]),
        ("a{1,3}", ["GAP 0 1 3"]),
        ("(?:[^a]){0,2}?", ["LAZY_GAP 0 0 2"]),
        ("a|b", ["SPLIT 1 3 1", "SET 0", "JUMP 2", "SET 1"]),
        (
            "a|bb|c",
            ["SPLIT 1 3 1", "SET 0", "JUMP 6", "SPLIT 1 4 2", "SET 1", "SET 1", "JUMP 2", "SET 2"],
        ),
        ("(?:ab)?", ["SPLIT 1 3 1", "SET 0", "SET 1"]),
        ("(?:ab)??", ["SPLIT 3 1", "SET 0", "SET 1"]),
        (
            "(?:ab){2,3}",
            ["ENTER 0", "LOOP 5 2 3", "AGAIN 0 2", "SET 0", "SET 1", "JUMP -4"],
        ),
        ("(?P<x>a)", ["SAVE 0", "SET 0", "SAVE 1"]),
        ("(?=a)", ["LOOK 3 1 1", "SET 0", "ACCEPT"]),
        ("(?!a)b", ["LOOK 3 0 1", "SET 0", "ACCEPT", "SET 1"]),
        ("(?!)", ["LOOK 2 0", "ACCEPT"]),
        ("(?<=\n)a\\Z", ["START", "SET 0", "END"]),
    ],
)
def test_steps(source: str, wanted: list[str]) -> None:
    made = [Step(Code[name], *map(int, rest)) for name, *rest in map(str.split, wanted)]
    assert program(source).steps == [*made, Step(Code.ACCEPT)]


def test_sets_are_ranges_and_kept_once() -> None:
    made = program("[a-cx]b[a-cx][^\nab]")
    assert made.sets == (
        (((97, 99), (120, 120)), False),
        (((98, 98),), False),
        (((10, 10), (97, 97), (98, 98)), True),
    )
    assert [step.x for step in made.steps if step.code is Code.SET] == [0, 1, 0, 2]


@pytest.mark.parametrize(
    ("source", "code", "told"),
    [
        ("(?:ab|c)?d", Code.SPLIT, ["ac", "a"]),
        ("(?:a?b|c)d", Code.SPLIT, ["ab"]),
        ("(?:a?|c)d", Code.SPLIT, ["ad"]),
        ("(?:a?|c)", Code.SPLIT, [""]),
        ("(?:ab)??c", Code.SPLIT, ["c"]),
        ("(?:[^a]|b)?c", Code.SPLIT, ["", "^a"]),
        ("(?!a?b|c)d", Code.LOOK, ["abc"]),
        ("(?!a?)d", Code.LOOK, [""]),
        ("(?=(?!a)b)c", Code.LOOK, ["b", "a"]),
    ],
)
def test_what_begins_a_choice_or_a_look(source: str, code: Code, told: list[str]) -> None:
    made = program(source)
    sets = [("", False), *(("".join(chr(a) for a, _ in held), no) for held, no in made.sets)]
    found = [sets[step.z] for step in made.steps if step.code is code]
    assert ["^" * negated + signs for signs, negated in found] == told


def test_groups_have_registers_of_their_own() -> None:
    made = program("(?P<x>a)(?:(?P<y>b)c){1,2}")
    assert (made.groups, made.registers) == ({"x": 0, "y": 2}, 6)


def test_groups_come_in_the_order_of_re() -> None:
    source = "(?P<x>a(?P<y>b(?P<z>c)))(?P<w>d)"
    assert list(program(source).groups) == list(re.compile(source).groupindex)


def test_there_may_be_very_many_alternatives() -> None:
    source = "|".join(chr(place) for place in range(0x100, 0x100 + 5000))
    made = program(f"(?:{source})")
    assert len(made.first) == 5000


@pytest.mark.parametrize(
    ("source", "firsts"),
    [
        ("ab", "a"),
        ("a|b", "ab"),
        ("a?b", "ab"),
        ("(?:a|bc)?d", "abd"),
        ("(?P<x>a)b", "a"),
        ("(?:ac){1,2}b", "a"),
        ("(?:ac){0,2}b", "ab"),
        ("(?:a?){2,2}b", "ab"),
        ("(?=[x])(?:a?b)", "x"),
        ("(?!a)b", "b"),
        ("(?<=\n)a", "a"),
        ("a?", ""),
        ("(?:ab)?", ""),
        (r"\Z", ""),
        ("(?=ab)", "a"),
    ],
)
def test_what_a_match_begins_with(source: str, firsts: str) -> None:
    made = program(source)
    assert "".join(sorted(chr(made.sets[which][0][0][0]) for which in made.first)) == firsts


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a)", "a bracket too many"),
        ("(?:a", "no closing bracket"),
        ("{1,2}", "nothing to repeat"),
        ("a*", "can't be read at 1"),
        ("(a)", "can't be read at 0"),
        (r"\d", "can't be read at 0"),
    ],
)
def test_what_can_t_be_read_is_refused(source: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        program(source)
