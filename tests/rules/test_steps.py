from __future__ import annotations

import pytest

from absift.rules.steps import UNTOLD, Code, Raw, Set, first, foretold

A, B = Set((((97, 97),), False)), Set((((98, 98),), False))
NOT_A = Set((((97, 97),), True))


@pytest.mark.parametrize(
    ("steps", "held"),
    [
        ([(Code.SET, A, 0, 0)], [A]),
        ([(Code.GAP, A, 0, 2), (Code.SET, B, 0, 0)], [A, B]),
        ([(Code.GAP, A, 1, 2), (Code.SET, B, 0, 0)], [A]),
        ([(Code.GAP, A, 0, 2)], None),
        ([], None),
        ([(Code.GAP, A, 0, 2), (Code.ACCEPT, 0, 0, 0)], []),
        ([(Code.SPLIT, 1, 2, 0), (Code.SET, A, 0, 0), (Code.SET, B, 0, 0)], [A, B]),
    ],
)
def test_what_steps_begin_with(steps: list[Raw], held: list[Set] | None) -> None:
    found = first(steps, 0)
    assert (None if found is None else set(found)) == (None if held is None else set(held))


def test_a_choice_is_told_where_what_follows_does_not_count() -> None:
    within: list[Raw] = [(Code.SPLIT, 1, 2, UNTOLD), (Code.SET, A, 0, 0)]
    assert foretold(within)[0] == (Code.SPLIT, 1, 2, A)
    at_the_end: list[Raw] = [(Code.SPLIT, 1, 2, UNTOLD), (Code.GAP, A, 0, 1)]
    assert foretold(at_the_end)[0] == (Code.SPLIT, 1, 2, UNTOLD)


@pytest.mark.parametrize(("other", "signs"), [(B, (((97, 97), (98, 98)), False)), (NOT_A, None)])
def test_two_sets_are_told_as_one_unless_one_holds_all_others(
    other: Set, signs: tuple[object, bool] | None
) -> None:
    steps: list[Raw] = [
        (Code.SPLIT, 1, 4, UNTOLD),
        (Code.SPLIT, 1, 2, UNTOLD),
        (Code.SET, A, 0, 0),
        (Code.SET, other, 0, 0),
    ]
    made = foretold(steps)[0][3]
    assert (made.signs if isinstance(made, Set) else None) == signs
