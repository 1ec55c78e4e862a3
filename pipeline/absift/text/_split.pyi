import re
from collections.abc import Callable

def split(
    text: str, match: Callable[[str, int], re.Match[str] | None]
) -> tuple[list[str], list[int], list[int]]: ...
