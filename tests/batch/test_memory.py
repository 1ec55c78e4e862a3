from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from absift.batch.memory import loading
from absift.errors import ConfigError

# In a process of its own, since what it changes holds for the whole process.
PROGRAM = """
import gc
from absift.batch.memory import loading

ring = []
ring.append(ring)
with loading() as loaded:
    assert not gc.isenabled()
    loaded()
    assert gc.isenabled()
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


def test_what_can_t_be_loaded_leaves_the_search_for_garbage_on() -> None:
    def fail() -> None:
        with loading():
            raise ConfigError("broken")

    with pytest.raises(ConfigError, match="broken"):
        fail()
    assert gc.isenabled()
