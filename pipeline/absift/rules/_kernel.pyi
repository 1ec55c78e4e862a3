from collections.abc import Callable, Sequence

from absift.rules._machine import Machine
from absift.rules.compiled import Hit
from absift.rules.index import RuleIndex
from absift.rules.model import Rule
from absift.rules.program import Program

class RuleMatcher:
    def __init__(
        self,
        machine: Machine,
        rule: Rule,
        place: int,
        main: Program,
        span: str | None,
        about: str | None,
        names: Sequence[str],
        before: Sequence[tuple[bool, Program, int]],
        sentence: Sequence[tuple[bool, Program]],
    ) -> None: ...

class GroupMatcher:
    def __init__(
        self,
        index: RuleIndex,
        first: int,
        size: int,
        make: Callable[[int], RuleMatcher],
    ) -> None: ...
    def forget(self, place: int) -> None: ...
    def hits(
        self, text: str, ranges: list[tuple[int, int]], sections: list[str] | None
    ) -> list[Hit] | None: ...
