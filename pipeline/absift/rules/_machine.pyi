from absift.rules.program import Program

_Span = tuple[int, int]

class Machine: ...

class Matcher:
    groups: dict[str, int]
    def __init__(self, machine: Machine, program: Program) -> None: ...
    def spans(self, text: str, begin: int, end: int) -> tuple[_Span, dict[str, _Span]] | None: ...
