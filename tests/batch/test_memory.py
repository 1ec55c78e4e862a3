from __future__ import annotations

import subprocess
import sys

# In a process of its own, since what it changes holds for the whole process.
PROGRAM = """
import gc
from absift.batch.memory import keep_what_is_loaded

ring = []
ring.append(ring)
keep_what_is_loaded()
assert gc.get_freeze_count() > 1000
assert gc.get_threshold()[0] > 700
del ring
# What comes afterwards is still collected.
other = []
other.append(other)
del other
assert gc.collect() == 1
"""


def test_what_is_loaded_is_no_longer_looked_at_and_new_garbage_is() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
