from collections.abc import Callable, Iterable

from absift.weighing.sums import Rows

SOURCE: str

class Sums:
    def __init__(self, rows: Rows, outcomes: int, held: Callable[[str], Iterable[str]]) -> None: ...
    def of(self, signs: str, first: int, item: int, last: int, within: str) -> list[int]: ...
