"""The collector of garbage, in a process that does nothing but extract."""

from __future__ import annotations

import gc

# New objects before a look for garbage; what an abstract leaves behind is freed without one.
_THRESHOLD = 50_000


def keep_what_is_loaded() -> None:
    """Take rules, words and terms out of the search for garbage, which they slow down.

    They are hundreds of thousands of objects that live as long as the process. For commands and
    workers only: in another's program, how garbage is looked for is its own affair.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_THRESHOLD)
