from __future__ import annotations

import pytest

from absift._version import __version__, with_rules


@pytest.mark.parametrize(
    ("version", "expected"),
    [(None, f"absift {__version__}, rules 0a1b"), ("7.5", "absift 7.5, rules 0a1b")],
)
def test_a_version_is_named_with_its_rules(version: str | None, expected: str) -> None:
    made = with_rules("0a1b") if version is None else with_rules("0a1b", version)
    assert made == expected
