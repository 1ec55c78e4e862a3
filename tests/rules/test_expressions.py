from __future__ import annotations

from collections.abc import Sequence

import pytest

from absift.rules.expressions import complete
from absift.rules.steps import Code, Raw, Set


def written(steps: Sequence[Raw]) -> list[str]:
    def each(value: int | Set) -> str:
        if isinstance(value, Set):
            return "".join(chr(first) for first, _ in value.signs[0])
        return str(int(value))

    return [f"{code.name} {each(x)} {y:d} {each(z)}" for code, x, y, z in steps]


def test_a_part_of_two_expressions_is_read_once() -> None:
    one, other = complete("a(?:bc|d)"), complete("(?:bc|d)e(?:bc|d)")
    assert one.steps[2] is other.steps[1]
    assert other.steps[1] is other.steps[7]


@pytest.mark.parametrize("before", ["", "(?P<w>a)", "(?P<w>a)(?:bc){1,2}"])
def test_a_part_has_registers_of_its_own_wherever_it_stands(before: str) -> None:
    part = "(?:(?P<x>a)(?:bc){1,2})"
    complete(part)
    first, made = complete(before).registers, complete(before + part)
    assert made.groups["x"] == first
    assert made.registers == first + 4
    assert written(made.steps)[-10:] == [
        f"SAVE {first} 0 0",
        "SET a 0 0",
        f"SAVE {first + 1} 0 0",
        f"ENTER {first + 2} 0 0",
        "LOOP 5 1 2",
        f"AGAIN {first + 2} 1 0",
        "SET b 0 0",
        "SET c 0 0",
        "JUMP -4 0 0",
        "ACCEPT 0 0 0",
    ]


@pytest.mark.parametrize(("behind", "told"), [("b", "ab"), ("(?:c|d)", "acd"), ("", "0")])
def test_what_a_part_begins_with_is_told_by_what_follows_it(behind: str, told: str) -> None:
    steps = complete(f"(?:(?:a?|a)){behind}").steps
    assert next(each for each in written(steps) if each.startswith("SPLIT")).split()[3] == told


def test_the_same_text_is_one_set() -> None:
    steps = complete("[ab]c[ab]").steps
    assert [code for code, *_ in steps] == [Code.SET, Code.SET, Code.SET, Code.ACCEPT]
    assert steps[0][1] is steps[2][1]
