"""Whatever stands in a rule file: a message, or rules that work."""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absift.errors import ConfigError
from absift.rules.check import check
from absift.rules.layers import find_layers
from absift.rules.ruleset import load_rule_set

COST = "label: COST\nrules:\n  - {id: cost.a, pattern: NUMBER euro}\n"
TEXT = "Results: We saw 5 (10%) of 50 patients, blood donors or MI in 3-4 weeks at 7 euro."

_WORDS = ["NUMBER", "NUMBER>=2", "UNIT", "BEEN", "STOP", "ANY", "SPAN", "COST", "euro", "patients"]
_SIGNS = ["(", ")", "|", "?", "*", "+", "{0,3}", "{2}", "^", "$", "!", '"', "=", "!UNIT", "a|b"]
_PIECES = st.one_of(
    st.sampled_from([*_WORDS, *_SIGNS, "n=NUMBER", "text=NUMBER", "( a", "b )", "( UNIT )"]),
    st.text(string.printable, max_size=4),
)
PATTERNS = st.lists(_PIECES, max_size=8).map(" ".join)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6), st.dates(), PATTERNS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(["a", "b", "cost.a", "n", "text", "UNIT", "CODE", "number", "unit_name"])
EXAMPLES = st.lists(st.sampled_from(["[5] euro", "5 [patients]", "no", "[", "[]"]), max_size=2)


def mostly(sound: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give what a key should have, and now and then anything."""
    return st.one_of(sound, sound, sound, VALUES)


TOKENS = st.lists(
    st.dictionaries(
        st.sampled_from(["LOWER", "NORM", "LIKE_NUM", "IS_DIGIT", "OP", "POS"]),
        st.one_of(st.sampled_from(["week", "?", "*", "{1,3}", True]), VALUES),
        max_size=2,
    ),
    max_size=3,
)
RULE = st.fixed_dictionaries(
    {"id": mostly(NAMES)},
    optional={
        "pattern": mostly(PATTERNS),
        "tokens": TOKENS,
        "span": mostly(_PIECES),
        "set": mostly(st.dictionaries(NAMES, SCALARS, max_size=2)),
        "before": mostly(PATTERNS),
        "not_after": mostly(PATTERNS),
        "after": mostly(PATTERNS),
        "sentence": mostly(PATTERNS),
        "within": mostly(PATTERNS),
        "section": mostly(st.sampled_from(["results", "title", "nowhere"])),
        "priority": mostly(st.integers(-3, 3)),
        "block": mostly(st.booleans()),
        "replace": mostly(st.booleans()),
        "weight": mostly(st.floats(-2, 2)),
        "scope": mostly(st.sampled_from(["here", "list", "everywhere"])),
        "match": mostly(EXAMPLES),
        "no_match": mostly(EXAMPLES),
    },
)
ENTRIES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(["=MI", "/[A-Z]+/", "/(a+)+/", "/(?i)a/", "/(?P<x>a)/", "/[/", "UNIT", "a b"]),
)
FILE = st.fixed_dictionaries(
    {},
    optional={
        "label": mostly(st.sampled_from(["COST", "WAGE", "UNIT", "NUMBER", "cost"])),
        "version": mostly(st.just("1.0")),
        "order": mostly(st.integers(0, 200)),
        "sees": mostly(st.lists(st.sampled_from(["COST", "WAGE"]), max_size=2)),
        "defaults": mostly(st.dictionaries(NAMES, SCALARS, max_size=2)),
        "normalise": mostly(st.dictionaries(NAMES, NAMES, max_size=2)),
        "classes": mostly(st.dictionaries(NAMES, st.lists(ENTRIES, max_size=3), max_size=2)),
        "normalisers": mostly(
            st.dictionaries(
                NAMES, st.dictionaries(NAMES, st.lists(ENTRIES, max_size=2), max_size=2)
            )
        ),
        "lexicon": mostly(st.lists(st.dictionaries(NAMES, SCALARS, max_size=2), max_size=1)),
        "off": mostly(st.lists(NAMES, max_size=2)),
        "rules": mostly(st.lists(RULE, max_size=3)),
        "attributes": mostly(st.lists(RULE, max_size=2)),
        "evidence": mostly(st.lists(RULE, max_size=1)),
    },
)  # fmt: skip


def use(root: Path, path: Path) -> str:
    """Load a rule file and find with it; give the message, or nothing where it works."""
    try:
        rules = load_rule_set(root, find_layers([path]))
    except ConfigError as error:
        return str(error)
    sheet = rules.maker.make(TEXT)
    for engine in rules.engines.values():
        found = engine.find(sheet)
        engine.describe(sheet, found)
        for one in found:
            assert 0 <= one.start < one.end <= len(TEXT)
    check(rules)
    return ""


QUIET = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(content=FILE)
def test_a_file_of_the_right_shape(
    configs: Callable[..., Path], tmp_path: Path, content: dict[str, Any]
) -> None:
    root, path = configs(COST), tmp_path / "fuzzed.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    message = use(root, path)
    assert all(line.startswith(("label ", str(tmp_path))) for line in message.splitlines()[:1]), (
        message
    )


@QUIET
@given(text=st.one_of(st.text(max_size=60), st.binary(max_size=60)))
def test_a_file_of_any_text(
    configs: Callable[..., Path], tmp_path: Path, text: str | bytes
) -> None:
    root, path = configs(COST), tmp_path / "fuzzed.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    assert use(root, path) == "" or "fuzzed.yaml" in use(root, path)


@QUIET
@given(pattern=PATTERNS)
def test_a_pattern_of_any_pieces(
    configs: Callable[..., Path], tmp_path: Path, pattern: str
) -> None:
    root, path = configs(COST), tmp_path / "fuzzed.yaml"
    rule = {"id": "a", "pattern": pattern}
    path.write_text(yaml.safe_dump({"label": "WAGE", "rules": [rule]}), encoding="utf-8")
    message = use(root, path)
    assert message == "" or "rule a: " in message


@pytest.mark.parametrize("text", ["rules: []", "label: WAGE", "off: [cost.a]", "classes: {A: [b]}"])
def test_the_least_that_works_or_is_said(
    configs: Callable[..., Path], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "least.yaml"
    path.write_text(text, encoding="utf-8")
    assert bool(use(configs(COST), path)) is text.startswith("rules")
