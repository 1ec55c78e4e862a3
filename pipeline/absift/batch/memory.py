"""The collector of garbage, in a process that does nothing but extract."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# New objects before a look for garbage; what an abstract leaves behind is freed without one.
_THRESHOLD = 50_000


@contextmanager
def loading() -> Iterator[Callable[[], None]]:
    """Look for no garbage while rules and words are loaded: next to nothing of them is any.

    Yields:
        What is to be called once all is there, :func:`keep_what_is_loaded`; without that, the
        search goes on as it was at the end of the block.
    """
    gc.disable()
    try:
        yield keep_what_is_loaded
    finally:
        gc.enable()


def keep_what_is_loaded() -> None:
    """Take rules, words and terms out of the search for garbage, which they slow down.

    They are hundreds of thousands of objects that live as long as the process. For commands and
    workers only: in another's program, how garbage is looked for is its own affair.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD)
