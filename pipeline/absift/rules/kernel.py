"""The compiled matcher, where it was built: rules to what it runs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from absift.compiled_parts import compiled
from absift.rules.compiled import CompiledRule
from absift.rules.index import SPAN, RuleIndex
from absift.rules.program import program

if TYPE_CHECKING:
    from absift.rules._kernel import GroupMatcher, RuleMatcher
    from absift.rules._machine import Machine


def group_matcher(
    index: RuleIndex, first: int, size: int, rule: Callable[[int], CompiledRule]
) -> GroupMatcher | None:
    """Give what matches some rules; ``None`` where Python is to do it.

    Args:
        index: What a sentence must hold for them.
        first: The place of the first of them in the index.
        size: How many they are.
        rule: Gives the rule at a place, renewed.
    """
    kernel = compiled("absift.rules._kernel")
    if kernel is None:
        return None
    machine: Machine = import_module("absift.rules._machine").Machine()

    def make(place: int) -> RuleMatcher:
        return _rule_matcher(kernel, machine, rule(place))

    made: GroupMatcher = kernel.GroupMatcher(index, first, size, make)
    return made


def _rule_matcher(kernel: ModuleType, machine: Machine, one: CompiledRule) -> RuleMatcher:
    main = program(one.source)
    about = SPAN if SPAN in main.groups else None
    made: RuleMatcher = kernel.RuleMatcher(
        machine,
        one.rule,
        one.place,
        main,
        span=one.span,
        about=about,
        names=[name for name in main.groups if name not in (SPAN, one.span)],
        before=[(wanted, program(source), most) for wanted, source, most in one.before()],
        sentence=[(wanted, program(source)) for wanted, source in one.sentence()],
    )
    return made
